package httpapi_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/httpapi"
)

const (
	tooMany         = "Too many requests, please try again later."
	tooManyAttempts = "Too many authentication attempts, please try again later."
)

func parseQuery(t *testing.T, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func TestCrossSiteRequestsByCookieAreRefused(t *testing.T) {
	n := newNode(t, setup{origins: []string{"https://friend.example"}})
	tokens := n.register(t, "anna")
	cookie := n.loginWeb(t, "anna")
	cases := []struct {
		name    string
		headers map[string]string
		status  int
	}{
		{"no browser", nil, http.StatusOK},
		{"own page", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://example.com"}, http.StatusOK},
		{"typed", map[string]string{"Sec-Fetch-Site": "none"}, http.StatusOK},
		{"own page, old browser", map[string]string{"Origin": "http://example.com"}, http.StatusOK},
		{"allowed site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://friend.example"}, http.StatusOK},
		{"other site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, http.StatusForbidden},
		{"sibling", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://evil.example.com"}, http.StatusForbidden},
		{"other site, old browser", map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		{"hidden origin", map[string]string{"Origin": "null"}, http.StatusForbidden},
		{"same name, other port", map[string]string{"Origin": "http://example.com:8080"}, http.StatusForbidden},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			put := ask{method: http.MethodPut, path: "/auth/profile", body: "{}", headers: c.headers, cookie: cookie}
			a := n.send(t, put).want(c.status)
			if c.status == http.StatusForbidden {
				a.wantError(http.StatusForbidden, "Requests from other sites are not allowed")
			}
			put.cookie, put.token = nil, tokens.Token
			n.send(t, put).want(http.StatusOK)
			n.profile(t, ask{cookie: cookie, headers: c.headers}).want(http.StatusOK)
			n.send(t, ask{method: http.MethodPost, path: "/auth/login", body: loginBody("anna", goodPassword), headers: c.headers}).want(c.status)
		})
	}
}

func TestAnonymousLimit(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Anonymous: httpapi.Rate{Count: 100, Per: 15 * time.Minute}}})
	document := ask{path: "/openapi.json"}
	for i := range 100 {
		a := n.send(t, document).want(http.StatusOK)
		if got, want := a.header.Get("RateLimit"), fmt.Sprintf(`"anonymous";r=%d;t=`, 99-i); !strings.HasPrefix(got, want) {
			t.Fatalf("RateLimit is %q, want %q…", got, want)
		}
		if got := a.header.Get("RateLimit-Policy"); got != `"anonymous";q=100;w=900` {
			t.Fatalf("RateLimit-Policy is %q", got)
		}
	}
	refused := n.send(t, document)
	refused.wantError(http.StatusTooManyRequests, tooMany)
	n.send(t, ask{path: "/no/such/route"}).wantError(http.StatusTooManyRequests, tooMany)
	n.send(t, ask{path: "/openapi.json", from: "192.0.2.99:1"}).want(http.StatusOK)
	if a := n.send(t, ask{path: "/health"}); a.status == http.StatusTooManyRequests || a.header.Get("RateLimit") != "" {
		t.Errorf("health is under the limit: %d %v", a.status, a.header)
	}
	wait, err := time.ParseDuration(refused.header.Get("Retry-After") + "s")
	if err != nil || wait < 14*time.Minute || wait > 16*time.Minute {
		t.Fatalf("Retry-After is %q", refused.header.Get("Retry-After"))
	}
	n.clock.Advance(wait - 31*time.Second)
	n.send(t, document).want(http.StatusTooManyRequests)
	n.clock.Advance(31 * time.Second)
	n.send(t, document).want(http.StatusOK)
}

func TestLimitsSlide(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Anonymous: httpapi.Rate{Count: 2, Per: time.Minute}}})
	document := ask{path: "/openapi.json"}
	n.send(t, document).want(http.StatusOK)
	n.clock.Advance(50 * time.Second)
	n.send(t, document).want(http.StatusOK)
	n.clock.Advance(20 * time.Second)
	n.send(t, document).want(http.StatusOK)
	n.send(t, document).want(http.StatusTooManyRequests)
	n.clock.Advance(time.Hour)
	n.send(t, document).want(http.StatusOK)
	n.clock.Advance(-2 * time.Hour)
	n.send(t, document).want(http.StatusOK)
	n.send(t, document).want(http.StatusTooManyRequests)
}

