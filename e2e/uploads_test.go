package e2e

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

const pieceType = "application/offset+octet-stream"

// piece sends a part of an upload.
func (c *client) piece(id string, offset int, body io.Reader) (reply, error) {
	return c.sendWith(http.MethodPatch, "/api/uploads/"+id, body, "Tus-Resumable", "1.0.0", "Content-Type", pieceType, "Upload-Offset", strconv.Itoa(offset))
}

// offset asks how far an upload is.
func (c *client) offset(id string) int {
	c.t.Helper()
	offset, err := strconv.Atoi(c.tus(http.MethodHead, "/api/uploads/"+id, nil).header.Get("Upload-Offset"))
	if err != nil {
		c.t.Fatal(err)
	}
	return offset
}

// endsAs sends the rest and compares the song with the file.
func (c *client) endsAs(id string, file []byte) {
	c.t.Helper()
	offset := c.offset(id)
	r, err := c.piece(id, offset, bytes.NewReader(file[offset:]))
	if err != nil || r.status != http.StatusNoContent || r.header.Get("Upload-State") != "done" {
		c.t.Fatalf("the rest: %v %d %s %.300s", err, r.status, r.header.Get("Upload-State"), r.body)
	}
	song := c.want(http.StatusOK, http.MethodGet, "/api/songs/"+r.header.Get("Upload-Song")+"/stream", "")
	if sha256.Sum256(song.body) != sha256.Sum256(file) {
		c.t.Error("the song's bytes are not those that were sent")
	}
}

func long(title string) []byte {
	return mediatest.WAV(mediatest.Tags{Title: title}, 5*time.Minute, 440)
}

func TestUploadGoesOnAfterTheServerWasKilled(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		folder, file := filepath.Join(t.TempDir(), "data"), long("Long")
		environment = append(environment, "LOG_LEVEL=error")
		p := start(t, folder, environment...)
		c := register(t, p.url, "anna")
		id := c.begin(len(file), "long.wav")
		if r, err := c.piece(id, 0, bytes.NewReader(file[:1000])); err != nil || r.status != http.StatusNoContent {
			t.Fatal(err, r.status)
		}
		again := func() {
			p.signal(t, syscall.SIGKILL)
			_ = p.command.Wait() // says that it was killed
			p = start(t, folder, environment...)
			c.url = p.url
		}
		again() // between two pieces
		if offset := c.offset(id); offset != 1000 {
			t.Errorf("it goes on at %d", offset)
		}
		body, sending := io.Pipe()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_, _ = c.piece(id, 1000, body)
		}()
		if _, err := sending.Write(file[1000 : 20<<20]); err != nil {
			t.Fatal(err)
		}
		var now struct{ Offset int }
		until(t, 20*time.Second, func() bool {
			c.want(http.StatusOK, http.MethodGet, "/api/uploads/"+id, "", &now)
			return now.Offset > 8<<20
		})
		again() // amid a piece
		_ = sending.Close()
		<-ended
		if offset := c.offset(id); offset < now.Offset || offset > 20<<20 {
			t.Errorf("it goes on at %d, known was %d", offset, now.Offset)
		}
		c.endsAs(id, file)
	})
}

func TestStopLetsAPieceArrive(t *testing.T) {
	folder, file := filepath.Join(t.TempDir(), "data"), long("Long")
	p := start(t, folder)
	c := register(t, p.url, "anna")
	id := c.begin(len(file), "long.wav")
	body, sending := io.Pipe()
	answered := make(chan string, 1)
	go func() {
		r, err := c.piece(id, 0, body)
		answered <- fmt.Sprintf("%d %s %v", r.status, r.header.Get("Upload-Offset"), err)
	}()
	if _, err := sending.Write(file[:9<<20]); err != nil {
		t.Fatal(err)
	}
	p.signal(t, syscall.SIGTERM)
	p.awaitLog(t, "stopping")
	if _, err := sending.Write(file[9<<20 : 10<<20]); err != nil {
		t.Fatal(err)
	}
	_ = sending.Close()
	if got, want := <-answered, fmt.Sprintf("%d %d <nil>", http.StatusNoContent, 10<<20); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := p.command.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	c.url = start(t, folder).url
	c.endsAs(id, file)
}
