package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// eachNode runs test against a node over each kind of database.
func eachNode(t *testing.T, s setup, test func(t *testing.T, n *node)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, newNode(t, s)) })
	t.Run("postgres", func(t *testing.T) {
		db, err := sqlstore.Open(t.Context(), pgtest.URL(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		test(t, joinNode(t, s, db, clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))))
	})
}

// as asks with the token of somebody signed in.
func (n *node) as(t *testing.T, who signed, method, path, body string) answer {
	t.Helper()
	return n.send(t, ask{method: method, path: path, body: body, token: who.Token})
}

func user(who signed) string { return fmt.Sprintf("/users/%d", who.User.ID) }

func TestDisabledUsersAreOutEverywhere(t *testing.T) {
	here := newNode(t, setup{})
	there := joinNode(t, setup{}, here.db, here.clock)
	anna, ben := here.register(t, "anna"), here.register(t, "ben")
	cookie := here.loginWeb(t, "ben")
	query, _ := there.accounts.Signer().Sign(account.Identity{User: account.UserID(ben.User.ID), Session: sessionOf(t, ben.Token)}, "song/1", time.Hour)
	asks := []ask{{token: ben.Token}, {cookie: cookie}}
	for _, a := range asks {
		here.profile(t, a).want(http.StatusOK)
		there.profile(t, a).want(http.StatusOK)
	}
	here.as(t, anna, http.MethodPatch, user(ben), `{"disabled":true}`).want(http.StatusOK)
	for _, a := range asks {
		here.profile(t, a).want(http.StatusUnauthorized)
	}
	here.clock.Advance(time.Second)
	for _, a := range asks {
		there.profile(t, a).want(http.StatusUnauthorized)
	}
	if _, err := there.accounts.Signer().Verify(t.Context(), "song/1", parseQuery(t, query)); err == nil {
		t.Error("a signed address outlived its user's right to it")
	}
	here.refresh(t, ben.RefreshToken).want(http.StatusUnauthorized)
	here.post(t, "/auth/login", loginBody("ben", "Wrong1horse")).wantError(http.StatusUnauthorized, "Invalid credentials")
	if p := decode[problem](here.post(t, "/auth/login", loginBody("ben", goodPassword)).want(http.StatusForbidden)); p.Code != "account_disabled" {
		t.Errorf("got %+v", p)
	}
	here.as(t, anna, http.MethodPatch, user(ben), `{"disabled":false}`).want(http.StatusOK)
	here.login(t, "ben")
}

// The other node believes the session for a moment yet. What it makes in that moment must not outlive it.
func TestNoKeyIsMadeForADisabledUser(t *testing.T) {
	here := newNode(t, setup{})
	there := joinNode(t, setup{}, here.db, here.clock)
	anna, ben := here.register(t, "anna"), here.register(t, "ben")
	there.profile(t, ask{token: ben.Token}).want(http.StatusOK)
	here.as(t, anna, http.MethodPatch, user(ben), `{"disabled":true}`).want(http.StatusOK)
	late := there.as(t, ben, http.MethodPost, "/auth/api-keys", `{"name":"late","scope":"write"}`)
	if late.want(http.StatusUnauthorized); strings.Contains(late.body, "hk_") {
		t.Error("a disabled user was given a key")
	}
}

func TestRolesChangeWithinASecond(t *testing.T) {
	here := newNode(t, setup{})
	there := joinNode(t, setup{}, here.db, here.clock)
	anna, ben := here.register(t, "anna"), here.register(t, "ben")
	here.as(t, ben, http.MethodGet, "/users", "").want(http.StatusForbidden)
	there.as(t, ben, http.MethodGet, "/users", "").want(http.StatusForbidden)
	here.as(t, anna, http.MethodPatch, user(ben), `{"role":"admin","displayName":" Benny "}`).want(http.StatusOK)
	got := here.as(t, ben, http.MethodGet, user(ben), "").want(http.StatusOK)
	if !strings.Contains(got.body, `"displayName":"Benny"`) {
		t.Errorf("got %s", got.body)
	}
	here.clock.Advance(time.Second)
	there.as(t, ben, http.MethodGet, "/users", "").want(http.StatusOK)
}

func TestTheLastAdminStays(t *testing.T) {
	eachNode(t, setup{}, func(t *testing.T, n *node) {
		anna, ben := n.register(t, "anna"), n.register(t, "ben")
		for _, body := range []string{`{"role":"member"}`, `{"disabled":true}`} {
			if p := decode[problem](n.as(t, anna, http.MethodPatch, user(anna), body).want(http.StatusConflict)); p.Code != "last_admin" {
				t.Errorf("%s: %+v", body, p)
			}
		}
		n.as(t, anna, http.MethodPatch, user(ben), `{"role":"admin"}`).want(http.StatusOK)
		var group sync.WaitGroup
		statuses := make([]int, 2)
		for i, pair := range [][2]signed{{anna, ben}, {ben, anna}} {
			group.Go(func() { statuses[i] = n.as(t, pair[0], http.MethodPatch, user(pair[1]), `{"disabled":true}`).status })
		}
		group.Wait()
		left := 0
		for _, who := range []signed{anna, ben} {
			if n.profile(t, ask{token: who.Token}).status == http.StatusOK {
				left++
			}
		}
		if left != 1 {
			t.Errorf("%d admins are left after %v", left, statuses)
		}
	})
}

