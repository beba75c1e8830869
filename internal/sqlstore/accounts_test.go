package sqlstore_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/sqlstore"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// members gives the first account the admin's role and any other the member's.
func members(first bool) (account.Role, error) {
	if first {
		return account.Admin, nil
	}
	return account.Member, nil
}

func newAccount(name string) account.Credentials {
	return account.Credentials{PasswordHash: "hash of " + name, User: account.User{
		Username: name, Email: name + "@example.org", DisplayName: name, CreatedAt: start,
	}}
}

func addUser(t *testing.T, store *sqlstore.Accounts, name string) account.Credentials {
	t.Helper()
	c := newAccount(name)
	var err error
	if c.User, err = store.AddUser(t.Context(), c, members); err != nil {
		t.Fatal(err)
	}
	return c
}

// addSession signs c in with tokens whose hashes end in mark.
func addSession(t *testing.T, store *sqlstore.Accounts, c account.Credentials, mark string, web bool) account.SessionID {
	t.Helper()
	s := account.NewSession{User: c.ID, Device: account.Device{UserAgent: "Test/" + mark, IP: "192.0.2.1"},
		At: start, Expires: start.Add(time.Hour), From: c.PasswordHash, To: c.PasswordHash}
	if web {
		s.Cookie = []byte("cookie " + mark)
	} else {
		s.Refresh = []byte("refresh " + mark)
	}
	id, err := store.AddSession(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func wantKind(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("got %v, want a fault of kind %d", err, kind)
	}
}

func wantNone(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestUsers(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "Anna")
		if anna.ID < 1 || anna.Role != account.Admin {
			t.Fatalf("the first account is %+v", anna.User)
		}
		if ben := addUser(t, store, "ben"); ben.Role != account.Member {
			t.Errorf("the second account is %s", ben.Role)
		}
		anna.Email = "anna@example.org"
		renamed := newAccount("ANNA")
		renamed.Email = "other@example.org"
		_, err := store.AddUser(t.Context(), renamed, members)
		if !errors.Is(err, account.ErrUsernameTaken) {
			t.Errorf("a name in other case: %v", err)
		}
		doubled := newAccount("carla")
		doubled.Email = "ben@example.org"
		if _, err := store.AddUser(t.Context(), doubled, members); !errors.Is(err, account.ErrEmailTaken) {
			t.Errorf("a taken address: %v", err)
		}
		for _, login := range []string{"anna", "Anna@example.org"} {
			found, err := store.Credentials(t.Context(), login)
			wantNone(t, err)
			if found.ID != anna.ID || found.PasswordHash != "hash of Anna" || !found.CreatedAt.Equal(start) {
				t.Errorf("%s is %+v", login, found)
			}
		}
		_, err = store.Credentials(t.Context(), "nobody")
		wantKind(t, err, fault.NotFound)
		_, err = store.CredentialsOf(t.Context(), 4711)
		wantKind(t, err, fault.NotFound)
	})
}

func TestARefusedRoleAddsNobody(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		refused := fault.New(fault.Forbidden, "closed", "Closed")
		_, err := store.AddUser(t.Context(), newAccount("anna"), func(bool) (account.Role, error) { return "", refused })
		if !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		_, err = store.Credentials(t.Context(), "anna")
		wantKind(t, err, fault.NotFound)
	})
}

func TestOfManyFirstAccountsOneIsAdmin(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		const many = 8
		slowly := func(first bool) (account.Role, error) {
			for i := 0; first && i < 100; i++ { // time enough for others to come in where nothing holds them back
				_, err := store.CredentialsOf(t.Context(), 4711)
				wantKind(t, err, fault.NotFound)
			}
			return members(first)
		}
		roles := make([]account.Role, many)
		var group sync.WaitGroup
		for i := range many {
			group.Go(func() {
				made, err := store.AddUser(t.Context(), newAccount(fmt.Sprintf("user%d", i)), slowly)
				wantNone(t, err)
				roles[i] = made.Role
			})
		}
		group.Wait()
		admins := 0
		for _, role := range roles {
			if role == account.Admin {
				admins++
			}
		}
		if admins != 1 {
			t.Errorf("%d admins: %v", admins, roles)
		}
	})
}

