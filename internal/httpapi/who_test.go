package httpapi

import (
	"net/http"

	"hathor/internal/account"
)

// As lets tests of other routes say who asks, without signing in.
func As(who account.Identity, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(withIdentity(r.Context(), who)))
	})
}
