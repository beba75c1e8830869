package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/media/mediatest"
)

// finding is one line of the doctor's report.
type finding struct{ Check, Status, Message, Next string }

// examine runs the doctor and returns what it finds by the name of the check, the worst of each.
func examine(t *testing.T, environment []string, arguments ...string) (found map[string]finding, code int) {
	t.Helper()
	command := exec.Command(os.Getenv("HATHOR_BIN"), append([]string{"doctor", "--json"}, arguments...)...)
	command.Dir, command.Env = t.TempDir(), append([]string{"PATH=" + os.Getenv("PATH"), "HOST=127.0.0.1", "PORT=0"}, environment...)
	output, err := command.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var report struct {
		Code     int
		Findings []finding
	}
	if err := json.Unmarshal(output, &report); err != nil {
		t.Fatalf("%v in %s", err, output)
	}
	if code = command.ProcessState.ExitCode(); code != report.Code {
		t.Errorf("the exit code is %d, the report says %d", code, report.Code)
	}
	worse := map[string]int{"ok": 0, "warning": 1, "error": 2}
	found = map[string]finding{}
	for _, f := range report.Findings {
		if before, seen := found[f.Check]; !seen || worse[f.Status] > worse[before.Status] {
			found[f.Check] = f
		}
	}
	return found, code
}

// wants runs the doctor, and expects these checks to be other than well and all others to be well.
func wants(t *testing.T, code int, unwell map[string]string, environment []string, arguments ...string) {
	t.Helper()
	found, got := examine(t, environment, arguments...)
	have := map[string]string{}
	for name, f := range found {
		if f.Status != "ok" {
			have[name] = f.Status
			if f.Next == "" {
				t.Errorf("%s: %s: nothing says what to do", name, f.Message)
			}
		}
	}
	if diff := cmp.Diff(unwell, have); diff != "" || got != code {
		t.Errorf("exit code %d, want %d (-want +got):\n%s\n%+v", got, code, diff, found)
	}
}

func TestDoctor(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			at := newPlace(t, kind)
			well := map[string]string{}
			p := at.start(t)
			c := register(t, p.url, "anna")
			c.add(tone(0))
			c.add(tone(1))
			large := mediatest.WAV(mediatest.Tags{Title: "Large cover", Picture: mediatest.JPEG(500, 500, color.Black)}, time.Second, 440)
			c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/cover?size=64", c.add(large).Song.ID), "")
			firstOf(t, objects(t, at.folder), "shrunk/") // no row names it, but it is in use
			wants(t, 0, well, at.environment(), "--deep")
			stopNow(t, p)
			wants(t, 0, well, at.environment(), "--deep")
			names := objects(t, at.folder)
			audio := filepath.Join(at.folder, "objects", firstOf(t, names, "audio/"))

			t.Run("bytes that changed", func(t *testing.T) {
				was, err := os.ReadFile(audio)
				if err != nil {
					t.Fatal(err)
				}
				put(t, audio, append(was[:len(was)-1:len(was)-1], was[len(was)-1]^1))
				wants(t, 0, well, at.environment())
				wants(t, 2, map[string]string{"stored files": "error"}, at.environment(), "--deep")
				put(t, audio, was[:10])
				wants(t, 2, map[string]string{"stored files": "error"}, at.environment())
				put(t, audio, was)
			})
			t.Run("a lost file", func(t *testing.T) {
				rename(t, audio, audio+".away")
				found, code := examine(t, at.environment())
				if code != 2 || !strings.Contains(found["stored files"].Message+found["stored files"].Next, "lost") {
					t.Errorf("got %d, %+v", code, found["stored files"])
				}
				rename(t, audio+".away", audio)
			})
			t.Run("a file of no song", func(t *testing.T) {
				stray := filepath.Join(at.folder, "objects", "audio", "aa", strings.Repeat("aa", 32))
				if err := os.MkdirAll(filepath.Dir(stray), 0o700); err != nil {
					t.Fatal(err)
				}
				put(t, stray, []byte("stray"))
				wants(t, 1, map[string]string{"stored files": "warning"}, at.environment())
				wants(t, 0, well, at.environment(), "--repair")
				if _, err := os.Stat(stray); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("it is still there: %v", err)
				}
				if diff := cmp.Diff(names, objects(t, at.folder)); diff != "" {
					t.Errorf("others went with it: %s", diff)
				}
			})
			t.Run("a folder of another database", func(t *testing.T) { doctorOfAnother(t, at) })
			t.Run("rights", func(t *testing.T) {
				if err := os.Chmod(at.folder, 0o755); err != nil {
					t.Fatal(err)
				}
				wants(t, 1, map[string]string{"data folder": "warning"}, at.environment())
				wants(t, 0, well, at.environment(), "--repair")
			})
			t.Run("settings", func(t *testing.T) {
				wants(t, 2, map[string]string{"library folder": "error"}, append(at.environment(), "MUSIC_DIRS=/nowhere/at/all"))
				wants(t, 1, map[string]string{"library folder": "warning"}, append(at.environment(), "MUSIC_DIRS="+t.TempDir()))
				wants(t, 1, map[string]string{"proxy and TLS": "warning"}, append(at.environment(), "CLIENT_URL=https://music.example"))
				wants(t, 2, map[string]string{"configuration": "error"}, append(at.environment(), "JWT_EXPIRE=soon"))
			})
		})
	}
}

