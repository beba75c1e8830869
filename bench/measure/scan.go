package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
)

// scanState is what the server says of a scan.
type scanState struct {
	Running    bool
	Seen       int
	Added      int
	Failed     int
	StartedAt  time.Time
	FinishedAt time.Time
}

func (s *session) scanState() (state scanState, err error) {
	err = s.server.Get("/api/library/scan", func(body []byte) error { return json.Unmarshal(body, &state) })
	return state, err
}

// scanPatience bounds a scan; at 100 songs a second it is one of 100,000.
const scanPatience = 20 * time.Minute

// finished waits until a scan that began after the moment is over.
func (s *session) finished(ctx context.Context, after time.Time) (scanState, error) {
	end := time.Now().Add(scanPatience)
	for time.Now().Before(end) {
		state, err := s.scanState()
		if err != nil {
			return state, err
		}
		if !state.Running && state.FinishedAt.After(after) {
			return state, nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return state, ctx.Err()
		}
	}
	return scanState{}, fmt.Errorf("the scan is not over after %s", scanPatience)
}

// scan waits for the scan that began with the server. Without the songs nothing else can be measured.
func (s *session) scan(ctx context.Context) error {
	state, err := s.finished(ctx, time.Time{})
	if err != nil {
		return err
	}
	want := s.Library.Songs + files.FullSongs
	if state.Added != want || state.Failed > 0 {
		return fmt.Errorf("the scan added %d songs and failed at %d, instead of adding %d", state.Added, state.Failed, want)
	}
	used, err := s.cpu()
	if err != nil {
		return err
	}
	f := figures.Figure{Row: figures.Scan, PerSecond: float64(want) / state.FinishedAt.Sub(state.StartedAt).Seconds(), CPU: each(used.server, want)}
	if s.Postgres != nil {
		f.DatabaseCPU = each(used.database-s.idle.database, want)
	}
	s.add(f)
	return nil
}

// rescans is how often nothing changed; the quickest counts, for the first one may still find caches cold.
const rescans = 3

func (s *session) rescan(ctx context.Context) {
	var best time.Duration
	for range rescans {
		before, err := s.scanState()
		if err == nil {
			err = s.server.Post("/api/library/scan")
		}
		var state scanState
		if err == nil {
			state, err = s.finished(ctx, before.FinishedAt)
		}
		if err == nil && state.Added > 0 {
			err = errors.New("a rescan added songs")
		}
		if err != nil {
			s.miss(figures.Rescan, err)
			return
		}
		if took := state.FinishedAt.Sub(state.StartedAt); best == 0 || took < best {
			best = took
		}
	}
	s.add(figures.Figure{Row: figures.Rescan, Value: best.Seconds()})
}
