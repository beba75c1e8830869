package httpapi_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/account"
)

const pieceType = "application/offset+octet-stream"

func TestUploadProtocolRefusals(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	c := d.tus(bob)
	path := c.begin(100, "filename", "x.wav")
	for name, a := range map[string]struct {
		got    arrival
		status int
		code   string
	}{
		"no length":          {c.send("POST", "/api/uploads", nil), 400, "validation_failed"},
		"a wrong length":     {c.send("POST", "/api/uploads", nil, "Upload-Length", "-1"), 400, "validation_failed"},
		"a deferred length":  {c.send("POST", "/api/uploads", nil, "Upload-Defer-Length", "1"), 400, "validation_failed"},
		"both lengths":       {c.send("POST", "/api/uploads", nil, "Upload-Defer-Length", "1", "Upload-Length", "5"), 400, "validation_failed"},
		"too long":           {c.send("POST", "/api/uploads", nil, "Upload-Length", strconv.Itoa(maxFile+1)), 413, "file_too_large"},
		"another version":    {c.send("POST", "/api/uploads", nil, "Upload-Length", "5", "Tus-Resumable", "0.2.2"), 412, "tus_version"},
		"a body of JSON":     {c.send("POST", "/api/uploads", strings.NewReader("{}"), "Upload-Length", "5", "Content-Type", "application/json"), 415, "unsupported_media_type"},
		"a first piece more": {c.send("POST", "/api/uploads", strings.NewReader("12345"), "Upload-Length", "4", "Content-Type", pieceType), 413, "piece_too_large"},
		"a wrong type":       {c.send("PATCH", path, strings.NewReader("x"), "Upload-Offset", "0", "Content-Type", "text/plain"), 415, "unsupported_media_type"},
		"no type":            {c.send("PATCH", path, strings.NewReader("x"), "Upload-Offset", "0"), 415, "unsupported_media_type"},
		"no offset":          {c.send("PATCH", path, strings.NewReader("x"), "Content-Type", pieceType), 400, "validation_failed"},
		"a wrong offset":     {c.patch(path, 5, []byte("x")), 409, "wrong_offset"},
		"beyond the end":     {c.patch(path, 0, make([]byte, 101)), 413, "piece_too_large"},
		"no version":         {c.send("PATCH", path, strings.NewReader("x"), "Upload-Offset", "0", "Content-Type", pieceType, "Tus-Resumable", ""), 412, "tus_version"},
		"no number":          {c.send("PATCH", "/api/uploads/x", nil, "Content-Type", pieceType), 400, "validation_failed"},
		"nobody's":           {c.patch("/api/uploads/999", 0, []byte("x")), 404, "not_found"},
		"a hidden method":    {c.send("POST", path, nil, "X-HTTP-Method-Override", "DELETE"), 405, "method_not_allowed"},
	} {
		if a.got.status != a.status || a.got.problem != a.code {
			t.Errorf("%s gives %d %s %q, want %d %s", name, a.got.status, a.got.problem, a.got.error, a.status, a.code)
		}
		if a.got.header.Get("Tus-Resumable") != "1.0.0" && a.status != 405 {
			t.Errorf("%s: no version in the answer", name)
		}
	}
	if got := c.outcome(path); got.State != "receiving" || got.Offset != 0 {
		t.Errorf("in the end it is %+v", got)
	}
	options := c.send(http.MethodOptions, "/api/uploads", nil).header
	if options.Get("Tus-Extension") == "" || options.Get("Tus-Max-Size") != strconv.Itoa(maxFile) || options.Get("Tus-Version") != "1.0.0" {
		t.Errorf("options are %v", options)
	}
}

