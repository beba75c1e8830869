package httpapi

import (
	"context"
	"net/http"
	"testing"

	"hathor/internal/fault"
)

// follower is a tracer that follows everything under one id.
type follower struct{ ended chan string }

func (f follower) Request(ctx context.Context, _ http.Header, _ string, _ bool) (context.Context, string, func(string, string, int)) {
	return ctx, "trace-1", func(route, request string, status int) {
		f.ended <- route + " " + request + " " + http.StatusText(status)
	}
}

func TestTraceStandsInTheLogLineAndTheReport(t *testing.T) {
	log, lines := newLog()
	f := follower{make(chan string, 10)}
	incidents := make(chan fault.Incident, 10)
	server := serve(t, Services{Log: log, Tracer: f, Report: func(i fault.Incident) { incidents <- i }})
	answer, _ := ask(t, server, http.MethodGet, "/api/things/12", "")
	id := answer.Header.Get("X-Request-Id")
	if got, want := <-f.ended, "/api/things/{id} "+id+" OK"; got != want {
		t.Errorf("the trace ended with %q, want %q", got, want)
	}
	if line := lines.next(t, "request"); line["traceId"] != "trace-1" || line["requestId"] != id {
		t.Errorf("log line: %v", line)
	}
	ask(t, server, http.MethodGet, "/api/panic", "")
	if i := <-incidents; i.Trace != "trace-1" || i.Route != "/api/panic" || !i.Panic {
		t.Errorf("incident: %+v", i)
	}
	if line := lines.next(t, "request"); line["status"] != 500.0 {
		t.Errorf("log line: %v", line)
	}
}