func TestProfile(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		name, avatar, nothing := "Änna ♪", "https://example.org/a.png", ""
		got, err := store.SetProfile(t.Context(), anna.ID, account.Profile{DisplayName: &name})
		wantNone(t, err)
		want := anna.User
		want.DisplayName = name
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		got, err = store.SetProfile(t.Context(), anna.ID, account.Profile{AvatarURL: &avatar})
		wantNone(t, err)
		if got.AvatarURL != avatar || got.DisplayName != name {
			t.Errorf("got %+v", got)
		}
		got, err = store.SetProfile(t.Context(), anna.ID, account.Profile{AvatarURL: &nothing})
		wantNone(t, err)
		if got.AvatarURL != "" {
			t.Errorf("avatar is still %q", got.AvatarURL)
		}
		_, err = store.SetProfile(t.Context(), 4711, account.Profile{})
		wantKind(t, err, fault.NotFound)
	})
}

func TestSessions(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna, ben := addUser(t, store, "anna"), addUser(t, store, "ben")
		web, phone := addSession(t, store, anna, "web", true), addSession(t, store, anna, "phone", false)
		tablet := addSession(t, store, anna, "tablet", false)
		bens := addSession(t, store, ben, "ben", true)

		want := account.Session{ID: web, User: anna.ID, Role: account.Admin,
			Device:    account.Device{UserAgent: "Test/web", IP: "192.0.2.1"},
			CreatedAt: start, LastSeenAt: start, ExpiresAt: start.Add(time.Hour), ConfirmedAt: start}
		byCookie, err := store.SessionByCookie(t.Context(), []byte("cookie web"))
		wantNone(t, err)
		byID, err := store.Session(t.Context(), web)
		wantNone(t, err)
		if diff := cmp.Diff([]account.Session{want, want}, []account.Session{byCookie, byID}); diff != "" {
			t.Error(diff)
		}
		_, err = store.SessionByCookie(t.Context(), []byte("cookie phone"))
		wantKind(t, err, fault.NotFound)

		wantNone(t, store.Touch(t.Context(), phone, start.Add(time.Minute), start.Add(2*time.Hour)))
		wantNone(t, store.Touch(t.Context(), phone, start, start))
		listed, err := store.SessionsOf(t.Context(), anna.ID, start)
		wantNone(t, err)
		if len(listed) != 3 || listed[0].ID != phone || !listed[0].ExpiresAt.Equal(start.Add(2*time.Hour)) {
			t.Errorf("listed %+v", listed)
		}

		wantKind(t, store.EndSession(t.Context(), anna.ID, bens), fault.NotFound)
		wantNone(t, store.EndSession(t.Context(), anna.ID, web))
		wantKind(t, store.EndSession(t.Context(), anna.ID, web), fault.NotFound)
		ended, err := store.EndByRefresh(t.Context(), []byte("refresh tablet"))
		wantNone(t, err)
		if ended != tablet {
			t.Errorf("ended %d, want %d", ended, tablet)
		}
		_, err = store.EndByRefresh(t.Context(), []byte("refresh tablet"))
		wantKind(t, err, fault.NotFound)

		wantNone(t, store.RemoveExpired(t.Context(), start.Add(time.Hour), start))
		_, err = store.Session(t.Context(), bens)
		wantKind(t, err, fault.NotFound)
		_, err = store.Session(t.Context(), phone)
		wantNone(t, err)
	})
}

