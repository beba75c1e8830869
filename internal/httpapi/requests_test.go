package httpapi

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrongBodies(t *testing.T) {
	const asJSON = "application/json"
	server := serve(t, Services{Settings: Settings{MaxBody: 4096}})
	cases := []struct {
		name, contentType, body string
		status                  int
		code                    string
	}{
		{"right", asJSON, `{"name":"tea"}`, 201, ""},
		{"right, with a charset", "application/json; charset=utf-8", `{"name":"tea"}`, 201, ""},
		{"empty", asJSON, "", 400, "body_required"},
		{"blank", asJSON, " \n", 400, "body_required"},
		{"null", asJSON, "null", 400, "invalid_json"},
		{"a list", asJSON, "[]", 400, "invalid_json"},
		{"cut short", asJSON, `{"name":"te`, 400, "invalid_json"},
		{"trailing garbage", asJSON, `{"name":"tea"}}`, 400, "invalid_json"},
		{"two values", asJSON, `{"name":"tea"} {"name":"tea"}`, 400, "invalid_json"},
		{"a field twice", asJSON, `{"name":"tea","name":"milk"}`, 400, "invalid_json"},
		{"a field twice, spelled otherwise", asJSON, `{"name":"tea","\u006eame":"milk"}`, 400, "invalid_json"},
		{"broken UTF-8", asJSON, "{\"name\":\"te\xff\"}", 400, "invalid_json"},
		{"NUL", asJSON, `{"name":"te\u0000a"}`, 400, "validation_failed"},
		{"NUL in a name", asJSON, `{"na\u0000me":"tea"}`, 400, "invalid_json"},
		{"a number out of range", asJSON, `{"name":"tea","tags":[1e999]}`, 400, "invalid_json"},
		{"deep", asJSON, `{"name":"tea","tags":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, 400, "invalid_json"},
		{"unknown field", asJSON, `{"name":"tea","ownerId":1}`, 400, "validation_failed"},
		{"field in other letters", asJSON, `{"NAME":"tea"}`, 400, "validation_failed"},
		{"boolean as text", asJSON, `{"name":"tea","isPublic":"false"}`, 400, "validation_failed"},
		{"too large", asJSON, `{"name":"` + strings.Repeat("tea", 3000) + `"}`, 413, "body_too_large"},
		{"as a form", "application/x-www-form-urlencoded", "name=tea", 415, "unsupported_media_type"},
		{"as text", "text/plain", `{"name":"tea"}`, 415, "unsupported_media_type"},
		{"as nothing", "", `{"name":"tea"}`, 415, "unsupported_media_type"},
		{"as nonsense", ";;;", `{"name":"tea"}`, 415, "unsupported_media_type"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, body := ask(t, server, "POST", "/api/things", c.body, "Content-Type", c.contentType)
			var problem Problem
			if err := json.Unmarshal([]byte(body), &problem); err != nil {
				t.Fatalf("the answer is no JSON: %q", body)
			}
			if answer.StatusCode != c.status || problem.Code != c.code {
				t.Errorf("got %d %s, want %d %s", answer.StatusCode, body, c.status, c.code)
			}
			for _, inside := range []string{"json:", "Go ", "struct", "unmarshal"} {
				if strings.Contains(body, inside) {
					t.Errorf("the answer shows an inside (%q): %s", inside, body)
				}
			}
		})
	}
}

func TestAHundredThousandNestedArrays(t *testing.T) {
	server := serve(t, Services{})
	answer, body := ask(t, server, "POST", "/api/things", strings.Repeat("[", 100_000), "Content-Type", "application/json")
	if answer.StatusCode != 400 || !strings.Contains(body, "nested too deeply") {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
}

func TestEveryWrongFieldIsNamed(t *testing.T) {
	server := serve(t, Services{})
	cases := []struct{ name, method, target, body, want string }{
		{
			"body", "POST", "/api/things", `{"isPublic":"false","owner":1}`,
			`[{"field":"isPublic","message":"Expected boolean"},{"field":"name","message":"Name is required"},{"field":"owner","message":"Unknown field"}]`,
		},
		{"query too small", "GET", "/api/things?limit=0", "", `[{"field":"limit","message":"Expected number >= 1"}]`},
		{"query no number", "GET", "/api/things?limit=abc", "", `[{"field":"limit","message":"Invalid integer"}]`},
		{"query huge", "GET", "/api/things?limit=1e9", "", `[{"field":"limit","message":"Invalid integer"}]`},
		{"query unknown", "GET", "/api/things?colour=red", "", `[{"field":"colour","message":"Unknown query parameter"}]`},
		{"id 0", "GET", "/api/things/0", "", `[{"field":"id","message":"Invalid ID"}]`},
		{"id abc", "GET", "/api/things/abc", "", `[{"field":"id","message":"Invalid ID"}]`},
		{"id too long", "GET", "/api/things/99999999999999999999", "", `[{"field":"id","message":"Invalid ID"}]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, body := ask(t, server, c.method, c.target, c.body, "Content-Type", "application/json")
			want := `{"error":"Validation failed","code":"validation_failed","details":` + c.want + `}`
			if diff := cmp.Diff(sorted(t, want), sorted(t, body)); answer.StatusCode != 400 || diff != "" {
				t.Errorf("got %d; want against got:\n%s", answer.StatusCode, diff)
			}
		})
	}
}

