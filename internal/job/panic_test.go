package job_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"hathor/internal/job"
)

func TestPanicIsToldWithItsPlace(t *testing.T) {
	group := job.NewGroup(t.Context(), slog.New(slog.DiscardHandler))
	var said string
	group.OnPanic(func(name string, problem any, stack []uintptr) {
		frame, _ := runtime.CallersFrames(stack).Next()
		said = name + " " + problem.(string) + " " + frame.Function
	})
	group.Go("clean", func(context.Context) { culprit() })
	group.Stop()
	if !strings.HasPrefix(said, "clean broken ") || !strings.HasSuffix(said, ".culprit") {
		t.Errorf("told %q", said)
	}
}

func culprit() { panic("broken") }