func TestUploadMetadataIsChecked(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	c := d.tus(bob)
	for header, want := range map[string][]string{
		metadata("filename", "../../etc/passwd"):                                                   {"filename"},
		metadata("filename", `..\x.wav`):                                                           {"filename"},
		metadata("filename", "a\x00b.wav"):                                                         {"filename"},
		metadata("filename", "a\r\nX: y.wav"):                                                      {"filename"},
		metadata("filename", "\u202egnp.wav"):                                                      {"filename"},
		metadata("filename", "\xff\xfe.wav"):                                                       {"filename"},
		metadata("filename", strings.Repeat("n", 256)):                                             {"filename"},
		metadata("fingerprint", strings.Repeat("n", 201)):                                          {"fingerprint"},
		metadata("title", "a\xff"):                                                                 {"title"},
		metadata("year", "1", "private", "maybe", "owner", "x", "title", strings.Repeat("é", 256)): {"owner", "private", "title", "year"},
		"filename not!base64":                                                                      {"Upload-Metadata"},
		"filename eA== eA==":                                                                       {"Upload-Metadata"},
		"filename eA==,filename eA==":                                                              {"Upload-Metadata"},
		",":                                                                                        {"Upload-Metadata"},
		"filename eA==,":                                                                           {"Upload-Metadata"},
		strings.Repeat("a eA==,", 30) + "b":                                                        {"Upload-Metadata"},
	} {
		a := c.send(http.MethodPost, "/api/uploads", nil, "Upload-Length", "5", "Upload-Metadata", header)
		slices.Sort(a.fields)
		if a.status != http.StatusBadRequest || !slices.Equal(a.fields, want) {
			t.Errorf("%.60q gives %d %v, want %v", header, a.status, a.fields, want)
		}
	}
	if got := string(d.raw(bob, "/uploads")); !strings.Contains(got, `"total":0`) {
		t.Errorf("there is %s", got)
	}
	for name, want := range map[string]string{`C:\music\Night Bus.wav`: "Night Bus.wav", "Album/1.wav": "1.wav", "夜の回線.flac": "夜の回線.flac"} {
		if got := c.outcome(c.begin(5, "filename", name)).Name; got != want {
			t.Errorf("%q is kept as %q", name, got)
		}
	}
}

func TestUploadsAreTheirOwners(t *testing.T) {
	eachDoor(t, func(d *door) {
		mine := d.tus(bob)
		path := mine.begin(100)
		for name, who := range map[string]account.Identity{"cyd": cyd, "ada": ada} {
			c := d.tus(who)
			for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodPatch, http.MethodDelete} {
				a := c.send(method, path, strings.NewReader("12345"), "Content-Type", pieceType, "Upload-Offset", "0")
				if a.status != http.StatusNotFound || a.header.Get("Upload-Offset") != "" {
					d.t.Errorf("%s by %s gives %d %v", method, name, a.status, a.header)
				}
			}
		}
		stranger := d.tus(nobody)
		for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodPatch, http.MethodDelete} {
			if a := stranger.send(method, path, nil, "Content-Type", pieceType); a.status != http.StatusUnauthorized {
				d.t.Errorf("%s by nobody gives %d", method, a.status)
			}
		}
		mine.expectArrival(mine.send(http.MethodHead, path, nil), http.StatusOK, "receiving", 0)
	})
}

func TestUploadIsRemoved(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("x", 5)
		path := c.begin(len(file))
		c.patch(path, 0, file[:100])
		if a := c.send(http.MethodDelete, path, nil); a.status != http.StatusNoContent || d.kept() != "[]" {
			d.t.Errorf("got %d, kept %s", a.status, d.kept())
		}
		for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodDelete} {
			if a := c.send(method, path, nil); a.status != http.StatusNotFound {
				d.t.Errorf("%s afterwards gives %d", method, a.status)
			}
		}
		// Of one that is done the song stays.
		path = c.begin(len(file))
		song := c.patch(path, 0, file).header.Get("Upload-Song")
		c.send(http.MethodDelete, path, nil, "Tus-Resumable", "")
		if a := d.ask(bob, http.MethodGet, "/songs/"+song, ""); a.Status != http.StatusOK {
			d.t.Errorf("its song gives %d", a.Status)
		}
	})
}

// slow is a piece that is sent while a test does other things.
type slow struct {
	pipe   *io.PipeWriter
	answer chan arrival
}

// slowly sends the beginning of a piece and waits until it has arrived.
func (c tus) slowly(path string, length int, beginning []byte) slow {
	c.t.Helper()
	body, pipe := io.Pipe()
	s := slow{pipe, make(chan arrival, 1)}
	go func() {
		defer close(s.answer)
		if a, err := c.try(http.MethodPatch, path, body, "Content-Type", pieceType, "Upload-Offset", "0"); err == nil {
			s.answer <- a
		}
	}()
	c.t.Cleanup(func() { _ = pipe.Close() })
	_, err := pipe.Write(beginning)
	c.must(err)
	c.until(func() bool { return c.received() >= int64(len(beginning)) })
	return s
}

