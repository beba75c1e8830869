package httpapi

import (
	"context"
	"log/slog"

	tusslog "golang.org/x/exp/slog"
)

// tusLog writes what tusd says, whatever it thinks of it, for those who look for a fault: what matters of a
// request has a line of its own. tusd uses the logger that slog was before it came into the standard library.
type tusLog struct{ log *slog.Logger }

func (t tusLog) logger() *tusslog.Logger { return tusslog.New(t) }

// Enabled tells whether anybody looks.
func (t tusLog) Enabled(ctx context.Context, _ tusslog.Level) bool {
	return t.log.Enabled(ctx, slog.LevelDebug)
}

// Handle writes one line.
func (t tusLog) Handle(ctx context.Context, r tusslog.Record) error {
	attributes := []slog.Attr{slog.String("said", r.Message)}
	r.Attrs(func(a tusslog.Attr) bool {
		attributes = append(attributes, attribute(a))
		return true
	})
	t.log.LogAttrs(ctx, slog.LevelDebug, "tus", attributes...)
	return nil
}

// WithAttrs adds to every line.
func (t tusLog) WithAttrs(attrs []tusslog.Attr) tusslog.Handler {
	more := make([]any, len(attrs))
	for i, a := range attrs {
		more[i] = attribute(a)
	}
	return tusLog{t.log.With(more...)}
}

// WithGroup puts what follows into a group.
func (t tusLog) WithGroup(name string) tusslog.Handler { return tusLog{t.log.WithGroup(name)} }

func attribute(a tusslog.Attr) slog.Attr { return slog.Any(a.Key, a.Value.Any()) }
