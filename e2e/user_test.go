package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// TestUserCommandsBesideARunningServer looks after accounts on the command line while a server runs, which
// notices within a second.
func TestUserCommandsBesideARunningServer(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		data := filepath.Join(t.TempDir(), "data")
		p := start(t, data, append(environment, "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "LOG_LEVEL=error")...)
		admin, ben := register(t, p.url, "admin"), register(t, p.url, "ben")
		ben.add(mediatest.WAV(mediatest.Tags{Title: "Alone"}, time.Second, 440), "private", "true")
		user := func(arguments ...string) string {
			t.Helper()
			command := exec.Command(os.Getenv("HATHOR_BIN"), append([]string{"user"}, arguments...)...)
			command.Env = append(append(os.Environ(), environment...), "DATA_DIR="+data)
			output, err := command.CombinedOutput()
			if err != nil {
				t.Fatalf("hathor user %v: %v: %s", arguments, err, output)
			}
			return string(output)
		}
		ben.want(http.StatusOK, http.MethodGet, "/api/auth/profile", "")
		user("disable", "ben")
		ben.await(http.StatusUnauthorized, "/api/auth/profile")
		user("enable", "ben")
		ben = ben.again("ben")
		if !strings.Contains(user("list"), "ben") {
			t.Error("ben is not listed")
		}
		user("set-role", "ben", "admin")
		ben.await(http.StatusOK, "/api/users")
		user("delete", "ben")
		ben.await(http.StatusUnauthorized, "/api/auth/profile")
		log := admin.want(http.StatusOK, http.MethodGet, "/api/audit?action=account.delete", "")
		if !strings.Contains(string(log.body), "command line") || strings.Contains(string(log.body), `"actor"`) {
			t.Errorf("audited: %s", log.body)
		}
		if out := user("list", "--json"); strings.Contains(out, "ben") {
			t.Errorf("still listed: %s", out)
		}
	})
}

// await asks until the answer has the status. That it comes within a second is what tests with a clock of their
// own say; here the machine may be busy.
func (c *client) await(status int, path string) {
	c.t.Helper()
	late := time.After(20 * time.Second)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		got := c.ask(http.MethodGet, path, "")
		if got.status == status {
			return
		}
		select {
		case <-again.C:
		case <-late:
			c.t.Fatalf("%s: still %d, want %d", path, got.status, status)
		}
	}
}
