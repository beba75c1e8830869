package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"

	"github.com/go-chi/chi/v5"

	"hathor/internal/playback"
	"hathor/internal/playlist"
)

// sessionCookie is the web client's cookie over plain http; over TLS it is named with the __Host- prefix.
const sessionCookie = "hathor_session"

// Services are the features this door opens on.
type Services struct {
	Version   string
	Playlists *playlist.Service
	Playback  *playback.Service
}

// New builds the handler of everything under /api. It returns an error when a route declares no access
// rule. pages answers what is outside /api: the web client.
func New(s Services, pages http.Handler) (http.Handler, error) {
	a := newAPI(s.Version)
	registerAll(a, s)
	if err := a.undeclared(); err != nil {
		return nil, err
	}
	root := chi.NewRouter()
	root.Use(withRequestID)
	root.Handle("/api/*", a.router)
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
