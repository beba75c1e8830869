package sqlstore_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/sqlstore"
)

// promote makes a member an admin.
func promote(t *testing.T, store *sqlstore.Accounts, id account.UserID) {
	t.Helper()
	_, err := store.ChangeUser(t.Context(), id, func(u account.User, _ int) (account.User, []account.Event, error) {
		u.Role = account.Admin
		return u, []account.Event{{At: start, Action: account.RoleChanged}}, nil
	})
	wantNone(t, err)
}

// demote is the rule that the service has for taking an admin's role.
func demote(u account.User, others int) (account.User, []account.Event, error) {
	if err := account.MayLose(u, others); err != nil {
		return u, nil, err
	}
	u.Role = account.Member
	return u, []account.Event{{At: start, Action: account.RoleChanged}}, nil
}

func TestTwoAdminsDemotingEachOtherLeaveOne(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		for round := range 20 {
			promote(t, store, anna.ID)
			promote(t, store, ben.ID)
			var group sync.WaitGroup
			fates := make([]error, 2)
			for i, id := range []account.UserID{anna.ID, ben.ID} {
				group.Go(func() { _, fates[i] = store.ChangeUser(t.Context(), id, demote) })
			}
			group.Wait()
			refused := 0
			for _, err := range fates {
				if errors.Is(err, account.ErrLastAdmin) {
					refused++
				} else {
					wantNone(t, err)
				}
			}
			if refused != 1 {
				t.Fatalf("round %d: %d of two were refused: %v", round, refused, fates)
			}
		}
	})
}

func TestDisablingEndsSessionsAndShutsTheDoor(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		addUser(t, store, "anna")
		ben := addUser(t, store, "ben")
		web, tablet := addSession(t, store, ben, "web", true), addSession(t, store, ben, "tablet", false)
		ended, err := store.ChangeUser(t.Context(), ben.ID, func(u account.User, others int) (account.User, []account.Event, error) {
			if others != 1 {
				t.Errorf("%d other admins", others)
			}
			u.DisabledAt = start
			return u, []account.Event{{At: start, Action: account.UserDisabled, Target: account.UserTarget(u.ID, "")}}, nil
		})
		wantNone(t, err)
		if len(ended) != 2 {
			t.Errorf("ended %v", ended)
		}
		for _, id := range []account.SessionID{web, tablet} {
			_, err := store.Session(t.Context(), id)
			wantKind(t, err, fault.NotFound)
		}
		_, err = store.AddSession(t.Context(), account.NewSession{User: ben.ID, Cookie: []byte("late"), At: start, Expires: start.Add(time.Hour), From: ben.PasswordHash, To: ben.PasswordHash})
		wantKind(t, err, fault.NotFound)
		found, err := store.Credentials(t.Context(), "ben")
		wantNone(t, err)
		if !found.DisabledAt.Equal(start) {
			t.Errorf("disabled at %v", found.DisabledAt)
		}
	})
}

func TestHousemates(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		for _, name := range []string{"Anna", "ben_x", "benax", "Cyd"} {
			addUser(t, store, name)
		}
		ben, err := store.Credentials(t.Context(), "ben_x")
		wantNone(t, err)
		addSession(t, store, ben, "web", true)
		page, total, err := store.Housemates(t.Context(), account.HousemateQuery{Limit: 2}, start)
		wantNone(t, err)
		if total != 4 || len(page) != 2 || page[0].Username != "Anna" || page[1].Username != "ben_x" || page[1].Sessions != 1 || !page[1].LastSeenAt.Equal(start) {
			t.Errorf("first page: %d %+v", total, page)
		}
		page, _, err = store.Housemates(t.Context(), account.HousemateQuery{Limit: 2, After: "ben_x"}, start.Add(2*time.Hour))
		wantNone(t, err)
		if len(page) != 2 || page[0].Username != "benax" || page[1].Username != "Cyd" {
			t.Errorf("second page: %+v", page)
		}
		page, total, err = store.Housemates(t.Context(), account.HousemateQuery{Limit: 9, Search: "n_x"}, start)
		wantNone(t, err)
		if total != 1 || len(page) != 1 || page[0].Username != "ben_x" {
			t.Errorf("search: %d %+v", total, page)
		}
		one, err := store.Housemate(t.Context(), ben.ID, start.Add(2*time.Hour))
		wantNone(t, err)
		if one.Sessions != 0 || !one.LastSeenAt.Equal(start) {
			t.Errorf("later: %+v", one)
		}
		_, err = store.Housemate(t.Context(), 4711, start)
		wantKind(t, err, fault.NotFound)
	})
}

func TestEverybodysSessions(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		first, second := addSession(t, store, anna, "a", true), addSession(t, store, ben, "b", true)
		list, total, err := store.AllSessions(t.Context(), start, 0, 1)
		wantNone(t, err)
		if total != 2 || len(list) != 1 || list[0].ID != second || list[0].Username != "ben" || list[0].Role != account.Member {
			t.Errorf("got %d %+v", total, list)
		}
		list, _, err = store.AllSessions(t.Context(), start, second, 5)
		wantNone(t, err)
		if len(list) != 1 || list[0].ID != first {
			t.Errorf("second page %+v", list)
		}
		wantNone(t, store.EndAnySession(t.Context(), first, account.Event{At: start, Action: account.SessionEnded, Target: account.Target{Kind: "session", ID: int64(first)}}))
		wantKind(t, store.EndAnySession(t.Context(), first, account.Event{}), fault.NotFound)
		ended, err := store.SetPassword(t.Context(), ben.ID, "another", account.Event{At: start, Action: account.PasswordSet})
		wantNone(t, err)
		if len(ended) != 1 || ended[0] != second {
			t.Errorf("ended %v", ended)
		}
		_, err = store.EndSessions(t.Context(), 4711, account.Event{})
		wantKind(t, err, fault.NotFound)
	})
}

