package httpapi_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/account"
)

func TestRegister(t *testing.T) {
	n := newNode(t, setup{})
	body := `{"username":" Anna_1 ","email":" Anna@Example.ORG ","password":"Correct1horse","displayName":" Änna ","invite":"x"}`
	a := n.post(t, "/auth/register", body).want(http.StatusCreated)
	got := decode[signed](a)
	u := got.User
	if u.ID < 1 || u.Username != "Anna_1" || u.Email != "anna@example.org" || u.DisplayName != "Änna" || u.Role != "admin" ||
		u.AvatarURL != nil || !u.CreatedAt.Equal(n.clock.Now()) || got.Message == "" {
		t.Errorf("got %s", a.body)
	}
	if strings.Contains(strings.ToLower(a.body), "hash") || strings.Contains(a.body, goodPassword) {
		t.Errorf("the answer shows the password: %s", a.body)
	}
	if a.header.Get("Cache-Control") != "no-store" || len(a.header.Values("Set-Cookie")) != 0 {
		t.Errorf("headers are %v", a.header)
	}
	n.profile(t, ask{token: got.Token}).want(http.StatusOK)
	if second := n.register(t, "ben"); second.User.Role != "member" || second.User.DisplayName != "ben" {
		t.Errorf("the second account is %+v", second.User)
	}
}

func TestRegisterTaken(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	n.post(t, "/auth/register", `{"username":"ANNA","email":"b@example.org","password":"Correct1horse"}`).
		wantError(http.StatusConflict, "This username is already taken")
	n.post(t, "/auth/register", `{"username":"ben","email":"ANNA@example.org","password":"Correct1horse"}`).
		wantError(http.StatusConflict, "This email address is already registered")
}

func TestRegisterNamesEveryWrongField(t *testing.T) {
	const (
		length  = "Username must be 3-50 characters"
		letters = "Username can only contain letters, numbers, and underscores"
		email   = "Invalid email address"
		short   = "Password must be at least 8 characters"
		mixed   = "Password must contain at least one uppercase letter, one lowercase letter, and one number"
	)
	cases := []struct {
		name, body string
		want       map[string]string
	}{
		{"nothing", `{}`, map[string]string{"username": length, "email": email, "password": short}},
		{"null", `{"username":null,"email":null,"password":null}`, map[string]string{"username": length, "email": email, "password": short}},
		{"all wrong", `{"username":"a b","email":"x","password":"abcdefgh"}`, map[string]string{"username": letters, "email": email, "password": mixed}},
		{"wrong types", `{"username":5,"email":[],"password":true}`, map[string]string{"username": length, "email": email, "password": short}},
		{"too long", fmt.Sprintf(`{"username":%q,"email":"a@example.org","password":"A1%s","displayName":%q}`,
			strings.Repeat("a", 51), strings.Repeat("b", 127), strings.Repeat("ä", 101)),
			map[string]string{"username": length, "password": "Password must be at most 128 characters", "displayName": "Display name must be at most 100 characters"}},
		{"unknown field", `{"username":"anna","email":"a@example.org","password":"Correct1horse","role":"admin"}`, map[string]string{"role": "Unknown field"}},
		{"control characters", `{"username":"an\u0007na","email":"a\u0007@example.org","password":"Correct1horse","displayName":"a\u0007"}`,
			map[string]string{"username": letters, "email": email, "displayName": "Display name must not contain control characters"}},
	}
	n := newNode(t, setup{})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := n.post(t, "/auth/register", c.body).want(http.StatusBadRequest)
			p := decode[problem](a)
			got := map[string]string{}
			for _, d := range p.Details {
				got[d.Field] = d.Message
			}
			if diff := cmp.Diff(c.want, got); diff != "" || p.Error != "Validation failed" || p.Code != "validation_failed" || len(got) != len(p.Details) {
				t.Errorf("%s\n%s", a.body, diff)
			}
		})
	}
	if n.register(t, "anna").User.Role != "admin" {
		t.Error("a refused registration left an account behind")
	}
}

