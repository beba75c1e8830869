package sqlstore_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	leaving "hathor/internal/household"
	"hathor/internal/sqlstore"
)

// leave is the service's rule for taking an account away.
func leave(u account.User, others int) (account.Event, error) {
	return account.Event{At: start, Action: account.AccountDeleted, Target: account.UserTarget(u.ID, u.Username)}, account.MayLose(u, others)
}

func TestTwoAdminsDeletingEachOtherLeaveOne(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store, homes := sqlstore.NewAccounts(db), sqlstore.NewHousehold(db, clock.NewFake(start))
		last := addUser(t, store, "first").ID
		for round := range 10 {
			other := addUser(t, store, fmt.Sprintf("other%d", round)).ID
			promote(t, store, other)
			pair, fates := []account.UserID{last, other}, make([]error, 2)
			var group sync.WaitGroup
			for i, id := range pair {
				group.Go(func() { _, fates[i] = homes.Remove(t.Context(), id, leaving.KeepUploads, leave) })
			}
			group.Wait()
			stays := 0
			if fates[1] != nil {
				stays = 1
			}
			if fates[1-stays] != nil || !errors.Is(fates[stays], account.ErrLastAdmin) {
				t.Fatalf("round %d: %v", round, fates)
			}
			last = pair[stays]
		}
	})
}

func TestRemovedAccountsTakeTheirsAlong(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store, homes := sqlstore.NewAccounts(db), sqlstore.NewHousehold(db, clock.NewFake(start))
		addUser(t, store, "anna")
		ben := addUser(t, store, "ben")
		session := addSession(t, store, ben, "web", true)
		ended, err := homes.Remove(t.Context(), ben.ID, leaving.DeleteUploads, leave)
		wantNone(t, err)
		if len(ended) != 1 || ended[0] != session {
			t.Errorf("ended %v", ended)
		}
		_, err = store.Session(t.Context(), session)
		wantKind(t, err, fault.NotFound)
		_, err = homes.Remove(t.Context(), ben.ID, leaving.KeepUploads, leave)
		wantKind(t, err, fault.NotFound)
		if next := addUser(t, store, "ben"); next.ID <= ben.ID {
			t.Errorf("the id %d was used before", next.ID)
		}
		events, _, err := store.Events(t.Context(), account.EventQuery{Action: account.AccountDeleted, Limit: 5})
		wantNone(t, err)
		if len(events) != 1 || events[0].Target.Name != "ben" {
			t.Errorf("audited %+v", events)
		}
	})
}
