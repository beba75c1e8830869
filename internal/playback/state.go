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

// QueueItem is a song of the queue. Entry tells two places of the same song apart; it is the client's, 0 without.
type QueueItem struct {
	Song  library.SongID
	Entry int64
}

// State is one listener's playback. Revision grows by one with each write, 0 before the first.
type State struct {
	Revision    int64
	CurrentSong library.SongID // 0 for none
	Position    time.Duration
	Playing     bool
	Volume      float64 // 0 to 1
	Speed       float64
	Pitch       float64 // semitones
	Stems       Stems
	Queue       []QueueItem
	QueueIndex  *int // where in the queue, nil for nowhere
	Repeat      Repeat
	Shuffle     bool
	UpdatedAt   time.Time
}

// Fresh is the state of who never played anything.
func Fresh() State {
	return State{Volume: 1, Speed: 1, Stems: Stems{Vocals: true, Drums: true, Bass: true, Other: true}, Repeat: RepeatOff}
}

// Change is a write of the state; nil leaves a field as it is, so that a client can report its position
// without sending its queue again.
type Change struct {
	// Revision is the one the client knows; the write is refused when the state is at another. nil: last write wins.
	Revision    *int64
	CurrentSong *library.SongID // 0 for none
	Position    *time.Duration
	Playing     *bool
	Volume      *float64
	Speed       *float64
	Pitch       *float64
	Stems       *Stems
	Queue       *[]QueueItem
	QueueIndex  **int
	Repeat      *Repeat
	Shuffle     *bool
}

// applied returns the state after the change. A new queue without an index is at the current song's first place.
func (c Change) applied(s State) State {
	set(&s.CurrentSong, c.CurrentSong)
	set(&s.Position, c.Position)
	set(&s.Playing, c.Playing)
	set(&s.Volume, c.Volume)
	set(&s.Speed, c.Speed)
	set(&s.Pitch, c.Pitch)
	set(&s.Stems, c.Stems)
	set(&s.Repeat, c.Repeat)
	set(&s.Shuffle, c.Shuffle)
	if c.Queue != nil {
		s.Queue, s.QueueIndex = *c.Queue, indexOf(*c.Queue, s.CurrentSong)
	}
	set(&s.QueueIndex, c.QueueIndex)
	return s
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
// The place in the queue moves along; where its own song went, the one after it takes the place.
func (s State) only(heard map[library.SongID]bool) State {
	if !heard[s.CurrentSong] {
		if s.CurrentSong != 0 {
			s.Playing, s.Position = false, 0
		}
		s.CurrentSong = 0
	}
	kept := make([]QueueItem, 0, len(s.Queue))
	index := s.QueueIndex
	for i, item := range s.Queue {
		if s.QueueIndex != nil && i == *s.QueueIndex {
			at := len(kept)
			index = &at
		}
		if heard[item.Song] {
			kept = append(kept, item)
		}
	}
	if index != nil && *index >= len(kept) {
		index = nil
	}
	s.Queue, s.QueueIndex = kept, index
	return s
}
