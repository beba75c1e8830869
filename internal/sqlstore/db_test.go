package sqlstore_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/sqlstore"
)

func TestFreshAndUpgradedSchemasAreEqual(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		fresh := schemaOf(t, db)
		if !strings.Contains(strings.Join(fresh, "\n"), "refresh_tokens") {
			t.Fatalf("the description of the schema misses tables: %q", fresh)
		}
		if err := db.MigrateTo(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		for _, line := range schemaOf(t, db) {
			if !strings.Contains(line, "goose_db_version") {
				t.Errorf("left behind by the way down: %s", line)
			}
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fresh, schemaOf(t, db)); diff != "" {
			t.Errorf("fresh and upgraded schemas differ (-fresh +upgraded):\n%s", diff)
		}
	})
}

func schemaOf(t *testing.T, db *sqlstore.DB) []string {
	t.Helper()
	lines, err := db.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
