package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/account"
)

// SignedInAs answers as handler does for requests of who.
func SignedInAs(who account.Identity, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(withIdentity(r.Context(), who)))
	})
}

// withIdentity notes who asks; the identity is a fact of the request, like its id. Outside a request the context
// that it returns knows.
func withIdentity(ctx context.Context, who account.Identity) context.Context {
	f, known := ctx.Value(factsKey{}).(*facts)
	if !known {
		f = &facts{}
		ctx = context.WithValue(ctx, factsKey{}, f)
	}
	f.who = who
	return ctx
}
