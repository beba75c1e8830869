package httpapi

import (
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5"

	"hathor/internal/clock"
	"hathor/internal/ingest"
)

// sessionCookie is the web client's cookie over plain http; over TLS it is named with the __Host- prefix.
const sessionCookie = "hathor_session"

// Services are the features this door opens on. What is left empty has a sensible default where one is
// named, and is not needed by tests of other routes.
type Services struct {
	Version  string
	Clock    clock.Clock  // the machine's when nil
	Log      *slog.Logger // slog's default when nil
	Health   *Health      // one without checks when nil
	Metrics  *Metrics     // new ones when nil
	Ingest   *ingest.Service
	Scanner  *ingest.Scanner
	Songs    SongReader // how songs are read back after a change
	Settings Settings
}

// Settings are the parts of the configuration that this door obeys.
type Settings struct {
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
	return s
}

// New builds the handler of everything under /api. It returns an error when a route declares no access
// rule. pages answers what is outside /api: the web client.
//
// What a request goes through, in this order:
//
//  1. withFacts       an id, which its answer and its log line carry
//  2. record          the log line and the figures; lets go of a client that stalls
//  3. recoverPanics   a panic is a 500 in our shape, and the process lives
//  4. secureHeaders   on every answer, whatever comes of it
//  5. allowOrigins    CORS, and the answer to its preflight requests
//  6. refuseNonText   an address that is no text
//  7. who asks, where from, how often: client address, authentication, cross-site protection, limits
//  8. the route: its rule, its body (checkBody), its work; JSON and pages are compressed, audio never is
func New(s Services, pages http.Handler) (http.Handler, error) {
	s = s.withDefaults()
	a := newAPI(s.Settings.MaxBody)
	registerAll(a, s)
	if err := a.undeclared(); err != nil {
		return nil, err
	}
	root := chi.NewRouter()
	root.Use(withFacts, record(s), recoverPanics(s), secureHeaders(s.Settings), allowOrigins(s.Settings.Origins), refuseNonText)
	root.Handle("/api", a.router)
	root.Handle("/api/*", a.router)
	root.Handle("/*", compress(pages))
	return root, nil
}
