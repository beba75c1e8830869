package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// scanSum is what `hathor scan --json` says.
type scanSum struct {
	Running                                            bool
	Seen, Added, Updated, Missing, Failed, Read, Total int
}

// runScan runs the command and returns what it wrote.
func runScan(t *testing.T, environment []string, arguments ...string) (code int, stdout, stderr string) {
	t.Helper()
	command := exec.Command(os.Getenv("HATHOR_BIN"), append([]string{"scan"}, arguments...)...)
	command.Env = append([]string{"TMPDIR=" + os.TempDir()}, environment...)
	var out, failures bytes.Buffer
	command.Stdout, command.Stderr = &out, &failures
	_ = command.Run() // the code says it
	return command.ProcessState.ExitCode(), out.String(), failures.String()
}

// fill puts songs into the folder, numbered from first.
func fillMusic(t *testing.T, music string, first, count int) {
	t.Helper()
	for n := first; n < first+count; n++ {
		file := mediatest.FLAC(mediatest.Tags{Title: fmt.Sprintf("Song %d", n), Artists: []string{"Ada"}, AlbumArtists: []string{"Ada"}, Album: "Lines"},
			time.Duration(100+n)*time.Millisecond, 440)
		name := filepath.Join(music, fmt.Sprintf("%d", n%5), fmt.Sprintf("%d.flac", n))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestScanCommand(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		music, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
		fillMusic(t, music, 0, 20)
		environment = append(environment, "MUSIC_DIRS="+music, "DATA_DIR="+data, "LOG_LEVEL=error", "WATCH=false")

		// Without a server it scans by itself.
		code, stdout, stderr := runScan(t, environment, "--json")
		var s scanSum
		if err := json.Unmarshal([]byte(stdout), &s); err != nil || code != 0 || s.Added != 20 || s.Read != 20 || s.Running {
			t.Fatalf("it ended with %d: %q %q", code, stdout, stderr)
		}
		if code, stdout, _ = runScan(t, environment); code != 0 || stdout != "20 files: 0 added, 0 updated, 0 missing, 0 that could not be read\n" {
			t.Errorf("the second scan: %d %q", code, stdout)
		}

		// While one runs, that one scans, for who is an admin.
		p := start(t, data, environment...)
		admin := register(t, p.url, "admin")
		member := register(t, p.url, "member")
		fillMusic(t, music, 20, 3)
		if code, _, stderr = runScan(t, environment); code == 0 || !strings.Contains(stderr, "HATHOR_TOKEN") {
			t.Errorf("beside a server: %d %q", code, stderr)
		}
		asked := func(token string, arguments ...string) (int, string, string) {
			return runScan(t, append(environment, "HATHOR_URL="+p.url, "HATHOR_TOKEN="+token), arguments...)
		}
		if code, stdout, stderr = asked(admin.token, "--json"); code != 0 || json.Unmarshal([]byte(stdout), &s) != nil || s.Added != 3 {
			t.Errorf("asked of the server: %d %q %q", code, stdout, stderr)
		}
		if code, _, stderr = asked(admin.token, "--again"); code != 0 {
			t.Errorf("everything again: %d %q", code, stderr)
		}
		if code, _, stderr = asked(member.token); code == 0 || !strings.Contains(stderr, "403") {
			t.Errorf("a member: %d %q", code, stderr)
		}
	})
}

// TestAKilledScanGoesOnWhereItWas kills the scan amid its work, and counts what the next one reads.
func TestAKilledScanGoesOnWhereItWas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		const songs = 3000
		music, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
		fillMusic(t, music, 0, songs)
		environment = append(environment, "MUSIC_DIRS="+music, "DATA_DIR="+data, "LOG_LEVEL=error")
		p := start(t, data, append(environment, "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "RATE_LIMIT_USER=off")...)
		admin := register(t, p.url, "admin")
		written := 0
		for written == 0 {
			var s scanSum
			admin.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &s)
			if written = s.Added; !s.Running && written == songs {
				t.Fatal("the scan was faster than the kill: give it more songs")
			}
		}
		p.signal(t, syscall.SIGKILL)
		_ = p.command.Wait() // it was killed
		code, stdout, stderr := runScan(t, environment, "--json")
		var s scanSum
		if err := json.Unmarshal([]byte(stdout), &s); err != nil || code != 0 {
			t.Fatalf("it ended with %d: %q %q", code, stdout, stderr)
		}
		if s.Seen != songs || s.Read > songs-written || s.Added != s.Read {
			t.Errorf("%d songs were written before the kill; after it %+v", written, s)
		}
	})
}
