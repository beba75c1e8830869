package cli

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/config"
	"hathor/internal/media/mediatest"
)

// span is what the tests look at of a span.
type span struct {
	trace, id, parent, name string
	attributes              map[string]string // those that are texts
}

// collector takes traces as a collector of OpenTelemetry does.
type collector struct {
	*httptest.Server
	spans chan span
	raw   chan string
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{spans: make(chan span, 10000), raw: make(chan string, 1000)}
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%s %s: %v", r.URL, r.Header, err)
		}
		c.raw <- string(body)
		for _, resource := range parts(body, 1) {
			for _, scope := range parts(resource, 2) {
				for _, one := range parts(scope, 2) {
					c.spans <- readSpan(one)
				}
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

func readSpan(message []byte) span {
	s := span{
		trace: hex.EncodeToString(part(message, 1)), id: hex.EncodeToString(part(message, 2)), parent: hex.EncodeToString(part(message, 4)),
		name: string(part(message, 5)), attributes: map[string]string{},
	}
	for _, attribute := range parts(message, 9) {
		s.attributes[string(part(attribute, 1))] = string(part(part(attribute, 2), 1))
	}
	return s
}

func part(message []byte, field uint64) []byte {
	if all := parts(message, field); len(all) > 0 {
		return all[0]
	}
	return nil
}

// parts reads the fields with this number that have a length out of a message of Protocol Buffers.
func parts(message []byte, field uint64) (found [][]byte) {
	for len(message) > 0 {
		var key, size uint64
		key, message = varint(message)
		switch key & 7 {
		case 0:
			_, message = varint(message)
			continue
		case 1:
			size = 8
		case 2:
			size, message = varint(message)
		case 5:
			size = 4
		}
		if key&7 == 2 && key>>3 == field {
			found = append(found, message[:size])
		}
		message = message[size:]
	}
	return found
}

func varint(message []byte) (value uint64, rest []byte) {
	for i, b := range message {
		value |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			return value, message[i+1:]
		}
	}
	return value, nil
}

// await takes spans until one has the name.
func (c *collector) await(t *testing.T, name string) (found span, before []span) {
	t.Helper()
	for {
		select {
		case s := <-c.spans:
			if s.name == name {
				return s, before
			}
			before = append(before, s)
		case <-time.After(time.Minute):
			t.Fatalf("no span %q among %v", name, before)
		}
	}
}

func traced(t *testing.T, c *collector, share config.Fraction) *app {
	t.Helper()
	return built(t, &config.Config{
		DataDir: t.TempDir(), OTLPEndpoint: c.URL, TraceShare: share, Registration: config.RegistrationOpen,
		TrustedProxies: config.Networks{netip.MustParsePrefix("10.0.0.0/8")},
	})
}

func TestRequestIsFollowedToTheDatabase(t *testing.T) {
	c := newCollector(t)
	a := traced(t, c, 1)
	answer := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/auth/register",
		strings.NewReader(`{"username":"Qqzxname","email":"Qqzxname@example.org","password":"Correct1Qqzx"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", "hathor_session=Qqzxcookie")
	a.handler.ServeHTTP(answer, r)
	if answer.Code != http.StatusCreated {
		t.Fatal(answer.Code, answer.Body)
	}
	request, before := c.await(t, "POST /api/auth/register")
	if got := request.attributes["hathor.request_id"]; got == "" || got != answer.Header().Get("X-Request-Id") {
		t.Errorf("request id %q of the trace, %q of the answer", got, answer.Header().Get("X-Request-Id"))
	}
	i := slices.IndexFunc(before, func(s span) bool { return s.trace == request.trace && s.name == "INSERT users" })
	if i < 0 || before[i].parent != request.id {
		t.Errorf("no statement of the request %+v among %+v", request, before)
	}
	close(c.raw)
	for text := range c.raw {
		if strings.Contains(text, "Qqzx") {
			t.Errorf("a value was sent: %q", text)
		}
	}
}

// A stranger cannot decide what is followed, nor join a trace; a trusted proxy can.
func TestTraceIsContinuedForTrustedProxiesOnly(t *testing.T) {
	const theirs = "0af7651916cd43dd8448eb211c80319c"
	c := newCollector(t)
	a := traced(t, c, 1)
	for from, joins := range map[string]bool{"203.0.113.5:1": false, "10.1.1.1:1": true} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/health/live", nil)
		r.RemoteAddr = from
		r.Header.Set("Traceparent", "00-"+theirs+"-b7ad6b7169203331-01")
		a.handler.ServeHTTP(httptest.NewRecorder(), r)
		if got, _ := c.await(t, "GET /api/health/live"); (got.trace == theirs) != joins {
			t.Errorf("from %s: trace %s", from, got.trace)
		}
	}
}

func TestBackgroundWorkIsFollowed(t *testing.T) {
	c, music := newCollector(t), t.TempDir()
	song := mediatest.WAV(mediatest.Tags{Title: "Qqzx song"}, time.Second, 440)
	if err := os.WriteFile(filepath.Join(music, "song.wav"), song, 0o600); err != nil {
		t.Fatal(err)
	}
	built(t, &config.Config{DataDir: t.TempDir(), MusicDirs: []string{music}, OTLPEndpoint: c.URL, TraceShare: 1})
	job, before := c.await(t, "job scan")
	if job.parent != "" || !slices.ContainsFunc(before, func(s span) bool { return s.trace == job.trace && s.name == "INSERT songs" }) {
		t.Errorf("got %+v after %+v", job, before)
	}
}

func TestNothingIsFollowedOfANoughtShare(t *testing.T) {
	c := newCollector(t)
	a := traced(t, c, 0)
	statusOf(t, a, "/api/health")
	if err := a.close(); err != nil {
		t.Fatal(err)
	}
	a.jobs, a.closers = nil, nil
	select {
	case s := <-c.spans:
		t.Errorf("sent %+v", s)
	default:
	}
}

func TestCollectorThatIsDownHarmsNothing(t *testing.T) {
	a := built(t, &config.Config{DataDir: t.TempDir(), OTLPEndpoint: "http://127.0.0.1:1", TraceShare: 1, SentryDSN: "http://key@127.0.0.1:1/1"})
	for range 3000 { // more than there is room for
		if got := statusOf(t, a, "/api/health/live"); got != http.StatusOK {
			t.Fatalf("got %d", got)
		}
	}
}
