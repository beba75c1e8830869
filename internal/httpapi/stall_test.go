package httpapi

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// serveRaw starts a server with one plain route at /api/raw.
func serveRaw(t *testing.T, method string, patience time.Duration, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	log, _ := newLog()
	s := Services{Log: log, Settings: Settings{Patience: patience}}
	built, err := assemble(s.withDefaults(), http.NotFoundHandler(), func(a *api, _ Services) {
		a.raw(operation{id: "raw", method: method, path: "/raw", access: Public}, &huma.Operation{}, handler)
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(built)
	t.Cleanup(server.Close)
	return server
}

func dial(t *testing.T, server *httptest.Server, request string) net.Conn {
	t.Helper()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if _, err := io.WriteString(connection, request); err != nil {
		t.Fatal(err)
	}
	return connection
}

func TestReaderThatStallsIsLetGo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "song.flac")
	if err := os.WriteFile(file, make([]byte, 64<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	server := serveRaw(t, "GET", 200*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		http.ServeFile(w, r, file)
	})
	dial(t, server, "GET /api/raw HTTP/1.1\r\nHost: x\r\n\r\n")
	<-ended
}

func TestWriterThatStallsIsLetGo(t *testing.T) {
	failed := make(chan error, 1)
	server := serveRaw(t, "POST", 200*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		failed <- err
	})
	dial(t, server, "POST /api/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
	var network net.Error
	if err := <-failed; !errors.As(err, &network) || !network.Timeout() {
		t.Errorf("got %v, want a timeout", err)
	}
}

// TestWorkAfterTheBodyIsNotCutOff: the deadline for the body must not end what is done with it, nor the
// next request on the same connection.
func TestWorkAfterTheBodyIsNotCutOff(t *testing.T) {
	const patience = 100 * time.Millisecond
	result := make(chan error, 2)
	server := serveRaw(t, "POST", patience, func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		worked, cancel := context.WithTimeout(r.Context(), 3*patience)
		defer cancel()
		<-worked.Done()
		result <- errors.Join(err, r.Context().Err())
	})
	connection := dial(t, server, "")
	reader := bufio.NewReader(connection)
	for range 2 {
		if _, err := fmt.Fprint(connection, "POST /api/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"); err != nil {
			t.Fatal(err)
		}
		if err := <-result; err != nil {
			t.Errorf("the request was cut off: %v", err)
		}
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
}

// kernel stands for a connection that can send files by itself.
type kernel struct {
	*httptest.ResponseRecorder
	fromFile int64
}

func (k *kernel) ReadFrom(src io.Reader) (int64, error) {
	limited, ok := src.(*io.LimitedReader)
	if !ok {
		return io.Copy(k.ResponseRecorder, src)
	}
	n, err := io.Copy(k.ResponseRecorder, limited)
	if _, ok := limited.R.(*os.File); ok {
		k.fromFile += n
	}
	return n, err
}

// TestFilesReachTheKernelAsFiles keeps sendfile alive: the wrapper of a stream must hand on the file itself.
func TestFilesReachTheKernelAsFiles(t *testing.T) {
	content := bytes.Repeat([]byte("song"), 300_000)
	file := filepath.Join(t.TempDir(), "song.flac")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		ask  string
		want []byte
	}{{"", content}, {"bytes=5-900000", content[5:900001]}} {
		target := &kernel{ResponseRecorder: httptest.NewRecorder()}
		request := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		request.Header.Set("Range", c.ask)
		answer := newRecorder(target, time.Minute)
		http.ServeFile(answer, request, file)
		if !bytes.Equal(target.Body.Bytes(), c.want) || answer.bytes != int64(len(c.want)) {
			t.Errorf("range %q: %d bytes sent, %d counted, want %d", c.ask, target.Body.Len(), answer.bytes, len(c.want))
		}
		if target.fromFile != int64(len(c.want)) {
			t.Errorf("range %q: only %d bytes came as a file", c.ask, target.fromFile)
		}
	}
}
