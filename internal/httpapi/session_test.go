package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"hathor/internal/account"
)

func (n *node) refresh(t *testing.T, token string) answer {
	t.Helper()
	return n.post(t, "/auth/refresh", `{"refreshToken":"`+token+`"}`)
}

func TestRefreshRotates(t *testing.T) {
	n := newNode(t, setup{})
	first := n.register(t, "anna")
	second := decode[signed](n.refresh(t, first.RefreshToken).want(http.StatusOK))
	if second.RefreshToken == first.RefreshToken || second.RefreshToken == "" {
		t.Errorf("the refresh token did not change")
	}
	n.clock.Advance(16 * time.Minute)
	n.profile(t, ask{token: first.Token}).want(http.StatusUnauthorized)
	n.profile(t, ask{token: second.Token}).want(http.StatusUnauthorized)
	third := decode[signed](n.refresh(t, second.RefreshToken).want(http.StatusOK))
	n.profile(t, ask{token: third.Token}).want(http.StatusOK)
	for _, wrong := range []string{"x", strings.Repeat("A", 43), "' OR 1=1 --"} {
		n.refresh(t, wrong).want(http.StatusUnauthorized)
	}
	n.post(t, "/auth/refresh", "").wantError(http.StatusUnauthorized, "Please sign in")
	n.post(t, "/auth/refresh", "{}").wantError(http.StatusUnauthorized, "Please sign in")
}

func TestReusedRefreshTokenEndsItsFamily(t *testing.T) {
	n := newNode(t, setup{})
	first := n.register(t, "anna")
	other := n.login(t, "anna")
	second := decode[signed](n.refresh(t, first.RefreshToken).want(http.StatusOK))
	n.clock.Advance(account.ReuseGrace + time.Millisecond)
	n.refresh(t, first.RefreshToken).wantError(http.StatusUnauthorized, "The refresh token was used before, please sign in")
	n.refresh(t, second.RefreshToken).want(http.StatusUnauthorized)
	for _, token := range []string{first.Token, second.Token} {
		n.profile(t, ask{token: token}).want(http.StatusUnauthorized)
	}
	n.profile(t, ask{token: other.Token}).want(http.StatusOK)
	n.refresh(t, other.RefreshToken).want(http.StatusOK)
}

func TestTwoRefreshesWithinTenSecondsBothWork(t *testing.T) {
	n := newNode(t, setup{})
	first := n.register(t, "anna")
	one := decode[signed](n.refresh(t, first.RefreshToken).want(http.StatusOK))
	n.clock.Advance(account.ReuseGrace)
	two := decode[signed](n.refresh(t, first.RefreshToken).want(http.StatusOK))
	if one.RefreshToken == two.RefreshToken {
		t.Error("two refreshes gave the same token")
	}
	for _, tokens := range []signed{one, two} {
		n.profile(t, ask{token: tokens.Token}).want(http.StatusOK)
		n.refresh(t, tokens.RefreshToken).want(http.StatusOK)
	}
	n.clock.Advance(time.Millisecond)
	n.refresh(t, first.RefreshToken).want(http.StatusUnauthorized)
	n.refresh(t, two.RefreshToken).want(http.StatusUnauthorized)
}

func TestParallelRefreshesBothWork(t *testing.T) {
	n := newNode(t, setup{})
	first := n.register(t, "anna")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if a := n.refresh(t, first.RefreshToken); a.status != http.StatusOK {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	group.Wait()
}

func TestCookieRefreshKeepsTheCookie(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	cookie := n.loginWeb(t, "anna")
	a := n.send(t, ask{method: http.MethodPost, path: "/auth/refresh", cookie: cookie}).want(http.StatusOK)
	got := decode[signed](a)
	if got.RefreshToken != "" {
		t.Error("the web client was given a refresh token")
	}
	n.profile(t, ask{token: got.Token}).want(http.StatusOK)
	n.send(t, ask{method: http.MethodPost, path: "/auth/logout", cookie: cookie}).want(http.StatusNoContent)
	n.profile(t, ask{token: got.Token}).want(http.StatusUnauthorized)
}

func TestSessionsLiveWhileUsedAndNeverForEver(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	cookie := n.loginWeb(t, "anna")
	idle := n.loginWeb(t, "anna")
	day := 24 * time.Hour
	used := ask{cookie: cookie}
	for passed := time.Duration(0); passed < account.LongestLife-29*day; passed += 29 * day {
		n.clock.Advance(29 * day)
		n.profile(t, used).want(http.StatusOK)
		n.awaitTouch(t, used)
	}
	n.profile(t, ask{cookie: idle}).want(http.StatusUnauthorized)
	n.clock.Advance(29 * day)
	n.profile(t, used).want(http.StatusUnauthorized)
}

// awaitTouch waits until the use of the session has been written.
func (n *node) awaitTouch(t *testing.T, a ask) {
	t.Helper()
	a.path = "/auth/sessions"
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		for _, s := range decode[sessionList](n.send(t, a).want(http.StatusOK)).Sessions {
			if s.Current && s.LastSeenAt.Equal(n.clock.Now()) {
				n.clock.Advance(time.Second) // the node believes what it read before for a moment
				n.send(t, a).want(http.StatusOK)
				return
			}
		}
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("the use of the session was never written")
		}
	}
}

