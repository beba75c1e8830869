package webui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"hathor/internal/webui"
)

func ask(t *testing.T, handler http.Handler, method, target string, header ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, target, nil)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer.Result()
}

func built() http.Handler {
	return webui.New(fstest.MapFS{
		"dist/index.html":           {Data: []byte("<!doctype html><title>Hathor</title>")},
		"dist/favicon.svg":          {Data: []byte("<svg/>")},
		"dist/assets/main-ab12.js":  {Data: []byte("export {}")},
		"dist/assets/main-ab12.css": {Data: []byte("a{}")},
		"dist/.gitkeep":             {Data: []byte{}},
	})
}

func TestFilesAndPages(t *testing.T) {
	const page, keep = "text/html; charset=utf-8", "public, max-age=31536000, immutable"
	cases := []struct {
		method, target     string
		status             int
		contentType, cache string
	}{
		{"GET", "/", 200, page, "no-cache"},
		{"GET", "/index.html", 200, page, "no-cache"},
		{"GET", "/albums/7", 200, page, "no-cache"},
		{"HEAD", "/albums/7", 200, page, "no-cache"},
		{"GET", "/favicon.svg", 200, "image/svg+xml", "no-cache"},
		{"GET", "/assets/main-ab12.js", 200, "text/javascript; charset=utf-8", keep},
		{"GET", "/assets/main-ab12.css", 200, "text/css; charset=utf-8", keep},
		{"GET", "/assets/main-0000.js", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/assets/main", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/assets/", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/gone.png", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/.gitkeep", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/rest/ping", 404, "text/plain; charset=utf-8", ""},
		{"GET", "/../../etc/passwd", 200, page, "no-cache"},
		{"POST", "/", 405, "text/plain; charset=utf-8", ""},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			answer := ask(t, built(), c.method, c.target)
			if answer.StatusCode != c.status || answer.Header.Get("Content-Type") != c.contentType {
				t.Errorf("got %d %s, want %d %s", answer.StatusCode, answer.Header.Get("Content-Type"), c.status, c.contentType)
			}
			if got := answer.Header.Get("Cache-Control"); got != c.cache {
				t.Errorf("Cache-Control: got %q, want %q", got, c.cache)
			}
		})
	}
}

func TestPageIsNotSentTwice(t *testing.T) {
	tag := ask(t, built(), "GET", "/").Header.Get("ETag")
	if again := ask(t, built(), "GET", "/songs", "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("got %d, want 304", again.StatusCode)
	}
}

func TestNavigationGetsTheClientWhateverTheAddress(t *testing.T) {
	if got := ask(t, built(), "GET", "/search/mr.bungle", "Accept", "text/html,*/*").StatusCode; got != http.StatusOK {
		t.Errorf("page with a dot: got %d, want 200", got)
	}
	if got := ask(t, built(), "GET", "/assets/gone.js", "Accept", "text/html").StatusCode; got != http.StatusNotFound {
		t.Errorf("missing asset: got %d, want 404", got)
	}
}

func TestWithoutBuildAPageSaysHowToBuild(t *testing.T) {
	answer := ask(t, webui.New(fstest.MapFS{"dist/.gitkeep": {}}), "GET", "/songs")
	var text strings.Builder
	if err := answer.Write(&text); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text.String(), "make run") {
		t.Errorf("got %d: %s", answer.StatusCode, text.String())
	}
}