// byInvite lets in who has an invitation that works at the start.
func byInvite(first bool, by *account.Invite) (account.Role, error) {
	if by == nil {
		return members(first, nil)
	}
	return by.Role, by.Works(start)
}

func TestInvites(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		ingest := sqlstore.NewIngest(db, clock.NewFake(start))
		_, err := ingest.Ensure(t.Context(), nil)
		wantNone(t, err)
		shared, err := ingest.Target(t.Context(), anna.ID, 0)
		wantNone(t, err)
		private, err := ingest.Private(t.Context(), anna.ID)
		wantNone(t, err)
		want := account.NewInvite{Label: "Ben", Role: account.Member, ExpiresAt: start.Add(time.Hour), MaxUses: 1, Libraries: []int64{int64(shared)}}
		made, err := store.AddInvite(t.Context(), anna.ID, want, []byte("hash"), account.Event{At: start, Action: account.InviteMade})
		wantNone(t, err)
		wrong := want
		wrong.Libraries = []int64{int64(private)}
		_, err = store.AddInvite(t.Context(), anna.ID, wrong, []byte("other"), account.Event{At: start})
		wantKind(t, err, fault.Invalid)
		list, err := store.Invites(t.Context())
		wantNone(t, err)
		if len(list) != 1 || list[0].ID != made.ID || list[0].Label != "Ben" || list[0].Maker.Username != "anna" || len(list[0].Libraries) != 1 {
			t.Errorf("listed %+v", list)
		}
		late := joining(newAccount("cyd"), byInvite)
		late.Invite = []byte("forged")
		_, err = store.AddUser(t.Context(), late)
		if !errors.Is(err, account.ErrInviteInvalid) {
			t.Errorf("forged: %v", err)
		}
		wantNone(t, store.RemoveInvite(t.Context(), made.ID, account.Event{At: start}))
		wantKind(t, store.RemoveInvite(t.Context(), made.ID, account.Event{At: start}), fault.NotFound)
	})
}

func TestAnInviteForOneTakesOne(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		_, err := store.AddInvite(t.Context(), anna.ID, account.NewInvite{Role: account.Admin, ExpiresAt: start.Add(time.Hour), MaxUses: 1},
			[]byte("hash"), account.Event{At: start})
		wantNone(t, err)
		const many = 6
		fates := make([]error, many)
		var group sync.WaitGroup
		for i := range many {
			group.Go(func() {
				n := joining(newAccount(fmt.Sprintf("racer%d", i)), byInvite)
				n.Invite = []byte("hash")
				_, fates[i] = store.AddUser(t.Context(), n)
			})
		}
		group.Wait()
		in := 0
		for _, err := range fates {
			if err == nil {
				in++
			} else if !errors.Is(err, account.ErrInviteUsed) {
				t.Error(err)
			}
		}
		if in != 1 {
			t.Errorf("%d came in by an invitation for one", in)
		}
		found, err := store.InviteByToken(t.Context(), []byte("hash"))
		wantNone(t, err)
		if found.Uses != 1 {
			t.Errorf("used %d times", found.Uses)
		}
	})
}

func TestAuditLog(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		write := func(at time.Time, what account.Action, by account.UserID, to account.Target) {
			wantNone(t, store.WriteEvent(t.Context(), account.Event{At: at, Action: what, Outcome: account.Done, Actor: by, Target: to,
				Device: account.Device{IP: "192.0.2.9", UserAgent: "Test"}, Detail: map[string]string{"a": "b"}}))
		}
		write(start.Add(time.Hour), "session.start", ben.ID, account.Target{})
		write(start.Add(2*time.Hour), account.AccountDeleted, anna.ID, account.UserTarget(ben.ID, ""))
		write(start.Add(3*time.Hour), "sessions.other", 0, account.Target{Kind: "library", ID: 7, Name: "Vinyl"})
		ask := func(q account.EventQuery) []account.Event {
			t.Helper()
			q.Limit = 50
			list, total, err := store.Events(t.Context(), q)
			wantNone(t, err)
			if q.Before == 0 && total != len(list) {
				t.Errorf("total %d of %d", total, len(list))
			}
			return list
		}
		all := ask(account.EventQuery{})
		if len(all) != 5 || all[0].Target.Name != "Vinyl" || all[1].Target.Name != "ben" || all[1].ActorName != "anna" || all[1].Detail["a"] != "b" {
			t.Errorf("got %+v", all)
		}
		if got := ask(account.EventQuery{Action: "session"}); len(got) != 1 || got[0].ActorName != "ben" {
			t.Errorf("by action: %+v", got)
		}
		if got := ask(account.EventQuery{User: ben.ID}); len(got) != 3 {
			t.Errorf("by user: %+v", got)
		}
		if got := ask(account.EventQuery{From: start.Add(time.Hour), To: start.Add(2 * time.Hour)}); len(got) != 1 {
			t.Errorf("by time: %+v", got)
		}
		if got := ask(account.EventQuery{Before: all[3].ID}); len(got) != 1 || got[0].ID != all[4].ID {
			t.Errorf("next page: %+v", got)
		}
		wantNone(t, store.PruneEvents(t.Context(), start.Add(time.Minute), start.Add(3*time.Hour)))
		left := ask(account.EventQuery{})
		if len(left) != 3 || left[1].Target.Name != "" || left[1].Target.ID != int64(ben.ID) || left[2].ActorName != "" || left[2].Device.IP != "" || left[1].ActorName != "anna" {
			t.Errorf("after pruning: %+v", left)
		}
	})
}
