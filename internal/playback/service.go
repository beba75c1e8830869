package playback

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// ErrStale refuses the write of a device that does not know the newest state; it carries that State.
var ErrStale = fault.New(fault.Conflict, "stale_revision", "The playback state was changed meanwhile")

// Catalogue is what playback needs of the songs: who may hear what, and the songs themselves.
type Catalogue interface {
	Scope(context.Context, account.Identity) (library.Scope, error)
	// Songs returns those of the songs that are within the scope, missing files included, in any order.
	Songs(context.Context, library.Scope, []library.SongID) ([]library.Song, error)
}

// Heard tells which of some songs are within the scope of who asks.
type Heard func([]library.SongID) (map[library.SongID]bool, error)

// Store keeps states and listens. What is not there is fault.Missing.
type Store interface {
	// State returns the state as it was written, Fresh when it never was, and how to look up its songs.
	State(context.Context, library.Scope) (State, Heard, error)
	// WriteState locks the listener's state and writes what change makes of it at the next revision. When
	// change returns an error nothing is written, and that error is returned.
	WriteState(ctx context.Context, scope library.Scope, at time.Time, change func(State, Heard) (State, error)) error
	// Record locks the listener's listens to the song and does what judge says, given the song's length and
	// the last listen since the time, nil when there is none.
	Record(ctx context.Context, scope library.Scope, song library.SongID, since time.Time, judge func(time.Duration, *Listen) Verdict) error
	// Listens returns listens to songs within the scope, newest first, before the mark (nil: from the newest).
	Listens(ctx context.Context, scope library.Scope, before *Mark, limit int) ([]Listen, error)
	// CountListens tells how many Listens has on all its pages.
	CountListens(context.Context, library.Scope) (int, error)
}

// Service is the rules of playback. It is safe for concurrent use.
type Service struct {
	store Store
	songs Catalogue
	clock clock.Clock
}

// New makes the service.
func New(store Store, songs Catalogue, clock clock.Clock) *Service {
	return &Service{store: store, songs: songs, clock: clock}
}

// State returns who's playback state, without the songs that have vanished from their hearing.
func (s *Service) State(ctx context.Context, who account.Identity) (State, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return State{}, err
	}
	return s.state(ctx, scope)
}

func (s *Service) state(ctx context.Context, scope library.Scope) (State, error) {
	state, heard, err := s.store.State(ctx, scope)
	if err != nil {
		return State{}, fmt.Errorf("read playback state: %w", err)
	}
	known, err := heard(state.songs())
	if err != nil {
		return State{}, fmt.Errorf("look up songs of playback state: %w", err)
	}
	return state.only(known), nil
}

// Write changes who's playback state and returns it as it is then.
func (s *Service) Write(ctx context.Context, who account.Identity, c Change) (State, error) {
	if err := c.check(); err != nil {
		return State{}, err
	}
	scope, err := s.scope(ctx, who)
	if err != nil {
		return State{}, err
	}
	err = s.store.WriteState(ctx, scope, s.clock.Now(), func(now State, heard Heard) (State, error) {
		if c.Revision != nil && *c.Revision != now.Revision {
			return State{}, ErrStale
		}
		return c.checked(now, heard)
	})
	if err != nil && !errors.Is(err, ErrStale) {
		return State{}, fmt.Errorf("write playback state: %w", err)
	}
	current, readErr := s.state(ctx, scope)
	if readErr != nil {
		return State{}, readErr
	}
	if err != nil {
		return State{}, ErrStale.WithState(current)
	}
	return current, nil
}

// checked applies the change to what the listener saw of the state, so that places in the queue mean the same.
func (c Change) checked(now State, heard Heard) (State, error) {
	after := c.applied(now)
	known, err := heard(append(now.songs(), after.songs()...))
	if err != nil {
		return State{}, err
	}
	after = c.applied(now.only(known))
	return after, c.checkSongs(after, known)
}

// RecordListen notes that who heard the song, so much of it (nil: enough for a play).
func (s *Service) RecordListen(ctx context.Context, who account.Identity, song library.SongID, heard *time.Duration) error {
	var checks fault.Checks
	checks.Require(heard == nil || (*heard >= 0 && *heard <= MaxHeard), "duration", "Duration must be seconds within a day")
	if err := checks.Err(); err != nil {
		return err
	}
	scope, err := s.scope(ctx, who)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	err = s.store.Record(ctx, scope, song, now.Add(-MaxHeard), func(length time.Duration, before *Listen) Verdict {
		return Judge(length, before, Report{At: now, Heard: heard})
	})
	if err != nil {
		return fmt.Errorf("record listen: %w", err)
	}
	return nil
}

func (s *Service) scope(ctx context.Context, who account.Identity) (library.Scope, error) {
	scope, err := s.songs.Scope(ctx, who)
	if err != nil {
		return library.Scope{}, fmt.Errorf("find who hears what: %w", err)
	}
	return scope, nil
}
