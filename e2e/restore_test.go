package e2e

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// filled is a place with a journal's music, whose server was stopped, and its backup.
func filled(t *testing.T, kind string, changes int64) (from place, j *journal, c *client, file string) {
	t.Helper()
	from = newPlace(t, kind)
	p := from.start(t)
	c = register(t, p.url, "early")
	j = newJournal(c)
	writeFor(t, j, c, changes)
	stopNow(t, p)
	file = filepath.Join(t.TempDir(), "backup.tar")
	does(t, from.environment(), "backup", file)
	return from, j, c, file
}

// TestKilledRestoresAreNeverServed kills a restore again and again: no server starts on what it left, or finds
// everything, and the restore can be run again.
func TestKilledRestoresAreNeverServed(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			_, j, c, file := filled(t, kind, 120)
			began := time.Now()
			does(t, newPlace(t, kind).environment(), "restore", file)
			whole := time.Since(began)
			refused := 0
			for range killRounds(t, map[string]int{"sqlite": 6, "postgres": 2}[kind]) {
				to := newPlace(t, kind)
				killedAfter(t, to.environment(), time.Duration(rand.Int64N(int64(whole)+1)), "restore", file)
				node{driver: driverOf(kind), source: sourceOf(to)}.settle(t)
				switch output, err := hathor(t, append(to.environment(), "PORT=0", "HOST=127.0.0.1"), "migrate", "up"); {
				case err != nil && strings.Contains(output, "did not end"):
					refused++
					does(t, to.environment(), "restore", file)
				case err != nil:
					t.Fatalf("%v\n%s", err, output)
				case strings.Contains(does(t, to.environment(), "migrate", "status"), "schema") && !holdsUsers(t, to):
					to = newPlace(t, kind) // it had not begun: this is an empty server now
					does(t, to.environment(), "restore", file)
				}
				p := to.start(t)
				j.check(t, &client{t: t, url: p.url, token: c.token})
				stopNow(t, p)
				if t.Failed() {
					return
				}
			}
			t.Logf("a server was refused in %d rounds; a restore takes %v", refused, whole)
		})
	}
}

func driverOf(kind string) string {
	return map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[kind]
}

func sourceOf(p place) string {
	if len(p.database) > 0 {
		return strings.TrimPrefix(p.database[0], "DATABASE_URL=")
	}
	return "file:" + filepath.Join(p.folder, "hathor.db") + "?mode=ro"
}

func holdsUsers(t *testing.T, p place) bool {
	t.Helper()
	kind := "sqlite"
	if len(p.database) > 0 {
		kind = "postgres"
	}
	db := node{driver: driverOf(kind), source: sourceOf(p)}.open(t)
	defer func() { _ = db.Close() }()
	return column(t, db, "SELECT CAST(COUNT(*) AS text) FROM users")[0] != "0"
}

// killedAfter starts a command and kills it then, unless it has ended.
func killedAfter(t *testing.T, environment []string, after time.Duration, arguments ...string) {
	t.Helper()
	command := exec.Command(os.Getenv("HATHOR_BIN"), arguments...)
	command.Dir, command.Env = t.TempDir(), environment
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = command.Process.Kill() })
	defer timer.Stop()
	_ = command.Wait() // says that it was killed
}

// TestKilledBackups leave no file that looks like a whole one, and do not disturb the server.
func TestKilledBackups(t *testing.T) {
	from := newPlace(t, "sqlite")
	p := from.start(t)
	c := register(t, p.url, "early")
	j := newJournal(c)
	writeFor(t, j, c, 120)
	stop := busy(t, register(t, p.url, "busy"))
	folder := t.TempDir()
	began := time.Now()
	does(t, from.environment(), "backup", filepath.Join(folder, "first.tar"))
	whole := time.Since(began)
	for round := range killRounds(t, 6) {
		file := filepath.Join(folder, fmt.Sprintf("%d.tar", round))
		killedAfter(t, from.environment(), time.Duration(rand.Int64N(int64(whole)+1)), "backup", file)
		if _, err := os.Stat(file); err == nil {
			does(t, nil, "backup", "verify", file)
			continue
		}
		if _, err := os.Stat(file + ".part"); err == nil {
			declines(t, "remove it if none is", from.environment(), "backup", file)
		}
	}
	stop()
	does(t, from.environment(), "backup", filepath.Join(folder, "last.tar"))
	j.check(t, c)
	done := c.add(tone(77_777))
	before := len(objects(t, from.folder))
	c.want(http.StatusNoContent, http.MethodDelete, "/api/songs/"+text(done.Song.ID), "")
	if got := len(objects(t, from.folder)); got >= before {
		t.Error("a killed backup still holds the stored files")
	}
}

