package httpapi_test

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
)

const songOne = "/api/songs/1/stream"

func TestStreamWholeAndHead(t *testing.T) {
	m := newMusic(t)
	whole := m.ask("ada", http.MethodGet, songOne, "")
	if whole.status != http.StatusOK || whole.body != string(m.bytes) {
		t.Fatalf("got %d, %d bytes", whole.status, len(whole.body))
	}
	for name, want := range map[string]string{
		"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache",
		"Content-Disposition": `inline; filename="M_ - _nder _quotes_.mp3"; filename*=UTF-8''M%C3%B8%20-%20%C3%9Cnder%20%22quotes%22.mp3`,
	} {
		if got := whole.header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if tag := whole.header.Get("ETag"); !strings.HasPrefix(tag, `"`) || whole.header.Get("Last-Modified") == "" {
		t.Errorf("ETag %q, Last-Modified %q", tag, whole.header.Get("Last-Modified"))
	}
	head := m.ask("ada", http.MethodHead, songOne, "")
	if head.status != http.StatusOK || head.body != "" || head.header.Get("Content-Length") != "1000" || head.header.Get("ETag") != whole.header.Get("ETag") {
		t.Errorf("HEAD: %d, %v", head.status, head.header)
	}
	upload := m.ask("bob", http.MethodGet, "/api/songs/2/stream", "")
	if upload.header.Get("ETag") != `"abcdef"` || upload.body != string(m.bytes) {
		t.Errorf("upload: ETag %s, %d bytes", upload.header.Get("ETag"), len(upload.body))
	}
}

func TestStreamRanges(t *testing.T) {
	m := newMusic(t)
	first := m.ask("ada", http.MethodGet, songOne, "")
	tag, modified := first.header.Get("ETag"), first.header.Get("Last-Modified")
	for name, test := range map[string]struct {
		headers []string
		status  int
		length  int
		content string // Content-Range
	}{
		"from the front":       {[]string{"Range: bytes=0-9"}, 206, 10, "bytes 0-9/1000"},
		"open end":             {[]string{"Range: bytes=990-"}, 206, 10, "bytes 990-999/1000"},
		"suffix":               {[]string{"Range: bytes=-5"}, 206, 5, "bytes 995-999/1000"},
		"longer than the file": {[]string{"Range: bytes=10-99999"}, 206, 990, "bytes 10-999/1000"},
		"unsatisfiable":        {[]string{"Range: bytes=1000-"}, 416, -1, "bytes */1000"},
		"another unit":         {[]string{"Range: lines=1-2"}, 200, 1000, ""},
		"same tag":             {[]string{"Range: bytes=0-9", "If-Range: " + tag}, 206, 10, "bytes 0-9/1000"},
		"other tag":            {[]string{"Range: bytes=0-9", `If-Range: "other"`}, 200, 1000, ""},
		"same date":            {[]string{"Range: bytes=0-9", "If-Range: " + modified}, 206, 10, "bytes 0-9/1000"},
		"other date":           {[]string{"Range: bytes=0-9", "If-Range: Mon, 02 Jan 2006 15:04:05 GMT"}, 200, 1000, ""},
		"known already":        {[]string{"If-None-Match: " + tag}, 304, 0, ""},
		"known by date":        {[]string{"If-Modified-Since: " + modified}, 304, 0, ""},
		"precondition failed":  {[]string{`If-Match: "other"`}, 412, 0, ""},
	} {
		got := m.ask("ada", http.MethodGet, songOne, "", test.headers...)
		if got.status != test.status || got.header.Get("Content-Range") != test.content || (test.length >= 0 && len(got.body) != test.length) {
			t.Errorf("%s: got %d, %d bytes, Content-Range %q", name, got.status, len(got.body), got.header.Get("Content-Range"))
		}
	}
}

func TestStreamOfNoSuchRangeIsAnErrorLikeAnyOther(t *testing.T) {
	m := newMusic(t)
	for _, path := range []string{songOne, "/api/songs/1/cover"} {
		for _, wrong := range []string{"bytes=100000000-", "bytes=abc"} {
			got := m.ask("ada", http.MethodGet, path, "", "Range: "+wrong)
			if got.status != http.StatusRequestedRangeNotSatisfiable || got.json["code"] != "range_not_satisfiable" ||
				got.header.Get("Content-Type") != "application/json" || got.header.Get("Content-Disposition") != "" {
				t.Errorf("%s %s: got %d %v %q", path, wrong, got.status, got.header, got.body)
			}
		}
	}
}

func TestStreamSeveralRanges(t *testing.T) {
	m := newMusic(t)
	got := m.ask("ada", http.MethodGet, songOne, "", "Range: bytes=0-1,10-12,-1")
	kind, params, err := mime.ParseMediaType(got.header.Get("Content-Type"))
	if err != nil || got.status != http.StatusPartialContent || kind != "multipart/byteranges" {
		t.Fatalf("got %d %s, %v", got.status, kind, err)
	}
	parts := multipart.NewReader(strings.NewReader(got.body), params["boundary"])
	for _, want := range []string{"01", "012", "9"} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(part); err != nil || string(content) != want || part.Header.Get("Content-Type") != "audio/mpeg" {
			t.Errorf("got %q as %s, want %q, %v", content, part.Header.Get("Content-Type"), want, err)
		}
	}
}

