package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hathor/internal/clock"
	"hathor/internal/httpapi"
	"hathor/internal/webui"
	"hathor/web"
)

func TestHealthCommandTellsWhetherTheServerIsReady(t *testing.T) {
	health := httpapi.NewHealth(clock.System{}, "")
	handler, err := httpapi.New(httpapi.Services{Clock: clock.System{}, Health: health}, webui.New(web.Dist))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1") // must not be used
	out, code := said("--port="+at.Port(), "health")
	if code != 0 || out != "ready\n" {
		t.Errorf("ready: got %d %q", code, out)
	}
	health.Drain()
	out, code = said("--port="+at.Port(), "health", "--json")
	var answer struct {
		Ready      bool
		URL, Error string
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || code != 1 || answer.Ready || answer.URL != server.URL || !strings.Contains(answer.Error, "503") {
		t.Errorf("draining: got %d %q %v", code, out, err)
	}
}

func TestHealthCommandIsNotFooled(t *testing.T) {
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<html>It works!</html>")
	}))
	defer stranger.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, arguments := range map[string][]string{
		"another program":  {"health", "--url", stranger.URL},
		"nobody there":     {"health", "--url", gone.URL},
		"a port of chance": {"--port=0", "health"},
		"no address":       {"health", "--url", "http://[::"},
	} {
		if out, code := said(arguments...); code != 1 || out != "" {
			t.Errorf("%s: got %d %q", name, code, out)
		}
	}
}

// said runs the program and returns what it printed and its exit code.
func said(arguments ...string) (string, int) {
	var stdout bytes.Buffer
	code := Run(arguments, &stdout, io.Discard)
	return stdout.String(), code
}