func TestAdminSetsAPassword(t *testing.T) {
	n := newNode(t, setup{})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	n.as(t, anna, http.MethodPut, user(ben)+"/password", `{"password":"short"}`).want(http.StatusBadRequest)
	n.as(t, anna, http.MethodPut, "/users/4711/password", `{"password":"Another1horse"}`).want(http.StatusNotFound)
	n.as(t, ben, http.MethodPut, user(anna)+"/password", `{"password":"Another1horse"}`).want(http.StatusForbidden)
	n.as(t, anna, http.MethodPut, user(ben)+"/password", `{"password":"Another1horse"}`).want(http.StatusNoContent)
	n.profile(t, ask{token: ben.Token}).want(http.StatusUnauthorized)
	n.post(t, "/auth/login", loginBody("ben", goodPassword)).want(http.StatusUnauthorized)
	n.post(t, "/auth/login", loginBody("ben", "Another1horse")).want(http.StatusOK)
}

func TestAdminEndsSessions(t *testing.T) {
	n := newNode(t, setup{})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	other := n.login(t, "ben")
	all := decode[struct {
		Sessions []struct {
			ID      int64
			User    struct{ Username string }
			Current bool
		}
		Total      int
		NextCursor *string
	}](n.as(t, anna, http.MethodGet, "/sessions?limit=2", "").want(http.StatusOK))
	if all.Total != 3 || len(all.Sessions) != 2 || all.NextCursor == nil || all.Sessions[0].User.Username != "ben" {
		t.Fatalf("got %+v", all)
	}
	next := n.as(t, anna, http.MethodGet, "/sessions?limit=2&cursor="+*all.NextCursor, "").want(http.StatusOK)
	if !strings.Contains(next.body, `"username":"anna"`) || !strings.Contains(next.body, `"current":true`) {
		t.Errorf("second page: %s", next.body)
	}
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/sessions/%d", all.Sessions[0].ID), "").want(http.StatusNoContent)
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/sessions/%d", all.Sessions[0].ID), "").want(http.StatusNotFound)
	n.profile(t, ask{token: other.Token}).want(http.StatusUnauthorized)
	n.profile(t, ask{token: ben.Token}).want(http.StatusOK)
	if got := n.as(t, anna, http.MethodDelete, user(ben)+"/sessions", "").want(http.StatusOK); !strings.Contains(got.body, `"ended":1`) {
		t.Errorf("got %s", got.body)
	}
	n.profile(t, ask{token: ben.Token}).want(http.StatusUnauthorized)
	n.as(t, anna, http.MethodDelete, "/users/4711/sessions", "").want(http.StatusNotFound)
}

func TestUserList(t *testing.T) {
	n := newNode(t, setup{})
	anna := n.register(t, "anna")
	for _, name := range []string{"ben", "cyd"} {
		n.register(t, name)
	}
	type page struct {
		Users      []struct{ Username string }
		Total      int
		NextCursor *string
	}
	first := decode[page](n.as(t, anna, http.MethodGet, "/users?limit=2", "").want(http.StatusOK))
	if first.Total != 3 || len(first.Users) != 2 || first.NextCursor == nil {
		t.Fatalf("got %+v", first)
	}
	second := decode[page](n.as(t, anna, http.MethodGet, "/users?limit=2&cursor="+*first.NextCursor, "").want(http.StatusOK))
	if len(second.Users) != 1 || second.Users[0].Username != "cyd" || second.NextCursor != nil {
		t.Errorf("got %+v", second)
	}
	found := decode[page](n.as(t, anna, http.MethodGet, "/users?search=BEN%40", "").want(http.StatusOK))
	if found.Total != 1 || found.Users[0].Username != "ben" {
		t.Errorf("got %+v", found)
	}
	n.as(t, anna, http.MethodGet, "/users?cursor=x", "").want(http.StatusBadRequest)
	n.as(t, anna, http.MethodGet, "/users/4711", "").want(http.StatusNotFound)
}

func TestDangerousActsWantAFreshSignIn(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	ben := n.register(t, "ben")
	cookie := n.loginWeb(t, "anna")
	n.clock.Advance(account.FreshFor)
	for _, a := range []ask{
		{method: http.MethodPatch, path: user(ben), body: `{"disabled":true}`}, {method: http.MethodDelete, path: user(ben)},
		{method: http.MethodPut, path: user(ben) + "/password", body: `{"password":"Another1horse"}`},
		{method: http.MethodPost, path: "/invites", body: `{}`}, {method: http.MethodDelete, path: "/auth/account"},
		{path: "/auth/export"}, {path: "/auth/export/preview"},
	} {
		a.cookie = cookie
		if p := decode[problem](n.send(t, a).want(http.StatusForbidden)); p.Code != "confirm_required" {
			t.Errorf("%s %s: %+v", a.method, a.path, p)
		}
	}
	n.send(t, ask{path: "/users", cookie: cookie}).want(http.StatusOK)
	n.send(t, ask{method: http.MethodPost, path: "/auth/confirm", cookie: cookie, body: `{"password":"` + goodPassword + `"}`}).want(http.StatusNoContent)
	n.send(t, ask{method: http.MethodPatch, path: user(ben), cookie: cookie, body: `{"disabled":true}`}).want(http.StatusOK)
}
