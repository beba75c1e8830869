// Package report tells a Sentry, or what speaks its protocol, of failures of the server: panics, and answers
// that say "internal". Nothing that somebody sent goes along.
package report

import (
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/getsentry/sentry-go"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

const (
	// mostPer bounds a flood: a broken database fails every request.
	mostPer = 20
	per     = time.Minute
	// lastWords is how long stopping waits for what is not sent yet.
	lastWords = 2 * time.Second
	// longestMessage is how much of an error is sent.
	longestMessage = 2000
)

// Reports sends incidents in the background. It is safe for concurrent use. Whoever opens it closes it.
type Reports struct {
	client    *sentry.Client
	transport *sentry.HTTPTransport
	clock     clock.Clock
	log       *slog.Logger

	mu      sync.Mutex
	since   time.Time // begin of the span that sent counts in
	sent    int
	dropped int
}

// Open needs the address that the receiver gave out (DSN). Nothing is sent until something fails.
func Open(dsn, version string, c clock.Clock, log *slog.Logger) (*Reports, error) {
	transport := sentry.NewHTTPTransport()
	transport.Timeout, transport.BufferSize = 5*time.Second, 2*mostPer
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn: dsn, Release: "hathor@" + version, Transport: transport, DisableClientReports: true, MaxBreadcrumbs: -1,
		Integrations: func([]sentry.Integration) []sentry.Integration { return nil }, // they would add what the machine is and holds
		BeforeSend:   withoutMachine,
	})
	if err != nil {
		return nil, errors.New("SENTRY_DSN: it is no address of the form https://key@host/project") // the cause would show it
	}
	return &Reports{client: client, transport: transport, clock: c, log: log}, nil
}

// withoutMachine takes off what the library adds by itself.
func withoutMachine(event *sentry.Event, _ *sentry.EventHint) *sentry.Event {
	event.ServerName, event.Modules, event.Breadcrumbs, event.Request = "", nil, nil, nil
	return event
}

// Report sends one incident, unless there were too many of late. It returns at once.
func (r *Reports) Report(i fault.Incident) {
	missed, ok := r.allowed()
	if !ok {
		return
	}
	event := eventOf(i)
	if missed > 0 {
		event.Contexts["flood"] = sentry.Context{"notSent": missed}
	}
	r.client.CaptureEvent(event, nil, nil)
}

// allowed tells whether one more may be sent, and how many were not before it.
func (r *Reports) allowed() (missed int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock.Now()
	if now.Sub(r.since) >= per || now.Before(r.since) {
		r.since, r.sent = now, 0
	}
	if r.sent >= mostPer {
		r.dropped++
		return 0, false
	}
	r.sent++
	missed, r.dropped = r.dropped, 0
	return missed, true
}

// Close sends what is left, for two seconds at most.
func (r *Reports) Close() error {
	if !r.client.Flush(lastWords) {
		r.log.Warn("some reports of failures were not sent")
	}
	r.client.Close()
	return nil
}

func eventOf(i fault.Incident) *sentry.Event {
	event := sentry.NewEvent()
	event.Level = sentry.LevelError
	if i.Panic {
		event.Level = sentry.LevelFatal
	}
	event.Exception = []sentry.Exception{{Type: i.Kind, Value: scrub(i.Problem), Stacktrace: stackOf(i.Stack)}}
	event.Tags = map[string]string{}
	for name, value := range map[string]string{"request_id": i.Request, "trace_id": i.Trace, "route": i.Route, "method": i.Method, "job": i.Job} {
		if value != "" {
			event.Tags[name] = value
		}
	}
	if i.Status != 0 {
		event.Tags["status"] = number(int64(i.Status))
	}
	if i.Route != "" {
		event.Transaction = i.Method + " " + i.Route
	}
	if i.User != 0 {
		event.User = sentry.User{ID: number(i.User)}
	}
	event.Contexts = map[string]sentry.Context{"runtime": {"name": "go", "version": runtime.Version()}}
	return event
}

// stackOf names the functions and lines, outermost first, as the protocol wants them.
func stackOf(counters []uintptr) *sentry.Stacktrace {
	if len(counters) == 0 {
		return nil
	}
	var frames []sentry.Frame
	walk := runtime.CallersFrames(counters)
	for {
		frame, more := walk.Next()
		frames = append([]sentry.Frame{sentry.NewFrame(frame)}, frames...)
		if !more {
			return &sentry.Stacktrace{Frames: frames}
		}
	}
}
