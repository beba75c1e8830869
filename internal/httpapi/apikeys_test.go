package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/httpapi"
)

type keyAnswer struct {
	ID                    int64
	Name, Scope, Prefix   string
	CreatedAt             time.Time
	LastUsedAt, ExpiresAt *time.Time
}

type madeKey struct {
	Key    string
	APIKey keyAnswer
}

type keyList struct{ APIKeys []keyAnswer }

func (n *node) createKey(t *testing.T, token, body string) answer {
	t.Helper()
	return n.send(t, ask{method: http.MethodPost, path: "/auth/api-keys", token: token, body: body})
}

func (n *node) newKey(t *testing.T, token, scope string) madeKey {
	t.Helper()
	return decode[madeKey](n.createKey(t, token, `{"name":"Player","scope":"`+scope+`"}`).want(http.StatusCreated))
}

func (n *node) keys(t *testing.T, token string) []keyAnswer {
	t.Helper()
	return decode[keyList](n.send(t, ask{path: "/auth/api-keys", token: token}).want(http.StatusOK)).APIKeys
}

func TestAKeyIsShownOnce(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token
	if got := n.keys(t, token); got == nil || len(got) != 0 {
		t.Errorf("at first: %v", got)
	}
	end := n.clock.Now().Add(time.Hour).Format(time.RFC3339)
	a := n.createKey(t, token, `{"name":" Player ","scope":"write","expiresAt":"`+end+`"}`).want(http.StatusCreated)
	made := decode[madeKey](a)
	if len(made.Key) != 3+43 || !strings.HasPrefix(made.Key, "hk_") || made.APIKey.Prefix != made.Key[:9] || made.APIKey.Name != "Player" ||
		made.APIKey.Scope != "write" || made.APIKey.ExpiresAt == nil || made.APIKey.LastUsedAt != nil {
		t.Errorf("got %s", a.body)
	}
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the key may be kept: %v", a.header)
	}
	listed := n.send(t, ask{path: "/auth/api-keys", token: token}).want(http.StatusOK)
	if strings.Contains(listed.body, made.Key) || !strings.Contains(listed.body, made.APIKey.Prefix) {
		t.Errorf("the list is %s", listed.body)
	}
	if bens := n.keys(t, n.register(t, "ben").Token); len(bens) != 0 {
		t.Errorf("ben sees %v", bens)
	}
}

func TestBadKeys(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token
	past := n.clock.Now().Format(time.RFC3339)
	for body, want := range map[string][]string{
		`{}`: {"name", "scope"},
		`{"name":"","scope":"all","expiresAt":"` + past + `"}`:                    {"expiresAt", "name", "scope"},
		`{"name":"   ","scope":"read"}`:                                           {"name"},
		`{"name":"` + strings.Repeat("ä", 101) + `","scope":"read"}`:              {"name"},
		`{"name":"a\u0007b","scope":"READ"}`:                                      {"name", "scope"},
		`{"name":"x","scope":"read","expiresAt":"tomorrow"}`:                      {"expiresAt"},
		`{"name":"x","scope":"read","expiresAt":"2026-03-01T12:00:00.000+00:00"}`: {"expiresAt"},
		`{"name":"x","scope":"read","surprise":1}`:                                {"surprise"},
	} {
		p := decode[problem](n.createKey(t, token, body).want(http.StatusBadRequest))
		var fields []string
		for _, d := range p.Details {
			fields = append(fields, d.Field)
		}
		slices.Sort(fields)
		if !slices.Equal(fields, want) {
			t.Errorf("%s: got %v, want %v", body, p, want)
		}
	}
	n.createKey(t, token, `{"name":"`+strings.Repeat("ä", 100)+`","scope":"read","expiresAt":null}`).want(http.StatusCreated)
	for i := range 99 {
		n.createKey(t, token, fmt.Sprintf(`{"name":"%d","scope":"read"}`, i)).want(http.StatusCreated)
	}
	n.createKey(t, token, `{"name":"one more","scope":"read"}`).wantCode(http.StatusConflict, "too_many_keys")
	n.send(t, ask{method: http.MethodDelete, path: fmt.Sprintf("/auth/api-keys/%d", n.keys(t, token)[0].ID), token: token}).want(http.StatusNoContent)
	n.createKey(t, token, `{"name":"one more","scope":"read"}`).want(http.StatusCreated)
	n.clock.Advance(16 * time.Minute)
	n.createKey(t, n.refreshed(t, "anna"), `{"name":"late","scope":"read"}`).wantCode(http.StatusForbidden, "confirm_required")
}

// refreshed is an access token of a session that signed in a while ago.
func (n *node) refreshed(t *testing.T, name string) string {
	t.Helper()
	tokens := n.login(t, name)
	n.clock.Advance(16 * time.Minute)
	return decode[signed](n.refresh(t, tokens.RefreshToken).want(http.StatusOK)).Token
}