func TestEmailAddresses(t *testing.T) {
	n := newNode(t, setup{})
	for i, email := range []string{"a@b", "a b@example.org", "Anna <a@example.org>", "@example.org", "a@", "a@.org", "a@example.", "a@@example.org",
		strings.Repeat("a", 250) + "@example.org"} {
		body := fmt.Sprintf(`{"username":"user%d","email":%q,"password":"Correct1horse"}`, i, email)
		n.post(t, "/auth/register", body).want(http.StatusBadRequest)
	}
	for i, email := range []string{"a.b+c@example.co.uk", "ä@example.org", "o'hara@xn--bcher-kva.example"} {
		body := fmt.Sprintf(`{"username":"good%d","email":%q,"password":"Correct1horse"}`, i, email)
		n.post(t, "/auth/register", body).want(http.StatusCreated)
	}
}

func TestUnreadableBodies(t *testing.T) {
	n := newNode(t, setup{})
	for _, path := range []string{"/auth/register", "/auth/login", "/auth/refresh", "/auth/logout"} {
		for _, body := range []string{`{"username":`, `[]`, `"x"`, strings.Repeat("[", 60_000)} {
			n.post(t, path, body).want(http.StatusBadRequest)
		}
		n.post(t, path, `{"username":"`+strings.Repeat("a", 70_000)+`"}`).want(http.StatusRequestEntityTooLarge)
		form := ask{method: http.MethodPost, path: path, body: "username=anna", headers: map[string]string{"Content-Type": "text/plain"}}
		n.send(t, form).want(http.StatusUnsupportedMediaType)
	}
}

func TestRegistrationPolicies(t *testing.T) {
	for policy, text := range map[account.Policy]string{
		account.Closed:   "Registration is closed on this server",
		account.ByInvite: "This server takes new members by invitation only",
		"typing error":   "Registration is closed on this server",
	} {
		t.Run(string(policy), func(t *testing.T) {
			n := newNode(t, setup{registration: policy})
			if n.register(t, "anna").User.Role != "admin" {
				t.Error("the first account is no admin")
			}
			n.post(t, "/auth/register", `{"username":"ben","email":"ben@example.org","password":"Correct1horse"}`).wantError(http.StatusForbidden, text)
		})
	}
}

func TestTwoFirstRegistrationsGiveOneAdmin(t *testing.T) {
	n := newNode(t, setup{registration: account.Closed})
	statuses := make([]int, 2)
	var group sync.WaitGroup
	for i := range statuses {
		group.Go(func() {
			body := fmt.Sprintf(`{"username":"user%d","email":"u%d@example.org","password":"Correct1horse"}`, i, i)
			statuses[i] = n.post(t, "/auth/register", body).status
		})
	}
	group.Wait()
	if statuses[0]+statuses[1] != http.StatusCreated+http.StatusForbidden {
		t.Errorf("got %v", statuses)
	}
}

func TestLoginMatrix(t *testing.T) {
	n := newNode(t, setup{})
	n.register(t, "anna")
	cases := []struct {
		name, body string
		status     int
	}{
		{"right", loginBody("anna", goodPassword), http.StatusOK},
		{"other case", loginBody(" ANNA ", goodPassword), http.StatusOK},
		{"by address", loginBody("Anna@example.org", goodPassword), http.StatusOK},
		{"second factor sent without need", `{"username":"anna","password":"Correct1horse","totp":"123456"}`, http.StatusOK},
		{"wrong password", loginBody("anna", "Correct1hors"), http.StatusUnauthorized},
		{"password in other case", loginBody("anna", "correct1horse"), http.StatusUnauthorized},
		{"password with space", loginBody("anna", goodPassword+" "), http.StatusUnauthorized},
		{"unknown user", loginBody("nobody", goodPassword), http.StatusUnauthorized},
		{"unknown user, short password", loginBody("nobody", "x"), http.StatusUnauthorized},
		{"empty password", loginBody("anna", ""), http.StatusBadRequest},
		{"unknown user, empty password", loginBody("nobody", ""), http.StatusBadRequest},
		{"empty user", loginBody("", goodPassword), http.StatusBadRequest},
		{"null password", `{"username":"anna","password":null}`, http.StatusBadRequest},
		{"null user", `{"username":null,"password":"Correct1horse"}`, http.StatusBadRequest},
		{"list as user", `{"username":["anna"],"password":"Correct1horse"}`, http.StatusBadRequest},
		{"SQL", loginBody("' OR 1=1 --", goodPassword), http.StatusUnauthorized},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := n.post(t, "/auth/login", c.body).want(c.status)
			switch c.status {
			case http.StatusOK:
				got := decode[signed](a)
				n.profile(t, ask{token: got.Token}).want(http.StatusOK)
			case http.StatusUnauthorized:
				if a.body != `{"error":"Invalid credentials","code":"invalid_credentials"}`+"\n" {
					t.Errorf("got %q", a.body)
				}
			}
		})
	}
}

