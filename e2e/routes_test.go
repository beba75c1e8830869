package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// everyAnswer are the header fields that no answer may lack.
var everyAnswer = []string{
	"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
	"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id",
}

// TestStrangerAtEveryRoute asks every route of the document without a session: no answer lacks its
// headers, none is a failure of the server, every error has our shape.
func TestStrangerAtEveryRoute(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "LOG_LEVEL=warn")
	_, text := get(t, p.url+"/api/openapi.json")
	var document struct {
		Paths map[string]map[string]struct {
			Security []any `json:"security"`
		} `json:"paths"`
	}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Paths) < 20 {
		t.Fatalf("the document has only %d paths", len(document.Paths))
	}
	parameter := regexp.MustCompile(`\{\w+\}`)
	for path, methods := range document.Paths {
		for method, route := range methods {
			t.Run(method+" "+path, func(t *testing.T) {
				status := look(t, strings.ToUpper(method), p.url+parameter.ReplaceAllString(path, "1"))
				if len(route.Security) > 0 && status != http.StatusUnauthorized {
					t.Errorf("a stranger got %d", status)
				}
			})
		}
	}
}

// look asks and checks what every answer must have; it returns the status.
func look(t *testing.T, method, url string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range everyAnswer {
		if answer.Header.Get(name) == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if answer.StatusCode >= 500 {
		t.Errorf("got %d: %s", answer.StatusCode, body)
	}
	if answer.StatusCode >= 400 && method != http.MethodHead {
		checkShape(t, answer, body)
	}
	return answer.StatusCode
}

func checkShape(t *testing.T, answer *http.Response, body []byte) {
	t.Helper()
	var problem struct{ Error, Code string }
	if err := json.Unmarshal(body, &problem); err != nil || problem.Error == "" || problem.Code == "" {
		t.Errorf("%d is not in our shape: %s", answer.StatusCode, body)
	}
	if got := answer.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type of the error: %q", got)
	}
}
