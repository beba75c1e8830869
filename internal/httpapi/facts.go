package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"

	"github.com/go-chi/chi/v5"

	"hathor/internal/account"
)

// facts are what is known of a request beside what it asks. The outer handlers make them, inner ones add
// to them, and the log line at the end reads them; one request has one goroutine at a time.
type facts struct {
	id     string
	client client
	who    account.Identity // zero is nobody
	// refusal is why a request that wanted to be signed in is not; nil when it did not want to.
	refusal error
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

// requestContext is a request's context with all that the chain adds to it, made at once: each request has one.
type requestContext struct {
	context.Context
	facts facts
	route chi.Context // where the routers note the route
}

// Value finds the facts and the route without a walk.
func (c *requestContext) Value(key any) any {
	switch key {
	case factsKey{}:
		return &c.facts
	case chi.RouteCtxKey:
		return &c.route
	}
	return c.Context.Value(key)
}

// withFacts gives each request an id of the server's own making and notes the client it came from.
func (p proxies) withFacts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := &requestContext{Context: r.Context(), facts: facts{id: rand.Text(), client: p.client(r)}}
		if outer, ok := ctx.Context.Value(factsKey{}).(*facts); ok { // somebody around the server knows who asks
			ctx.facts.who = outer.who
		}
		w.Header()["X-Request-Id"] = []string{ctx.facts.id}
		next.ServeHTTP(w, r.WithContext(ctx))
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