func TestWebClientGetsACookieAndNoTokens(t *testing.T) {
	n := newNode(t, setup{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	n.register(t, "anna")
	body := `{"username":"anna","password":"Correct1horse","client":"web"}`
	https := map[string]string{"X-Forwarded-Proto": "https"}
	cases := []struct {
		name    string
		ask     ask
		cookie  string
		secured bool
	}{
		{"plain http", ask{}, "hathor_session", false},
		{"proxy with TLS", ask{from: "10.0.0.1:1", headers: https}, "__Host-hathor_session", true},
		{"stranger who says TLS", ask{from: "192.0.2.9:1", headers: https}, "hathor_session", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.ask.method, c.ask.path, c.ask.body = http.MethodPost, "/auth/login", body
			a := n.send(t, c.ask).want(http.StatusOK)
			cookie := a.cookie()
			if cookie.Name != c.cookie || cookie.Secure != c.secured || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
				cookie.Path != "/" || cookie.Domain != "" || len(cookie.Value) < 43 {
				t.Errorf("cookie is %v", cookie)
			}
			if got := decode[signed](a); got.Token != "" || got.RefreshToken != "" || got.User.Username != "anna" {
				t.Errorf("got %s", a.body)
			}
			signedIn := ask{cookie: cookie, from: c.ask.from, headers: c.ask.headers}
			n.profile(t, signedIn).want(http.StatusOK)
			signedIn.method, signedIn.path = http.MethodPost, "/auth/logout"
			gone := n.send(t, signedIn).want(http.StatusNoContent).cookie()
			if gone.Name != c.cookie || gone.MaxAge >= 0 || gone.Value != "" {
				t.Errorf("after signing out the cookie is %v", gone)
			}
			n.profile(t, ask{cookie: cookie, from: c.ask.from, headers: c.ask.headers}).want(http.StatusUnauthorized)
		})
	}
}

func TestProfile(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token
	put := func(body string) answer {
		return n.send(t, ask{method: http.MethodPut, path: "/auth/profile", body: body, token: token})
	}
	got := decode[signed](put(`{"displayName":" Anna Ä ","avatarUrl":"https://example.org/a.png"}`).want(http.StatusOK))
	if got.User.DisplayName != "Anna Ä" || got.User.AvatarURL == nil || *got.User.AvatarURL != "https://example.org/a.png" {
		t.Errorf("got %+v", got.User)
	}
	put(`{"avatarUrl":null}`).want(http.StatusOK)
	put(`{}`).want(http.StatusOK)
	if got := decode[signed](n.profile(t, ask{token: token}).want(http.StatusOK)); got.User.AvatarURL == nil || got.User.DisplayName != "Anna Ä" {
		t.Errorf("what was left out changed: %+v", got.User)
	}
	if got := decode[signed](put(`{"avatarUrl":""}`).want(http.StatusOK)); got.User.AvatarURL != nil {
		t.Errorf("the avatar stayed: %v", *got.User.AvatarURL)
	}
	for _, body := range []string{`{"avatarUrl":"javascript:alert(1)"}`, `{"avatarUrl":"x"}`, `{"displayName":5}`, `{"role":"admin"}`, `{"id":2}`} {
		put(body).want(http.StatusBadRequest)
	}
	n.profile(t, ask{}).wantError(http.StatusUnauthorized, "Please sign in")
}
