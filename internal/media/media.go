// Package media reads what music files and pictures say about themselves. It is the adapter behind
// ingest.Reader, ingest.Inspector and stream.Shrinker: plain Go, one small reader per format, written
// for files nobody vouches for. Nothing here trusts a length before it was held against the real size.
//
// DESIGN.md beside this file says what is read, within which limits, and why the readers are our own.
package media

import (
	"time"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/stream"
)

// The package is the adapter of these three.
var (
	_ ingest.Reader    = (*Reader)(nil)
	_ ingest.Inspector = (*Pictures)(nil)
	_ stream.Shrinker  = (*Pictures)(nil)
)

// The limits of one read. They are wide for real music and narrow for a file made to hurt.
const (
	maxTag      = 16 << 20 // bytes of one tag; a file with a bigger one is refused
	maxText     = 64 << 10 // bytes of one value; the rest is cut off
	maxPicture  = 16 << 20 // bytes; a bigger one is left out
	maxFrames   = 2000     // frames, comments, atoms or chunks of one tag; the rest is not looked at
	maxRead     = 64 << 20 // bytes read from one file, all in all
	maxSteps    = 200_000  // looks at one file, all in all
	maxDuration = 1000 * time.Hour
	maxWall     = 2 * time.Second
	maxWalk     = 10 * time.Minute // for going through a whole file
)

// Reader reads tags, length and cover of audio files. It is safe for concurrent use.
type Reader struct {
	clock  clock.Clock
	prober Prober
}

// NewReader returns a Reader that measures its two seconds by the clock. Formats that need ffprobe it refuses
// with a sentence that says what would help.
func NewReader(c clock.Clock) *Reader { return &Reader{clock: c} }

// NewProbingReader is NewReader with ffprobe for the formats that need it.
func NewProbingReader(c clock.Clock, p Prober) *Reader { return &Reader{clock: c, prober: p} }
