package shipping

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// exposed is the most that `systemd-analyze security` may find, of 100: what remains is the network.
const exposed = "15"

// unit copies the shipped unit, changed, to where systemd-analyze can read it.
func unit(t *testing.T, changes ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "deploy/systemd/hathor.service"))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "hathor.service")
	if err := os.WriteFile(name, []byte(strings.NewReplacer(changes...).Replace(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// analyze runs systemd-analyze, which needs no systemd that runs.
func analyze(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not on this machine (Debian package: systemd)")
	}
	command := exec.Command(program, arguments...)
	command.Env = append(os.Environ(), "SYSTEMD_LOG_LEVEL=warning", "SYSTEMD_PAGER=")
	out, err := command.CombinedOutput()
	return string(out), err
}

func TestUnitIsUnderstood(t *testing.T) {
	here := []string{"/usr/bin/hathor ", "/bin/sh "} // verify wants the program to be there
	if out, err := analyze(t, "verify", "--man=no", unit(t, here...)); err != nil || strings.Contains(out, "hathor.service:") {
		t.Errorf("%v: %s", err, out)
	}
	out, err := analyze(t, "verify", "--man=no", unit(t, append(here, "ProtectSystem", "ProtectSystm")...))
	if err == nil && !strings.Contains(out, "ProtectSystm") {
		t.Errorf("a misspelt setting passed: %s", out)
	}
}

func TestUnitIsHardened(t *testing.T) {
	check := []string{"security", "--offline=true", "--no-pager", "--threshold=" + exposed}
	if out, err := analyze(t, append(check, unit(t))...); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	for _, weaker := range [][]string{{"\nSystemCallFilter=", "\n#"}, {"CapabilityBoundingSet=", "#"}} {
		if out, err := analyze(t, append(check, unit(t, weaker...))...); err == nil {
			t.Errorf("without %s it passes: %.300s", weaker[0], out)
		}
	}
}

// TestUnitFitsTheProgram: systemd must not kill before the server has finished, and must know where it writes.
func TestUnitFitsTheProgram(t *testing.T) {
	text, err := os.ReadFile(unit(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"ExecStart=/usr/bin/hathor serve", "StateDirectory=hathor", "DynamicUser=yes", "ProtectSystem=strict",
		"NoNewPrivileges=yes", "MemoryDenyWriteExecute=yes", "KillSignal=SIGTERM", "TimeoutStopSec=40",
	} {
		if !strings.Contains(string(text), "\n"+line+"\n") {
			t.Errorf("lacks %s", line)
		}
	}
	if !strings.Contains(string(text), "DATA_DIR=/var/lib/hathor") {
		t.Error("data and StateDirectory are two places")
	}
}
