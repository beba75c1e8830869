package httpapi

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// compress answers in zstd or gzip what the client takes and what gains by it. It stands around JSON and
// pages only: a stream, a cover and an upload keep the server's own writer. A part of something (Range)
// stays as it is.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.ContentTypeFilter(compressible))
	if err != nil {
		panic("compression options do not fit together: " + err.Error())
	}
	compressed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			next.ServeHTTP(w, r)
			return
		}
		compressed.ServeHTTP(w, r)
	})
}

func compressible(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	switch strings.TrimSpace(media) {
	case "application/json", "application/manifest+json", "application/wasm", "image/svg+xml",
		"text/html", "text/css", "text/javascript", "application/javascript", "text/plain":
		return true
	}
	return false
}
