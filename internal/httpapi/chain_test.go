package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
)

// logBuffer can be written by the server while a test reads it.
type logBuffer struct {
	lines chan string
}

func newLog() (*slog.Logger, *logBuffer) {
	b := &logBuffer{lines: make(chan string, 100)}
	return slog.New(slog.NewJSONHandler(b, nil)), b
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.lines <- string(p)
	return len(p), nil
}

// next waits for the next line with the message.
func (b *logBuffer) next(t *testing.T, message string) map[string]any {
	t.Helper()
	for {
		var fields map[string]any
		line := <-b.lines
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("log line is no JSON: %q", line)
		}
		if fields["msg"] == message {
			return fields
		}
	}
}

type thing struct {
	Body struct {
		Name   string `json:"name" minLength:"3"`
		Public bool   `json:"isPublic,omitempty"`
		Tags   []any  `json:"tags,omitempty"`
	}
}

// testRoutes are routes that misbehave as real ones must not.
func testRoutes(a *api, _ Services) {
	plain := func(path string, access Access, handler http.HandlerFunc) {
		a.raw(operation{id: path, method: http.MethodGet, path: path, access: access}, &huma.Operation{}, handler)
	}
	plain("/panic", Public, func(http.ResponseWriter, *http.Request) { panic("SELECT secret FROM vault") })
	plain("/half", Public, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half", 4000))
		panic("too late")
	})
	plain("/audio", Public, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "audio/flac")
		_, _ = w.Write(bytes.Repeat([]byte("la"), 4000))
	})
	plain("/whoami", Public, func(w http.ResponseWriter, r *http.Request) {
		withIdentity(r.Context(), account.Identity{User: 7})
		w.WriteHeader(http.StatusNoContent)
	})
	register(a, operation{id: "list", method: http.MethodGet, path: "/things", access: Public},
		func(context.Context, *struct {
			Limit int `query:"limit" minimum:"1"`
		}) (*struct{ Body []string }, error) {
			return &struct{ Body []string }{slicesOf("a thing", 400)}, nil
		})
	register(a, operation{id: "get", method: http.MethodGet, path: "/things/{id}", access: Public},
		func(_ context.Context, in *struct {
			ID int64 `path:"id" minimum:"1"`
		}) (*thing, error) {
			return &thing{}, nil
		})
	register(a, operation{id: "create", method: http.MethodPost, path: "/things", access: Public, status: http.StatusCreated},
		func(_ context.Context, in *thing) (*thing, error) { return in, nil })
	register(a, operation{id: "mine", method: http.MethodGet, path: "/mine", access: SignedIn},
		func(context.Context, *struct{}) (*thing, error) { return &thing{}, nil })
}

func slicesOf(text string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = text
	}
	return out
}

