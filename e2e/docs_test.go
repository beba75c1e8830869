package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// Every page for operators is run: its blocks marked sh share one shell with "set -eu", in a folder of their own
// that is HOME and the current one. On the PATH are the built program as hathor, and before everything else the
// stand-ins of testdata/standins for what needs an engine, an init system or root; these know a closed list of
// arguments and fail on any other. PORT, HOST and DATA_DIR are set for that folder. A page with the line
//
//	<!-- needs: server -->
//
// finds a running server on this PORT that uses this DATA_DIR and holds a song, its address in $HATHOR_URL and an
// admin's access token in $HATHOR_TOKEN.

// page is a page's commands, each on the line it has in the page; all other lines are empty.
type page struct {
	name   string
	script string
	blocks int
	server bool
}

func readPage(name, text string) (page, error) {
	p := page{name: filepath.Base(name)}
	lines := strings.Split(text, "\n")
	fence, commands := "", false
	for i, line := range lines {
		lines[i] = ""
		mark, language, opens := cutFence(line)
		switch {
		case fence == "" && opens:
			fence, commands = mark, language == "sh"
			if slices.Contains([]string{"bash", "shell", "console", "zsh", ""}, language) {
				return p, fmt.Errorf("%s:%d: a block marked %q: commands are marked sh, what is none has a language of its own", p.name, i+1, language)
			}
			if commands {
				p.blocks++
			}
		case fence != "" && strings.TrimSpace(line) == fence:
			fence = ""
		case fence != "" && commands:
			lines[i] = line
		case fence == "":
			if err := p.note(line); err != nil {
				return p, fmt.Errorf("%s:%d: %w", p.name, i+1, err)
			}
		}
	}
	if fence != "" {
		return p, fmt.Errorf("%s: a block does not end", p.name)
	}
	p.script = strings.Join(lines, "\n")
	return p, nil
}

var (
	fenceLine = regexp.MustCompile("^ {0,3}(```+|~~~+)([a-z]*)")
	needsLine = regexp.MustCompile(`^<!-- needs: (.*) -->$`)
)

func cutFence(line string) (mark, language string, ok bool) {
	found := fenceLine.FindStringSubmatch(line)
	if found == nil {
		return "", "", false
	}
	return found[1], found[2], true
}

func (p *page) note(line string) error {
	found := needsLine.FindStringSubmatch(line)
	switch {
	case found == nil:
		return nil
	case found[1] == "server":
		p.server = true
		return nil
	}
	return fmt.Errorf("nothing is known that pages need by the name %q", found[1])
}

func TestDocs(t *testing.T) {
	names, err := filepath.Glob("../docs/operations/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := readPage(name, string(text))
		if err != nil {
			t.Error(err)
			continue
		}
		if p.blocks == 0 {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			if output, err := p.run(t, docsHome(t, p)); err != nil {
				t.Errorf("%s: %v\n%s", p.name, err, output)
			}
		})
	}
}

// docsHome makes the folder of a page and returns its environment.
func docsHome(t *testing.T, p page) []string {
	t.Helper()
	home := t.TempDir()
	standins, err := filepath.Abs("testdata/standins")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(home, ".bin")
	for _, folder := range []string{bin, filepath.Join(home, ".tmp"), filepath.Join(home, ".root")} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(os.Getenv("HATHOR_BIN"), filepath.Join(bin, "hathor")); err != nil {
		t.Fatal(err)
	}
	environment := []string{
		"HOME=" + home, "TMPDIR=" + filepath.Join(home, ".tmp"), "PATH=" + strings.Join([]string{standins, bin, os.Getenv("PATH")}, ":"),
		"HOST=127.0.0.1", "PORT=" + freePort(t), "DATA_DIR=" + filepath.Join(home, "data"), "LANG=C.UTF-8",
		"STANDIN_PROJECT=" + root, "STANDIN_ROOT=" + filepath.Join(home, ".root"),
	}
	if !p.server {
		return environment
	}
	server := start(t, filepath.Join(home, "data"), "LOG_LEVEL=error")
	admin := register(t, server.url, "admin")
	admin.add(mediatest.WAV(mediatest.Tags{Title: "Night Bus", Artists: []string{"Ada"}}, time.Second, 440))
	port := server.url[strings.LastIndex(server.url, ":")+1:]
	return append(environment, "PORT="+port, "HATHOR_URL="+server.url, "HATHOR_TOKEN="+admin.token)
}