func TestSessionList(t *testing.T) {
	n := newNode(t, setup{})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	n.clock.Advance(time.Minute)
	web := n.send(t, ask{method: http.MethodPost, path: "/auth/login", from: "192.0.2.7:1234", headers: map[string]string{"User-Agent": "Böse\x01 Browser " + strings.Repeat("x", 400)},
		body: `{"username":"anna","password":"Correct1horse","client":"web"}`}).want(http.StatusOK).cookie()
	list := decode[sessionList](n.send(t, ask{path: "/auth/sessions", token: anna.Token}).want(http.StatusOK)).Sessions
	if len(list) != 2 || list[0].Current || !list[1].Current || list[0].IP != "192.0.2.7" || !list[0].CreatedAt.Equal(n.clock.Now()) ||
		!strings.HasPrefix(list[0].UserAgent, "Böse Browser xxx") || len([]rune(list[0].UserAgent)) != 300 {
		t.Errorf("got %+v", list)
	}
	end := func(id any, token string) answer {
		return n.send(t, ask{method: http.MethodDelete, path: fmt.Sprintf("/auth/sessions/%v", id), token: token})
	}
	end(list[0].ID, ben.Token).wantError(http.StatusNotFound, "Session not found")
	end(4711, ben.Token).wantError(http.StatusNotFound, "Session not found")
	for _, id := range []any{0, -1, "abc", "99999999999999999999"} {
		if p := decode[problem](end(id, anna.Token).want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Message != "Invalid ID" || p.Details[0].Field != "id" {
			t.Errorf("id %v: %+v", id, p)
		}
	}
	n.profile(t, ask{cookie: web}).want(http.StatusOK)
	end(list[0].ID, anna.Token).want(http.StatusNoContent)
	n.profile(t, ask{cookie: web}).want(http.StatusUnauthorized)
	end(list[0].ID, anna.Token).want(http.StatusNotFound)
	n.send(t, ask{path: "/auth/sessions"}).want(http.StatusUnauthorized)
}

func TestEndedSessionDiesOnEveryNodeWithinASecond(t *testing.T) {
	here := newNode(t, setup{})
	there := joinNode(t, setup{}, here.db, here.clock)
	tokens := here.register(t, "anna")
	cookie := here.loginWeb(t, "anna")
	asks := []ask{{token: tokens.Token}, {cookie: cookie}}
	query, _ := there.accounts.Signer().Sign(account.Identity{User: account.UserID(tokens.User.ID), Session: sessionOf(t, tokens.Token)}, "song/1", time.Hour)
	signature := parseQuery(t, query)
	for _, a := range asks {
		here.profile(t, a).want(http.StatusOK)
		there.profile(t, a).want(http.StatusOK)
	}
	if _, err := there.accounts.Signer().Verify(t.Context(), "song/1", signature); err != nil {
		t.Fatal(err)
	}
	here.post(t, "/auth/logout", `{"refreshToken":"`+tokens.RefreshToken+`"}`).want(http.StatusNoContent)
	here.send(t, ask{method: http.MethodPost, path: "/auth/logout", cookie: cookie}).want(http.StatusNoContent)
	for _, a := range asks {
		here.profile(t, a).want(http.StatusUnauthorized)
	}
	here.clock.Advance(time.Second)
	for _, a := range asks {
		there.profile(t, a).want(http.StatusUnauthorized)
	}
	if _, err := there.accounts.Signer().Verify(t.Context(), "song/1", signature); err == nil {
		t.Error("a signed address outlived its session")
	}
	here.refresh(t, tokens.RefreshToken).want(http.StatusUnauthorized)
	here.post(t, "/auth/logout", `{"refreshToken":"`+tokens.RefreshToken+`"}`).want(http.StatusNoContent)
	here.post(t, "/auth/logout", "").want(http.StatusNoContent)
}

func TestPasswordChangeEndsOtherSessions(t *testing.T) {
	n := newNode(t, setup{})
	tokens := n.register(t, "anna")
	here, other := n.loginWeb(t, "anna"), n.loginWeb(t, "anna")
	ben := n.register(t, "ben")
	change := func(body string) answer {
		return n.send(t, ask{method: http.MethodPost, path: "/auth/password", cookie: here, body: body})
	}
	p := decode[problem](change(`{"currentPassword":"Wrong1horse","newPassword":"Another1horse"}`).want(http.StatusBadRequest))
	if len(p.Details) != 1 || p.Details[0].Field != "currentPassword" || p.Details[0].Message != "Current password is wrong" {
		t.Errorf("got %+v", p)
	}
	if p := decode[problem](change(`{"newPassword":"short"}`).want(http.StatusBadRequest)); len(p.Details) != 2 {
		t.Errorf("got %+v", p)
	}
	n.profile(t, ask{cookie: other}).want(http.StatusOK)
	change(`{"currentPassword":"Correct1horse","newPassword":"Another1horse"}`).want(http.StatusNoContent)
	n.profile(t, ask{cookie: here}).want(http.StatusOK)
	n.profile(t, ask{cookie: other}).want(http.StatusUnauthorized)
	n.profile(t, ask{token: tokens.Token}).want(http.StatusUnauthorized)
	n.refresh(t, tokens.RefreshToken).want(http.StatusUnauthorized)
	n.profile(t, ask{token: ben.Token}).want(http.StatusOK)
	n.post(t, "/auth/login", loginBody("anna", goodPassword)).want(http.StatusUnauthorized)
	n.post(t, "/auth/login", loginBody("anna", "Another1horse")).want(http.StatusOK)
}

func TestSigningInAnewEndsTheBrowsersOldSession(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	old := n.loginWeb(t, "anna")
	fresh := n.send(t, ask{method: http.MethodPost, path: "/auth/login", cookie: old,
		body: `{"username":"anna","password":"Correct1horse","client":"web"}`}).want(http.StatusOK).cookie()
	n.profile(t, ask{cookie: old}).want(http.StatusUnauthorized)
	n.profile(t, ask{cookie: fresh}).want(http.StatusOK)
}

// sessionOf reads the session id out of an access token.
func sessionOf(t *testing.T, token string) account.SessionID {
	t.Helper()
	var claims struct {
		jwt.RegisteredClaims
		Session int64 `json:"sid"`
	}
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil {
		t.Fatal(err)
	}
	return account.SessionID(claims.Session)
}

func TestForeignTokensAreRefused(t *testing.T) {
	n := newNode(t, setup{})
	good := n.register(t, "anna").Token
	cookie := n.loginWeb(t, "anna")
	parts := strings.Split(good, ".")
	encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	swapped := encode(strings.Replace(string(payload), `"sub":"1"`, `"sub":"2"`, 1))
	if swapped == parts[1] {
		t.Fatalf("no subject in %s", payload)
	}
	cases := map[string]string{
		"none":              encode(`{"alg":"none","typ":"at+jwt"}`) + "." + parts[1] + ".",
		"none, signed":      encode(`{"alg":"none","typ":"at+jwt"}`) + "." + parts[1] + "." + parts[2],
		"other algorithm":   encode(`{"alg":"HS512","typ":"at+jwt"}`) + "." + parts[1] + "." + parts[2],
		"other subject":     parts[0] + "." + swapped + "." + parts[2],
		"without signature": parts[0] + "." + parts[1] + ".",
		"empty":             "",
		"no token":          "x",
		"only dots":         "..",
		"very long":         strings.Repeat("a", 10_000),
		"refresh token":     n.login(t, "anna").RefreshToken,
		"cookie":            cookie.Value,
	}
	for name, token := range cases {
		t.Run(name, func(t *testing.T) {
			a := n.profile(t, ask{headers: map[string]string{"Authorization": "Bearer " + token}, cookie: cookie})
			a.want(http.StatusUnauthorized)
		})
	}
	n.send(t, ask{path: "/openapi.json", token: "x"}).want(http.StatusOK)
	n.profile(t, ask{cookie: &http.Cookie{Name: "hathor_session", Value: "x"}}).want(http.StatusUnauthorized)
	n.profile(t, ask{cookie: &http.Cookie{Name: "__Host-hathor_session", Value: cookie.Value}}).want(http.StatusUnauthorized)
	n.profile(t, ask{cookie: cookie, headers: map[string]string{"Authorization": "Basic YTpi"}}).want(http.StatusOK)
}

func TestWithoutADatabaseNobodyIsSentToSignInAgain(t *testing.T) {
	n := newNode(t, setup{})
	tokens := n.register(t, "anna")
	cookie := n.loginWeb(t, "anna")
	if err := n.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, a := range []ask{{token: tokens.Token}, {cookie: cookie}} {
		if got := n.profile(t, a); got.status < http.StatusInternalServerError {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
}

func TestSessionTellsWhoIsSignedInIfAnybody(t *testing.T) {
	n := newNode(t, setup{})
	anna := n.register(t, "anna")
	for _, c := range []struct{ name, token, want string }{
		{"nobody", "", ""},
		{"anna", anna.Token, "anna"},
		{"a token of nobody", "x.y.z", ""},
	} {
		got := decode[struct{ User struct{ Username string } }](n.send(t, ask{method: http.MethodGet, path: "/auth/session", token: c.token}).want(http.StatusOK))
		if got.User.Username != c.want {
			t.Errorf("%s: signed in as %q, want %q", c.name, got.User.Username, c.want)
		}
	}
}
