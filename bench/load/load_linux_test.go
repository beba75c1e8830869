package load_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hathor/bench/load"
)

func request(path string) []byte { return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path) }

func TestEveryKindOfAnswerIsCounted(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/large":
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1<<20)) // chunked
		case "/closing":
			w.Header().Set("Connection", "close")
		default:
			w.Header().Set("Content-Length", "300000")
			_, _ = w.Write(bytes.Repeat([]byte("x"), 300000))
		}
	}))
	defer server.Close()
	marks := 0
	got, err := load.Run(t.Context(), load.Plan{
		Address: strings.TrimPrefix(server.URL, "http://"), Connections: 4, Warm: 10 * time.Millisecond, Measured: 200 * time.Millisecond, Status: 200,
		Requests: [][]byte{request("/large"), request("/closing"), request("/known")}, Mark: func() { marks++ },
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Answers == 0 || int64(got.Answers) > asked.Load() || marks != 2 || got.Bytes < 1000 {
		t.Errorf("got %d answers of %d, %d bytes, %d marks", got.Answers, asked.Load(), got.Bytes, marks)
	}
	if p50, p99 := got.Quantile(.5), got.Quantile(.99); p50 <= 0 || p99 < p50 {
		t.Errorf("got %s and %s", p50, p99)
	}
}

func TestAnotherStatusEndsTheRun(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	_, err := load.Run(t.Context(), load.Plan{Address: strings.TrimPrefix(server.URL, "http://"), Connections: 1,
		Measured: time.Second, Status: 200, Requests: [][]byte{request("/no")}})
	if err == nil || !strings.Contains(err.Error(), "status 404") {
		t.Errorf("got %v", err)
	}
}