func TestChangedPasswordEndsOthersAndSignInsUnderWay(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		ben := addUser(t, store, "ben")
		kept, other := addSession(t, store, anna, "kept", true), addSession(t, store, anna, "other", true)
		bens := addSession(t, store, ben, "ben", true)
		ended, err := store.ChangePassword(t.Context(), anna.ID, anna.PasswordHash, "new hash", kept)
		wantNone(t, err)
		if diff := cmp.Diff([]account.SessionID{other}, ended); diff != "" {
			t.Error(diff)
		}
		for _, id := range []account.SessionID{kept, bens} {
			_, err := store.Session(t.Context(), id)
			wantNone(t, err)
		}
		_, err = store.ChangePassword(t.Context(), anna.ID, anna.PasswordHash, "newer hash", kept)
		wantKind(t, err, fault.NotFound)
		late := account.NewSession{User: anna.ID, Cookie: []byte("late"), At: start, Expires: start, From: anna.PasswordHash, To: anna.PasswordHash}
		_, err = store.AddSession(t.Context(), late)
		wantKind(t, err, fault.NotFound)
	})
}

func TestRotate(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		id := addSession(t, store, addUser(t, store, "anna"), "one", false)
		var firstUses []time.Time
		rotate := func(from, to string, at time.Time, answer error) error {
			s, err := store.Rotate(t.Context(), []byte(from), []byte(to), at, func(s account.Session, firstUse time.Time) error {
				firstUses = append(firstUses, firstUse)
				return answer
			})
			if s.ID != id && !errors.Is(err, account.ErrNoSession) {
				t.Errorf("rotated session %d, want %d", s.ID, id)
			}
			return err
		}
		refused := fault.New(fault.Unauthenticated, "refused", "Refused")
		if err := rotate("refresh one", "undone", start, refused); !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		wantKind(t, rotate("undone", "x", start, nil), fault.NotFound)
		wantNone(t, rotate("refresh one", "two", start.Add(time.Minute), nil))
		wantNone(t, rotate("refresh one", "three", start.Add(2*time.Minute), nil))
		wantNone(t, rotate("two", "four", start.Add(3*time.Minute), nil))
		want := []time.Time{start, start.Add(time.Minute), start.Add(time.Minute), start.Add(3 * time.Minute)}
		if diff := cmp.Diff(want, firstUses); diff != "" {
			t.Errorf("first uses (-want +got):\n%s", diff)
		}
		wantNone(t, store.RemoveExpired(t.Context(), start, start.Add(2*time.Minute)))
		wantKind(t, rotate("refresh one", "five", start, nil), fault.NotFound)
		wantNone(t, rotate("two", "six", start, nil))
	})
}

func TestRotationsAndTheEndOfTheSessionWaitForEachOther(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		anna := addUser(t, store, "anna")
		id := addSession(t, store, anna, "one", false)
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				_, err := store.Rotate(t.Context(), []byte("refresh one"), fmt.Appendf(nil, "next %d", i), start,
					func(account.Session, time.Time) error { return nil })
				if err != nil && !errors.Is(err, account.ErrNoSession) {
					t.Error(err)
				}
			})
		}
		group.Go(func() { wantNone(t, store.EndSession(t.Context(), anna.ID, id)) })
		group.Wait()
	})
}

func TestKnownAddress(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		store := sqlstore.NewAccounts(db)
		addSession(t, store, addUser(t, store, "anna"), "web", true)
		cases := []struct {
			login, ip string
			at        time.Time
			known     bool
		}{
			{"anna", "192.0.2.1", start, true},
			{"anna@example.org", "192.0.2.1", start, true},
			{"anna", "192.0.2.2", start, false},
			{"ben", "192.0.2.1", start, false},
			{"anna", "192.0.2.1", start.Add(time.Hour), false},
		}
		for _, c := range cases {
			known, err := store.KnowsAddress(t.Context(), c.login, c.ip, c.at)
			wantNone(t, err)
			if known != c.known {
				t.Errorf("%+v: got %t", c, known)
			}
		}
	})
}
