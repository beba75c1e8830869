// Package playback is what a listener hears: the one playback state that follows them from device to device,
// and the record of what they heard.
//
// A listen counts as a play when half the song or four minutes of it were heard, whichever is less; a shorter
// one stays in the history with its length and counts nothing. A client that gives no length vouches for the
// rule itself, and the least that satisfies it is kept. Reports of one and the same hearing (see Judge) make
// one listen, counted once.
package playback

import (
	"time"

	"hathor/internal/library"
)

// Limits of the state.
const (
	MaxQueue    = 10_000
	MinSpeed    = 0.5
	MaxSpeed    = 2.0
	MaxPitch    = 12.0 // semitones up or down
	MaxPosition = 7 * 24 * time.Hour
)

// Repeat says what comes after the end.
type Repeat string

// After the last song nothing, the queue again, or the same song again.
const (
	RepeatOff Repeat = "off"
	RepeatAll Repeat = "all"
	RepeatOne Repeat = "one"
)

// Stems says which parts of a song are heard.
type Stems struct{ Vocals, Drums, Bass, Other bool }

// State is one listener's playback, and the remote control of it: any device writes it, and the active device
// does what it says. Revision grows by one with each write, 0 before the first; QueueRevision is the one at which
// the queue last changed.
type State struct {
	Revision      int64
	QueueRevision int64
	// Active is the device that plays, Writer the one that wrote last; empty for none.
	Active, Writer DeviceID
	Transfer       *Transfer // nil unless the playback is to move to another device
	// PositionAt is when Position was true, zero before the first write.
	PositionAt time.Time
	// ReadAt is when the state was read, by the same clock.
	ReadAt      time.Time
	CurrentSong library.SongID // 0 for none
	Position    time.Duration
	Playing     bool
	Volume      float64 // 0 to 1
	Speed       float64
	Pitch       float64 // semitones
	Stems       Stems
	Queue       []QueueItem
	QueueIndex  *int  // where in the queue, nil for nowhere
	NextEntry   int64 // to be given to the next item of the queue
	Entry       int64 // of the place, where the queue was not read
	Repeat      Repeat
	Shuffle     bool
	UpdatedAt   time.Time
}

// Transfer asks a device to take over what plays. ID tells two requests apart.
type Transfer struct {
	To DeviceID
	ID string
	At time.Time
}

// TransferLife is how long a device may take to take over; then nobody waits for it any more.
const TransferLife = 30 * time.Second

// Fresh is the state of who never played anything.
func Fresh() State {
	return State{Volume: 1, Speed: 1, Stems: Stems{Vocals: true, Drums: true, Bass: true, Other: true}, Repeat: RepeatOff}
}

// Change is a write of the state; nil leaves a field as it is, so that a client can report its position
// without sending its queue again.
type Change struct {
	// Revision is the one the client knows; the write is refused when the state is at another. nil: last write wins.
	Revision *int64
	// Device is the one that writes, Active the one that is to be the active one from now on, empty for none.
	Device      DeviceID
	Active      *DeviceID
	CurrentSong *library.SongID // 0 for none
	Position    *time.Duration
	Playing     *bool
	Volume      *float64
	Speed       *float64
	Pitch       *float64
	Stems       *Stems
	Queue       *[]QueueItem
	QueueIndex  **int
	// CurrentEntry is the place in the queue by its entry, which stays right when the queue was changed meanwhile.
	CurrentEntry *int64
	Repeat       *Repeat
	Shuffle      *bool
}

// applied returns the state after the change, at the next revision. A new queue without an index is at the
// current song's first place.
func (c Change) applied(s State, at time.Time) State {
	s = c.moved(s, at)
	s.Revision, s.UpdatedAt, s.Writer = s.Revision+1, at, c.Device
	set(&s.CurrentSong, c.CurrentSong)
	set(&s.Position, c.Position)
	set(&s.Playing, c.Playing)
	set(&s.Volume, c.Volume)
	set(&s.Speed, c.Speed)
	set(&s.Pitch, c.Pitch)
	set(&s.Stems, c.Stems)
	set(&s.Repeat, c.Repeat)
	set(&s.Shuffle, c.Shuffle)
	if c.Active != nil {
		s.Active, s.Transfer = *c.Active, nil
		s.Playing = s.Playing && (s.Active != "" || c.Playing != nil)
	}
	if c.Queue != nil {
		s = s.withQueue(s.queue().replaced(*c.Queue))
		s.QueueIndex, s.QueueRevision = indexOf(s.Queue, s.CurrentSong), s.Revision
	}
	set(&s.QueueIndex, c.QueueIndex)
	if c.CurrentEntry != nil {
		s.QueueIndex = s.queue().placeOf(*c.CurrentEntry)
	}
	return s
}

// moved sees to the position: one that is sent is true now; one that is not goes on to where the song is by now
// when that matters, and is nought for another song.
func (c Change) moved(s State, at time.Time) State {
	switch {
	case c.Position != nil:
		s.PositionAt = at
	case c.CurrentSong != nil && *c.CurrentSong != s.CurrentSong:
		s.Position, s.PositionAt = 0, at
	case c.Playing != nil || c.Speed != nil:
		s = s.carried(at)
	case c.Active != nil && *c.Active == "" && s.Playing:
		s = s.stopped(at)
	}
	return s
}

// carried moves the position on to where it is by now.
func (s State) carried(at time.Time) State {
	if age := at.Sub(s.PositionAt); s.Playing && !s.PositionAt.IsZero() && age > 0 {
		s.Position = min(s.Position+time.Duration(float64(age)*s.Speed), MaxPosition)
	}
	s.PositionAt = at
	return s
}

// stopped is the state when nobody plays any more.
func (s State) stopped(at time.Time) State {
	if s.Playing {
		s = s.carried(at)
	}
	s.Playing, s.Active, s.Transfer = false, "", nil
	return s
}

// readAt is the state as it is shown at that time: nobody waits any more for a device that did not take over.
func (s State) readAt(at time.Time) State {
	s.ReadAt = at
	if s.Transfer != nil && at.Sub(s.Transfer.At) > TransferLife {
		s.Transfer = nil
	}
	return s
}

func (s State) queue() Queue { return Queue{Items: s.Queue, Index: s.QueueIndex, Next: s.NextEntry} }

func (s State) withQueue(q Queue) State {
	s.Queue, s.QueueIndex, s.NextEntry = q.Items, q.Index, q.Next
	return s
}

// CurrentEntry is the entry of the place in the queue, 0 for nowhere.
func (s State) CurrentEntry() int64 {
	if s.Queue == nil {
		return s.Entry
	}
	return s.queue().current()
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

func indexOf(queue []QueueItem, song library.SongID) *int {
	for i, item := range queue {
		if item.Song == song {
			return &i
		}
	}
	return nil
}

// songs lists what the state names.
func (s State) songs() []library.SongID {
	out := make([]library.SongID, 0, len(s.Queue)+1)
	for _, item := range s.Queue {
		out = append(out, item.Song)
	}
	if s.CurrentSong != 0 {
		out = append(out, s.CurrentSong)
	}
	return out
}

// only drops what cannot be heard any more: songs of the queue, and the current song, which then stops.
func (s State) only(heard map[library.SongID]bool) State {
	if !heard[s.CurrentSong] {
		if s.CurrentSong != 0 {
			s.Playing, s.Position = false, 0
		}
		s.CurrentSong = 0
	}
	s.Entry = 0
	return s.withQueue(s.queue().keep(func(i QueueItem) bool { return heard[i.Song] }))
}
