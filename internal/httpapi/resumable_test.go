package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/httpapi"
)

// tus speaks the protocol to a door, over a real connection, as one of its people.
type tus struct {
	*door
	server *httptest.Server
}

func (d *door) tus(who account.Identity) tus {
	server := httptest.NewServer(httpapi.SignedInAs(who, d.handler))
	d.t.Cleanup(server.Close)
	return tus{d, server}
}

// arrival is what the server says of an upload.
type arrival struct {
	ID, Size, Offset  int64
	Name, Fingerprint string
	State             string
	Code, Reason      *string
	SongID            *int64
	Song              *struct{ Title string }
	Private           bool
	ExpiresAt         time.Time
	status            int
	header            http.Header
	error, problem    string
	fields            []string
}

// send asks with the protocol's header; more come in pairs, an empty value takes one away.
func (c tus) send(method, path string, body io.Reader, headers ...string) arrival {
	c.t.Helper()
	a, err := c.try(method, path, body, headers...)
	c.must(err)
	return a
}

func (c tus) try(method, path string, body io.Reader, headers ...string) (arrival, error) {
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+path, body)
	c.must(err)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answered, err := http.DefaultClient.Do(r)
	if err != nil {
		return arrival{}, err
	}
	defer func() { _ = answered.Body.Close() }()
	text, err := io.ReadAll(answered.Body)
	if err != nil {
		return arrival{}, err
	}
	a := arrival{}
	var p reply
	if len(text) > 0 {
		c.must(json.Unmarshal(text, &a))
		c.must(json.Unmarshal(text, &p))
	}
	a.status, a.header, a.error, a.problem, a.fields = answered.StatusCode, answered.Header, p.Error, p.Code, p.fields()
	if a.status >= 400 && method != http.MethodHead && (p.Error == "" || p.Code == "" || answered.Header.Get("Content-Type") != "application/json") {
		c.t.Errorf("%s %s: %d is not in our shape: %s", method, path, a.status, text)
	}
	return a, nil
}

// metadata writes the header; fields come in pairs.
func metadata(fields ...string) string {
	var pairs []string
	for i := 0; i < len(fields); i += 2 {
		pairs = append(pairs, fields[i]+" "+base64.StdEncoding.EncodeToString([]byte(fields[i+1])))
	}
	return strings.Join(pairs, ",")
}

// begin makes an upload of so many bytes and returns its path.
func (c tus) begin(size int, fields ...string) string {
	c.t.Helper()
	a := c.send(http.MethodPost, "/api/uploads", nil, "Upload-Length", strconv.Itoa(size), "Upload-Metadata", metadata(fields...))
	path := strings.TrimPrefix(a.header.Get("Location"), c.server.URL)
	if a.status != http.StatusCreated || !strings.HasPrefix(path, "/api/uploads/") {
		c.t.Fatalf("got %d %s, Location %q", a.status, a.error, path)
	}
	return path
}

