package sqlstore_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/sqlstore"
)

var sealed = []byte("sealed")

// enableFactor gives c a second factor whose step 100 is used, with the recovery codes "one" and "two".
func enableFactor(t *testing.T, store *sqlstore.Accounts, c account.Credentials, by account.SessionID, endOthers bool) []account.SessionID {
	t.Helper()
	wantNone(t, store.StartFactor(t.Context(), c.ID, sealed, start))
	ended, err := store.EnableFactor(t.Context(), account.NewFactor{User: c.ID, Sealed: sealed, Step: 100, At: start,
		Recovery: [][]byte{[]byte("one"), []byte("two")}, By: by, EndOthers: endOthers})
	wantNone(t, err)
	return ended
}

func TestFactorFromStartToEnd(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		_, err := store.Factor(t.Context(), anna.ID)
		wantKind(t, err, fault.NotFound)
		wantNone(t, store.StartFactor(t.Context(), anna.ID, []byte("first"), start))
		wantNone(t, store.StartFactor(t.Context(), anna.ID, sealed, start.Add(time.Minute)))
		got, err := store.Factor(t.Context(), anna.ID)
		wantNone(t, err)
		if diff := cmp.Diff(account.Factor{Sealed: sealed, StartedAt: start.Add(time.Minute)}, got); diff != "" {
			t.Error(diff)
		}
		// What only was started signs nobody in and is nothing to take away.
		wantKind(t, store.UseStep(t.Context(), anna.ID, sealed, 7), fault.NotFound)
		wantKind(t, store.ReplaceRecovery(t.Context(), anna.ID, [][]byte{[]byte("x")}, account.Event{}), fault.NotFound)
		wantKind(t, store.RemoveFactor(t.Context(), anna.ID, account.Event{}), fault.NotFound)
		_, err = store.EnableFactor(t.Context(), account.NewFactor{User: anna.ID, Sealed: []byte("first"), Step: 1, At: start})
		wantKind(t, err, fault.NotFound)

		enableFactor(t, store, anna, 0, false)
		got, err = store.Factor(t.Context(), anna.ID)
		wantNone(t, err)
		if !got.Enabled || got.RecoveryLeft != 2 {
			t.Errorf("enabled: %+v", got)
		}
		if err := store.StartFactor(t.Context(), anna.ID, []byte("other"), start); !errors.Is(err, account.ErrHasFactor) {
			t.Errorf("a second one: %v", err)
		}
		_, err = store.EnableFactor(t.Context(), account.NewFactor{User: anna.ID, Sealed: sealed, Step: 101, At: start})
		wantKind(t, err, fault.NotFound)

		wantNone(t, store.RemoveFactor(t.Context(), anna.ID, account.Event{}))
		wantKind(t, store.RemoveFactor(t.Context(), anna.ID, account.Event{}), fault.NotFound)
		_, err = store.UseRecovery(t.Context(), anna.ID, []byte("one"), account.Event{})
		wantKind(t, err, fault.NotFound)
		enableFactor(t, store, anna, 0, false)
	})
}

func TestAStepIsUsedOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		enableFactor(t, store, anna, 0, false)
		wantKind(t, store.UseStep(t.Context(), anna.ID, sealed, 100), fault.NotFound) // by the enabling
		wantKind(t, store.UseStep(t.Context(), anna.ID, []byte("other"), 200), fault.NotFound)
		wantKind(t, store.UseStep(t.Context(), ben.ID, sealed, 200), fault.NotFound)
		wantNone(t, store.UseStep(t.Context(), anna.ID, sealed, 103))
		for _, old := range []int64{103, 102, 1} {
			wantKind(t, store.UseStep(t.Context(), anna.ID, sealed, old), fault.NotFound)
		}
		if n := race(t, func(int) error { return store.UseStep(t.Context(), anna.ID, sealed, 104) }); n != 1 {
			t.Errorf("of many at once with one step %d were let in", n)
		}
	})
}

func TestARecoveryCodeIsUsedOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		enableFactor(t, store, anna, 0, false)
		_, err := store.UseRecovery(t.Context(), ben.ID, []byte("one"), account.Event{})
		wantKind(t, err, fault.NotFound)
		n := race(t, func(int) error {
			left, err := store.UseRecovery(t.Context(), anna.ID, []byte("one"), account.Event{})
			if err == nil && left != 1 {
				t.Errorf("%d are left", left)
			}
			return err
		})
		if n != 1 {
			t.Errorf("of many at once with one code %d were let in", n)
		}
		wantNone(t, store.ReplaceRecovery(t.Context(), anna.ID, [][]byte{[]byte("three")}, account.Event{}))
		_, err = store.UseRecovery(t.Context(), anna.ID, []byte("two"), account.Event{})
		wantKind(t, err, fault.NotFound)
		left, err := store.UseRecovery(t.Context(), anna.ID, []byte("three"), account.Event{})
		wantNone(t, err)
		if left != 0 {
			t.Errorf("%d are left", left)
		}
	})
}

// race runs do many times at once and tells how often it succeeded; any other outcome must be NotFound.
func race(t *testing.T, do func(i int) error) int {
	t.Helper()
	var group sync.WaitGroup
	var done atomic.Int32
	for i := range 8 {
		group.Go(func() {
			if err := do(i); err == nil {
				done.Add(1)
			} else if kind := fault.KindOf(err); kind != fault.NotFound && kind != fault.Conflict {
				t.Error(err)
			}
		})
	}
	group.Wait()
	return int(done.Load())
}

