package logtail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/logtail"
)

func none(slog.Record) bool { return false }

func messages(lines []logtail.Line) (list []string) {
	for _, l := range lines {
		list = append(list, l.Message)
	}
	return list
}

func TestTheLastLinesAreKept(t *testing.T) {
	tail := logtail.New(3, none)
	if lines, newest := tail.Read(logtail.Query{Limit: 9}); len(lines) != 0 || newest != 0 {
		t.Errorf("at first there are %v, %d", lines, newest)
	}
	log := slog.New(tail.Handler(slog.NewTextHandler(&bytes.Buffer{}, nil)))
	for i := range 5 {
		log.Info(fmt.Sprint("line ", i+1))
	}
	for _, c := range []struct {
		name string
		q    logtail.Query
		want []string
	}{
		{"all", logtail.Query{Limit: 9}, []string{"line 3", "line 4", "line 5"}},
		{"the newest", logtail.Query{Limit: 1}, []string{"line 5"}},
		{"later ones", logtail.Query{After: 4, Limit: 9}, []string{"line 5"}},
		{"none", logtail.Query{After: 5, Limit: 9}, nil},
		{"of an earlier process", logtail.Query{After: 900, Limit: 9}, []string{"line 3", "line 4", "line 5"}},
		{"by text", logtail.Query{Text: "LINE 4", Limit: 9}, []string{"line 4"}},
	} {
		lines, newest := tail.Read(c.q)
		if diff := cmp.Diff(c.want, messages(lines)); diff != "" || newest != 5 {
			t.Errorf("%s: newest %d, (-want +got)\n%s", c.name, newest, diff)
		}
	}
}

func TestLinesHaveWhatIsWrittenAndNoMore(t *testing.T) {
	var written bytes.Buffer
	tail := logtail.New(10, func(r slog.Record) bool { return r.Message == "own" })
	log := slog.New(tail.Handler(slog.NewTextHandler(&written, &slog.HandlerOptions{Level: slog.LevelInfo})))
	log.Debug("too fine")
	log.Info("own")
	log.With("node", 1).WithGroup("request").Warn("slow", slog.Group("by", slog.Int("user", 7)), slog.Any("error", errors.New("why")))
	lines, _ := tail.Read(logtail.Query{Limit: 9})
	if len(lines) != 1 || lines[0].Level != slog.LevelWarn || lines[0].Time.IsZero() {
		t.Fatalf("lines are %+v", lines)
	}
	want := []logtail.Field{{Name: "node", Value: "1"}, {Name: "request.by.user", Value: "7"}, {Name: "request.error", Value: "why"}}
	if diff := cmp.Diff(want, lines[0].Fields); diff != "" {
		t.Errorf("fields (-want +got)\n%s", diff)
	}
	if text := written.String(); !strings.Contains(text, "own") || !strings.Contains(text, "request.by.user=7") {
		t.Errorf("the log itself has %q", text)
	}
	if lines, _ := tail.Read(logtail.Query{Least: slog.LevelError, Limit: 9}); len(lines) != 0 {
		t.Errorf("errors are %+v", lines)
	}
}

func TestALongLineTakesLittle(t *testing.T) {
	tail := logtail.New(2, none)
	log := slog.New(tail.Handler(slog.NewTextHandler(&bytes.Buffer{}, nil)))
	var many []any
	for i := range 500 {
		many = append(many, slog.String(fmt.Sprint("a", i), strings.Repeat("é", 50_000)))
	}
	log.Info(strings.Repeat("x", 1<<20), many...)
	lines, _ := tail.Read(logtail.Query{Limit: 1})
	size := len(lines[0].Message)
	for _, f := range lines[0].Fields {
		size += len(f.Name) + len(f.Value)
	}
	if size > 10_000 || !strings.HasSuffix(lines[0].Message, "…") {
		t.Errorf("a line takes %d bytes", size)
	}
}

func TestManyWriteAtOnce(t *testing.T) {
	tail := logtail.New(50, none)
	log := slog.New(tail.Handler(slog.NewTextHandler(&bytes.Buffer{}, nil)))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				log.LogAttrs(context.Background(), slog.LevelInfo, "x")
				tail.Read(logtail.Query{Limit: 5})
			}
		})
	}
	all.Wait()
	lines, newest := tail.Read(logtail.Query{Limit: 50})
	if newest != 800 || len(lines) != 50 || lines[0].Number != 751 {
		t.Errorf("newest %d, %d lines from %d", newest, len(lines), lines[0].Number)
	}
}
