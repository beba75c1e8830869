package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/netip"

	"github.com/go-chi/chi/v5"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// sessionCookie is the web client's cookie over plain http; over TLS it is named with the __Host- prefix.
const sessionCookie = "hathor_session"

// Services are the features this door opens on.
type Services struct {
	Version  string
	Accounts *account.Service // without it nobody can be signed in
	Clock    clock.Clock
	Limits   Limits
	Proxies  []netip.Prefix // whose X-Forwarded-* headers count
	Origins  []string       // other sites whose pages may act for a user
	limits   *limits        // made by New
	Library  *library.Service
	Stream   *stream.Service
}

// New builds the handler of everything under /api. It returns an error when a route declares no access
// rule. pages answers what is outside /api: the web client.
func New(s Services, pages http.Handler) (http.Handler, error) {
	a := newAPI(s.Version)
	if s.Accounts != nil {
		s.limits = newLimits(s.Limits, s.Accounts.Signer(), s.Clock)
	}
	registerAll(a, s)
	if err := a.undeclared(); err != nil {
		return nil, err
	}
	gated, err := s.gates(a.router)
	if err != nil {
		return nil, err
	}
	root := chi.NewRouter()
	root.Use(withRequestID, proxies(s.Proxies).withClient)
	root.Handle("/api/*", gated)
	root.Handle("/*", pages)
	return root, nil
}

type requestIDKey struct{}

// withRequestID gives each request an id that its answer and its log line carry.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