// serve starts a server of the test routes and the real ones, on a socket.
func serve(t *testing.T, s Services) *httptest.Server {
	t.Helper()
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html>"+strings.Repeat("<p>page</p>", 400))
	})
	handler, err := assemble(s.withDefaults(), page, func(a *api, s Services) {
		registerAll(a, s)
		testRoutes(a, s)
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// ask sends a request and returns the answer with its body read. Header fields come in pairs.
func ask(t *testing.T, server *httptest.Server, method, target, body string, header ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

func TestPanicShowsNothingAndTheServerLives(t *testing.T) {
	log, lines := newLog()
	server := serve(t, Services{Log: log})
	answer, body := ask(t, server, "GET", "/api/panic", "")
	if want := `{"error":"Internal server error","code":"internal"}` + "\n"; answer.StatusCode != 500 || body != want {
		t.Errorf("got %d %q, want 500 %q", answer.StatusCode, body, want)
	}
	logged := lines.next(t, "panic in request")
	if logged["panic"] != "SELECT secret FROM vault" || logged["requestId"] != answer.Header.Get("X-Request-Id") {
		t.Errorf("log line: %v", logged)
	}
	if stack, _ := logged["stack"].(string); !strings.Contains(stack, "chain_test.go") {
		t.Errorf("the stack does not name the culprit: %v", logged["stack"])
	}
	if answer, _ := ask(t, server, "GET", "/api/health/live", ""); answer.StatusCode != 200 {
		t.Errorf("the next request: got %d", answer.StatusCode)
	}
}

func TestPanicAfterTheAnswerBeganCutsTheConnection(t *testing.T) {
	server := serve(t, Services{})
	answer, err := http.Get(server.URL + "/api/half")
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	if err == nil {
		t.Error("half an answer was taken for a whole one")
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	server := serve(t, Services{})
	cases := []struct {
		method, target, body string
		status               int
	}{
		{"GET", "/", "", 200}, {"GET", "/api/health", "", 200}, {"HEAD", "/api/health", "", 200},
		{"GET", "/api/panic", "", 500}, {"GET", "/api/nope", "", 404}, {"GET", "/api", "", 404},
		{"POST", "/api/health", "", 405}, {"BREW", "/api/health", "", 405}, {"GET", "/api/mine", "", 401},
		{"GET", "/api/things?limit=0", "", 400}, {"POST", "/api/things", "x", 415}, {"GET", "/api/a%00b", "", 400},
		{"GET", "/api/docs", "", 200}, {"GET", "/api/openapi.json", "", 200}, {"GET", "/api/metrics", "", 401},
		{"GET", "/api/audio", "", 200},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			answer, _ := ask(t, server, c.method, c.target, c.body)
			if answer.StatusCode != c.status {
				t.Errorf("status: got %d, want %d", answer.StatusCode, c.status)
			}
			for _, name := range []string{
				"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
				"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id",
			} {
				if answer.Header.Get(name) == "" {
					t.Errorf("%s is missing", name)
				}
			}
			if policy := answer.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "'unsafe-eval'") {
				t.Errorf("policy: %s", policy)
			}
			if answer.Header.Get("Strict-Transport-Security") != "" {
				t.Error("HSTS over plain http")
			}
		})
	}
}

func TestStrictTransportOnlyWhereAProxyIsTrusted(t *testing.T) {
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, c := range []struct {
		name    string
		proxies []netip.Prefix
		proto   string
		want    bool
	}{
		{"trusted and https", loopback, "https", true},
		{"trusted and http", loopback, "http", false},
		{"forged", nil, "https", false},
	} {
		server := serve(t, Services{Settings: Settings{TrustedProxies: c.proxies}})
		answer, _ := ask(t, server, "GET", "/", "", "X-Forwarded-Proto", c.proto)
		if got := answer.Header.Get("Strict-Transport-Security") != ""; got != c.want {
			t.Errorf("%s: HSTS = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCompression(t *testing.T) {
	server := serve(t, Services{})
	cases := []struct {
		name, target string
		header       []string
		want         string
	}{
		{"zstd preferred", "/api/things", []string{"Accept-Encoding", "gzip, zstd"}, "zstd"},
		{"gzip", "/api/things", []string{"Accept-Encoding", "gzip"}, "gzip"},
		{"page", "/", []string{"Accept-Encoding", "gzip"}, "gzip"},
		{"document", "/api/openapi.json", []string{"Accept-Encoding", "gzip"}, "gzip"},
		{"not asked for", "/api/things", nil, ""},
		{"small", "/api/health/live", []string{"Accept-Encoding", "gzip"}, ""},
		{"part of a page", "/", []string{"Accept-Encoding", "gzip", "Range", "bytes=0-2000"}, ""},
		{"audio", "/api/audio", []string{"Accept-Encoding", "gzip, zstd"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, _ := ask(t, server, "GET", c.target, "", c.header...)
			if got := answer.Header.Get("Content-Encoding"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	server := serve(t, Services{Settings: Settings{Origins: []string{"https://music.example"}}})
	for origin, want := range map[string]string{
		"https://music.example":              "https://music.example",
		"https://evil.example":               "",
		"null":                               "",
		"https://music.example.evil.example": "",
	} {
		answer, _ := ask(t, server, "GET", "/api/health", "", "Origin", origin)
		if got := answer.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: got %q, want %q", origin, got, want)
		}
		if got := answer.Header.Get("Access-Control-Allow-Credentials"); (got == "true") != (want != "") {
			t.Errorf("%s: credentials %q", origin, got)
		}
	}
	answer, _ := ask(t, server, "OPTIONS", "/api/things", "", "Origin", "https://music.example",
		"Access-Control-Request-Method", "DELETE", "Access-Control-Request-Headers", "authorization,content-type")
	if answer.StatusCode != 204 || answer.Header.Get("Access-Control-Allow-Methods") != "DELETE" {
		t.Errorf("preflight: %d %v", answer.StatusCode, answer.Header)
	}
	if answer.Header.Get("Content-Security-Policy") == "" {
		t.Error("preflight without the protecting headers")
	}
}

func TestWithoutOriginsThereIsNoCORS(t *testing.T) {
	answer, _ := ask(t, serve(t, Services{}), "GET", "/api/health", "", "Origin", "https://evil.example")
	if got := answer.Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestRequestIDIsTheServersOwn(t *testing.T) {
	server := serve(t, Services{})
	first, _ := ask(t, server, "GET", "/api/health", "", "X-Request-Id", "mine")
	second, _ := ask(t, server, "GET", "/api/health", "")
	one, two := first.Header.Get("X-Request-Id"), second.Header.Get("X-Request-Id")
	if one == "mine" || len(one) < 20 || one == two {
		t.Errorf("got %q and %q", one, two)
	}
}
