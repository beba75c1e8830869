package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"hathor/internal/media/mediatest"
)

// busyServer is one with all the figures it can have: requests that succeed and fail, streams, a scan.
func busyServer(t *testing.T) *client {
	t.Helper()
	music := t.TempDir()
	if err := os.WriteFile(filepath.Join(music, "broken.mp3"), []byte("no music"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _ := limited(t, "MUSIC_DIRS="+music)
	id := c.add(mediatest.WAV(mediatest.Tags{Title: "Line"}, time.Second, 440)).Song.ID
	c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/stream", id), "")
	c.ask(http.MethodPost, "/api/auth/login", `{"username":"anna","password":"Wrong1horse"}`)
	until(t, 20*time.Second, func() bool {
		return strings.Contains(string(c.ask(http.MethodGet, "/api/metrics", "").body), "\nhathor_scan_failed_files 1\n")
	})
	return c
}

// samples are the label names of each figure, and the values that labels have.
type samples struct {
	labels map[string][]string // by the figure's name
	values map[string][]string // by the label's name
}

var (
	sampleLine = regexp.MustCompile(`(?m)^(\w+)(?:\{(.*)\})? `)
	labelPair  = regexp.MustCompile(`(\w+)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"`)
	figure     = regexp.MustCompile(`\b((?:hathor|process|go)_\w+)(?:\{([^}]*(?:\{[^}]*\}[^}]*)*)\})?`)
	grouping   = regexp.MustCompile(`\bby \(([^)]*)\)`)
)

func readSamples(text string) samples {
	s := samples{map[string][]string{}, map[string][]string{}}
	for _, line := range sampleLine.FindAllStringSubmatch(text, -1) {
		s.labels[line[1]] = append(s.labels[line[1]], "job", "instance") // Prometheus adds them
		for _, pair := range labelPair.FindAllStringSubmatch(line[2], -1) {
			s.labels[line[1]] = append(s.labels[line[1]], pair[1])
			s.values[pair[1]] = append(s.values[pair[1]], pair[3])
		}
	}
	return s
}

// unknown names what an expression speaks of that the server does not have.
func (s samples) unknown(expression string) []string {
	var wrong, labels []string
	for _, use := range figure.FindAllStringSubmatch(expression, -1) {
		have, ok := s.labels[use[1]]
		if !ok {
			wrong = append(wrong, use[1])
		}
		labels = append(labels, have...)
		for _, pair := range labelPair.FindAllStringSubmatch(use[2], -1) {
			if !slices.Contains(have, pair[1]) {
				wrong = append(wrong, use[1]+" has no "+pair[1])
			}
			if pair[1] == "route" && pair[2] == "=" && !slices.Contains(s.values["route"], pair[3]) {
				wrong = append(wrong, "no route "+pair[3])
			}
		}
	}
	for _, group := range grouping.FindAllStringSubmatch(expression, -1) {
		for _, label := range strings.Split(group[1], ",") {
			if label = strings.TrimSpace(label); !slices.Contains(labels, label) {
				wrong = append(wrong, "no label "+label)
			}
		}
	}
	return wrong
}

// dashboard gives the expressions of every panel.
func dashboard(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../deploy/grafana/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Type    string
			Targets []struct{ RefID, Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, panel := range board.Panels {
		if len(panel.Targets) == 0 && panel.Type != "row" {
			t.Errorf("the panel %q shows nothing", panel.Title)
		}
		for _, target := range panel.Targets {
			all[panel.Title+" "+target.RefID] = target.Expr
		}
	}
	return all
}

// alerts gives the expression of every alert.
func alerts(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../deploy/prometheus/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			all[rule.Alert] = rule.Expr
		}
	}
	return all
}

func TestDashboardAndAlertsSpeakOfWhatThereIs(t *testing.T) {
	c := busyServer(t)
	have := readSamples(string(c.want(http.StatusOK, http.MethodGet, "/api/metrics", "").body))
	for _, of := range []map[string]string{dashboard(t), alerts(t)} {
		if len(of) < 9 {
			t.Errorf("only %d expressions were found", len(of))
		}
		for name, expression := range of {
			if wrong := have.unknown(expression); len(wrong) > 0 {
				t.Errorf("%s: %v", name, wrong)
			}
		}
	}
	for _, wrong := range []string{
		`rate(hathor_http_requests_total[5m])`, `hathor_check_healthy{part="database"}`, `sum by (code) (hathor_check_healthy)`,
		`hathor_http_request_duration_seconds_count{route="/api/login"}`,
	} {
		if got := have.unknown(wrong); len(got) != 1 {
			t.Errorf("%s: found %v wrong", wrong, got)
		}
	}
}

// installed finds a program of a Debian package.
func installed(t *testing.T, program, of string) string {
	t.Helper()
	found, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is not on this machine (Debian package: %s)", program, of)
	}
	return found
}

