package httpapi

import (
	"net/http"
	"strings"
)

// contentPolicy allows what the client is built to need and nothing else. The pitch node is compiled from
// WebAssembly; covers of files not yet uploaded are blobs.
const contentPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secureHeaders puts the protecting headers on every answer. What is under /api is kept by nobody unless
// its route says so.
//
// A server that is its own authority asks no browser to insist on https (HSTS): the promise holds for every
// port of the host name, so it would shut out plain http beside it and every device that does not trust the
// authority yet, with no way around.
func secureHeaders(ownAuthority bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			if clientOf(r.Context()).secure && (r.TLS == nil || !ownAuthority) {
				h.Set("Strict-Transport-Security", "max-age=31536000")
			}
			if strings.HasPrefix(r.URL.Path, "/api/") {
				h.Set("Cache-Control", "no-store")
			}
			next.ServeHTTP(w, r)
		})
	}
}
