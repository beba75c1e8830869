package httpapi

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/fault"
	"hathor/internal/household"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/logtail"
	"hathor/internal/playback"
	"hathor/internal/playlist"
	"hathor/internal/sound"
	"hathor/internal/stream"
)

// sessionCookie is the web client's cookie over plain http; over TLS it is named with the __Host- prefix.
const sessionCookie = "hathor_session"

// Services are the features this door opens on. What is left empty has a sensible default where one is
// named, and is not needed by tests of other routes.
type Services struct {
	Version   string
	Clock     clock.Clock      // the machine's when nil
	Log       *slog.Logger     // slog's default when nil
	Health    *Health          // one without checks when nil
	Metrics   *Metrics         // new ones when nil
	Accounts  *account.Service // without it nobody can be signed in
	Household *household.Service
	Library   *library.Service
	Stream    *stream.Service
	Ingest    *ingest.Service
	Inbox     *ingest.Inbox
	Scanner   *ingest.Scanner
	Keeper    *ingest.Keeper
	Sound     *sound.Service
	Config    []config.Value // in force, secrets masked
	Tail      *logtail.Tail  // of the log
	Playlists *playlist.Service
	Playback  *playback.Service
	Live      Live           // nil has no live channel
	Authority Authority      // nil unless the server is its own certificate authority
	Counter   Counter        // counts limits for all nodes; each counts for itself when nil
	Tracer    Tracer         // nil follows nothing
	Report    fault.Reporter // told of the server's own failures; nil tells nobody
	Settings  Settings
	limits    *limits // made by New
}

// Settings are the parts of the configuration that this door obeys.
type Settings struct {
	Limits         Limits
	Origins        []string       // browser origins allowed beside the server's own
	TrustedProxies []netip.Prefix // whose X-Forwarded headers count
	MaxBody        int64          // bytes of a JSON body, 10 MB when 0
	Patience       time.Duration  // with a client that neither reads nor writes, a minute when 0
}

func (s Services) withDefaults() Services {
	if s.Clock == nil {
		s.Clock = clock.System{}
	}
	if s.Log == nil {
		s.Log = slog.Default()
	}
	if s.Health == nil {
		s.Health = NewHealth(s.Clock, s.Version)
	}
	if s.Metrics == nil {
		s.Metrics = NewMetrics()
	}
	if s.Settings.MaxBody == 0 {
		s.Settings.MaxBody = 10 << 20
	}
	if s.Settings.Patience == 0 {
		s.Settings.Patience = time.Minute
	}
	if s.Accounts != nil {
		s.limits = newLimits(s.Settings.Limits, s.Accounts.Signer(), s.Clock, s.Counter)
	}
	return s
}

// New builds the handler of everything under /api. It returns an error when a route declares no access
// rule. pages answers what is outside /api: the web client.
//
// What a request goes through, in this order:
//
//  1. withFacts       an id, which its answer and its log line carry, and the client it came from
//  2. record          the log line, the figures and the trace; lets go of a client that stalls
//  3. recoverPanics   a panic is a 500 in our shape, and the process lives
//  4. secureHeaders   on every answer, whatever comes of it
//  5. allowOrigins    CORS, and the answer to its preflight requests
//  6. refuseNonText   an address that is no text
//  7. gates           who asks, from which site, how often
//  8. the route: its rule, its body (checkBody), its work; JSON and pages are compressed, audio never is
func New(s Services, pages http.Handler) (http.Handler, error) {
	return assemble(s.withDefaults(), pages, registerAll)
}

// assemble puts the chain around what register adds.
func assemble(s Services, pages http.Handler, register func(*api, Services)) (http.Handler, error) {
	a := newAPI(s.Settings.MaxBody)
	register(a, s)
	if err := a.undeclared(); err != nil {
		return nil, err
	}
	gated, err := s.gates(a.router)
	if err != nil {
		return nil, err
	}
	root := a.fork(gated, compress(pages))
	chain := []func(http.Handler) http.Handler{
		proxies(s.Settings.TrustedProxies).withFacts, record(s), recoverPanics(s), secureHeaders(s.Authority != nil),
		allowOrigins(s.Settings.Origins), refuseNonText,
	}
	for _, around := range slices.Backward(chain) {
		root = around(root)
	}
	return root, nil
}

// fork sends what is under /api one way and everything else the other.
func (a *api) fork(gated, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next, route := pages, "/*"
		if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") {
			next, route = gated, "/api/*"
		}
		if knownMethod(r.Method) == otherMethod {
			a.wrongMethod(w, r)
			return
		}
		if routes := chi.RouteContext(r.Context()); routes != nil {
			routes.RoutePatterns = append(routes.RoutePatterns, route)
		}
		next.ServeHTTP(w, r)
	})
}
