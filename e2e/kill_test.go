package e2e

import (
	"database/sql"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"hathor/internal/pgtest"
)

// killRounds is how often the server is killed: HATHOR_KILL_ROUNDS, or so often.
func killRounds(t *testing.T, otherwise int) int {
	t.Helper()
	text := os.Getenv("HATHOR_KILL_ROUNDS")
	if text == "" {
		return otherwise
	}
	rounds, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("HATHOR_KILL_ROUNDS: %v", err)
	}
	return rounds
}

// TestNothingAnsweredIsLost kills the server amid writes, again and again, and looks at what it knows after.
func TestNothingAnsweredIsLost(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "data")
		file := url.URL{Scheme: "file", Opaque: filepath.Join(folder, "hathor.db"), RawQuery: "mode=ro"}
		killAgainAndAgain(t, killRounds(t, 12), node{folder: folder, driver: "sqlite", source: file.String()})
	})
	t.Run("postgres", func(t *testing.T) {
		address := pgtest.URL(t)
		killAgainAndAgain(t, killRounds(t, 4), node{
			folder: filepath.Join(t.TempDir(), "data"), driver: "pgx", source: address, environment: []string{"DATABASE_URL=" + address},
		})
	})
}

// node is a server's data folder and its database, as seen from outside.
type node struct {
	folder, driver, source string
	environment            []string
}

func (n node) start(t *testing.T) *program {
	t.Helper()
	return start(t, n.folder, append(n.environment, "LOG_LEVEL=error", "RATE_LIMIT_USER=off")...)
}

func killAgainAndAgain(t *testing.T, rounds int, n node) {
	p := n.start(t)
	c := register(t, p.url, "anna")
	j := newJournal(c)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for round := range rounds {
		enough := j.answered.Load() + random.Int64N(60)
		stop, written := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(written)
			j.write(c, stop)
		}()
		until(t, time.Minute, func() bool { return j.answered.Load() > enough })
		p.signal(t, syscall.SIGKILL)
		_ = p.command.Wait() // says that it was killed
		close(stop)
		<-written
		n.settle(t)
		began := time.Now()
		p = n.start(t)
		c.url = p.url
		c.want(http.StatusOK, http.MethodGet, "/api/health/ready", "")
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("ready after %v", took)
		}
		j.check(t, c)
		n.check(t)
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d changes were answered in %d rounds", j.answered.Load(), rounds)
}

func (n node) open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open(n.driver, n.source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// settle waits until the database has ended what the dead server had asked of it.
func (n node) settle(t *testing.T) {
	t.Helper()
	if n.driver == "sqlite" {
		return
	}
	db := n.open(t)
	defer func() { _ = db.Close() }()
	const others = "SELECT CAST(pid AS text) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	until(t, time.Minute, func() bool { return len(column(t, db, others)) == 0 })
}

// check looks at the files themselves: the database is whole, and it and the objects are of one mind.
func (n node) check(t *testing.T) {
	t.Helper()
	db := n.open(t)
	defer func() { _ = db.Close() }()
	if n.driver == "sqlite" {
		if got := column(t, db, "PRAGMA integrity_check"); !slices.Equal(got, []string{"ok"}) {
			t.Errorf("integrity: %q", got)
		}
		if got := column(t, db, `SELECT "table" FROM pragma_foreign_key_check`); len(got) > 0 {
			t.Errorf("foreign keys are broken in %q", got)
		}
	}
	var rows []string
	rows = append(rows, column(t, db, "SELECT object_key FROM songs")...)
	for _, hash := range column(t, db, "SELECT hash FROM covers") {
		rows = append(rows, "covers/"+hash[:2]+"/"+hash)
	}
	slices.Sort(rows)
	kept := objects(t, n.folder)
	for _, row := range rows {
		if !slices.Contains(kept, row) {
			t.Errorf("the object %s is lost", row)
		}
	}
	if n.driver == "sqlite" { // PostgreSQL may have other nodes: younger objects may be theirs
		until(t, 20*time.Second, func() bool { return slices.Equal(objects(t, n.folder), rows) })
	}
	if got := slices.DeleteFunc(objects(t, n.folder), func(name string) bool { return !strings.HasPrefix(name, ".") }); len(got) > 0 {
		t.Errorf("left of uploads: %q", got)
	}
}

// column reads the one column of a query.
func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		list = append(list, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
