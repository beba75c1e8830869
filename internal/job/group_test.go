package job_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"hathor/internal/job"
)

func TestPanicIsLoggedAndTheOthersLive(t *testing.T) {
	var log bytes.Buffer
	group := job.NewGroup(t.Context(), slog.New(slog.NewTextHandler(&log, nil)))
	done := make(chan struct{})
	group.Go("broken", func(context.Context) { panic("out of tea") })
	group.Go("sound", func(ctx context.Context) {
		<-ctx.Done()
		close(done)
	})
	group.Stop()
	<-done
	if group.Panics() != 1 {
		t.Errorf("panics: got %d, want 1", group.Panics())
	}
	for _, want := range []string{"job=broken", "out of tea", "group_test.go"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("log lacks %q: %s", want, log.String())
		}
	}
}

func TestWorkEndsWithTheContextOfItsGroup(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	group := job.NewGroup(ctx, slog.New(slog.DiscardHandler))
	done := make(chan struct{})
	group.Go("waiting", func(ctx context.Context) {
		<-ctx.Done()
		close(done)
	})
	cancel()
	<-done
	group.Stop()
}
