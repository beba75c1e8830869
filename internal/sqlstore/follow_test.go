package sqlstore_test

import (
	"context"
	"slices"
	"testing"

	"hathor/internal/fault"
	"hathor/internal/sqlstore"
)

func TestStatementsAreFollowedByName(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		var names []string
		var failures int
		db.Follow(func(ctx context.Context, s sqlstore.Statement) (context.Context, func(error)) {
			names = append(names, s.Name())
			return ctx, func(err error) {
				if err != nil {
					failures++
				}
			}
		})
		if _, err := sqlstore.NewAccounts(db).Credentials(t.Context(), "nobody"); fault.KindOf(err) != fault.NotFound {
			t.Fatal(err)
		}
		if !slices.Equal(names, []string{"SELECT users"}) || failures != 0 {
			t.Errorf("followed %q with %d failures", names, failures)
		}
	})
}
