package httpapi_test

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/httpapi"
	"hathor/internal/sqlstore"
)

const (
	goodPassword = "Correct1horse"
	secret       = "a secret of more than thirty-two bytes for tests"
)

// node is one server over a real database, spoken to through its HTTP door. Time stands still until moved.
type node struct {
	handler  http.Handler
	accounts *account.Service
	clock    *clock.Fake
	db       *sqlstore.DB
}

// setup is what a test changes about a node.
type setup struct {
	limits       httpapi.Limits
	registration account.Policy
	proxies      []netip.Prefix
	origins      []string
	secret       string
	strict       bool // an admin needs a second factor
}

func newNode(t *testing.T, s setup) *node {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), "sqlite://"+t.TempDir()+"/hathor.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return joinNode(t, s, db, clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)))
}

// joinNode makes another node over the same database.
func joinNode(t *testing.T, s setup, db *sqlstore.DB, c *clock.Fake) *node {
	t.Helper()
	if s.registration == "" {
		s.registration = account.Open
	}
	accounts, err := account.NewService(sqlstore.NewAccounts(db), c, account.Settings{
		Secret: []byte(cmp.Or(s.secret, secret)), Registration: s.registration, Cost: account.Cost{Memory: 64, Time: 1, Threads: 1},
		RequireAdminFactor: s.strict,
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, accounts)
	handler, err := httpapi.New(httpapi.Services{Version: "test", Accounts: accounts, Clock: c,
		Settings: httpapi.Settings{Limits: s.limits, TrustedProxies: s.proxies, Origins: s.origins}}, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	return &node{handler, accounts, c, db}
}

// run keeps the service's background work going until the test ends.
func run(t *testing.T, accounts *account.Service) {
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() { accounts.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		group.Wait()
	})
}

// ask is a request; the zero method is GET and a body is sent as JSON.
type ask struct {
	method, path, body string
	token              string
	cookie             *http.Cookie
	from               string // the peer's address and port
	headers            map[string]string
}

type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (n *node) send(t *testing.T, a ask) answer {
	t.Helper()
	if a.method == "" {
		a.method = http.MethodGet
	}
	r := httptest.NewRequestWithContext(t.Context(), a.method, "/api"+a.path, strings.NewReader(a.body))
	if a.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	if a.cookie != nil {
		r.AddCookie(a.cookie)
	}
	if a.from != "" {
		r.RemoteAddr = a.from
	}
	for name, value := range a.headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	n.handler.ServeHTTP(w, r)
	return answer{t, w.Code, w.Header(), w.Body.String()}
}

func (n *node) post(t *testing.T, path, body string) answer {
	t.Helper()
	return n.send(t, ask{method: http.MethodPost, path: path, body: body})
}

// want fails the test unless the answer has the status and, for an error, the contract's shape.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("got %d %s, want %d", a.status, a.body, status)
	}
	if status >= 400 {
		p := decode[problem](a)
		if p.Error == "" || p.Code == "" || a.header.Get("Content-Type") != "application/json" {
			a.t.Errorf("an error of the wrong shape: %s %s", a.header.Get("Content-Type"), a.body)
		}
	}
	return a
}

// wantError is want with the sentence.
func (a answer) wantError(status int, text string) {
	a.t.Helper()
	if got := decode[problem](a.want(status)).Error; got != text {
		a.t.Errorf("got error %q, want %q", got, text)
	}
}

func (a answer) cookie() *http.Cookie {
	a.t.Helper()
	cookies := (&http.Response{Header: a.header}).Cookies()
	i := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return strings.HasSuffix(c.Name, "hathor_session") })
	if i < 0 {
		a.t.Fatalf("no session cookie in %v", a.header)
	}
	return cookies[i]
}

func decode[T any](a answer) T {
	a.t.Helper()
	var into T
	if err := json.Unmarshal([]byte(a.body), &into); err != nil {
		a.t.Fatalf("decode %q: %v", a.body, err)
	}
	return into
}

type problem struct {
	Error, Code string
	Details     []struct{ Field, Message string }
}

// signed is what signing in gives.
type signed struct {
	Message, Token, RefreshToken string
	User                         struct {
		ID                           int64
		Username, Email, DisplayName string
		AvatarURL                    *string
		Role                         string
		CreatedAt                    time.Time
	}
}

type sessionList struct {
	Sessions []struct {
		ID                    int64
		UserAgent, IP         string
		CreatedAt, LastSeenAt time.Time
		Current               bool
	}
}

// register makes an account that uses tokens.
func (n *node) register(t *testing.T, name string) signed {
	t.Helper()
	body := `{"username":"` + name + `","email":"` + name + `@example.org","password":"` + goodPassword + `"}`
	return decode[signed](n.post(t, "/auth/register", body).want(http.StatusCreated))
}

func loginBody(name, password string) string {
	return `{"username":"` + name + `","password":"` + password + `"}`
}

// login signs in for tokens.
func (n *node) login(t *testing.T, name string) signed {
	t.Helper()
	return decode[signed](n.post(t, "/auth/login", loginBody(name, goodPassword)).want(http.StatusOK))
}

// loginWeb signs in for a cookie.
func (n *node) loginWeb(t *testing.T, name string) *http.Cookie {
	t.Helper()
	body := `{"username":"` + name + `","password":"` + goodPassword + `","client":"web"}`
	return n.post(t, "/auth/login", body).want(http.StatusOK).cookie()
}

// profile asks for the profile with whatever a signs it.
func (n *node) profile(t *testing.T, a ask) answer {
	t.Helper()
	a.path = "/auth/profile"
	return n.send(t, a)
}
