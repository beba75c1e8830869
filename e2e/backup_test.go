package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/pgtest"
)

// hathor runs a command of the program to its end.
func hathor(t testing.TB, environment []string, arguments ...string) (output string, err error) {
	t.Helper()
	command := exec.Command(os.Getenv("HATHOR_BIN"), arguments...)
	command.Dir, command.Env = t.TempDir(), environment
	var both bytes.Buffer
	command.Stdout, command.Stderr = &both, &both
	err = command.Run()
	return both.String(), err
}

// does runs a command that must succeed.
func does(t testing.TB, environment []string, arguments ...string) string {
	t.Helper()
	output, err := hathor(t, environment, arguments...)
	if err != nil {
		t.Fatalf("hathor %q: %v\n%s", arguments, err, output)
	}
	return output
}

// refuses runs a command that must fail with the words.
func declines(t testing.TB, words string, environment []string, arguments ...string) {
	t.Helper()
	output, err := hathor(t, environment, arguments...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(output, words) {
		t.Errorf("hathor %q: want a refusal with %q, got %v\n%s", arguments, words, err, output)
	}
}

// place is a data folder with a database.
type place struct {
	folder   string
	database []string // what the environment says of it
}

func (p place) environment() []string { return append([]string{"DATA_DIR=" + p.folder}, p.database...) }

func (p place) start(t *testing.T) *program {
	t.Helper()
	return start(t, p.folder, append(p.database, "LOG_LEVEL=error", "RATE_LIMIT_USER=off", "RATE_LIMIT_AUTH=off", "RATE_LIMIT_ANONYMOUS=off")...)
}

// newPlace is a new data folder on "sqlite" or "postgres".
func newPlace(t *testing.T, kind string) place {
	t.Helper()
	p := place{folder: filepath.Join(t.TempDir(), "data")}
	if kind == "postgres" {
		p.database = []string{"DATABASE_URL=" + pgtest.URL(t)}
	}
	return p
}

// empty tells whether nothing but empty folders and the lock is left.
func (p place) empty(t *testing.T) bool {
	t.Helper()
	var left []string
	err := filepath.WalkDir(p.folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && entry.Name() != "hathor.lock" {
			left = append(left, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Logf("left: %q", left)
	}
	return len(left) == 0
}

// TestBackupWhileTheServerIsInUse writes to the server while a backup is made, brings the backup back on either
// database, and looks for everything that was answered before the backup began.
func TestBackupWhileTheServerIsInUse(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			from := newPlace(t, kind)
			p := from.start(t)
			early := register(t, p.url, "early")
			j := newJournal(early)
			writeFor(t, j, early, 100)
			file := filepath.Join(t.TempDir(), "backup.tar")
			stop := busy(t, register(t, p.url, "busy"))
			answer := does(t, from.environment(), "backup", file, "--json")
			stop()
			var made struct {
				Objects int
				Secret  bool
				Tables  map[string]int64
			}
			if err := json.Unmarshal([]byte(answer), &made); err != nil || made.Objects < len(j.songs) || made.Tables["users"] != 2 || !made.Secret {
				t.Fatalf("the backup says %s, %v", answer, err)
			}
			checkMode(t, file)
			does(t, nil, "backup", "verify", file)
			for _, other := range []string{"sqlite", "postgres"} {
				t.Run("to "+other, func(t *testing.T) { comesBack(t, j, early, newPlace(t, other), file) })
			}
		})
	}
}

// writeFor lets the journal write so many changes.
func writeFor(t *testing.T, j *journal, c *client, changes int64) {
	t.Helper()
	stop, written := make(chan struct{}), make(chan struct{})
	go func() { defer close(written); j.write(c, stop) }()
	until(t, time.Minute, func() bool { return j.answered.Load() >= changes })
	close(stop)
	<-written
}

// busy uploads, likes and deletes until it is stopped. It returns once some of it was done.
func busy(t *testing.T, c *client) (stop func()) {
	t.Helper()
	end, ended, some := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for n := 0; ; n++ {
			if n == 5 {
				close(some)
			}
			select {
			case <-end:
				return
			default:
			}
			media, body := form(t, "tone.wav", tone(50_000+n))
			r, err := c.sendOnce(http.MethodPost, "/api/songs/upload", media, bytes.NewReader(body))
			var done uploaded
			if err != nil || json.Unmarshal(r.body, &done) != nil {
				t.Errorf("upload: %v %.200s", err, r.body)
				close(some)
				return
			}
			method, path := http.MethodPut, fmt.Sprintf("/songs/%d/like", done.Song.ID)
			if n%2 == 0 {
				method, path = http.MethodDelete, fmt.Sprintf("/songs/%d", done.Song.ID)
			}
			attempt(c, method, path, "", http.StatusNoContent)
		}
	}()
	<-some
	return func() { close(end); <-ended }
}

func checkMode(t *testing.T, file string) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is %v, %v", info.Mode(), err)
	}
	if _, err := os.Stat(file + ".part"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a part is left: %v", err)
	}
}

// comesBack restores and looks for all that was answered, with the token of before.
func comesBack(t *testing.T, j *journal, c *client, to place, file string) {
	does(t, to.environment(), "restore", file)
	declines(t, "not empty", to.environment(), "restore", file)
	p := to.start(t)
	again := &client{t: t, url: p.url, token: c.token}
	j.fresh = slices.Sorted(maps.Keys(j.songs)) // whose bytes are compared
	j.check(t, again)
	highest := int64(0)
	pages(again, "/api/songs?limit=500", func(page listed) {
		for _, s := range page.Songs {
			highest = max(highest, s.ID)
			again.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/stream", s.ID), "")
		}
	})
	var found struct{ Songs []struct{ ID int64 } }
	again.want(http.StatusOK, http.MethodGet, "/api/search?q=tone", "", &found)
	if len(found.Songs) == 0 {
		t.Error("the search finds nothing")
	}
	if done := again.add(tone(99_999)); done.Song.ID <= max(highest, slices.Max(append(j.deleted, 0))) {
		t.Errorf("the id %d is used again, %d was there", done.Song.ID, highest)
	}
	declines(t, "another hathor", to.environment(), "restore", file)
}