func TestWhatAFactorDoesToSessions(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		here, there := addSession(t, store, anna, "here", true), addSession(t, store, anna, "there", true)
		bens := addSession(t, store, ben, "ben", true)
		if ended := enableFactor(t, store, anna, here, false); len(ended) != 0 {
			t.Errorf("ended %v", ended)
		}
		for id, want := range map[account.SessionID]time.Time{here: start, there: time.UnixMilli(0).UTC(), bens: start} {
			s, err := store.Session(t.Context(), id)
			wantNone(t, err)
			if !s.ConfirmedAt.Equal(want) || s.Factor != (id != bens) {
				t.Errorf("session %d: confirmed %v, factor %t", id, s.ConfirmedAt, s.Factor)
			}
		}
		// A sign-in whose password was checked before the enabling comes too late.
		late := account.NewSession{User: anna.ID, Cookie: []byte("late"), At: start, Expires: start.Add(time.Hour), From: anna.PasswordHash, To: anna.PasswordHash}
		if _, err := store.AddSession(t.Context(), late); !errors.Is(err, account.ErrTOTPRequired) {
			t.Errorf("a sign-in without a code: %v", err)
		}
		late.Proved = true
		_, err := store.AddSession(t.Context(), late)
		wantNone(t, err)

		later := start.Add(time.Hour)
		wantKind(t, store.Confirm(t.Context(), there, anna.PasswordHash, false, later), fault.NotFound)
		wantKind(t, store.Confirm(t.Context(), there, "old hash", true, later), fault.NotFound)
		wantKind(t, store.Confirm(t.Context(), there, ben.PasswordHash, true, later), fault.NotFound)
		wantKind(t, store.Confirm(t.Context(), 4711, anna.PasswordHash, true, later), fault.NotFound)
		wantNone(t, store.Confirm(t.Context(), there, anna.PasswordHash, true, later))
		wantNone(t, store.Confirm(t.Context(), bens, ben.PasswordHash, false, later))
		s, err := store.Session(t.Context(), there)
		wantNone(t, err)
		if !s.ConfirmedAt.Equal(later) {
			t.Errorf("confirmed at %v", s.ConfirmedAt)
		}

		wantNone(t, store.RemoveFactor(t.Context(), anna.ID, account.Event{}))
		if ended := enableFactor(t, store, anna, here, true); len(ended) != 2 {
			t.Errorf("ended %v", ended)
		}
		_, err = store.Session(t.Context(), here)
		wantNone(t, err)
		_, err = store.Session(t.Context(), there)
		wantKind(t, err, fault.NotFound)
		_, err = store.Session(t.Context(), bens)
		wantNone(t, err)
	})
}

func TestKeys(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		first := account.Key{User: anna.ID, Role: account.Admin, Name: "ta pe ♪", Scope: account.Write, Prefix: "hk_abcdef", CreatedAt: start}
		second := first
		second.Scope, second.ExpiresAt = account.Read, start.Add(time.Hour)
		var err error
		first.ID, err = store.AddKey(t.Context(), first, []byte("first"), 2, account.Event{})
		wantNone(t, err)
		second.ID, err = store.AddKey(t.Context(), second, []byte("second"), 2, account.Event{})
		wantNone(t, err)
		if _, err := store.AddKey(t.Context(), first, []byte("third"), 2, account.Event{}); !errors.Is(err, account.ErrTooManyKeys) {
			t.Errorf("one too many: %v", err)
		}
		_, err = store.AddKey(t.Context(), account.Key{User: 4711, Scope: account.Read}, []byte("nobody"), 2, account.Event{})
		wantKind(t, err, fault.NotFound)

		wantNone(t, store.TouchKey(t.Context(), first.ID, start.Add(time.Minute)))
		wantNone(t, store.TouchKey(t.Context(), first.ID, start))
		first.LastUsedAt = start.Add(time.Minute)
		listed, err := store.KeysOf(t.Context(), anna.ID)
		wantNone(t, err)
		if diff := cmp.Diff([]account.Key{second, first}, listed); diff != "" {
			t.Error(diff)
		}
		byHash, err := store.KeyByHash(t.Context(), []byte("first"))
		wantNone(t, err)
		byID, err := store.Key(t.Context(), second.ID)
		wantNone(t, err)
		if diff := cmp.Diff([]account.Key{first, second}, []account.Key{byHash, byID}); diff != "" {
			t.Error(diff)
		}
		_, err = store.KeyByHash(t.Context(), []byte("third"))
		wantKind(t, err, fault.NotFound)
		listed, err = store.KeysOf(t.Context(), ben.ID)
		wantNone(t, err)
		if listed == nil || len(listed) != 0 {
			t.Errorf("ben has %v", listed)
		}

		wantKind(t, store.RemoveKey(t.Context(), ben.ID, first.ID, account.Event{}), fault.NotFound)
		wantNone(t, store.RemoveKey(t.Context(), anna.ID, first.ID, account.Event{}))
		wantKind(t, store.RemoveKey(t.Context(), anna.ID, first.ID, account.Event{}), fault.NotFound)
		_, err = store.Key(t.Context(), first.ID)
		wantKind(t, err, fault.NotFound)
	})
}

func TestOfManyNewKeysNoneIsTooMany(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		k := account.Key{User: anna.ID, Name: "many", Scope: account.Read, CreatedAt: start}
		if n := race(t, func(i int) error {
			_, err := store.AddKey(t.Context(), k, fmt.Appendf(nil, "key %d", i), 3, account.Event{})
			return err
		}); n != 3 {
			t.Errorf("%d keys were made", n)
		}
	})
}
