package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the figures of a running server, for Prometheus. They are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	inFlight prometheus.Gauge
	panics   prometheus.Counter
	seen     sync.Map // outcome -> prometheus.Observer, which is slow to find by its labels
}

// outcome is what requests are counted by.
type outcome struct {
	method, route string
	status        int
}

// NewMetrics returns figures that stand at nought.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hathor_http_request_duration_seconds", Help: "Requests answered and how long each took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60},
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "hathor_http_requests_in_flight", Help: "Requests being answered."}),
		panics:   prometheus.NewCounter(prometheus.CounterOpts{Name: "hathor_http_panics_total", Help: "Requests that ended in a panic."}),
	}
	m.registry.MustRegister(m.requests, m.inFlight, m.panics, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// WatchDatabase adds the database's pool. It may be called once.
func (m *Metrics) WatchDatabase(pool func() (open, busy int, waits int64)) {
	m.watch("hathor_database_connections_open", "Open database connections.", func() float64 { open, _, _ := pool(); return float64(open) })
	m.watch("hathor_database_connections_busy", "Database connections in use.", func() float64 { _, busy, _ := pool(); return float64(busy) })
	m.count("hathor_database_waits_total", "Times a caller waited for a database connection.", func() float64 { _, _, waits := pool(); return float64(waits) })
}

// WatchJobs adds how often background work panicked. It may be called once.
func (m *Metrics) WatchJobs(panics func() int64) {
	m.count("hathor_job_panics_total", "Background work that ended in a panic.", func() float64 { return float64(panics()) })
}

// WatchHealth adds how each part of the server is, asked for at each look. It may be called once.
func (m *Metrics) WatchHealth(h *Health) {
	m.registry.MustRegister(healthFigures{h, prometheus.NewDesc("hathor_check_healthy", "1 where a part of the server is well, 0 where not.", []string{"check"}, nil)})
}

// WatchScan adds how the scan of the library folders goes, or went. It may be called once.
func (m *Metrics) WatchScan(state func() (running bool, failed int)) {
	m.watch("hathor_scan_running", "1 while a scan runs.", func() float64 {
		if running, _ := state(); running {
			return 1
		}
		return 0
	})
	m.watch("hathor_scan_failed_files", "Files of library folders that cannot be read.", func() float64 { _, failed := state(); return float64(failed) })
}

// WatchAnalysis adds how far the measuring of songs is. It may be called once.
func (m *Metrics) WatchAnalysis(figures func() (done, failed, pending int, measured int64)) {
	m.watch("hathor_analysis_done_songs", "Songs whose whole file was measured.", func() float64 { done, _, _, _ := figures(); return float64(done) })
	m.watch("hathor_analysis_failed_songs", "Songs whose file could not be measured.", func() float64 { _, failed, _, _ := figures(); return float64(failed) })
	m.watch("hathor_analysis_pending_songs", "Songs whose file is still to be measured.", func() float64 { _, _, pending, _ := figures(); return float64(pending) })
	m.count("hathor_analysis_measured_total", "Files that this server has measured.", func() float64 { _, _, _, measured := figures(); return float64(measured) })
}

// WatchLive adds how many devices are connected, and how much they are told. It may be called once.
func (m *Metrics) WatchLive(connections func() int, sent func() int64) {
	m.watch("hathor_live_connections", "Connections to the live channel.", func() float64 { return float64(connections()) })
	m.count("hathor_live_messages_total", "Messages published to live channels.", func() float64 { return float64(sent()) })
}

// healthFigures are the checks that are configured, each under its name.
type healthFigures struct {
	health *Health
	desc   *prometheus.Desc
}

// Describe is the interface of a collector.
func (f healthFigures) Describe(to chan<- *prometheus.Desc) { to <- f.desc }

// Collect is the interface of a collector.
func (f healthFigures) Collect(to chan<- prometheus.Metric) {
	for name, view := range f.health.examine(context.Background()) {
		switch view.Status {
		case healthy:
			to <- prometheus.MustNewConstMetric(f.desc, prometheus.GaugeValue, 1, name)
		case unhealthy:
			to <- prometheus.MustNewConstMetric(f.desc, prometheus.GaugeValue, 0, name)
		}
	}
}

func (m *Metrics) watch(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

func (m *Metrics) count(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value))
}

func (m *Metrics) begin() { m.inFlight.Inc() }

func (m *Metrics) end(method, route string, status int, took time.Duration) {
	m.inFlight.Dec()
	key := outcome{knownMethod(method), route, status}
	seen, ok := m.seen.Load(key)
	if !ok { // routes are patterns, so there are few of them
		seen, _ = m.seen.LoadOrStore(key, m.requests.WithLabelValues(key.method, route, strconv.Itoa(status)))
	}
	if observer, ok := seen.(prometheus.Observer); ok {
		observer.Observe(took.Seconds())
	}
}

func (m *Metrics) panicked() { m.panics.Inc() }

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// knownMethod keeps strangers from filling the memory with methods of their own making.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return otherMethod
}

// otherMethod stands for all methods that no route has.
const otherMethod = "other"

func registerMetrics(a *api, s Services) {
	op := operation{id: "getMetrics", method: http.MethodGet, path: "/metrics", access: AdminOnly, tag: "Server", summary: "Figures for Prometheus"}
	described := &huma.Operation{Responses: map[string]*huma.Response{"200": {
		Description: "Prometheus text format", Content: map[string]*huma.MediaType{"text/plain": {}},
	}}}
	for _, status := range op.errorList() {
		describeError(a, described, status)
	}
	a.raw(op, described, s.Metrics.handler().ServeHTTP)
}
