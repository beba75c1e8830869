package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"

	"hathor/internal/account"
)

// facts are what is known of a request beside what it asks. The outer handlers make them, inner ones add
// to them, and the log line at the end reads them; one request has one goroutine at a time.
type facts struct {
	id     string
	client client
	user   account.UserID
	// failedSignIn tells of an attempt that counts against the address.
	failedSignIn bool
	trace        string  // id, empty when the request is not followed
	failed       failure // why the answer says "internal"
}

// failure is what went wrong inside, for whoever watches the server.
type failure struct {
	problem any
	stack   []uintptr // of a panic
}

type factsKey struct{}

// withFacts gives each request an id of the server's own making and notes the client it came from.
func (p proxies) withFacts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := &facts{id: rand.Text(), client: p.client(r)}
		w.Header().Set("X-Request-Id", f.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), factsKey{}, f)))
	})
}

// factsOf returns the facts of the request, empty ones outside a request.
func factsOf(ctx context.Context) *facts {
	if f, ok := ctx.Value(factsKey{}).(*facts); ok {
		return f
	}
	return &facts{}
}

func requestID(ctx context.Context) string { return factsOf(ctx).id }
