// Package sound is the one pass over whole files: content hash, exact trim and length, seek index, loudness,
// true peak and waveform of each song, made in the background and served to players.
//
// DESIGN.md beside this file says what is measured, how, and in which order.
package sound

import (
	"context"
	"io"
	"os"
	"time"

	"hathor/internal/library"
)

// Version is that of the measuring: a song with a row of another one is measured anew.
const Version = 1

// TrimSource is what the exact trim and length of a song were taken from.
type TrimSource string

// The sources. Exact is a format whose samples are the recording's; None means that nothing tells what an
// encoder added, so a player should blend rather than join.
const (
	LAME     TrimSource = "lame"
	EditList TrimSource = "elst"
	ITunes   TrimSource = "itunsmpb"
	Opus     TrimSource = "opus"
	Vorbis   TrimSource = "vorbis"
	Exact    TrimSource = "exact"
	None     TrimSource = "none"
)

// Frames is what walking through a file's frames tells, without decoding them.
type Frames struct {
	Format     library.Format
	SampleRate int // Hz, of what a decoder gives out
	Channels   int
	// StartTrim is how many samples a decoder that trims nothing gives before the music begins, and
	// TotalSamples how many follow that are music. TotalSamples is 0 when only decoding can tell.
	StartTrim    int64
	TotalSamples int64
	Source       TrimSource
	Index        Index // empty where the format has none
}

// Walker goes through all frames of an audio file. It answers a fault of kind fault.Unsupported, with a
// sentence for people, for what is no audio or is damaged beyond use; other errors are the disk's or the
// context's. A format that it does not know by frames comes back with Format alone.
type Walker interface {
	Walk(ctx context.Context, file io.ReaderAt, size int64) (Frames, error)
}

// Shape is how decoded samples lie: Rate a second, of so many channels beside each other.
type Shape struct{ Rate, Channels int }

// Decoder turns a file into samples. begin is told their shape before the first; take gets them block by
// block, channels interleaved, full scale at 1, trimmed as Frames says; it must not keep a block. An error
// of take ends the decoding and is answered. errors.ErrUnsupported means that this decoder cannot decode the
// format; a fault of kind fault.Unsupported that the file is damaged.
type Decoder interface {
	Decode(ctx context.Context, file *os.File, f Frames, begin func(Shape) error, take func([]float32) error) error
}

// Due is a song that is to be measured: where its bytes are, and which.
type Due struct {
	library.SongFile
	Size int64
}

// Files opens the bytes of songs. The caller closes what it gets.
type Files interface {
	Open(ctx context.Context, song library.SongFile) (*os.File, error)
}

// Loudness is what a song sounds like: integrated over all of it, by ITU-R BS.1770-4.
type Loudness struct {
	LUFS     float64
	TruePeak float64 // dBTP, from samples made between the samples
}

// Measured is all that is known of a song's bytes.
type Measured struct {
	Frames
	Hash     []byte    // SHA-256
	Loudness *Loudness // nil for silence, and where nothing could decode the file
	Wave     Waveform
	Note     string // for people: why something is missing
}

// Result is the outcome for one song: Measured, or for a file that cannot be measured Failure, a sentence.
type Result struct {
	Due
	Measured
	Failure string
	At      time.Time
}
