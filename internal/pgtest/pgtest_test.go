package pgtest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("connect to %s: %v", url, err)
	}
	t.Cleanup(func() { _ = connection.Close(context.Background()) })
	return connection
}

func TestEveryCallGivesAnEmptyDatabaseOfItsOwn(t *testing.T) {
	first := connect(t, URL(t))
	second := connect(t, URL(t))
	if _, err := first.Exec(t.Context(), "CREATE TABLE song (title text)"); err != nil {
		t.Fatal(err)
	}
	const count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
	for database, want := range map[*pgx.Conn]int{first: 1, second: 0} {
		var got int
		if err := database.QueryRow(t.Context(), count).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("tables in %s: got %d, want %d", database.Config().Database, got, want)
		}
	}
}

func TestDatabaseIsDroppedWithItsTest(t *testing.T) {
	var address string
	t.Run("user", func(t *testing.T) {
		address = URL(t)
		connect(t, address)
	})
	if connection, err := pgx.Connect(t.Context(), address); err == nil {
		_ = connection.Close(t.Context())
		t.Error("the database is still there after its test")
	}
}

func TestServerListensOnNoPort(t *testing.T) {
	var addresses string
	row := connect(t, URL(t)).QueryRow(t.Context(), "SHOW listen_addresses")
	if err := row.Scan(&addresses); err != nil {
		t.Fatal(err)
	}
	if addresses != "" {
		t.Errorf("listen_addresses: got %q, want none", addresses)
	}
}

// TestServerEndsWithTheTestProcess runs this test again in a child process, which kills itself while its
// server runs, and waits until the server's folder is gone.
func TestServerEndsWithTheTestProcess(t *testing.T) {
	if os.Getenv("PGTEST_DIE") != "" {
		dieWithServer(t)
	}
	requireProgram(t, os.Getenv("CI") == "true")
	child := exec.Command(os.Args[0], "-test.run=^TestServerEndsWithTheTestProcess$")
	child.Env = append(os.Environ(), "PGTEST_DIE=yes")
	output, err := child.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("the child did not die by signal: %v\n%s", err, output)
	}
	folder := strings.TrimSpace(string(output))
	if !strings.Contains(folder, "hathor-pg-") {
		t.Fatalf("the child printed no folder: %q", output)
	}
	awaitGone(t, folder)
}

func dieWithServer(t *testing.T) {
	URL(t)
	server, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stdout.WriteString(server.folder + "\n"); err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Kill(); err != nil {
		t.Fatal(err)
	}
	select {}
}

func awaitGone(t *testing.T, folder string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			return
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("%s is still there after the test process ended", folder)
		}
	}
}
