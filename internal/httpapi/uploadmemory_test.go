package httpapi_test

import (
	"encoding/binary"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"hathor/internal/httpapi"
)

const longSize = 500 << 20

// TestMemoryOfALargeUpload sends a WAV of 500 MB, made while it is sent, over a real connection: as a form, and
// in the resumable protocol.
func TestMemoryOfALargeUpload(t *testing.T) {
	form := io.MultiReader(
		strings.NewReader("--edge\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"long.wav\"\r\n\r\n"),
		longWAV(longSize), strings.NewReader("\r\n--edge--\r\n"))
	t.Run("form", func(t *testing.T) {
		sendLong(t, "/api/songs/upload", form, map[string]string{"Content-Type": "multipart/form-data; boundary=edge"})
	})
	t.Run("resumable", func(t *testing.T) {
		sendLong(t, "/api/uploads", longWAV(longSize), map[string]string{
			"Content-Type": pieceType, "Tus-Resumable": "1.0.0", "Upload-Length": strconv.Itoa(longSize),
		})
	})
}

func sendLong(t *testing.T, path string, stream io.Reader, headers map[string]string) {
	if testing.Short() {
		t.Skip("500 MB are not sent in the short run")
	}
	const most = 64 << 20
	d := newSQLiteDoor(t, longSize)
	server := httptest.NewServer(httpapi.SignedInAs(bob, d.handler))
	defer server.Close()
	runtime.GC()
	before, highest := resident(t), 0
	done, peak := make(chan struct{}), make(chan int)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		most := 0
		for {
			most = max(most, resident(t))
			select {
			case <-tick.C:
			case <-done:
				peak <- most
				return
			}
		}
	}()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, io.NopCloser(stream))
	d.must(err)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answered, err := http.DefaultClient.Do(r)
	close(done)
	highest = <-peak
	d.must(err)
	defer func() { _ = answered.Body.Close() }()
	text, _ := io.ReadAll(answered.Body)
	if answered.StatusCode != http.StatusCreated || !strings.Contains(string(text), `"size":524288000`) {
		t.Errorf("got %d %s", answered.StatusCode, text)
	}
	t.Logf("resident memory grew by %d MB at most", (highest-before)>>20)
	if highest-before > most {
		t.Errorf("resident memory grew by %d MB", (highest-before)>>20)
	}
}

// longWAV is silence of exactly size bytes, header and all.
func longWAV(size int) io.Reader {
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\x44\xac\x00\x00\x10\xb1\x02\x00\x04\x00\x10\x00data\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(head[4:], uint32(size-8))
	binary.LittleEndian.PutUint32(head[40:], uint32(size-len(head)))
	return io.MultiReader(strings.NewReader(string(head)), io.LimitReader(zeros{}, int64(size-len(head))))
}

// resident is the memory this process has of the machine, in bytes.
func resident(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Errorf("read own memory: %v", err)
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(status))[1])
	if err != nil {
		t.Errorf("read own memory: %v", err)
	}
	return pages * os.Getpagesize()
}
