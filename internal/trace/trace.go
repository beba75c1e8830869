// Package trace follows requests and background work through the server and sends what it saw by
// OpenTelemetry's protocol (OTLP over HTTP). Nothing of it is global: what is followed is handed a Tracer.
package trace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const (
	exportPatience = 10 * time.Second
	// lastWords is how long stopping waits for what is not sent yet.
	lastWords = 2 * time.Second
	// every is how often spans are sent.
	every = 2 * time.Second
)

// Tracer makes spans. It is safe for concurrent use. Whoever opens it closes it.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	remote   propagation.TraceContext
	log      *slog.Logger
}

// Open sends to endpoint + "/v1/traces". share is how many of the requests are followed, 0 to 1; those that a
// trusted proxy has decided about are as it decided.
func Open(ctx context.Context, endpoint string, share float64, version string, log *slog.Logger) (*Tracer, error) {
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint+"/v1/traces"), otlptracehttp.WithTimeout(exportPatience),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{Enabled: false}))
	if err != nil {
		return nil, fmt.Errorf("prepare tracing: %w", err)
	}
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(&quietly{SpanExporter: exporter, log: log}, sdk.WithBatchTimeout(every), sdk.WithExportTimeout(exportPatience)),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(share))),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "hathor"), attribute.String("service.version", version))),
	)
	return &Tracer{provider: provider, tracer: provider.Tracer("hathor"), log: log}, nil
}

// Close sends what is left, for two seconds at most.
func (t *Tracer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.log.Warn("some traces were not sent", slog.Any("error", err))
	}
	return nil
}

// Request begins the span of a request. The trace it belongs to is taken from its header only where the
// header is trusted: a stranger could make the server follow everything. The id is empty when the request is
// not followed. end must be called once.
func (t *Tracer) Request(ctx context.Context, header http.Header, method string, trusted bool) (_ context.Context, id string, end func(route, request string, status int)) {
	if trusted {
		ctx = t.remote.Extract(ctx, propagation.HeaderCarrier(header))
	}
	ctx, span := t.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer))
	if !span.IsRecording() {
		return ctx, "", func(string, string, int) { span.End() }
	}
	return ctx, span.SpanContext().TraceID().String(), func(route, request string, status int) {
		span.SetName(method + " " + route)
		span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
			attribute.Int("http.response.status_code", status), attribute.String("hathor.request_id", request))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// Query begins the span of a statement, where the statement is part of what is followed already. name is asked for
// only then; it must hold no values.
func (t *Tracer) Query(ctx context.Context, name func() string) (context.Context, func(error)) {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx, func(error) {}
	}
	ctx, span := t.tracer.Start(ctx, name(), trace.WithSpanKind(trace.SpanKindClient))
	return ctx, func(err error) { finish(span, err) }
}

// Job begins the trace of background work.
func (t *Tracer) Job(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := t.tracer.Start(ctx, "job "+name, trace.WithNewRoot())
	return ctx, func(err error) { finish(span, err) }
}

// finish notes whether it went wrong, but not the text: an error may hold what somebody sent.
func finish(span trace.Span, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// quietly says once that traces are not taken, and once that they are again.
type quietly struct {
	sdk.SpanExporter
	log  *slog.Logger
	away bool // the batcher exports from one goroutine at a time
}

// ExportSpans never fails: the library would tell everybody, each time.
func (q *quietly) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	err := q.SpanExporter.ExportSpans(ctx, spans)
	if away := err != nil; away != q.away {
		q.away = away
		if away {
			q.log.WarnContext(ctx, "traces are not taken and get lost", slog.Any("error", err))
		} else {
			q.log.InfoContext(ctx, "traces are taken again")
		}
	}
	return nil
}