// received is how many bytes of unfinished uploads are on the disk.
func (d *door) received() (total int64) {
	entries, _ := os.ReadDir(filepath.Join(d.objects, ".arriving"))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
	}
	return total
}

// until waits for a condition that comes soon.
func (d *door) until(ok func() bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			d.t.Fatal("it does not come")
		}
	}
}

func TestOneWriterPerUpload(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 20)
		path := c.begin(len(file))
		first := c.slowly(path, len(file), file[:1000])
		if a := c.patch(path, 0, file); a.status != http.StatusLocked || a.problem != "upload_locked" {
			d.t.Errorf("a second piece gives %d %s", a.status, a.problem)
		}
		_, err := first.pipe.Write(file[1000:])
		d.must(err)
		d.must(first.pipe.Close())
		c.expectArrival(<-first.answer, http.StatusNoContent, "done", len(file))
	})
}

func TestWhoAsksAgainGoesOn(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	c, file := d.tus(bob), wav("One", 20)
	path := c.begin(len(file))
	dead := c.slowly(path, len(file), file[:1000]) // never says another word
	c.expectArrival(c.send(http.MethodHead, path, nil), http.StatusOK, "receiving", 1000)
	if a, ok := <-dead.answer; ok && (a.status != http.StatusServiceUnavailable || a.problem != "upload_interrupted") {
		t.Errorf("the dead one is answered %d %s", a.status, a.problem)
	}
	c.expectArrival(c.patch(path, 1000, file[1000:]), http.StatusNoContent, "done", len(file))
	// A piece that is received is interrupted by taking the upload away, too.
	path = c.begin(len(file))
	c.slowly(path, len(file), file[:1000])
	if a := c.send(http.MethodDelete, path, nil); a.status != http.StatusNoContent || d.received() != 0 {
		t.Errorf("removed with %d, %d bytes are left", a.status, d.received())
	}
}

func TestUploadGoesOnAfterALostConnection(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 20)
		path := c.begin(len(file))
		lost := c.slowly(path, len(file), file[:1000])
		_ = lost.pipe.CloseWithError(errors.New("pulled out"))
		<-lost.answer
		d.until(func() bool { return c.outcome(path).Offset == 1000 })
		c.expectArrival(c.patch(path, 1000, file[1000:]), http.StatusNoContent, "done", len(file))
		if title := c.outcome(path).Song.Title; title != "One" {
			d.t.Errorf("the song is %q", title)
		}
	})
}

func TestStalledUploadIsLetGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hathor.db")
	d := openDoor(t, t.TempDir(), "sqlite://"+path, "sqlite", path, maxFile, 200*time.Millisecond)
	c, file := d.tus(bob), wav("One", 20)
	upload := c.begin(len(file))
	connection, err := net.Dial("tcp", c.server.Listener.Addr().String())
	d.must(err)
	defer func() { _ = connection.Close() }()
	_, err = fmt.Fprintf(connection, "PATCH %s HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nContent-Type: %s\r\nUpload-Offset: 0\r\nContent-Length: %d\r\n\r\n%s",
		upload, pieceType, len(file), file[:1000])
	d.must(err)
	answered, err := http.ReadResponse(bufio.NewReader(connection), nil)
	d.must(err)
	_ = answered.Body.Close()
	if answered.StatusCode != http.StatusBadRequest {
		t.Errorf("got %d", answered.StatusCode)
	}
	c.expectArrival(c.send(http.MethodHead, upload, nil), http.StatusOK, "receiving", 1000)
	c.expectArrival(c.patch(upload, 1000, file[1000:]), http.StatusNoContent, "done", len(file))
}

func TestEqualUploadsAtOnceInPieces(t *testing.T) {
	eachDoor(t, func(d *door) {
		file, states := wav("One", 20), make(chan string, 4)
		var all sync.WaitGroup
		for i := range cap(states) {
			c := d.tus([]account.Identity{bob, cyd}[i%2])
			path := c.begin(len(file))
			c.patch(path, 0, file[:1000])
			all.Go(func() { states <- c.patch(path, 1000, file[1000:]).header.Get("Upload-State") })
		}
		all.Wait()
		close(states)
		count := map[string]int{}
		for state := range states {
			count[state]++
		}
		if count["done"] != 1 || count["duplicate"] != 3 || d.kept() != "[audio:1 covers:1]" {
			d.t.Errorf("states %v, kept %s", count, d.kept())
		}
	})
}