func TestAnInterruptedBackupLeavesNothing(t *testing.T) {
	from, _, _, _ := filled(t, "sqlite", 60)
	folder := t.TempDir()
	command := exec.Command(os.Getenv("HATHOR_BIN"), "backup", folder)
	command.Env = from.environment()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, 10*time.Second, func() bool { left, _ := os.ReadDir(folder); return len(left) > 0 })
	_ = command.Process.Signal(os.Interrupt)
	err := command.Wait()
	left, _ := os.ReadDir(folder)
	if err != nil && len(left) > 0 || err == nil && (len(left) != 1 || strings.HasSuffix(left[0].Name(), ".part")) {
		t.Errorf("ended with %v, left %v", err, left)
	}
}

// A file may not grow beyond a limit, as on a full disk.
func TestABackupWithoutRoomLeavesNothing(t *testing.T) {
	from, _, _, _ := filled(t, "sqlite", 60)
	folder := t.TempDir()
	command := exec.Command("bash", "-c", `ulimit -f 64 && exec "$HATHOR_BIN" backup "$1"`, "bash", folder)
	command.Env = append(from.environment(), "HATHOR_BIN="+os.Getenv("HATHOR_BIN"), "PATH="+os.Getenv("PATH"))
	output, err := command.CombinedOutput()
	if err == nil {
		t.Errorf("it was written: %s", output)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left %v after %s", left, output)
	}
}

func TestABackupSaysWhenTheDiskIsFull(t *testing.T) {
	from, _, _, _ := filled(t, "sqlite", 60)
	folder := t.TempDir()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size=128k"); err != nil {
		t.Skipf("a full disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	declines(t, "no room left", from.environment(), "backup", folder)
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	_, _, _, file := filled(t, "sqlite", 60)
	to := place{folder: filepath.Join(folder, "data")}
	declines(t, "full", to.environment(), "restore", file)
	if !to.empty(t) {
		t.Error("half a restore is left")
	}
}

func TestLargeFilesPassThroughLittleMemory(t *testing.T) {
	from := newPlace(t, "sqlite")
	p := from.start(t)
	c := register(t, p.url, "anna")
	c.add(mediatest.WAV(mediatest.Tags{Title: "Long"}, 30*time.Minute, 440)) // 300 MB or so
	stopNow(t, p)
	file := filepath.Join(t.TempDir(), "backup.tar")
	to := newPlace(t, "sqlite")
	for _, step := range []struct {
		place     place
		arguments []string
	}{{from, []string{"backup", file}}, {place{}, []string{"backup", "verify", file}}, {to, []string{"restore", file}}} {
		if most := memoryOf(t, step.place.environment(), step.arguments...); most > 120<<10 {
			t.Errorf("%q took %d MB", step.arguments, most>>10)
		}
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() < 100<<20 {
		t.Errorf("the backup has only %d bytes, %v", info.Size(), err)
	}
}

// memoryOf runs a command and returns the most memory it was seen to have, in KB. What the system says after its
// end counts the process that it was forked from.
func memoryOf(t *testing.T, environment []string, arguments ...string) int {
	t.Helper()
	command := exec.Command(os.Getenv("HATHOR_BIN"), arguments...)
	command.Dir, command.Env = t.TempDir(), environment
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	most, seen := 0, time.NewTicker(5*time.Millisecond)
	defer seen.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil || most == 0 {
				t.Fatalf("%q: %v, %d KB seen", arguments, err, most)
			}
			return most
		case <-seen.C:
			text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", command.Process.Pid))
			if _, line, found := strings.Cut(string(text), "VmHWM:"); found {
				var kilobytes int
				_, _ = fmt.Sscan(line, &kilobytes)
				most = max(most, kilobytes)
			}
		}
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	_, _, _, file := filled(t, "sqlite", 20)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.tar")
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":    {nil, "damaged"},
		"a byte":   {append(append([]byte{}, whole[:5000]...), append([]byte{whole[5000] ^ 1}, whole[5001:]...)...), "damaged"},
		"cut":      {whole[:len(whole)/2/512*512], "damaged"},
		"no tar":   {bytes.Repeat([]byte("x"), 8192), "damaged"},
		"more":     {append(append([]byte{}, whole...), make([]byte, 1024)...), "damaged"},
		"a gzip":   {gzipped(t, whole), "damaged"},
		"newer":    {bytes.Replace(whole, []byte(`"format": 1`), []byte(`"format": 9`), 1), "format 9, this program reads up to 1"},
		"no table": {bytes.Replace(whole, []byte("tables/users/"), []byte("tables/uzers/"), 1), "damaged"},
	} {
		to := newPlace(t, "sqlite")
		put(t, bad, c.content)
		t.Run(name, func(t *testing.T) {
			declines(t, c.want, to.environment(), "restore", bad)
			if _, err := os.Stat(to.folder); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the data folder was made: %v", err)
			}
		})
	}
}

func gzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func ungzipped(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
