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
	"hathor/internal/httpapi"
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

type invited struct {
	Invite struct {
		ID, Uses, MaxUses int64
		Label, State      string
		CreatedBy         struct{ Username string }
		ExpiresAt         time.Time
	}
	Token, Link string
}

func (n *node) invite(t *testing.T, admin signed, body string) invited {
	t.Helper()
	return decode[invited](n.as(t, admin, http.MethodPost, "/invites", body).want(http.StatusCreated))
}

// join registers by an invitation.
func (n *node) join(t *testing.T, name, invite string) answer {
	t.Helper()
	return n.post(t, "/auth/register", fmt.Sprintf(`{"username":%q,"email":"%s@example.org","password":%q,"invite":%q}`, name, name, goodPassword, invite))
}

func user(who signed) string { return fmt.Sprintf("/users/%d", who.User.ID) }

func TestInvitationsLetPeopleIn(t *testing.T) {
	eachNode(t, setup{registration: account.ByInvite}, func(t *testing.T, n *node) {
		anna := n.register(t, "anna")
		n.join(t, "ben", "").wantError(http.StatusForbidden, "This server takes new members by invitation only")
		n.join(t, "ben", strings.Repeat("A", 43)).wantError(http.StatusForbidden, "This invitation is not valid, please ask for a new one")
		made := n.invite(t, anna, `{"label":"Ben"}`)
		if made.Link != "/sign-up#invite="+made.Token || len(made.Token) < 40 || made.Invite.MaxUses != 1 || made.Invite.State != "open" ||
			!made.Invite.ExpiresAt.Equal(n.clock.Now().Add(7*24*time.Hour)) {
			t.Errorf("made %+v", made)
		}
		check := n.post(t, "/auth/invites/check", `{"invite":"`+made.Token+`"}`).want(http.StatusOK)
		if !strings.Contains(check.body, `"invitedBy":"anna"`) {
			t.Errorf("check: %s", check.body)
		}
		ben := decode[signed](n.join(t, "ben", made.Token).want(http.StatusCreated))
		if ben.User.Role != "member" {
			t.Errorf("ben is %s", ben.User.Role)
		}
		used := "This invitation has been used already, please ask for a new one"
		n.join(t, "cyd", made.Token).wantError(http.StatusForbidden, used)
		n.post(t, "/auth/invites/check", `{"invite":"`+made.Token+`"}`).wantError(http.StatusForbidden, used)
		list := n.as(t, anna, http.MethodGet, "/invites", "").want(http.StatusOK)
		if strings.Contains(list.body, made.Token) || !strings.Contains(list.body, `"state":"used"`) {
			t.Errorf("list: %s", list.body)
		}
		for method, path := range map[string]string{http.MethodGet: "/invites", http.MethodPost: "/invites", http.MethodDelete: "/invites/1"} {
			n.as(t, ben, method, path, "{}").want(http.StatusForbidden)
		}
	})
}

func TestInvitationsThatDoNotWork(t *testing.T) {
	n := newNode(t, setup{})
	anna := n.register(t, "anna")
	expired := n.invite(t, anna, `{"expiresAt":"2026-03-01T13:00:00Z"}`)
	revoked := n.invite(t, anna, `{}`)
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/invites/%d", revoked.Invite.ID), "").want(http.StatusNoContent)
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/invites/%d", revoked.Invite.ID), "").want(http.StatusNotFound)
	for body, field := range map[string]string{
		`{"role":"king"}`: "role", `{"expiresAt":"2026-03-01T12:00:00Z"}`: "expiresAt", `{"expiresAt":"2027-01-01T12:00:00Z"}`: "expiresAt",
		`{"maxUses":0}`: "maxUses", `{"maxUses":101}`: "maxUses", `{"libraries":[4711]}`: "libraries", `{"label":"a\u0007b"}`: "label",
	} {
		if p := decode[problem](n.as(t, anna, http.MethodPost, "/invites", body).want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Field != field {
			t.Errorf("%s: %+v", body, p)
		}
	}
	n.clock.Advance(time.Hour)
	n.join(t, "ben", expired.Token).wantError(http.StatusForbidden, "This invitation has expired, please ask for a new one")
	forged := n.join(t, "ben", "forged").want(http.StatusForbidden)
	if got := n.join(t, "ben", revoked.Token); got.status != forged.status || got.body != forged.body {
		t.Errorf("a revoked invitation is told from a forged one: %s", got.body)
	}
}

func TestInvitationsEndWithTheirMakersRights(t *testing.T) {
	for name, end := range map[string]string{"demoted": `{"role":"member"}`, "disabled": `{"disabled":true}`} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, setup{})
			anna := n.register(t, "anna")
			ben := decode[signed](n.join(t, "ben", n.invite(t, anna, `{"role":"admin"}`).Token).want(http.StatusCreated))
			if ben.User.Role != "admin" {
				t.Fatalf("ben is %s", ben.User.Role)
			}
			made := n.invite(t, ben, `{}`)
			n.as(t, anna, http.MethodPatch, user(ben), end).want(http.StatusOK)
			n.join(t, "cyd", made.Token).wantError(http.StatusForbidden, "This invitation is not valid, please ask for a new one")
			if list := n.as(t, anna, http.MethodGet, "/invites", "").want(http.StatusOK); !strings.Contains(list.body, `"state":"invalid"`) {
				t.Errorf("list: %s", list.body)
			}
		})
	}
}

