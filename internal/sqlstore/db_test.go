package sqlstore_test

import (
	"testing"

	"hathor/internal/sqlstore"
)

// open returns a migrated SQLite database in a temporary folder.
func openSQLite(t *testing.T) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), "sqlite://"+t.TempDir()+"/hathor.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestMigrateUpAndDown(t *testing.T) {
	db := openSQLite(t)
	for _, version := range []int64{0, 1} {
		if err := db.MigrateTo(t.Context(), version); err != nil {
			t.Fatal(err)
		}
	}
}
