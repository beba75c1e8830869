package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/report"
)

// marker stands in everything that must not leave the server.
const marker = "Qqzx"

// receiver is a Sentry: it keeps what arrives.
type receiver struct {
	*httptest.Server
	events chan string
}

func newReceiver(t *testing.T, answer http.HandlerFunc) *receiver {
	t.Helper()
	r := &receiver{events: make(chan string, 1000)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		text, err := io.ReadAll(request.Body)
		if err == nil {
			r.events <- string(text)
		}
		answer(w, request)
	}))
	t.Cleanup(r.Close)
	return r
}

func taken(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

func (r *receiver) dsn() string {
	return strings.Replace(r.URL, "http://", "http://publickey@", 1) + "/1"
}

// event is what the tests look at of a report.
type event struct {
	Level, Release, ServerName, Transaction string
	Tags                                    map[string]string
	User                                    map[string]string
	Exception                               []struct {
		Type, Value string
		Stacktrace  *struct {
			Frames []frame
		}
	}
	Contexts map[string]map[string]any
}

// frame is one step of a stack.
type frame struct {
	Function string
	File     string `json:"abs_path"`
}

// next waits for the next report and reads the event out of its envelope.
func (r *receiver) next(t *testing.T) (event, string) {
	t.Helper()
	text := <-r.events
	for line := range strings.SplitSeq(text, "\n") {
		var e event
		if json.Unmarshal([]byte(line), &e) == nil && len(e.Exception) > 0 {
			return e, text
		}
	}
	t.Fatalf("no event in %q", text)
	return event{}, ""
}

// reporting opens reports that are closed with the test.
func reporting(t *testing.T, dsn string, c clock.Clock) *report.Reports {
	t.Helper()
	reports, err := report.Open(dsn, "1.2.3", c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reports.Close() })
	return reports
}

// brokenRoutes fail in every way there is; the text of each failure is full of secrets.
func brokenRoutes(a *api, _ Services) {
	secrets := fmt.Sprintf("Authorization: Bearer %[1]s-header\nCookie: hathor_session=%[1]s-cookie\nGET /stream?signature=%[1]s-signed&t=%[1]s-one "+
		`{"password":"%[1]s-password","refreshToken": "%[1]s-token"} postgres://user:%[1]s-database@host/db eyJ%[1]s.eyJ%[1]s.sig%[1]s `+
		"hk_%[1]s %[1]s@example.org by 203.0.113.9", marker)
	fails := func(path string, failure func(ctx context.Context) error) {
		register(a, operation{id: path, method: http.MethodPost, path: "/broken/{id}" + path, access: Public},
			func(ctx context.Context, _ *struct {
				ID   int64 `path:"id"`
				Body map[string]any
			}) (*struct{}, error) {
				withIdentity(ctx, account.Identity{User: 7})
				return nil, failure(ctx)
			})
	}
	fails("/panic", func(context.Context) error { panic(secrets) })
	fails("/internal", func(context.Context) error { return fmt.Errorf("write song: %w", errors.New(secrets)) })
	fails("/away", func(context.Context) error {
		return fault.New(fault.Unavailable, "away", "The database is not available")
	})
	fails("/refused", func(context.Context) error { return fault.Missing("Song") })
	a.raw(operation{id: "late", method: http.MethodGet, path: "/broken/late", access: Public}, &huma.Operation{}, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half", 4000))
		panic("too late")
	})
}