func TestStreamOfChangedFileHasAnotherTag(t *testing.T) {
	m := newMusic(t)
	before := m.ask("ada", http.MethodHead, songOne, "").header.Get("ETag")
	if err := os.WriteFile(m.folder+"/one.mp3", []byte("shorter"), 0o600); err != nil {
		t.Fatal(err)
	}
	after := m.ask("ada", http.MethodGet, songOne, "", "Range: bytes=0-2", "If-Range: "+before)
	if after.status != http.StatusOK || after.body != "shorter" || after.header.Get("ETag") == before {
		t.Errorf("got %d %q", after.status, after.body)
	}
}

func TestStreamRefusals(t *testing.T) {
	m := newMusic(t)
	if err := os.Symlink("/etc/hostname", m.folder+"/gone.mp3"); err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{
		"/api/songs/2/stream":               http.StatusNotFound, // Bob's own
		"/api/songs/3/stream":               http.StatusNotFound, // leads out of the folder
		"/api/songs/4/stream":               http.StatusNotFound, // missing
		"/api/songs/99/stream":              http.StatusNotFound,
		"/api/songs/0/stream":               http.StatusBadRequest,
		"/api/songs/abc/stream":             http.StatusBadRequest,
		"/api/songs/1/stream?format=opus":   http.StatusUnsupportedMediaType, // there is no ffmpeg here
		"/api/songs/1/stream?format=-i":     http.StatusBadRequest,
		"/api/songs/1/stream?bitRate=low":   http.StatusBadRequest,
		"/api/songs/1/stream?start=3":       http.StatusBadRequest,
		"/api/songs/1/stream?%zz":           http.StatusBadRequest,
		"/api/songs/2/cover":                http.StatusNotFound,
		"/api/albums/2/cover":               http.StatusNotFound,
		"/api/songs/1/cover?size=0":         http.StatusBadRequest,
		"/api/songs/1/cover?size=big":       http.StatusBadRequest,
		"/api/albums/1/cover?signature=x":   http.StatusBadRequest,
		"/api/songs/2/stream-url":           http.StatusNotFound,
		"/api/songs/1/stream-url?bitRate=0": http.StatusBadRequest,
		"/api/songs/1/stream-url?start=5":   http.StatusBadRequest,
	} {
		if got := m.ask("ada", http.MethodGet, path, ""); got.status != status || got.json["error"] == "" || got.json["error"] == nil {
			t.Errorf("%s: got %d %s", path, got.status, got.body)
		}
		if got := m.ask("nobody", http.MethodGet, path, ""); got.status != http.StatusUnauthorized && got.status != http.StatusBadRequest {
			t.Errorf("%s without a session: got %d", path, got.status)
		}
	}
	missing := m.ask("ada", http.MethodGet, "/api/songs/4/stream", "")
	if missing.json["code"] != "file_missing" || missing.json["error"] != "The file of this song is missing" || strings.Contains(missing.body, m.folder) {
		t.Errorf("missing file: %s", missing.body)
	}
}

