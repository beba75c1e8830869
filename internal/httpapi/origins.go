package httpapi

import (
	"net/http"

	"github.com/rs/cors"
)

// allowOrigins lets pages of the listed origins call the API with credentials. Without a list there is no
// CORS at all: the library would take an empty list for every origin.
func allowOrigins(origins []string) func(http.Handler) http.Handler {
	if len(origins) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	return cors.New(cors.Options{
		AllowedOrigins:   origins,
		AllowCredentials: true,
		AllowedMethods:   []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{
			"Accept", "Authorization", "Content-Type", "If-None-Match", "If-Range", "Range",
			"Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Offset",
		},
		ExposedHeaders: []string{
			"Accept-Ranges", "Content-Length", "Content-Range", "ETag", "X-Request-Id",
			"RateLimit", "RateLimit-Policy", "Retry-After",
			"Location", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable", "Tus-Version",
			"Upload-Expires", "Upload-Length", "Upload-Offset", "Upload-Song", "Upload-State",
		},
		MaxAge: 600,
	}).Handler
}