func TestGuessingInvitationsIsLimited(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Auth: httpapi.Rate{Count: 4, Per: time.Hour}}})
	anna := n.register(t, "anna")
	good := n.invite(t, anna, `{}`)
	for range 5 {
		n.post(t, "/auth/invites/check", `{"invite":"`+good.Token+`"}`).want(http.StatusOK)
	}
	for range 3 {
		n.post(t, "/auth/invites/check", `{"invite":"guess"}`).want(http.StatusForbidden)
	}
	n.post(t, "/auth/invites/check", `{"invite":"guess"}`).want(http.StatusTooManyRequests)
}

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

func TestAuditLogTellsWhoDidWhat(t *testing.T) {
	n := newNode(t, setup{})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	evil := ask{method: http.MethodPost, path: "/auth/login", body: loginBody("ben", "Secret9word"), from: "192.0.2.7:1",
		headers: map[string]string{"User-Agent": "Evil\r\nInjected: yes \x1b[31mred\x1b[0m"}}
	n.send(t, evil).want(http.StatusUnauthorized)
	n.post(t, "/auth/login", loginBody("Hunter2typed", "x")).want(http.StatusUnauthorized)
	made := n.invite(t, anna, `{"label":"For Cyd"}`)
	n.as(t, anna, http.MethodPatch, user(ben), `{"role":"admin"}`).want(http.StatusOK)
	n.post(t, "/auth/logout", `{"refreshToken":"`+ben.RefreshToken+`"}`).want(http.StatusNoContent)
	type log struct {
		Events []struct {
			Action, Outcome, IP, UserAgent string
			Actor                          *struct{ Name string }
			Target                         *struct{ Kind, Name string }
			Detail                         map[string]string
		}
		Total      int
		NextCursor *string
	}
	read := func(query string) log {
		t.Helper()
		got := n.as(t, anna, http.MethodGet, "/audit"+query, "").want(http.StatusOK)
		for _, secret := range []string{made.Token, "Secret9word", "Hunter2typed", goodPassword, "argon2"} {
			if strings.Contains(got.body, secret) {
				t.Errorf("the audit log holds %q", secret)
			}
		}
		return decode[log](got)
	}
	all := read("")
	var actions []string
	for _, e := range all.Events {
		actions = append(actions, e.Action+" "+e.Outcome)
	}
	want := "session.end ok, user.role ok, invite.create ok, session.start failed, session.start failed, session.start ok, account.register ok, session.start ok, account.register ok"
	if got := strings.Join(actions, ", "); got != want {
		t.Fatalf("got %s", got)
	}
	if e := all.Events[0]; e.Actor == nil || e.Actor.Name != "ben" {
		t.Errorf("sign-out: %+v", e)
	}
	if e := all.Events[1]; e.Actor == nil || e.Actor.Name != "anna" || e.Target.Name != "ben" || e.Detail["to"] != "admin" {
		t.Errorf("role: %+v", e)
	}
	if e := all.Events[4]; e.Target == nil || e.Target.Name != "ben" || e.IP != "192.0.2.7" || e.Actor != nil || strings.ContainsAny(e.UserAgent, "\r\n\x1b") {
		t.Errorf("failed sign-in: %+v", e)
	}
	if e := all.Events[3]; e.Target != nil {
		t.Errorf("failed sign-in as nobody: %+v", e)
	}
	first := read("?action=session&limit=2")
	if first.Total != 5 || first.NextCursor == nil {
		t.Errorf("by action: %+v", first)
	}
	if second := read("?action=session&limit=2&cursor=" + *first.NextCursor); len(second.Events) != 2 || second.Events[0].Outcome != "failed" {
		t.Errorf("second page: %+v", second)
	}
	if got := read(fmt.Sprintf("?user=%d", ben.User.ID)); got.Total != 5 {
		t.Errorf("by user: %+v", got)
	}
	if got := read("?from=2026-03-01T12:00:01Z"); got.Total != 0 {
		t.Errorf("by time: %+v", got)
	}
	n.as(t, anna, http.MethodGet, "/audit?action=%25", "").want(http.StatusBadRequest)
	n.as(t, anna, http.MethodGet, "/audit?from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z", "").want(http.StatusBadRequest)
	n.profile(t, ask{token: ben.Token}).want(http.StatusUnauthorized)
}