func TestAlertsFireWhenTheyShould(t *testing.T) {
	promtool := installed(t, "promtool", "prometheus")
	for _, arguments := range [][]string{
		{"check", "rules", "alerts.yml"}, {"test", "rules", "alerts_test.yml"}, {"check", "config", "--syntax-only", "prometheus.yml"},
	} {
		command := exec.Command(promtool, arguments...)
		command.Dir = "../deploy/prometheus"
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", arguments, err, out)
		}
	}
	tests, err := os.ReadFile("../deploy/prometheus/alerts_test.yml")
	if err != nil {
		t.Fatal(err)
	}
	for name := range alerts(t) {
		if strings.Count(string(tests), name) < 2 {
			t.Errorf("%s is not tried both ways", name)
		}
	}
}

// TestPrometheusReads starts a Prometheus with the shipped configuration beside a server, and asks it all that the
// dashboard would.
func TestPrometheusReads(t *testing.T) {
	program := installed(t, "prometheus", "prometheus")
	c := busyServer(t)
	at := startPrometheus(t, program, c)
	query := func(expression string) string {
		expression = strings.NewReplacer("$job", "hathor", "$instance", ".*", "$__rate_interval", "1m").Replace(expression)
		status, body := get(t, at+"/api/v1/query?query="+url.QueryEscape(expression))
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", expression, status, body)
		}
		return body
	}
	until(t, 60*time.Second, func() bool { return strings.Contains(query(`up{job="hathor"}`), `,"1"]`) })
	for name, expression := range dashboard(t) {
		if body := query(expression); !strings.Contains(body, `"status":"success"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
	if body := query("hathor_scan_failed_files"); !strings.Contains(body, `,"1"]`) {
		t.Errorf("the scan's figure is %s", body)
	}
	for name := range alerts(t) {
		if _, body := get(t, at+"/api/v1/rules"); !strings.Contains(body, name) {
			t.Errorf("%s is not loaded", name)
		}
	}
}

func startPrometheus(t *testing.T, program string, c *client) string {
	t.Helper()
	folder, port := t.TempDir(), freePort(t)
	text, err := os.ReadFile("../deploy/prometheus/prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := filepath.Abs("../deploy/prometheus/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(folder, "hathor.key")
	changed := strings.NewReplacer(
		"app:5000", strings.TrimPrefix(c.url, "http://"), "/etc/prometheus/hathor.key", key, "alerts.yml", rules, "interval: 15s", "interval: 1s",
	).Replace(string(text))
	for name, content := range map[string]string{key: makeKey(c, "read"), filepath.Join(folder, "prometheus.yml"): changed} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(program, "--config.file="+filepath.Join(folder, "prometheus.yml"), "--storage.tsdb.path="+filepath.Join(folder, "data"),
		"--web.listen-address=127.0.0.1:"+port)
	var said strings.Builder
	command.Stderr = &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
	until(t, 30*time.Second, func() bool {
		answer, err := http.Get("http://127.0.0.1:" + port + "/-/ready")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return "http://127.0.0.1:" + port
}
