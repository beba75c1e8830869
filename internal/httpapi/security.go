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
	everywhere := []fixedHeader{
		fixed("Content-Security-Policy", contentPolicy),
		fixed("X-Content-Type-Options", "nosniff"),
		fixed("X-Frame-Options", "DENY"),
		fixed("Referrer-Policy", "same-origin"),
		fixed("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
		fixed("Cross-Origin-Opener-Policy", "same-origin"),
	}
	encrypted, api := fixed("Strict-Transport-Security", "max-age=31536000"), fixed("Cache-Control", "no-store")
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			for _, header := range everywhere {
				header.put(h)
			}
			if factsOf(r.Context()).client.secure && (r.TLS == nil || !ownAuthority) {
				encrypted.put(h)
			}
			if strings.HasPrefix(r.URL.Path, "/api/") {
				api.put(h)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// fixedHeader is a header whose value all answers share: putting it costs no memory. A list of one has no room, so
// whoever adds to it gets a list of their own.
type fixedHeader struct {
	name   string // in the canonical form
	values []string
}

func fixed(name, value string) fixedHeader {
	return fixedHeader{http.CanonicalHeaderKey(name), []string{value}}
}

func (f fixedHeader) put(h http.Header) { h[f.name] = f.values }
