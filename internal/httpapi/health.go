package httpapi

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"hathor/internal/clock"
)

// checkPatience is how long a part of the server may take to say that it is well.
const checkPatience = 2 * time.Second

// freshFor keeps a crowd of askers from becoming a crowd of checks.
const freshFor = time.Second

// Check is one part of the server that can be well or not.
type Check struct {
	Name string
	// Essential parts make the server not ready while they are unwell.
	Essential bool
	// Ask returns nil when all is well, and ends with its context; nil means the part is not configured.
	Ask func(context.Context) error
}

// Health knows how the server is. It is safe for concurrent use.
type Health struct {
	clock    clock.Clock
	version  string
	started  time.Time
	checks   []Check
	draining atomic.Bool
	mu       sync.Mutex // held during a round of checks: one at a time
	asked    time.Time
	last     map[string]checkView
}

// NewHealth returns a Health over the checks; uptime counts from now.
func NewHealth(c clock.Clock, version string, checks ...Check) *Health {
	return &Health{clock: c, version: version, started: c.Now(), checks: checks}
}

// Drain makes the server not ready for good: it is stopping.
func (h *Health) Drain() { h.draining.Store(true) }

type checkView struct {
	Status       string   `json:"status" enum:"healthy,unhealthy,not configured"`
	ResponseTime *float64 `json:"responseTime,omitempty" doc:"Milliseconds"`
	essential    bool
}

const (
	healthy       = "healthy"
	unhealthy     = "unhealthy"
	notConfigured = "not configured"
)

// examine asks every part at once, or answers what was found less than freshFor ago.
func (h *Health) examine(ctx context.Context) map[string]checkView {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.clock.Now(); h.last != nil && now.Sub(h.asked) < freshFor && !now.Before(h.asked) {
		return h.last
	}
	// The result serves others too: one asker that leaves must not spoil it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkPatience)
	defer cancel()
	views := make([]checkView, len(h.checks))
	var wait sync.WaitGroup
	for i, check := range h.checks {
		wait.Go(func() { views[i] = h.ask(ctx, check) })
	}
	wait.Wait()
	h.last = map[string]checkView{}
	for i, check := range h.checks {
		h.last[check.Name] = views[i]
	}
	h.asked = h.clock.Now()
	return h.last
}

// ask runs one check; the reason of a failure goes to the log, not to whoever asks.
func (h *Health) ask(ctx context.Context, check Check) checkView {
	if check.Ask == nil {
		return checkView{Status: notConfigured}
	}
	begun := h.clock.Now()
	err := within(ctx, check.Ask)
	took := math.Round(float64(h.clock.Now().Sub(begun).Microseconds())) / 1000
	view := checkView{Status: healthy, ResponseTime: &took, essential: check.Essential}
	if err != nil {
		view.Status = unhealthy
		slog.WarnContext(ctx, "health check failed", slog.String("check", check.Name), slog.Any("error", err))
	}
	return view
}

// within stops waiting when ctx ends, also for a check stuck in a system call. A check that panics is unwell.
func within(ctx context.Context, ask func(context.Context) error) error {
	answer := make(chan error, 1)
	go func() {
		defer func() {
			if problem := recover(); problem != nil {
				answer <- errInternal
			}
		}()
		answer <- ask(ctx)
	}()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ready tells whether requests can be answered: everything essential is well, and nobody is stopping the server.
func (h *Health) ready(ctx context.Context) bool {
	if h.draining.Load() {
		return false
	}
	for _, view := range h.examine(ctx) {
		if view.essential && view.Status == unhealthy {
			return false
		}
	}
	return true
}

type healthView struct {
	Status    string               `json:"status" enum:"ok,degraded"`
	Timestamp time.Time            `json:"timestamp"`
	Uptime    float64              `json:"uptime" doc:"Seconds"`
	Version   string               `json:"version"`
	Checks    map[string]checkView `json:"checks"`
}

func (h *Health) view(ctx context.Context) healthView {
	now := h.clock.Now()
	v := healthView{Status: "ok", Timestamp: now, Uptime: seconds(now.Sub(h.started)), Version: h.version, Checks: h.examine(ctx)}
	for _, check := range v.Checks {
		if check.Status == unhealthy {
			v.Status = "degraded"
		}
	}
	return v
}

type healthAnswer struct {
	Status int
	Body   healthView
}

type probeAnswer struct {
	Status int
	Body   struct {
		Status string `json:"status"`
	}
}

func probe(ok bool, well, unwell string) *probeAnswer {
	answer := &probeAnswer{Status: http.StatusOK}
	answer.Body.Status = well
	if !ok {
		answer.Status, answer.Body.Status = http.StatusServiceUnavailable, unwell
	}
	return answer
}

func registerHealth(a *api, s Services) {
	register(a, operation{
		id: "getHealth", method: http.MethodGet, path: "/health", access: Public, tag: "Server",
		summary: "How the server and its parts are", errors: []int{http.StatusServiceUnavailable},
	}, func(ctx context.Context, _ *struct{}) (*healthAnswer, error) {
		answer := &healthAnswer{Status: http.StatusOK, Body: s.Health.view(ctx)}
		if answer.Body.Status != "ok" {
			answer.Status = http.StatusServiceUnavailable
		}
		return answer, nil
	})
	register(a, operation{
		id: "getLive", method: http.MethodGet, path: "/health/live", access: Public, tag: "Server",
		summary: "Whether the process answers",
	}, func(context.Context, *struct{}) (*probeAnswer, error) { return probe(true, "ok", ""), nil })
	register(a, operation{
		id: "getReady", method: http.MethodGet, path: "/health/ready", access: Public, tag: "Server",
		summary: "Whether requests can be answered now", errors: []int{http.StatusServiceUnavailable},
	}, func(ctx context.Context, _ *struct{}) (*probeAnswer, error) {
		return probe(s.Health.ready(ctx), "ready", "not ready"), nil
	})
}
