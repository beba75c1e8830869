// Package pgtest gives tests a real PostgreSQL: one throw-away server for each test process, one empty
// database for each call of URL. Only test files and test-only packages may import it.
//
// The server listens on a socket in a folder of its own and on no port. A shell process beside it watches
// a pipe that the test process holds; when the test process ends, however it ends, the pipe closes, the
// server is stopped and the folder removed. No goroutine stays behind, so leak checks see nothing.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience bounds each step that waits for the server; a busy machine needs seconds, never this long.
const patience = time.Minute

// shared starts the server of this test process on the first call.
var shared = sync.OnceValues(start)

// serial numbers the databases of this test process.
var serial atomic.Int64

// URL returns the address of a new, empty database, which is dropped when t ends. Without PostgreSQL on
// the machine the test is skipped with the reason; where CI=true it fails instead.
func URL(t testing.TB) string {
	t.Helper()
	requireProgram(t, os.Getenv("CI") == "true")
	server, err := shared()
	if err != nil {
		t.Fatalf("start PostgreSQL for tests: %v", err)
	}
	name := fmt.Sprintf("test_%d", serial.Add(1))
	if err := server.execute("CREATE DATABASE " + name); err != nil {
		t.Fatalf("create test database: %v", err)
	}
	t.Cleanup(func() {
		if err := server.execute("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
	})
	return server.url(name)
}

// requireProgram ends t where no server program is installed.
func requireProgram(t testing.TB, mandatory bool) {
	t.Helper()
	_, err := programs()
	switch {
	case err == nil:
	case mandatory:
		t.Fatalf("PostgreSQL half not run: %v", err)
	default:
		t.Skipf("PostgreSQL half not run: %v", err)
	}
}

// server is a running PostgreSQL. lifeline must stay reachable: when it is closed, the server ends.
type server struct {
	folder   string
	lifeline *os.File
}

func (s *server) url(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User("postgres"),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {s.folder}}.Encode(),
	}
	return u.String()
}

// execute runs one statement on a connection of its own.
func (s *server) execute(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	connection, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = connection.Close(ctx) }()
	if _, err := connection.Exec(ctx, statement); err != nil {
		return fmt.Errorf("execute %q: %w", statement, err)
	}
	return nil
}
