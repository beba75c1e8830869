package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// TestStopFinishesWhatIsInFlight asks the server to stop amid a slow download and an upload.
func TestStopFinishesWhatIsInFlight(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	p := start(t, folder)
	c := register(t, p.url, "anna")
	song := mediatest.WAV(mediatest.Tags{Title: "Long"}, 3*time.Minute, 440) // far more than sockets hold
	id := c.add(song).Song.ID
	download := begin(t, c, fmt.Sprintf("/api/songs/%d/stream", id))
	media, body := form(t, "song.wav", mediatest.WAV(mediatest.Tags{Title: "Late"}, 10*time.Second, 220))
	rest, uploading := io.Pipe()
	uploaded := make(chan reply, 1)
	go func() {
		defer close(uploaded)
		if r, err := c.sendOnce(http.MethodPost, "/api/songs/upload", media, rest); err == nil {
			uploaded <- r
		}
	}()
	if _, err := uploading.Write(body[:len(body)/2]); err != nil {
		t.Fatal(err)
	}
	until(t, 10*time.Second, func() bool { return len(objects(t, folder)) == 2 }) // the song and what is staged

	p.signal(t, syscall.SIGTERM)
	p.awaitLog(t, "stopping")
	until(t, 10*time.Second, func() bool { return refusesConnections(p.url) })
	if _, err := uploading.Write(body[len(body)/2:]); err != nil {
		t.Fatal(err)
	}
	if err := uploading.Close(); err != nil {
		t.Fatal(err)
	}
	late, ok := <-uploaded
	if !ok || late.status != http.StatusCreated {
		t.Errorf("the upload got %d %.300s", late.status, late.body)
	}
	got, err := io.ReadAll(download)
	if err != nil || sha256.Sum256(got) != sha256.Sum256(song) {
		t.Errorf("downloaded %d of %d bytes: %v", len(got), len(song), err)
	}
	if err := p.command.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	findAgain(t, start(t, folder), c, late)
}

// begin starts a download and reads no more than its first bytes: the rest waits for the reader.
func begin(t *testing.T, c *client, path string) io.Reader {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	first := make([]byte, 1000)
	if _, err := io.ReadFull(answer.Body, first); err != nil {
		t.Fatal(err)
	}
	return io.MultiReader(bytes.NewReader(first), answer.Body)
}

func refusesConnections(url string) bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return true
	}
	_ = connection.Close()
	return false
}

// findAgain sees that a song which was answered for while the server stopped is there afterwards.
func findAgain(t *testing.T, p *program, c *client, answer reply) {
	t.Helper()
	var done uploaded
	if err := json.Unmarshal(answer.body, &done); err != nil {
		t.Fatal(err)
	}
	c.url = p.url
	c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d", done.Song.ID), "")
}

// TestStopDoesNotWaitForAStalledListener stops while some listen to songs that are converted, and take nothing any more.
func TestStopDoesNotWaitForAStalledListener(t *testing.T) {
	s := newStudio(t, 1200, "FFMPEG="+ffmpegPath(t), "TRANSCODE_CACHE=none", "TRANSCODE_ENCODERS=2")
	begin(t, s.client, s.path("format=mp3&bitRate=320"))
	begin(t, s.client, s.path("format=opus&bitRate=256"))
	encoders := childrenOf(t, s.command.Process.Pid)
	if len(encoders) != 2 {
		t.Fatalf("there are %v encoders", encoders)
	}
	s.program.signal(t, syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- s.command.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("after SIGTERM: %v", err)
		}
	case <-time.After(40 * time.Second): // it says 25, and then puts things away
		t.Fatal("it goes on")
	}
	for _, encoder := range encoders {
		if _, err := os.Stat("/proc/" + encoder); err == nil {
			t.Errorf("the encoder %s is left", encoder)
		}
	}
}
