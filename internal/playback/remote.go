package playback

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// QueueEdits are edits by a device. Revision is the one it knows; nil applies them to whatever there is, which
// is safe: they name entries, not places.
type QueueEdits struct {
	Device   DeviceID
	Revision *int64
	Edits    []Edit
}

// Edit changes who's queue by all of the edits or none, and returns what came of it.
func (s *Service) Edit(ctx context.Context, who account.Identity, e QueueEdits) (News, error) {
	var checks fault.Checks
	checks.Require(len(e.Edits) >= 1 && len(e.Edits) <= MaxEdits, "edits", fmt.Sprintf("Give 1 to %d edits", MaxEdits))
	if err := checks.Err(); err != nil {
		return News{}, err
	}
	now := s.now()
	_, news, err := s.change(ctx, who, by{e.Device, e.Revision}, func(before State, heard Heard) (State, []Applied, error) {
		return e.applied(before, heard, now)
	})
	return news, err
}

func (e QueueEdits) applied(before State, heard Heard, at time.Time) (State, []Applied, error) {
	known, err := heard(append(before.songs(), e.songs()...))
	if err != nil {
		return State{}, nil, err
	}
	if err := e.checkSongs(known); err != nil {
		return State{}, nil, err
	}
	after := before.only(known)
	q, done, err := after.queue().edits(e.Edits)
	if err != nil {
		return State{}, nil, err
	}
	if len(after.Queue) != len(before.Queue) {
		done = nil // songs have vanished beside: whoever follows the edits would keep them
	}
	after = after.withQueue(q)
	after.Revision, after.UpdatedAt, after.Writer = before.Revision+1, at, e.Device
	after.QueueRevision = after.Revision
	return after, done, nil
}

func (e QueueEdits) songs() (all []library.SongID) {
	for _, edit := range e.Edits {
		all = append(all, edit.Songs...)
	}
	return all
}

func (e QueueEdits) checkSongs(heard map[library.SongID]bool) error {
	var checks fault.Checks
	for i, edit := range e.Edits {
		for j, song := range edit.Songs {
			checks.Require(heard[song], fmt.Sprintf("edits[%d].songIds[%d]", i, j), "Song not found")
		}
	}
	return checks.Err()
}

// Progress is what the active device says of itself while it plays. It knows the state at Revision and has
// obeyed it.
type Progress struct {
	Device   DeviceID
	Revision int64
	Position time.Duration
}

// Report notes how far the active device is. That is no write: the revision stays, so that nobody's write
// conflicts with it. It is ErrNotActive for any other device, and ErrStale where the device has something to
// obey first; both carry the State, without the queue.
func (s *Service) Report(ctx context.Context, who account.Identity, p Progress) (State, error) {
	var checks fault.Checks
	checks.Require(p.Position >= 0 && p.Position <= MaxPosition, "position", "Position must be milliseconds within a week")
	if err := checks.Err(); err != nil {
		return State{}, err
	}
	now := s.now()
	if err := s.used(ctx, who.User, p.Device, now); err != nil {
		return State{}, err
	}
	var state State
	err := s.store.WriteProgress(ctx, who.User, now, func(before State) (State, error) {
		state = before
		if before.Active == "" || before.Active != p.Device {
			return State{}, ErrNotActive
		}
		if before.Revision != p.Revision {
			return State{}, ErrStale
		}
		state.Position, state.PositionAt, state.UpdatedAt = p.Position, now, now
		return state, nil
	})
	state = state.readAt(now)
	if errors.Is(err, ErrNotActive) || errors.Is(err, ErrStale) {
		return State{}, withState(err, state)
	}
	if err != nil {
		return State{}, fmt.Errorf("write progress: %w", err)
	}
	s.outlet.Tell(who.User, News{What: Progressed, State: state})
	return state, nil
}

// Handover asks the device To to take over; By asks for it.
type Handover struct {
	By, To   DeviceID
	Revision *int64
}

// Transfer asks a device to take over what plays: it does so by writing itself active, and until then the old
// one plays on. It returns ErrNoDevice, or ErrOffline when the device does not listen.
func (s *Service) Transfer(ctx context.Context, who account.Identity, h Handover) (State, error) {
	if _, err := s.device(ctx, who.User, h.To); err != nil {
		return State{}, err
	}
	online, err := s.outlet.Online(ctx, who.User)
	if err != nil {
		return State{}, fmt.Errorf("ask which devices are connected: %w", err)
	}
	now := s.now()
	state, _, err := s.change(ctx, who, by{h.By, h.Revision}, func(before State, heard Heard) (State, []Applied, error) {
		if !online[h.To] {
			return State{}, nil, ErrOffline
		}
		known, err := heard(before.songs())
		if err != nil {
			return State{}, nil, err
		}
		before = before.seen(known)
		before.Revision, before.UpdatedAt, before.Writer = before.Revision+1, now, h.By
		before.Transfer = &Transfer{To: h.To, ID: rand.Text(), At: now}
		if before.Active == h.To { // it plays already: whoever was asked instead no longer is
			before.Transfer = nil
		}
		return before, nil, nil
	})
	return state, err
}