func TestUserLimitCountsStreamsApart(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{
		Anonymous: httpapi.Rate{Count: 5, Per: time.Minute}, User: httpapi.Rate{Count: 3, Per: time.Minute}}})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	for range 3 {
		if got := n.profile(t, ask{token: anna.Token}).want(http.StatusOK).header.Get("RateLimit-Policy"); got != `"user";q=3;w=60` {
			t.Errorf("policy is %q", got)
		}
	}
	n.profile(t, ask{token: anna.Token}).wantError(http.StatusTooManyRequests, tooMany)
	n.profile(t, ask{token: ben.Token}).want(http.StatusOK)
	cover := ask{path: "/songs/1/cover", token: anna.Token}
	if a := n.send(t, cover); a.status == http.StatusTooManyRequests || a.header.Get("RateLimit-Policy") != `"media";q=3;w=60` {
		t.Errorf("a cover is counted with the rest: %d %v", a.status, a.header)
	}
	query, _ := n.accounts.Signer().Sign(account.Identity{User: account.UserID(anna.User.ID), Session: sessionOf(t, anna.Token)}, "song/1", time.Hour)
	signedURL := ask{path: "/songs/1/stream?" + query}
	for range 2 {
		if a := n.send(t, signedURL); a.status == http.StatusTooManyRequests || !strings.HasPrefix(a.header.Get("RateLimit"), `"media"`) {
			t.Errorf("a signed address: %d %v", a.status, a.header)
		}
	}
	n.send(t, signedURL).wantError(http.StatusTooManyRequests, tooMany)
	if a := n.send(t, ask{path: "/songs/1/stream?signature=forged"}); !strings.HasPrefix(a.header.Get("RateLimit"), `"anonymous"`) {
		t.Errorf("a forged address: %v", a.header)
	}
}

var tenAnHour = httpapi.Limits{Auth: httpapi.Rate{Count: 10, Per: time.Hour}}

func TestFailedSignInsOfAnAddress(t *testing.T) {
	n := newNode(t, setup{limits: tenAnHour})
	n.register(t, "anna") // counts, as any registration does
	for i := range 9 {
		a := n.post(t, "/auth/login", loginBody(fmt.Sprintf("user%d", i), "Wrong1horse")).want(http.StatusUnauthorized)
		if got, want := a.header.Get("RateLimit"), fmt.Sprintf(`"auth";r=%d;t=`, 8-i); !strings.HasPrefix(got, want) {
			t.Errorf("RateLimit is %q, want %q…", got, want)
		}
		if i == 5 { // sign-ins that do not fail are free
			for range 12 {
				n.login(t, "anna")
			}
			n.post(t, "/auth/login", "{}").want(http.StatusBadRequest)
		}
	}
	refused := n.post(t, "/auth/login", loginBody("anna", goodPassword))
	refused.wantError(http.StatusTooManyRequests, tooManyAttempts)
	if refused.header.Get("Retry-After") == "" || refused.header.Get("RateLimit-Policy") != `"auth";q=10;w=3600` {
		t.Errorf("headers are %v", refused.header)
	}
	n.post(t, "/auth/register", "{}").wantError(http.StatusTooManyRequests, tooManyAttempts)
	n.send(t, ask{method: http.MethodPost, path: "/auth/login", body: loginBody("anna", goodPassword), from: "192.0.2.99:1"}).want(http.StatusOK)
	n.clock.Advance(63 * time.Minute)
	n.login(t, "anna")
}

func TestParallelFailuresDoNotSlipThrough(t *testing.T) {
	n := newNode(t, setup{limits: tenAnHour})
	var group sync.WaitGroup
	statuses := make([]int, 30)
	for i := range statuses {
		group.Go(func() {
			statuses[i] = n.post(t, "/auth/login", loginBody(fmt.Sprintf("user%d", i), "Wrong1horse")).status
		})
	}
	group.Wait()
	tried := 0
	for _, status := range statuses {
		if status == http.StatusUnauthorized {
			tried++
		}
	}
	if tried != 10 {
		t.Errorf("%d attempts were made", tried)
	}
}

func TestFailedSignInsOfAnAccount(t *testing.T) {
	n := newNode(t, setup{limits: tenAnHour})
	n.register(t, "anna")
	attempt := func(from, password string) answer {
		return n.send(t, ask{method: http.MethodPost, path: "/auth/login", from: from, body: loginBody("Anna", password)})
	}
	for i := range 10 {
		attempt(fmt.Sprintf("198.51.100.%d:1", i), "Wrong1horse").want(http.StatusUnauthorized)
	}
	refused := attempt("198.51.100.99:1", goodPassword)
	refused.wantError(http.StatusTooManyRequests, tooManyAttempts)
	if refused.header.Get("Retry-After") == "" || !strings.Contains(refused.header.Get("RateLimit"), `"account";r=0`) {
		t.Errorf("headers are %v", refused.header)
	}
	// The address that anna is signed in from is not locked out by strangers.
	n.login(t, "anna")
	n.clock.Advance(63 * time.Minute)
	attempt("198.51.100.99:1", goodPassword).want(http.StatusOK)
}

