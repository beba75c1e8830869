package sqlstore_test

import (
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// The one takes locks on the user and on the sessions, and so does the other: in the same order.
func TestALastUseStandsInNoOnesWay(t *testing.T) {
	url := pgtest.URL(t)
	store := sqlstore.NewAccounts(openDB(t, url))
	anna := addUser(t, store, "anna")
	id := addSession(t, store, anna, "a", false)
	watch, err := sqlx.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = watch.Close() }()
	ending, err := watch.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ending.Rollback() }()
	_, err = ending.ExecContext(t.Context(), "UPDATE users SET role = role")
	wantNone(t, err)
	touched := make(chan error, 1)
	go func() { touched <- store.Touch(t.Context(), id, start.Add(time.Minute), start.Add(time.Hour)) }()
	for waiting := 0; waiting == 0 && t.Context().Err() == nil; {
		if err := watch.GetContext(t.Context(), &waiting, `SELECT COUNT(*) FROM pg_locks WHERE NOT granted
			AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`); err != nil {
			t.Fatal(err)
		}
	}
	_, err = ending.ExecContext(t.Context(), "DELETE FROM sessions")
	wantNone(t, err)
	wantNone(t, ending.Commit())
	wantNone(t, <-touched)
}
