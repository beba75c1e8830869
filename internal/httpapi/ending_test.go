package httpapi

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// TestAnAnswerEndsWithItsSession leaves a song half-way, as a listener does who pauses. Without an end the
// rest would come whenever it was asked for.
func TestAnAnswerEndsWithItsSession(t *testing.T) {
	const size = 64 << 20 // more than the buffers of a connection hold
	name := filepath.Join(t.TempDir(), "song")
	if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	for signedIn, want := range map[bool]string{true: "whole", false: "cut off"} {
		var lives atomic.Bool
		lives.Store(true)
		over := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(over)
			file, err := os.Open(name)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = file.Close() }()
			w = &contentWriter{ResponseWriter: newRecorder(w, time.Minute)}
			defer whileAlive(lives.Load, recorderOf(w).cut)()
			serveContent(w, r, time.Time{}, file)
		}))
		answer, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		read, err := io.CopyN(io.Discard, answer.Body, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if lives.Store(signedIn); !signedIn {
			<-over
		}
		rest, err := io.Copy(io.Discard, answer.Body)
		got := "whole"
		if err != nil || read+rest < size {
			got = "cut off"
		}
		if got != want {
			t.Errorf("signed in %v: %d of %d bytes came, %v", signedIn, read+rest, size, err)
		}
		_ = answer.Body.Close()
		server.Close()
	}
}