// doctorOfAnother gives the folder to another database: nothing is deleted from it, until it is taken over.
func doctorOfAnother(t *testing.T, at place) {
	mark := filepath.Join(at.folder, "database-id")
	put(t, mark, []byte("ANOTHER\n"))
	wants(t, 2, map[string]string{"data folder of this database": "error"}, at.environment())
	p := start(t, at.folder, append(at.database, "RATE_LIMIT_AUTH=off")...)
	p.awaitLog(t, "DATA_DIR does not fit the database")
	c := &client{t: t, url: p.url}
	c.grant(http.StatusOK, "/api/auth/login", `{"username":"anna","password":"`+password+`"}`)
	before := len(objects(t, at.folder))
	done := c.add(tone(7))
	c.want(http.StatusNoContent, http.MethodDelete, "/api/songs/"+text(done.Song.ID), "")
	if got := len(objects(t, at.folder)); got <= before {
		t.Errorf("%d stored files, %d before an upload that was deleted again", got, before)
	}
	stopNow(t, p)
	wants(t, 0, map[string]string{}, at.environment(), "--repair")
	if got := len(objects(t, at.folder)); got != before {
		t.Errorf("%d stored files, %d before", got, before)
	}
}

func TestDoctorAsksWhoListens(t *testing.T) {
	at := newPlace(t, "sqlite")
	p := at.start(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, 0, map[string]string{}, append(at.environment(), "PORT="+port))
	wants(t, 1, map[string]string{"port": "warning"}, append(at.environment(), "PORT="+freePort(t)))
	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			connection, err := stranger.Accept()
			if err != nil {
				return
			}
			_ = connection.Close()
		}
	}()
	defer func() { _ = stranger.Close() }()
	_, port, _ = net.SplitHostPort(stranger.Addr().String())
	wants(t, 2, map[string]string{"port": "error"}, append(at.environment(), "PORT="+port))
}

func TestDoctorWithoutDatabase(t *testing.T) {
	at := place{folder: filepath.Join(t.TempDir(), "data")}
	wants(t, 2, map[string]string{"data folder": "warning", "database": "error"}, at.environment())
	if _, err := os.Stat(at.folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the doctor made the data folder: %v", err)
	}
	wants(t, 2, map[string]string{"data folder": "warning", "database": "error"},
		append(at.environment(), "DATABASE_URL=postgres://nobody@127.0.0.1:1/none"))
	does(t, at.environment(), "migrate", "to", "1")
	wants(t, 1, map[string]string{"schema": "warning"}, at.environment())
	put(t, filepath.Join(at.folder, "hathor.db"), []byte(strings.Repeat("no database ", 1000)))
	wants(t, 2, map[string]string{"database": "error"}, at.environment())
}

func firstOf(t *testing.T, names []string, prefix string) string {
	t.Helper()
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			return name
		}
	}
	t.Fatalf("none of %q begins with %s", names, prefix)
	return ""
}

func put(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func stopNow(t *testing.T, p *program) {
	t.Helper()
	p.signal(t, os.Interrupt)
	if err := p.command.Wait(); err != nil {
		t.Errorf("after SIGINT: %v", err)
	}
}
