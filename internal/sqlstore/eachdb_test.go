package sqlstore_test

import (
	"testing"

	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// eachDB runs test on a fresh, migrated database of each kind. The PostgreSQL half is skipped with the
// reason where no server is installed.
func eachDB(t *testing.T, test func(t *testing.T, db *sqlstore.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, openDB(t, "sqlite://"+t.TempDir()+"/hathor.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, openDB(t, pgtest.URL(t))) })
}

// openDB returns the database at url, migrated, and closes it when t ends.
func openDB(t *testing.T, url string) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
