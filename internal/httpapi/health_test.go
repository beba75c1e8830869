package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hathor/internal/clock"
)

func TestHealthTellsTheTruth(t *testing.T) {
	time := clock.NewFake(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	var gone atomic.Bool
	health := NewHealth(time, "1.2.3",
		Check{Name: "database", Essential: true, Ask: func(context.Context) error {
			if gone.Load() {
				return errors.New("dial tcp 10.0.0.7:5432: refused")
			}
			return nil
		}},
		Check{Name: "redis"},
	)
	server := serve(t, Services{Clock: time, Health: health})
	for _, round := range []struct {
		gone             bool
		status           int
		overall, ofCheck string
	}{{false, 200, "ok", "healthy"}, {true, 503, "degraded", "unhealthy"}, {false, 200, "ok", "healthy"}} {
		gone.Store(round.gone)
		time.Advance(2 * freshFor)
		answer, body := ask(t, server, "GET", "/api/health", "")
		var view healthView
		if err := json.Unmarshal([]byte(body), &view); err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != round.status || view.Status != round.overall || view.Checks["database"].Status != round.ofCheck {
			t.Errorf("gone %v: got %d %s", round.gone, answer.StatusCode, body)
		}
		if view.Version != "1.2.3" || view.Uptime <= 0 || view.Timestamp.IsZero() || view.Checks["redis"].Status != "not configured" {
			t.Errorf("got %s", body)
		}
		if strings.Contains(body, "10.0.0.7") {
			t.Errorf("the answer shows an inside: %s", body)
		}
		if ready, _ := ask(t, server, "GET", "/api/health/ready", ""); ready.StatusCode != round.status {
			t.Errorf("gone %v: ready is %d", round.gone, ready.StatusCode)
		}
		if live, _ := ask(t, server, "GET", "/api/health/live", ""); live.StatusCode != 200 {
			t.Errorf("gone %v: live is %d", round.gone, live.StatusCode)
		}
	}
}

func TestUnwellButNotEssentialStaysReady(t *testing.T) {
	broken := func(context.Context) error { return errors.New("disk on fire") }
	server := serve(t, Services{Health: NewHealth(clock.System{}, "", Check{Name: "storage", Ask: broken})})
	if answer, body := ask(t, server, "GET", "/api/health", ""); answer.StatusCode != 503 {
		t.Errorf("health: %d %s", answer.StatusCode, body)
	}
	if answer, body := ask(t, server, "GET", "/api/health/ready", ""); answer.StatusCode != 200 {
		t.Errorf("ready: %d %s", answer.StatusCode, body)
	}
}

func TestDrainingIsNotReady(t *testing.T) {
	health := NewHealth(clock.System{}, "")
	server := serve(t, Services{Health: health})
	health.Drain()
	answer, body := ask(t, server, "GET", "/api/health/ready", "")
	if answer.StatusCode != 503 || !strings.Contains(body, "not ready") {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
}

func TestStuckOrPanickingCheckIsUnhealthyInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		defer close(free)
		health := NewHealth(clock.System{}, "",
			Check{Name: "stuck", Ask: func(context.Context) error { <-free; return nil }},
			Check{Name: "panicking", Ask: func(context.Context) error { panic("oh") }},
		)
		begun := time.Now()
		for name, view := range health.examine(t.Context()) {
			if view.Status != unhealthy {
				t.Errorf("%s: got %s", name, view.Status)
			}
		}
		if took := time.Since(begun); took != checkPatience {
			t.Errorf("took %v, want %v", took, checkPatience)
		}
	})
}

func TestCrowdOfAskersIsOneCheck(t *testing.T) {
	var asked atomic.Int64
	time := clock.NewFake(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	health := NewHealth(time, "", Check{Name: "database", Ask: func(context.Context) error { asked.Add(1); return nil }})
	for range 50 {
		health.examine(t.Context())
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times within a second", asked.Load())
	}
	time.Advance(freshFor)
	health.examine(t.Context())
	if asked.Load() != 2 {
		t.Errorf("asked %d times, want a second time after a second", asked.Load())
	}
}

func TestMetricsCountByRoutePattern(t *testing.T) {
	metrics := NewMetrics()
	metrics.WatchDatabase(func() (int, int, int64) { return 3, 2, 1 })
	metrics.WatchJobs(func() int64 { return 4 })
	metrics.WatchScan(func() (bool, int) { return true, 7 })
	metrics.WatchHealth(NewHealth(clock.System{}, "",
		Check{Name: "database", Ask: func(context.Context) error { return nil }},
		Check{Name: "storage", Ask: func(context.Context) error { return errors.New("disk on fire") }},
		Check{Name: "redis"}))
	server := serve(t, Services{Metrics: metrics})
	ask(t, server, "GET", "/api/things/1", "")
	ask(t, server, "GET", "/api/things/2", "")
	ask(t, server, "GET", "/api/panic", "")
	ask(t, server, "BREW", "/api/nope/4711", "")
	// Closing waits for the requests, whose answers are read before they are counted.
	server.Close()
	text := figures(t, metrics)
	for _, want := range []string{
		`hathor_http_request_duration_seconds_count{method="GET",route="/api/things/{id}",status="200"} 2`,
		`hathor_http_request_duration_seconds_count{method="GET",route="/api/panic",status="500"} 1`,
		`hathor_http_panics_total 1`, `hathor_database_connections_open 3`, `hathor_database_connections_busy 2`,
		`hathor_database_waits_total 1`, `hathor_job_panics_total 4`, `go_goroutines`,
		`hathor_check_healthy{check="database"} 1`, `hathor_check_healthy{check="storage"} 0`,
		`hathor_scan_running 1`, `hathor_scan_failed_files 7`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(text, `check="redis"`) {
		t.Error("a part that is not configured has a figure")
	}
	if strings.Contains(text, "nope") || strings.Contains(text, "BREW") {
		t.Error("a stranger's path or method became a label")
	}
}

// figures reads what Prometheus would.
func figures(t *testing.T, m *Metrics) string {
	t.Helper()
	answer := httptest.NewRecorder()
	m.handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	return answer.Body.String()
}
