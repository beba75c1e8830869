package shipping

import (
	"bufio"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestImage builds the image in plain folders from what git knows, and runs it as an engine would.
func TestImage(t *testing.T) {
	if err := exec.Command("unshare", "--mount", "mount", "--bind", "/tmp", "/tmp").Run(); err != nil && os.Getenv("CI") != "true" {
		t.Skipf("the image's folder is entered by mount and chroot, which needs root: %v", err)
	}
	dockerfile, err := os.ReadFile(filepath.Join(root(t), "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{
		context: sent(t, root(t), tracked(t, root(t))), run: shellRun,
		given: map[string]string{"VERSION": "9.8.7", "REVISION": "0123abc"},
	}
	image, err := b.build(t, dockerfile)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("says", func(t *testing.T) { says(t, image) })
	t.Run("runs", func(t *testing.T) { runs(t, image) })
	t.Run("holds little", func(t *testing.T) { holdsLittle(t, b, image) })
}

// says looks at what the image tells an engine.
func says(t *testing.T, image *built) {
	if uid, _, err := ids(image.user); err != nil || uid == 0 {
		t.Errorf("USER %q: want numbers, not root: %v", image.user, err)
	}
	if !slices.Equal(image.volumes, []string{"/data"}) || !slices.Equal(image.ports, []string{"5000"}) || image.stopSignal != "SIGTERM" {
		t.Errorf("got volumes %v, ports %v, stop by %s", image.volumes, image.ports, image.stopSignal)
	}
	const prefix = "org.opencontainers.image."
	for name, want := range map[string]string{"version": "9.8.7", "revision": "0123abc", "licenses": "Apache-2.0", "title": "Hathor"} {
		if got := image.labels[prefix+name]; got != want {
			t.Errorf("label %s: got %q, want %q", name, got, want)
		}
	}
	out, err := image.command(t, image.entrypoint[0], "version").Output()
	if err != nil || string(out) != "hathor 9.8.7\n" {
		t.Errorf("version: got %q %v", out, err)
	}
}

// runs starts the image's own command, asks its own health check, and stops it by its own signal.
func runs(t *testing.T, image *built) {
	before := listed(t, image.folder)
	server := image.command(t, append(slices.Clone(image.entrypoint), image.cmd...)...)
	server.Env = append(server.Env, "HOST=127.0.0.1", "PORT=0")
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said %q: %v", line, err)
	}
	address := strings.TrimSpace(line[strings.LastIndex(line, "http://"):])
	healthy := func() error {
		check := image.command(t, image.health...)
		check.Env = append(check.Env, "HOST=127.0.0.1", "PORT="+port(t, address))
		return check.Run()
	}
	if err := healthy(); err != nil {
		t.Errorf("health check: %v", err)
	}
	if got := page(t, address); !strings.Contains(got, "<title>Hathor</title>") || !strings.Contains(got, "/assets/") {
		t.Errorf("the client is not in the image: %.300s", got)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	var exit *exec.ExitError
	if err := healthy(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("health check of a stopped server: %v", err)
	}
	if after := listed(t, image.folder); !slices.Equal(before, after) {
		t.Errorf("outside /data there was %v and is %v", before, after)
	}
}

// command runs within the image's folder alone: all of it read-only but /data, as the image's user and with
// no right to more.
func (s *built) command(t *testing.T, arguments ...string) *exec.Cmd {
	t.Helper()
	const script = `cd "$1"; user=$2; shift 2
mount --bind . . && mount -o remount,ro,bind . && cd "$PWD" && mount --bind data data && mount -o remount,rw,bind data
exec chroot --userspec="$user" --groups= . "$@"`
	enter := append([]string{"--mount", "sh", "-ec", script, "enter", s.folder, s.user}, arguments...)
	command := exec.CommandContext(t.Context(), "unshare", enter...)
	command.Env = nil
	for name, value := range s.env {
		command.Env = append(command.Env, name+"="+value)
	}
	command.Env = append(command.Env, "PATH=/usr/sbin:/usr/bin:/sbin:/bin")
	return command
}

// holdsLittle keeps the sources, the packages and the build's tools out of the image.
func holdsLittle(t *testing.T, b *builder, image *built) {
	want := []string{"usr/bin/hathor", "usr/share/doc/hathor/LICENSE"}
	if got := listed(t, image.folder); !slices.Equal(got, want) {
		t.Errorf("the image holds %v, want %v", got, want)
	}
	info, err := os.Stat(filepath.Join(image.folder, "data"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("/data: %v %v", info, err)
	}
	for _, name := range []string{".git", "e2e", "tools", "docs", "web/node_modules", "internal/pgtest/start_test.go"} {
		if _, err := os.Stat(filepath.Join(b.context, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is sent to the engine: %v", name, err)
		}
	}
}

// listed names the files of a folder outside /data.
func listed(t *testing.T, folder string) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if name == "data" {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func port(t *testing.T, address string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func page(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text := make([]byte, 4096)
	n, _ := answer.Body.Read(text)
	return string(text[:n])
}

// TestBuildFailsWithoutWhatItCopies proves that the test above can fail.
func TestBuildFailsWithoutWhatItCopies(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"kept": "1", "hidden": "2", "unknown": "3", ".dockerignore": "*\n!kept\n!unknown\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for step, want := range map[string]string{
		"COPY kept /":               "",
		"COPY hidden /":             "not in the build context",
		"COPY unknown /":            "not in the build context",
		"COPY --from=gone kept /":   "no stage",
		"RUN cat /etc/passwd":       "absolute path",
		"COPY $NAME /":              "unknown in",
		"ADD kept /":                "not known here",
		"FROM debian:12-slim":       "stands in for it",
		"FROM node\nCOPY kept /":    "no version",
		"FROM node:latest\nUSER me": "no version",
	} {
		b := &builder{context: sent(t, folder, []string{"kept", "hidden"}), run: shellRun}
		_, err := b.build(t, []byte("FROM node:20\n"+step+"\n"))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", step, err, want)
		}
	}
}
