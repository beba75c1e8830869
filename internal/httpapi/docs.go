package httpapi

import (
	"bytes"
	"embed"
	"net/http"
	"path"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage renders the OpenAPI document in a browser; it needs no network but this server.
//
//go:embed docs
var docsPage embed.FS

// registerDocs serves the page and its two files by name.
func registerDocs(a *api) {
	for _, file := range []struct{ id, path, name, mediaType string }{
		{"getDocs", "/docs", "index.html", "text/html; charset=utf-8"},
		{"getDocsStyle", "/docs/docs.css", "docs.css", "text/css; charset=utf-8"},
		{"getDocsScript", "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"},
	} {
		op := operation{id: file.id, method: http.MethodGet, path: file.path, access: Public, tag: "Server", summary: "This document as a page: " + file.name}
		described := &huma.Operation{Responses: map[string]*huma.Response{"200": {
			Description: "A file of the page", Content: map[string]*huma.MediaType{file.mediaType: {}},
		}}}
		a.raw(op, described, docsFile(file.name, file.mediaType))
	}
}

func docsFile(name, mediaType string) http.HandlerFunc {
	content, err := docsPage.ReadFile(path.Join("docs", name))
	if err != nil {
		panic(err) // it is part of the program
	}
	serve := compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	}))
	return serve.ServeHTTP
}
