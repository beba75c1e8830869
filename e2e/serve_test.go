package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// program is a running server.
type program struct {
	command *exec.Cmd
	url     string
	log     *bufio.Reader
}

// start runs the program on a free port of loopback with a data folder, and waits for its address.
func start(t *testing.T, folder string, environment ...string) *program {
	t.Helper()
	p := &program{command: exec.Command(os.Getenv("HATHOR_BIN"), "serve")}
	p.command.Dir = t.TempDir()
	p.command.Env = append([]string{"HOST=127.0.0.1", "PORT=0", "DATA_DIR=" + folder}, environment...)
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := p.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.command.Process.Kill()
		_ = p.command.Wait()
	})
	p.log = bufio.NewReader(stderr)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	p.url = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(line)
	if err != nil || p.url == "" {
		text, _ := io.ReadAll(p.log)
		t.Fatalf("the server printed no address: %q %v\n%s", line, err, text)
	}
	if slices.Contains(environment, throughNginx) {
		p.url = newFront(t, "nginx.conf", p.url).url
	}
	return p
}

// awaitLog reads the log until a line contains the words.
func (p *program) awaitLog(t *testing.T, words string) {
	t.Helper()
	for {
		line, err := p.log.ReadString('\n')
		if err != nil {
			t.Fatalf("the log ended without %q: %v", words, err)
		}
		if strings.Contains(line, words) {
			return
		}
	}
}

func (p *program) signal(t *testing.T, signal os.Signal) {
	t.Helper()
	if err := p.command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestServeStopsWhenAsked(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	p := start(t, folder)
	if status, body := get(t, p.url+"/api/health"); status != http.StatusOK {
		t.Errorf("health: %d %s", status, body)
	}
	second := exec.Command(os.Getenv("HATHOR_BIN"))
	second.Env = []string{"HOST=127.0.0.1", "PORT=0", "DATA_DIR=" + folder}
	if output, err := second.CombinedOutput(); err == nil || !strings.Contains(string(output), "another hathor uses the data folder") {
		t.Errorf("a second server on the folder: %v %s", err, output)
	}
	p.signal(t, syscall.SIGTERM)
	if err := p.command.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
}

func TestServeAgainAfterBeingKilled(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	first := start(t, folder)
	first.signal(t, syscall.SIGKILL)
	_ = first.command.Wait()
	if status, body := get(t, start(t, folder).url+"/api/health/ready"); status != http.StatusOK {
		t.Errorf("ready: %d %s", status, body)
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"))
	holding, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holding.Close() }()
	if _, err := fmt.Fprint(holding, "GET /api/health HTTP/1.1\r\nHost: half a request\r\n"); err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, p.url+"/api/health/live"); status != http.StatusOK { // the half request is accepted by now
		t.Fatal(status)
	}
	p.signal(t, syscall.SIGINT)
	p.awaitLog(t, "stopping")
	p.signal(t, syscall.SIGINT)
	var exit *exec.ExitError
	if err := p.command.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("after the second signal: %v", err)
	}
}

func TestHeaderTooLargeIsRefused(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"))
	for size, want := range map[int]int{8 << 10: http.StatusOK, 64 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+"/api/health/live", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Long", strings.Repeat("a", size))
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%d bytes of header: got %d, want %d", size, answer.StatusCode, want)
		}
	}
}

func TestLogFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "hathor.log")
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_FILE="+name)
	get(t, p.url+"/api/health/live?apiKey=geheim")
	p.signal(t, syscall.SIGTERM)
	if err := p.command.Wait(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"url":"/api/health/live?apiKey=-"`) || strings.Contains(string(text), "geheim") {
		t.Errorf("got %s", text)
	}
}

// TestLogTellsWhatAStartFound is for who wonders why music is missing, or which start moved the schema.
func TestLogTellsWhatAStartFound(t *testing.T) {
	data, away := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "away")
	environment := []string{"DATA_DIR=" + data}
	does(t, environment, "migrate", "up")
	does(t, environment, "migrate", "to", "1")
	p := start(t, data, "MUSIC_DIRS="+away)
	p.awaitLog(t, `"msg":"the schema was brought up","from":1`)
	p.awaitLog(t, `"msg":"a library folder was not scanned"`)
	p.awaitLog(t, `"msg":"scan ended"`)
}
