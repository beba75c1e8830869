package httpapi

import (
	"net/http"

	"hathor/internal/account"
)

// SignedInAs answers as handler does for requests of who.
func SignedInAs(who account.Identity, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(withIdentity(r.Context(), who)))
	})
}