// sorted reads a problem and orders its details by field.
func sorted(t *testing.T, text string) map[string]string {
	t.Helper()
	var p Problem
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatalf("no JSON: %q", text)
	}
	out := map[string]string{"error": p.Message, "code": p.Code}
	for _, d := range p.Details {
		out["field "+d.Field] = d.Message
	}
	return out
}

func TestUnknownPathsAndMethods(t *testing.T) {
	server := serve(t, Services{})
	const unknown, wrong = `{"error":"Route not found","code":"route_not_found"}`, `{"error":"Method not allowed","code":"method_not_allowed"}`
	cases := []struct {
		method, target string
		status         int
		body, allow    string
	}{
		{"GET", "/api", 404, unknown, ""},
		{"GET", "/api/", 404, unknown, ""},
		{"GET", "/api/nope", 404, unknown, ""},
		{"DELETE", "/api/nope", 404, unknown, ""},
		{"GET", "/api/things/", 404, unknown, ""},
		{"DELETE", "/api/things", 405, wrong, "GET, HEAD, POST"},
		{"OPTIONS", "/api/things", 405, wrong, "GET, HEAD, POST"},
		{"TRACE", "/api/things", 405, wrong, "GET, HEAD, POST"},
		{"POST", "/api/things/7", 405, wrong, "GET, HEAD"},
		{"BREW", "/api/things", 405, wrong, "GET, HEAD, POST"},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			answer, body := ask(t, server, c.method, c.target, "")
			if answer.StatusCode != c.status || strings.TrimSpace(body) != c.body || answer.Header.Get("Allow") != c.allow {
				t.Errorf("got %d %s Allow %q", answer.StatusCode, body, answer.Header.Get("Allow"))
			}
			if got := answer.Header.Get("Content-Type"); got != "application/json" {
				t.Errorf("Content-Type: %q", got)
			}
		})
	}
}

func TestHeadIsAnsweredWhereGetIs(t *testing.T) {
	answer, body := ask(t, serve(t, Services{}), http.MethodHead, "/api/things", "")
	if answer.StatusCode != 200 || body != "" || answer.Header.Get("Content-Type") != "application/json" {
		t.Errorf("got %d %q %v", answer.StatusCode, body, answer.Header)
	}
}

func TestLogLine(t *testing.T) {
	log, lines := newLog()
	server := serve(t, Services{Log: log})
	answer, _ := ask(t, server, "GET", "/api/whoami?q=tea&token=geheim1&Sig=geheim2&%74oken=geheim3&p=geheim4&api_key=geheim5", "",
		"User-Agent", "player \"1.0\" é", "X-Forwarded-For", "6.6.6.6")
	line := lines.next(t, "request")
	delete(line, "time")
	if took, ok := line["duration"].(float64); !ok || took < 0 || took > 60 {
		t.Errorf("duration: %v", line["duration"])
	}
	delete(line, "duration")
	want := map[string]any{
		"level": "INFO", "msg": "request", "method": "GET", "status": 204.0, "bytes": 0.0,
		"url":       "/api/whoami?q=tea&token=-&Sig=-&%74oken=-&p=-&api_key=-",
		"userAgent": "player \"1.0\" é", "ip": "127.0.0.1", "userId": 7.0,
		"requestId": answer.Header.Get("X-Request-Id"),
	}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Errorf("want against got:\n%s", diff)
	}
}

func TestLogLineCannotBeForged(t *testing.T) {
	log, lines := newLog()
	server := serve(t, Services{Log: log})
	ask(t, server, "GET", "/api/%0a%7B%22msg%22:%22request%22%7D", "")
	if got, want := lines.next(t, "request")["url"], "/api/%0a%7B%22msg%22:%22request%22%7D"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(lines.lines) != 0 {
		t.Errorf("more than one line: %q", <-lines.lines)
	}
}
