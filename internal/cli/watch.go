package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"

	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/fault"
	"hathor/internal/report"
	"hathor/internal/trace"
)

// watching is who looks on from outside: nobody in the zero value.
type watching struct {
	report fault.Reporter
	tracer *trace.Tracer
}

// watch opens what the configuration names. It is made early, so that it is closed late.
func (a *app) watch(ctx context.Context, c *config.Config, now clock.Clock, log *slog.Logger) (w watching, err error) {
	if c.SentryDSN != "" {
		reports, err := report.Open(c.SentryDSN, version, now, log)
		if err != nil {
			return w, err
		}
		a.closers = append(a.closers, reports.Close)
		w.report = reports.Report
	}
	if c.OTLPEndpoint == "" {
		return w, nil
	}
	if w.tracer, err = trace.Open(ctx, c.OTLPEndpoint, float64(c.TraceShare), version, log); err != nil {
		return w, err
	}
	a.closers = append(a.closers, w.tracer.Close)
	return w, nil
}

// panicked reports a panic of background work.
func (w watching) panicked(name string, problem any, stack []uintptr) {
	if w.report != nil {
		w.report(fault.Incident{Problem: fmt.Sprint(problem), Kind: fmt.Sprintf("%T", problem), Panic: true, Stack: stack, Job: name})
	}
}

var errPanicked = errors.New("panic")

// traced runs work as a trace of its own.
func (w watching) traced(ctx context.Context, name string, work func(context.Context) error) (err error) {
	if w.tracer == nil {
		return work(ctx)
	}
	ctx, end := w.tracer.Job(ctx, name)
	err = errPanicked // unless work returns
	defer func() { end(err) }()
	err = work(ctx)
	return err
}

// scan runs a part of a scan as a trace of its own, and reports its panic, which the scanner survives.
func (w watching) scan(ctx context.Context, name string, work func(context.Context) error) error {
	defer func() {
		if problem := recover(); problem != nil {
			var stack [64]uintptr
			w.panicked(name, problem, stack[:runtime.Callers(3, stack[:])])
			panic(problem)
		}
	}()
	return w.traced(ctx, name, work)
}
