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

// Store keeps states, devices and listens. What is not there is fault.Missing.
type Store interface {
	// State returns the state as it was written, Fresh when it never was, and how to look up its songs.
	State(context.Context, library.Scope) (State, Heard, error)
	// WriteState locks the listener's state and writes what change makes of it. When change returns an error
	// nothing is written, and that error is returned.
	WriteState(ctx context.Context, scope library.Scope, at time.Time, change func(State, Heard) (State, error)) error
	// WriteProgress is WriteState without the queue, which is neither read nor written.
	WriteProgress(ctx context.Context, user account.UserID, at time.Time, change func(State) (State, error)) error
	DeviceStore
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
	store  Store
	songs  Catalogue
	outlet Outlet
	clock  clock.Clock
}

// New makes the service. outlet is told what changes; nil tells nobody.
func New(store Store, songs Catalogue, outlet Outlet, clock clock.Clock) *Service {
	if outlet == nil {
		outlet = silent{}
	}
	return &Service{store: store, songs: songs, outlet: outlet, clock: clock}
}

// now is the time as it is kept: what is told at once and what is read later must be the same.
func (s *Service) now() time.Time { return s.clock.Now().Truncate(time.Millisecond) }

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
	return state.only(known).readAt(s.now()), nil
}

// Write changes who's playback state and returns it as it is then.
func (s *Service) Write(ctx context.Context, who account.Identity, c Change) (State, error) {
	if err := c.check(); err != nil {
		return State{}, err
	}
	current, _, err := s.change(ctx, who, by{c.Device, c.Revision}, func(now State, heard Heard) (State, []Applied, error) {
		after, err := c.checked(now, heard, s.now())
		return after, nil, err
	})
	return current, err
}

// by is who changes the state, and the revision it knows; nil is any.
type by struct {
	device   DeviceID
	revision *int64
}

// change writes what make makes of the state as far as the listener hears it, tells the news, and returns what was
// written. A conflict carries the current state.
func (s *Service) change(ctx context.Context, who account.Identity, b by, make func(State, Heard) (State, []Applied, error)) (State, News, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return State{}, News{}, err
	}
	now := s.now()
	if err := s.used(ctx, who.User, b.device, now); err != nil {
		return State{}, News{}, err
	}
	news := News{What: StateChanged}
	var written State // not what is read afterwards: that may be the next write already
	err = s.store.WriteState(ctx, scope, now, func(before State, heard Heard) (_ State, err error) {
		if b.revision != nil && *b.revision != before.Revision {
			return State{}, ErrStale
		}
		news.EditsFrom = before.QueueRevision
		written, news.Edits, err = make(before, heard)
		return written, err
	})
	if conflict := (*fault.Error)(nil); err != nil && !(errors.As(err, &conflict) && conflict.Kind == fault.Conflict) {
		return State{}, News{}, fmt.Errorf("write playback state: %w", err)
	}
	if err != nil {
		current, readErr := s.state(ctx, scope)
		if readErr != nil {
			return State{}, News{}, readErr
		}
		return State{}, News{}, withState(err, current)
	}
	news.State = written.readAt(s.now())
	s.outlet.Tell(who.User, news)
	return news.State, news, nil
}

// withState puts the current state into a conflict.
func withState(err error, current State) error {
	conflict := (*fault.Error)(nil)
	if errors.As(err, &conflict) {
		return conflict.WithState(current)
	}
	return err
}

// checked applies the change to what the listener saw of the state, so that places in the queue mean the same.
func (c Change) checked(now State, heard Heard, at time.Time) (State, error) {
	after := c.applied(now, at)
	known, err := heard(append(now.songs(), after.songs()...))
	if err != nil {
		return State{}, err
	}
	seen := now.seen(known)
	if c.CurrentEntry != nil && *c.CurrentEntry != 0 && c.Queue == nil && seen.queue().placeOf(*c.CurrentEntry) == nil {
		return State{}, goneAt("currentEntryId")
	}
	after = c.applied(seen, at)
	return after, c.checkSongs(after, known)
}

// seen is what the listener sees of the state; the queue counts as changed when songs have vanished from it.
func (s State) seen(known map[library.SongID]bool) State {
	seen := s.only(known)
	if len(seen.Queue) != len(s.Queue) {
		seen.QueueRevision = s.Revision + 1
	}
	return seen
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