func TestWhatIsMeantByNothingIsRefused(t *testing.T) {
	m := newMusic(t)
	for query, field := range map[string]string{
		"bitRate=": "bitRate", "format=opus&bitRate=": "bitRate", "format=": "format", "format=opus&format=mp3": "format",
		"format=opus&format=opus": "format", "format=opus&bitRate=64&bitRate=96": "bitRate", "format=opus&start=-1": "start",
		"format=opus&start=NaN": "start", "format=opus&start=": "start", "format=opus&start=1e9": "start", "format=opus&start=1&start=2": "start",
	} {
		for _, path := range []string{"/api/songs/1/stream?", "/api/songs/1/stream-url?"} {
			got := m.ask("ada", http.MethodGet, path+query, "")
			details, _ := got.json["details"].([]any)
			if got.status != http.StatusBadRequest || len(details) != 1 || !strings.Contains(got.body, `"field":"`+field+`"`) {
				t.Errorf("%s%s: got %d %s", path, query, got.status, got.body)
			}
		}
	}
}

func TestSignedAddresses(t *testing.T) {
	m := newMusic(t)
	answer := m.ask("bob", http.MethodGet, "/api/songs/2/stream-url", "")
	address, _ := answer.json["url"].(string)
	if answer.status != http.StatusOK || !strings.HasPrefix(address, "/api/songs/2/stream?") || answer.json["expiresAt"] == nil {
		t.Fatalf("got %d %s", answer.status, answer.body)
	}
	if got := m.ask("nobody", http.MethodGet, address, "", "Range: bytes=0-3"); got.status != http.StatusPartialContent || got.body != "0123" {
		t.Errorf("signed: %d %q", got.status, got.body)
	}
	query := address[strings.Index(address, "?"):]
	if got := m.ask("nobody", http.MethodGet, "/api/songs/2/cover"+query, ""); got.status != http.StatusOK {
		t.Errorf("cover of the signed song: %d", got.status)
	}
	for _, path := range []string{songOne + query, songOne + "?signature=", "/api/songs/2/stream?signature=1+for+song%2F1"} {
		if got := m.ask("nobody", http.MethodGet, path, ""); got.status != http.StatusUnauthorized {
			t.Errorf("%s: got %d", path, got.status)
		}
	}
	foreign := "/api/songs/2/stream?signature=1+for+song%2F2"
	if got := m.ask("nobody", http.MethodGet, foreign, ""); got.status != http.StatusNotFound {
		t.Errorf("signed for one who may not hear it: got %d", got.status)
	}
}

func TestCovers(t *testing.T) {
	m := newMusic(t)
	original := m.ask("ada", http.MethodGet, "/api/songs/1/cover", "")
	if original.status != http.StatusOK || original.header.Get("Content-Type") != "image/jpeg" || original.header.Get("Cache-Control") != "private, no-cache" || !strings.HasSuffix(original.body, "a picture") {
		t.Errorf("original: %d %v", original.status, original.header)
	}
	for asked, made := range map[int]int{1: 64, 64: 64, 65: 128, 300: 384, 1024: 1024, 99999: 1024} {
		got := m.ask("ada", http.MethodGet, fmt.Sprintf("/api/albums/1/cover?size=%d&v=%s", asked, m.cover[:12]), "")
		if want := fmt.Sprintf("%d of 14", made); !strings.HasSuffix(got.body, want) {
			t.Errorf("size %d: got %d %q, want %q", asked, got.status, got.body, want)
		}
		if got.header.Get("Cache-Control") != "private, max-age=31536000, immutable" || got.header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("size %d: %v", asked, got.header)
		}
		if again := m.ask("ada", http.MethodGet, fmt.Sprintf("/api/songs/1/cover?size=%d", asked), "", "If-None-Match: "+got.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("size %d again: got %d", asked, again.status)
		}
	}
	if n := m.shrunk.Load(); n != 4 {
		t.Errorf("%d pictures were made for 4 sizes", n)
	}
	if got := m.ask("ada", http.MethodGet, "/api/songs/1/cover?v=0000000000000000", ""); got.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("another version: %v", got.header)
	}
}

func TestCoverIsMadeOnceForMany(t *testing.T) {
	m := newMusic(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if got := m.ask("ada", http.MethodGet, "/api/songs/1/cover?size=256", ""); got.status != http.StatusOK {
				t.Errorf("got %d", got.status)
			}
		})
	}
	all.Wait()
	if n := m.shrunk.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
}
