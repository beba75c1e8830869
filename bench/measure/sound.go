package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
	"hathor/bench/programs"
)

// analysis is what the server says of the pass.
type analysis struct{ Done, Failed, Pending int }

// sound lets a server of its own measure the full-size songs, and nothing else. They are asked for, as a player does:
// then the pass takes them at once and gives way to nobody. Everywhere else it is off.
func (s *session) sound(ctx context.Context) {
	if s.Pace.Sound == 0 {
		return
	}
	s.Tell(figures.Sound)
	f, err := s.pass(ctx)
	var refused *programs.StatusError
	switch {
	case errors.As(err, &refused) && refused.Status == http.StatusNotFound:
		s.add(figures.Figure{Row: figures.Sound, Missing: "not offered"})
	case err != nil:
		s.miss(figures.Sound, err)
	default:
		s.add(f)
	}
}

func (s *session) pass(ctx context.Context) (f figures.Figure, err error) {
	subject := s.Subject
	subject.Scratch = s.Scratch + "-sound"
	subject.Library = files.Made{Full: s.Library.Full}
	subject.Analysis = true
	if err := os.Mkdir(subject.Scratch, 0o755); err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(subject.Scratch)) }()
	inner, err := open(ctx, subject)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, inner.server.End()) }()
	if err := inner.scan(ctx); err != nil {
		return f, err
	}
	return inner.passed(ctx)
}

// passed waits until all songs are measured, or the time for it is over and one is.
func (s *session) passed(ctx context.Context) (f figures.Figure, err error) {
	before, err := programs.CPUOfAll(s.server.PID())
	if err != nil {
		return f, err
	}
	ids, err := s.full()
	if err != nil {
		return f, err
	}
	began := time.Now()
	for _, id := range ids {
		if err := s.server.Get(fmt.Sprintf("/api/songs/%d/sound", id), func([]byte) error { return nil }); err != nil {
			return f, err
		}
	}
	for {
		var now analysis
		if err := s.server.Get("/api/library/analysis", func(body []byte) error { return json.Unmarshal(body, &now) }); err != nil {
			return f, err
		}
		if now.Failed > 0 {
			return f, fmt.Errorf("%d songs could not be measured: %s", now.Failed, filepath.Base(s.Library.Full))
		}
		took := time.Since(began)
		if now.Pending == 0 || now.Done > 0 && took > s.Pace.Sound {
			used, err := programs.CPUOfAll(s.server.PID())
			return figures.Figure{Row: figures.Sound, PerSecond: float64(now.Done) / took.Seconds(), CPU: each(used-before, now.Done)}, err
		}
		if took > soundPatience {
			return f, fmt.Errorf("no song is measured after %s", soundPatience)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return f, ctx.Err()
		}
	}
}

// soundPatience is how long the first song may take.
const soundPatience = 2 * time.Minute