func serveBroken(t *testing.T, reports *report.Reports) *httptest.Server {
	t.Helper()
	s := Services{Log: slog.New(slog.DiscardHandler), Report: reports.Report}
	handler, err := assemble(s.withDefaults(), http.NotFoundHandler(), brokenRoutes)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// fail asks a broken route, with secrets wherever a request can have them.
func fail(t *testing.T, server *httptest.Server, route string) *http.Response {
	t.Helper()
	answer, _ := ask(t, server, http.MethodPost, "/api/broken/12/"+route, `{"password":"`+marker+`-body"}`,
		"Content-Type", "application/json", "Authorization", "Bearer "+marker+"-sent", "Cookie", "hathor_session="+marker+"-sent", "User-Agent", marker)
	return answer
}

func TestFailuresAreReportedWithoutSecrets(t *testing.T) {
	sentry := newReceiver(t, taken)
	server := serveBroken(t, reporting(t, sentry.dsn(), clock.System{}))
	for route, panicked := range map[string]bool{"panic": true, "internal": false} {
		answer := fail(t, server, route)
		e, text := sentry.next(t)
		if answer.StatusCode != http.StatusInternalServerError || e.Tags["request_id"] != answer.Header.Get("X-Request-Id") ||
			e.Tags["route"] != "/api/broken/{id}/"+route || e.Tags["status"] != "500" || e.Release != "hathor@1.2.3" {
			t.Errorf("%s: %+v", route, e)
		}
		if len(e.User) != 1 || e.User["id"] != "7" {
			t.Errorf("%s: user %v, want the id alone", route, e.User)
		}
		stack := e.Exception[0].Stacktrace
		if panicked != (stack != nil) || panicked && !strings.Contains(fmt.Sprint(stack.Frames), "report_test.go") {
			t.Errorf("%s: stack %+v", route, stack)
		}
		if panicked != (e.Level == "fatal") {
			t.Errorf("%s: level %s", route, e.Level)
		}
		hostname, _ := os.Hostname()
		text = strings.ReplaceAll(text, sentry.dsn(), "") // an envelope names where it goes
		for _, leak := range []string{marker, "203.0.113.9", "127.0.0.1", `"` + hostname + `"`} {
			if strings.Contains(text, leak) {
				t.Errorf("%s: %q left the server in %s", route, leak, text)
			}
		}
	}
	if e, _ := late(t, server, sentry); e.Exception[0].Value != "too late" {
		t.Errorf("a panic amid the answer: %+v", e)
	}
}

func late(t *testing.T, server *httptest.Server, sentry *receiver) (event, string) {
	t.Helper()
	answer, err := http.Get(server.URL + "/api/broken/late")
	if err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	return sentry.next(t)
}

func TestWhatIsMeantIsNotReported(t *testing.T) {
	sentry := newReceiver(t, taken)
	server := serveBroken(t, reporting(t, sentry.dsn(), clock.System{}))
	if answer := fail(t, server, "away"); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %d", answer.StatusCode)
	}
	if answer := fail(t, server, "refused"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("got %d", answer.StatusCode)
	}
	fail(t, server, "internal") // the first report must be this one: they are sent in order
	if e, _ := sentry.next(t); e.Tags["status"] != "500" {
		t.Errorf("reported: %+v", e)
	}
}

func TestFloodOfFailuresIsBounded(t *testing.T) {
	sentry := newReceiver(t, taken)
	now := clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	reports := reporting(t, sentry.dsn(), now)
	for range 500 {
		reports.Report(fault.Incident{Problem: "again", Kind: "test"})
	}
	for range 20 {
		sentry.next(t)
	}
	now.Advance(time.Minute)
	reports.Report(fault.Incident{Problem: "later", Kind: "test"})
	e, _ := sentry.next(t)
	if e.Exception[0].Value != "later" || e.Contexts["flood"]["notSent"] != 480.0 {
		t.Errorf("after the flood: %+v", e)
	}
}

// Neither a receiver that never answers nor none at all holds up a request.
func TestReceiverInTroubleHarmsNothing(t *testing.T) {
	release := make(chan struct{})
	stuck := newReceiver(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	for name, dsn := range map[string]string{"stuck": stuck.dsn(), "down": "http://publickey@127.0.0.1:1/1"} {
		t.Run(name, func(t *testing.T) {
			reports, err := report.Open(dsn, "1.2.3", clock.System{}, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			server := serveBroken(t, reports)
			for range 50 { // more than there is room for
				if answer := fail(t, server, "panic"); answer.StatusCode != http.StatusInternalServerError {
					t.Fatalf("got %d", answer.StatusCode)
				}
			}
			if err := reports.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
