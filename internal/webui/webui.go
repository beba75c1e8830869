// Package webui serves the built web client.
package webui

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the page below
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// notBuilt is what a person sees who runs a server without its client.
//
//go:embed notbuilt.html
var notBuilt []byte

const (
	forEver  = "public, max-age=31536000, immutable"
	askFirst = "no-cache"
)

// New serves the client of files, whose folder dist holds the build. A page's address gets the client,
// whose router answers it; a file that is not there is 404, never the client, or a browser would keep the
// page under the file's name.
func New(files fs.FS) http.Handler {
	return handler{files}
}

type handler struct{ files fs.FS }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	content, err := h.read(name)
	switch {
	case err == nil:
		serve(w, r, name, content)
	case isPage(name, r.Header.Get("Accept")):
		h.serveClient(w, r)
	default:
		http.Error(w, "Not found", http.StatusNotFound)
	}
}

// read returns a file of the build. Names that begin with a dot are no part of it.
func (h handler) read(name string) ([]byte, error) {
	if name == "" || !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(h.files, path.Join("dist", name))
}

// isPage tells a page's address from a file's: it has no ending, or a browser asks for it as a page. The
// assets are files all, and the doors for programs have no pages.
func isPage(name, accept string) bool {
	switch first, _, _ := strings.Cut(name, "/"); first {
	case "assets", "api", "rest":
		return false
	}
	return path.Ext(name) == "" || strings.Contains(accept, "text/html")
}

func (h handler) serveClient(w http.ResponseWriter, r *http.Request) {
	page, err := h.read("index.html")
	if errors.Is(err, fs.ErrNotExist) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write(notBuilt)
		return
	}
	if err != nil {
		http.Error(w, "Internal server error", http.StatusInternalServerError)
		return
	}
	serve(w, r, "index.html", page)
}

// serve answers a file of the build: for ever when its name holds its hash, else with a tag to ask by.
func serve(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	header := w.Header()
	if media := mediaType(path.Ext(name)); media != "" {
		header.Set("Content-Type", media)
	}
	header.Set("Cache-Control", forEver)
	if !strings.HasPrefix(name, "assets/") {
		header.Set("Cache-Control", askFirst)
		header.Set("ETag", tag(content))
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// tag is weak, because a compressed answer is the same page in other bytes.
func tag(content []byte) string {
	sum := sha256.Sum256(content)
	return `W/"` + hex.EncodeToString(sum[:8]) + `"`
}

// mediaType does not ask the machine's tables for what the client is made of.
func mediaType(ending string) string {
	switch ending {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".wasm":
		return "application/wasm"
	case ".woff2":
		return "font/woff2"
	}
	return mime.TypeByExtension(ending)
}