// freePort is one that nobody listened on a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// run runs the commands in one shell. An error names the line of the page; what the page left running is ended.
func (p page) run(t *testing.T, environment []string) (output string, err error) {
	t.Helper()
	home := strings.TrimPrefix(environment[0], "HOME=")
	script, trap := filepath.Join(home, ".tmp", p.name), filepath.Join(home, ".tmp", "trap")
	for name, text := range map[string]string{script: p.script, trap: `trap 'echo "line $LINENO failed: $BASH_COMMAND" >&2' ERR` + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "bash", "-euE", script)
	command.Dir, command.Env = home, append(environment, "BASH_ENV="+trap)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = 5 * time.Second
	both := filepath.Join(home, ".tmp", "output")
	file, err := os.Create(both) // not a pipe: what runs on would keep it open
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	command.Stdout, command.Stderr = file, file
	err = command.Run()
	if command.Process != nil {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) // this group only, which is ours
	}
	text, readErr := os.ReadFile(both)
	return string(bytes.TrimSpace(text)), errors.Join(err, readErr)
}

// TestDocsAreReallyRun breaks pages on purpose.
func TestDocsAreReallyRun(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"a failing command":         {"# Page\n\n```sh\ntrue\nhathor dance\n```\n", "line 5 failed"},
		"a later block":             {"```sh\nx=1\n```\ntext\n```sh\ntest $x = 2\n```\n", "line 6 failed"},
		"an unset name":             {"```sh\necho $nobody_set_this\n```\n", "line 2: nobody_set_this"},
		"an unknown engine command": {"```sh\ndocker frobnicate\n```\n", "docker frobnicate: the stand-in does not know"},
		"an unknown option":         {"```sh\nsystemctl --frobnicate start hathor\n```\n", "the stand-in does not know"},
		"a file outside":            {"```sh\nsudo tee /etc/hathor-test </dev/null\ntest -e /etc/hathor-test\n```\n", "line 3 failed"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := readPage("page.md", c.text)
			if err != nil {
				t.Fatal(err)
			}
			output, err := p.run(t, docsHome(t, p))
			if err == nil || !strings.Contains(output, c.want) {
				t.Errorf("got %v\n%s", err, output)
			}
		})
	}
	for _, text := range []string{"```bash\nls\n```\n", "```sh\nls\n", "<!-- needs: a miracle -->\n", "```\nls\n```\n"} {
		if _, err := readPage("page.md", text); err == nil {
			t.Errorf("%q is taken for a page", text)
		}
	}
	t.Run("a page with a server", func(t *testing.T) {
		p, err := readPage("page.md", "<!-- needs: server -->\n```sh\ncurl -fsS -H \"Authorization: Bearer $HATHOR_TOKEN\" $HATHOR_URL/api/songs\n```\n```yaml\nno: command\n```\n")
		if err != nil {
			t.Fatal(err)
		}
		if output, err := p.run(t, docsHome(t, p)); err != nil || !strings.Contains(output, "Night Bus") {
			t.Errorf("got %v\n%s", err, output)
		}
	})
}

// TestDocsLeadSomewhere follows the links of the pages to files of the project.
func TestDocsLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	names, err := filepath.Glob("../docs/operations/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), found[1])); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s leads to %s, which is not there", filepath.Base(name), found[1])
			}
		}
	}
}