func (c tus) patch(path string, offset int, piece []byte) arrival {
	c.t.Helper()
	return c.send(http.MethodPatch, path, strings.NewReader(string(piece)), "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(offset))
}

// outcome asks what came of an upload.
func (c tus) outcome(path string) arrival {
	c.t.Helper()
	return c.send(http.MethodGet, path, nil)
}

func (c tus) expectArrival(a arrival, status int, state string, offset int) {
	c.t.Helper()
	if a.status != status || a.header.Get("Upload-State") != state || a.header.Get("Upload-Offset") != strconv.Itoa(offset) {
		c.t.Fatalf("got %d %q %s at %q, want %d %s at %d", a.status, a.error, a.header.Get("Upload-State"), a.header.Get("Upload-Offset"), status, state, offset)
	}
}

func TestUploadInPieces(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("Pieces", 20)
		path := c.begin(len(file), "filename", "Album/pieces.wav", "title", "Mine", "fingerprint", "f1", "filetype", "audio/x")
		half := len(file) / 2
		c.expectArrival(c.send(http.MethodHead, path, nil), http.StatusOK, "receiving", 0)
		first := c.patch(path, 0, file[:half])
		c.expectArrival(first, http.StatusNoContent, "receiving", half)
		if _, err := http.ParseTime(first.header.Get("Upload-Expires")); err != nil || first.header.Get("Tus-Resumable") != "1.0.0" {
			d.t.Errorf("headers are %v", first.header)
		}
		waiting := c.outcome(path)
		if waiting.State != "receiving" || waiting.Offset != int64(half) || waiting.Name != "pieces.wav" || waiting.Fingerprint != "f1" || waiting.Size != int64(len(file)) {
			d.t.Errorf("on the way it is %+v", waiting)
		}
		last := c.patch(path, half, file[half:])
		c.expectArrival(last, http.StatusNoContent, "done", len(file))
		done := c.outcome(path)
		if done.State != "done" || done.Song == nil || done.Song.Title != "Mine" || fmt.Sprint(*done.SongID) != last.header.Get("Upload-Song") {
			d.t.Errorf("in the end it is %+v", done)
		}
		c.expectArrival(c.send(http.MethodHead, path, nil), http.StatusOK, "done", len(file))
		c.expectArrival(c.patch(path, len(file), nil), http.StatusNoContent, "done", len(file))
		if got := d.kept(); got != "[audio:1 covers:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

func TestUploadWithItsAnnouncement(t *testing.T) {
	eachDoor(t, func(d *door) {
		c := d.tus(bob)
		send := func(file []byte) arrival {
			return c.send(http.MethodPost, "/api/uploads", strings.NewReader(string(file)), "Upload-Length", strconv.Itoa(len(file)),
				"Upload-Metadata", metadata("filename", "x.wav", "private", "true"), "Content-Type", "application/offset+octet-stream")
		}
		file := wav("Whole", 5)
		a := send(file)
		c.expectArrival(a, http.StatusCreated, "done", len(file))
		if a.Song == nil || a.Song.Title != "Whole" || !a.Private || a.State != "done" {
			d.t.Errorf("got %+v", a)
		}
		again := send(file)
		if again.State != "duplicate" || *again.SongID != *a.SongID || again.Song == nil {
			d.t.Errorf("again it is %+v", again)
		}
		for name, wrong := range map[string][]byte{"text": []byte("no audio at all"), "empty": {}} {
			refused := send(wrong)
			if refused.status != http.StatusCreated || refused.State != "refused" || refused.Reason == nil || *refused.Reason == "" || refused.Code == nil || refused.Song != nil {
				d.t.Errorf("%s gives %d %+v", name, refused.status, refused)
			}
		}
		if got := d.kept(); got != "[audio:1 covers:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

func TestListOfUploads(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 5)
		first := c.begin(len(file), "filename", "1.wav")
		c.begin(100, "filename", "2.wav")
		d.tus(cyd).begin(100, "filename", "theirs.wav")
		c.patch(first, 0, file)
		list := func(query string) (names []string, next string) {
			answered := d.raw(bob, "/uploads"+query)
			var page struct {
				Uploads    []arrival
				Total      int
				NextCursor *string
			}
			d.must(json.Unmarshal(answered, &page))
			for _, a := range page.Uploads {
				names = append(names, a.Name+" "+a.State)
			}
			if page.NextCursor != nil {
				next = *page.NextCursor
			}
			return append(names, strconv.Itoa(page.Total)), next
		}
		if got, _ := list(""); !slices.Equal(got, []string{"2.wav receiving", "1.wav done", "2"}) {
			d.t.Errorf("all are %q", got)
		}
		if got, _ := list("?state=receiving"); !slices.Equal(got, []string{"2.wav receiving", "1"}) {
			d.t.Errorf("open are %q", got)
		}
		_, next := list("?limit=1")
		if got, end := list("?limit=1&cursor=" + next); !slices.Equal(got, []string{"1.wav done", "2"}) || end != "" {
			d.t.Errorf("the second page is %q", got)
		}
		if a := d.ask(bob, http.MethodGet, "/uploads?cursor=rubbish", ""); a.Status != http.StatusBadRequest {
			d.t.Errorf("a wrong cursor gives %d", a.Status)
		}
	})
}

// raw is the body of an answer.
func (d *door) raw(who account.Identity, path string) []byte {
	d.t.Helper()
	w := httptest.NewRecorder()
	httpapi.SignedInAs(who, d.handler).ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, "/api"+path, nil))
	return w.Body.Bytes()
}