func TestWhatAKeyMayDo(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token // the admin
	read, write := n.newKey(t, token, "read").Key, n.newKey(t, token, "write").Key
	for _, key := range []string{read, write} {
		if who := decode[signed](n.profile(t, ask{token: key}).want(http.StatusOK)); who.User.Username != "anna" {
			t.Errorf("the key's user is %+v", who)
		}
		n.send(t, ask{path: "/auth/session", token: key}).want(http.StatusOK)
		for _, route := range []string{
			"PUT /auth/profile {}", "GET /auth/sessions", "DELETE /auth/sessions/1", "GET /auth/api-keys", "DELETE /auth/api-keys/1",
			`POST /auth/api-keys {"name":"x","scope":"write"}`, "GET /auth/factor", "POST /auth/factor", `POST /auth/factor/enable {"code":"1"}`,
			"POST /auth/factor/recovery-codes", `DELETE /auth/factor {"code":"1"}`, `POST /auth/confirm {"password":"` + goodPassword + `"}`,
			`POST /auth/password {"currentPassword":"` + goodPassword + `","newPassword":"Another1horse"}`,
		} {
			parts := append(strings.SplitN(route, " ", 3), "")
			n.send(t, ask{method: parts[0], path: parts[1], body: parts[2], token: key}).wantCode(http.StatusForbidden, "key_not_allowed")
		}
		n.send(t, ask{method: http.MethodPost, path: "/auth/refresh", body: "{}", token: key}).want(http.StatusUnauthorized)
		n.send(t, ask{method: http.MethodPost, path: "/auth/logout", body: "{}", token: key}).want(http.StatusNoContent)
	}
	if a := n.send(t, ask{path: "/metrics", token: read}); a.status != http.StatusOK {
		t.Errorf("an admin's key reads what is the admin's: %d", a.status)
	}
	if a := n.send(t, ask{method: http.MethodHead, path: "/auth/profile", token: read}); a.status != http.StatusOK {
		t.Errorf("a read key asks by HEAD: %d", a.status)
	}
	n.profile(t, ask{token: token}).want(http.StatusOK) // nothing a key did ended anything

	for _, false := range []string{"hk_", "hk_" + strings.Repeat("A", 43), read[:len(read)-1], read + "A", strings.ToUpper(read)} {
		n.profile(t, ask{token: false}).want(http.StatusUnauthorized)
	}
}

func TestAKeyEnds(t *testing.T) {
	n := newNode(t, setup{})
	other := joinNode(t, setup{}, n.db, n.clock)
	token := n.register(t, "anna").Token
	ben := n.register(t, "ben").Token
	made := n.newKey(t, token, "read")
	remove := ask{method: http.MethodDelete, path: fmt.Sprintf("/auth/api-keys/%d", made.APIKey.ID), token: ben}
	n.send(t, remove).want(http.StatusNotFound)
	for _, at := range []*node{n, other} {
		at.profile(t, ask{token: made.Key}).want(http.StatusOK)
	}
	remove.token = token
	n.send(t, remove).want(http.StatusNoContent)
	n.profile(t, ask{token: made.Key}).wantCode(http.StatusUnauthorized, "invalid_key") // here at once
	n.clock.Advance(time.Second)
	other.profile(t, ask{token: made.Key}).wantCode(http.StatusUnauthorized, "invalid_key")
	n.send(t, remove).want(http.StatusNotFound)

	end := n.clock.Now().Add(10 * time.Second).Format(time.RFC3339)
	short := decode[madeKey](n.createKey(t, token, `{"name":"short","scope":"read","expiresAt":"`+end+`"}`).want(http.StatusCreated))
	n.profile(t, ask{token: short.Key}).want(http.StatusOK)
	n.clock.Advance(10 * time.Second)
	n.profile(t, ask{token: short.Key}).wantCode(http.StatusUnauthorized, "invalid_key")
	if listed := n.keys(t, token); len(listed) != 1 || listed[0].Name != "short" {
		t.Errorf("what has expired stays in the list until it is deleted: %+v", listed)
	}
}

func TestTheLastUseOfAKeyIsNotedOnceAMinute(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token
	made := n.newKey(t, token, "read")
	first := n.clock.Now()
	n.awaitUse(t, token, made.Key, first)
	for range 5 {
		n.clock.Advance(10 * time.Second)
		n.profile(t, ask{token: made.Key}).want(http.StatusOK)
	}
	n.clock.Advance(10 * time.Second)
	n.awaitUse(t, token, made.Key, first.Add(time.Minute)) // a write before would have put this one off
}

// awaitUse uses the key until the list says that it was used now.
func (n *node) awaitUse(t *testing.T, token, key string, now time.Time) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ; ; <-tick.C {
		n.profile(t, ask{token: key}).want(http.StatusOK)
		if used := n.keys(t, token)[0].LastUsedAt; used != nil && used.Equal(now) {
			return
		}
	}
}

func TestKeysCountForTheirUser(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{User: httpapi.Rate{Count: 20, Per: time.Minute}, Anonymous: httpapi.Rate{Count: 10, Per: time.Hour}}})
	token := n.register(t, "anna").Token
	one, two := n.newKey(t, token, "read").Key, n.newKey(t, token, "write").Key
	for i := range 18 { // two went into making the keys
		n.profile(t, ask{token: []string{one, two, token}[i%3]}).want(http.StatusOK)
	}
	for _, by := range []string{one, two, token} {
		n.profile(t, ask{token: by}).wantError(http.StatusTooManyRequests, tooMany)
	}
	n.post(t, "/auth/login", loginBody("anna", goodPassword)).want(http.StatusOK) // the address has its own count
}