func TestGuessesAtThePasswordChange(t *testing.T) {
	n := newNode(t, setup{limits: tenAnHour})
	token := n.register(t, "anna").Token
	guess := ask{method: http.MethodPost, path: "/auth/password", token: token, body: `{"currentPassword":"Wrong1horse","newPassword":"Another1horse"}`}
	for range 10 {
		n.send(t, guess).want(http.StatusBadRequest)
	}
	n.send(t, guess).wantError(http.StatusTooManyRequests, tooManyAttempts)
}

func TestForgedAddressesMoveNobody(t *testing.T) {
	limits := httpapi.Limits{Auth: httpapi.Rate{Count: 2, Per: time.Hour}}
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	cases := []struct {
		name    string
		from    string
		headers func(i int) map[string]string
		limited bool
	}{
		{"stranger rotates", "192.0.2.1:1", func(i int) map[string]string {
			ip := fmt.Sprintf("203.0.113.%d", i)
			return map[string]string{"X-Forwarded-For": ip, "X-Real-IP": ip, "Forwarded": "for=" + ip, "True-Client-IP": ip}
		}, true},
		{"stranger behind the proxy rotates", "10.0.0.1:1", func(i int) map[string]string {
			return map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d, 192.0.2.1", i)}
		}, true},
		{"stranger behind two proxies rotates", "10.0.0.1:1", func(i int) map[string]string {
			return map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d, 192.0.2.1, fd00::7", i)}
		}, true},
		{"stranger names a proxy", "192.0.2.1:1", func(i int) map[string]string {
			return map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d, 10.0.0.2", i)}
		}, true},
		{"nonsense", "10.0.0.1:1", func(i int) map[string]string {
			return map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d, x", i)}
		}, true},
		{"one IPv6 network", "[2001:db8::1]:1", func(i int) map[string]string { return nil }, true},
		{"clients of the proxy", "10.0.0.1:1", func(i int) map[string]string {
			return map[string]string{"X-Forwarded-For": fmt.Sprintf("192.0.2.%d:4711", i)}
		}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := newNode(t, setup{limits: limits, proxies: proxies})
			limited := false
			for i := range 4 {
				a := n.send(t, ask{method: http.MethodPost, path: "/auth/login", from: c.from, headers: c.headers(i), body: loginBody(fmt.Sprintf("u%d", i), "x")})
				limited = limited || a.status == http.StatusTooManyRequests
			}
			if limited != c.limited {
				t.Errorf("limited: %t, want %t", limited, c.limited)
			}
		})
	}
}

func TestIPv6NeighboursAreOneClient(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Anonymous: httpapi.Rate{Count: 1, Per: time.Minute}}})
	n.send(t, ask{path: "/openapi.json", from: "[2001:db8:1:1::1]:1"}).want(http.StatusOK)
	n.send(t, ask{path: "/openapi.json", from: "[2001:db8:1:1::2]:1"}).want(http.StatusTooManyRequests)
	n.send(t, ask{path: "/openapi.json", from: "[2001:db8:1:2::1]:1"}).want(http.StatusOK)
}

func TestLimitsCanBeOff(t *testing.T) {
	n := newNode(t, setup{})
	for i := range 30 {
		a := n.post(t, "/auth/login", loginBody(fmt.Sprintf("user%d", i%2), "Wrong1horse")).want(http.StatusUnauthorized)
		if a.header.Get("RateLimit") != "" || a.header.Get("RateLimit-Policy") != "" {
			t.Fatalf("headers of no limit: %v", a.header)
		}
	}
}

func TestGuessesAtTheConfirmation(t *testing.T) {
	n := newNode(t, setup{limits: tenAnHour})
	token := n.register(t, "anna").Token
	confirm := func(password string) answer {
		return n.send(t, ask{method: http.MethodPost, path: "/auth/confirm", token: token, body: `{"password":"` + password + `"}`})
	}
	if p := decode[problem](confirm("").want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Field != "password" {
		t.Errorf("without a password: %+v", p)
	}
	for range 20 { // what is right counts for nothing
		confirm(goodPassword).want(http.StatusNoContent)
	}
	for range 10 {
		if p := decode[problem](confirm("Wrong1horse").want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Field != "password" {
			t.Errorf("a wrong password: %+v", p)
		}
	}
	confirm(goodPassword).wantError(http.StatusTooManyRequests, tooManyAttempts)
	// Neither can it be guessed on at the sign-in from there.
	n.post(t, "/auth/login", loginBody("nobody", "Wrong1horse")).wantError(http.StatusTooManyRequests, tooManyAttempts)
}
