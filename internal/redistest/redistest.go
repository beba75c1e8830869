// Package redistest gives tests a real Redis: a throw-away server on a free port of loopback for each
// call of Start. Only test files may import it.
package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// patience bounds each wait for the server; a busy machine needs seconds, never this long.
const patience = time.Minute

// Server is a Redis of one test. It keeps nothing on disk.
type Server struct {
	t       testing.TB
	port    string
	command *exec.Cmd
}

// Start runs a server until t ends. Without Redis on the machine the test is skipped with the reason;
// where CI=true it fails instead.
func Start(t testing.TB) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("Redis half not run: %v (Debian package: redis-server)", err)
		}
		t.Skipf("Redis half not run: %v (Debian package: redis-server)", err)
	}
	s := &Server{t: t, port: freePort(t)}
	s.Begin()
	t.Cleanup(s.Kill)
	return s
}

// URL is the server's address.
func (s *Server) URL() string { return "redis://127.0.0.1:" + s.port }

// Begin runs the server on its port, again after Kill, and returns once it answers.
func (s *Server) Begin() {
	s.t.Helper()
	s.command = exec.Command("redis-server", "--port", s.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", s.t.TempDir())
	if err := s.command.Start(); err != nil {
		s.t.Fatalf("start Redis: %v", err)
	}
	s.await()
}

// Kill ends the server as a crash would, and returns once it has.
func (s *Server) Kill() {
	_ = s.command.Process.Kill()
	_ = s.command.Wait()
}

// await asks until the server answers.
func (s *Server) await() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for !s.answers(ctx) {
		select {
		case <-retry.C:
		case <-ctx.Done():
			s.t.Fatal("Redis does not answer")
		}
	}
}

func (s *Server) answers(ctx context.Context) bool {
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", "127.0.0.1:"+s.port)
	if err != nil {
		return false
	}
	defer func() { _ = connection.Close() }()
	if _, err := fmt.Fprint(connection, "PING\r\n"); err != nil {
		return false
	}
	answer := make([]byte, 5)
	n, err := connection.Read(answer)
	return err == nil && string(answer[:n]) == "+PONG"
}

// freePort finds a port that nobody listens on.
func freePort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}
