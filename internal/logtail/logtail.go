// Package logtail keeps the last lines of the log in memory, for an administrator who looks from afar.
package logtail

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Line is one line of the log. Number grows by one with each line and begins anew with the process.
type Line struct {
	Number  int64
	Time    time.Time
	Level   slog.Level
	Message string
	Fields  []Field
}

// Field is one attribute as text, its groups before its name: "request.id".
type Field struct{ Name, Value string }

// What one line may take: the log has no bound of its own, and 2,000 lines stay in memory.
const (
	longestText = 2000
	mostFields  = 24
	mostText    = 6000 // of all fields together
)

// Tail is the last lines. It is safe for concurrent use.
type Tail struct {
	skip  func(slog.Record) bool
	mu    sync.Mutex
	ring  []kept
	next  int64 // number of the next line, from 1
	width int
}

// kept is a line. Attributes that nothing changes any more become fields when somebody reads: most lines are never
// read.
type kept struct {
	line   Line
	prefix string
	attrs  []slog.Attr
}

func (k kept) read() Line {
	line, room := k.line, mostText
	for _, a := range k.attrs {
		if len(line.Fields) >= mostFields || room <= 0 {
			break
		}
		line.Fields = appendAttr(line.Fields, k.prefix, a, &room)
	}
	return line
}

// New keeps so many lines, without those that skip wants to be left out.
func New(lines int, skip func(slog.Record) bool) *Tail {
	return &Tail{skip: skip, ring: make([]kept, lines), next: 1, width: lines}
}

// Query says which lines are wanted.
type Query struct {
	After int64 // only later ones; a number that was not given yet is that of an earlier process: all
	Least slog.Level
	Text  string // somewhere in the line, whatever its case
	Limit int    // the newest so many
}

// Read returns the wanted lines, oldest first, and the number of the newest line, wanted or not.
func (t *Tail) Read(q Query) (lines []Line, newest int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	newest = t.next - 1
	if q.After > newest {
		q.After = 0
	}
	text := strings.ToLower(q.Text)
	for n := max(q.After+1, t.next-int64(t.width), 1); n <= newest; n++ {
		one := t.ring[n%int64(t.width)]
		if one.line.Level < q.Least {
			continue
		}
		if line := one.read(); line.has(text) {
			lines = append(lines, line)
		}
	}
	return lines[max(0, len(lines)-q.Limit):], newest
}

func (l Line) has(text string) bool {
	if text == "" || strings.Contains(strings.ToLower(l.Message), text) {
		return true
	}
	for _, f := range l.Fields {
		if strings.Contains(strings.ToLower(f.Name+"="+f.Value), text) {
			return true
		}
	}
	return false
}

func (t *Tail) add(k kept) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k.line.Number = t.next
	t.ring[t.next%int64(t.width)] = k
	t.next++
}

// Handler writes to next and keeps what it wrote. It keeps no more than next is asked to write.
func (t *Tail) Handler(next slog.Handler) slog.Handler { return &handler{tail: t, next: next} }

type handler struct {
	tail   *Tail
	next   slog.Handler
	prefix string
	fields []Field
}

func (h *handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	if !h.tail.skip(r) {
		k := kept{prefix: h.prefix, attrs: make([]slog.Attr, 0, r.NumAttrs())}
		k.line = Line{Time: r.Time.UTC(), Level: r.Level, Message: cut(r.Message, longestText), Fields: h.fields[:len(h.fields):len(h.fields)]}
		r.Attrs(func(a slog.Attr) bool {
			k.attrs = append(k.attrs, a)
			return true
		})
		if !small(k.attrs) {
			k.line, k.attrs = k.read(), nil
		}
		h.tail.add(k)
	}
	return h.next.Handle(ctx, r)
}

// small tells whether attributes are values that cannot change and take no more memory than fields would.
func small(attrs []slog.Attr) bool {
	text := 0
	for _, a := range attrs {
		switch a.Value.Kind() {
		case slog.KindString:
			text += len(a.Value.String())
		case slog.KindInt64, slog.KindUint64, slog.KindFloat64, slog.KindBool, slog.KindDuration, slog.KindTime:
		default:
			return false
		}
	}
	return len(attrs) <= mostFields && text <= longestText
}

func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	with := *h
	with.next, with.fields = h.next.WithAttrs(attrs), h.fields[:len(h.fields):len(h.fields)]
	room := mostText
	for _, a := range attrs {
		with.fields = appendAttr(with.fields, h.prefix, a, &room)
	}
	return &with
}

func (h *handler) WithGroup(name string) slog.Handler {
	with := *h
	with.next = h.next.WithGroup(name)
	if name != "" {
		with.prefix = h.prefix + name + "."
	}
	return &with
}

func appendAttr(fields []Field, prefix string, a slog.Attr, room *int) []Field {
	value := a.Value.Resolve()
	if value.Kind() == slog.KindGroup {
		if a.Key != "" {
			prefix += a.Key + "."
		}
		for _, inner := range value.Group() {
			fields = appendAttr(fields, prefix, inner, room)
		}
		return fields
	}
	if len(fields) >= mostFields || *room <= 0 {
		return fields
	}
	text := cut(value.String(), min(longestText, *room))
	*room -= len(text)
	return append(fields, Field{Name: prefix + a.Key, Value: text})
}

// cut shortens a text without parting a character.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
