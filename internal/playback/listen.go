package playback

import (
	"time"

	"hathor/internal/library"
)

const (
	playAfter   = 4 * time.Minute // of a long song
	shortWindow = 10 * time.Second
	longWindow  = 2 * time.Minute
	slack       = 5 * time.Second
	// MaxHeard is the longest that one listen may be said to be.
	MaxHeard = 24 * time.Hour
)

// Listen is one hearing of a song. Heard is how much of it was heard, At when it was reported as a play, or
// at all while it is none.
type Listen struct {
	ID    int64
	Song  library.SongID
	At    time.Time
	Heard time.Duration
}

// Report is what a client says: heard until At, nil when it does not say how much.
type Report struct {
	At    time.Time
	Heard *time.Duration
}

// Verdict is what a report does: it makes a listen, or adds to an earlier one (Again, its id), and counts as
// a play or not. At and Heard are the listen's from now on.
type Verdict struct {
	Again  int64
	At     time.Time
	Heard  time.Duration
	Counts bool
}

// enough is how much of a song of that length makes a play.
func enough(length time.Duration) time.Duration { return min(length/2, playAfter) }

// Judge decides about a report on a song of that length; before is the listener's last listen to it, if any.
//
// Both are the same hearing when the report comes within a third of the song (10 s to 2 min) of the earlier
// one, or when what it says was heard reaches back to before it: nobody hears a song twice at once. Reports
// come a little late; in doubt a new hearing follows a play (at double speed on repeat it begins just where
// the earlier report was made), and a listen that was no play goes on. The same hearing counts once; it may
// make a listen longer, and so a play of what was none.
func Judge(length time.Duration, before *Listen, r Report) Verdict {
	heard := enough(length)
	reach := time.Duration(0)
	if r.Heard != nil {
		heard = *r.Heard
		if length > 0 {
			heard = min(heard, length)
		}
		reach = heard
	}
	counts := heard >= enough(length)
	if before == nil || !same(length, *before, r.At, reach) {
		return Verdict{At: r.At, Heard: heard, Counts: counts}
	}
	verdict := Verdict{Again: before.ID, At: before.At, Heard: max(heard, before.Heard)}
	if counts && before.Heard < enough(length) {
		verdict.At, verdict.Counts = r.At, true
	}
	return verdict
}

func same(length time.Duration, before Listen, at time.Time, reach time.Duration) bool {
	since := at.Sub(before.At)
	if before.Heard < enough(length) {
		return since < window(length) || since < reach+slack
	}
	return since < window(length) || since < reach-slack
}

func window(length time.Duration) time.Duration {
	return max(shortWindow, min(length/3, longWindow))
}
