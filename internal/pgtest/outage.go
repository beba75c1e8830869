package pgtest

import (
	"context"
	"io"
	"testing"
	"time"
)

// Stop ends the server of this test process, as an operator would, and returns once it refuses
// connections. It ends it for every test of the process: use it where no other test runs beside.
// The server is started again with the end of t, if not before.
func Stop(t testing.TB) {
	t.Helper()
	server := running(t)
	t.Cleanup(func() { Start(t) })
	server.order(t, "stop\n", false)
}

// Start brings back the server that Stop ended and returns once it answers.
func Start(t testing.TB) {
	t.Helper()
	server := running(t)
	if server.execute("SELECT 1") == nil {
		return
	}
	server.order(t, "start\n", true)
}

func running(t testing.TB) *server {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("start PostgreSQL for tests: %v", err)
	}
	return server
}

// order tells the guard what to do and waits until the server answers, or no longer does.
func (s *server) order(t testing.TB, words string, answers bool) {
	t.Helper()
	if _, err := io.WriteString(s.lifeline, words); err != nil {
		t.Fatalf("give the server's guard an order: %v", err)
	}
	// Not the test's own context: that has ended when this runs as its clean-up.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for (s.execute("SELECT 1") == nil) != answers {
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("the server did not obey %q", words)
		}
	}
}
