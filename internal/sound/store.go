package sound

import (
	"context"
	"time"

	"hathor/internal/library"
)

// Queue is the songs that are due: those without a row of this Version for the bytes they have. Missing songs
// wait until they are back.
type Queue interface {
	// Claim hands out at most limit songs that are due and that nobody else holds, and holds them for the
	// holder until then: of only these, or with none named any, the newest first.
	Claim(ctx context.Context, holder string, until time.Time, only []library.SongID, limit int) ([]Due, error)
	// Save writes results of songs that still have the bytes that were measured, ends the holder's claims on
	// them, and prolongs those on pending.
	Save(ctx context.Context, holder string, results []Result, pending []library.SongID, until time.Time) error
	// Release ends the holder's claims on the songs, or with none named everybody's on all.
	Release(ctx context.Context, holder string, songs []library.SongID) error
	// Again makes songs due that were measured with the note.
	Again(ctx context.Context, note string) error
	// Counts tells how far the pass is.
	Counts(ctx context.Context) (Counts, error)
	// Failures lists songs that could not be measured, last ones first, and how many there are. Only those
	// within the scope are named.
	Failures(ctx context.Context, scope library.Scope, limit, offset int) ([]Failed, int, error)
}

// Shelf is where results are read. What is outside the scope is fault.NotFound.
type Shelf interface {
	Sound(ctx context.Context, scope library.Scope, id library.SongID) (Kept, error)
	// Album lists what is known of the songs of an album that are not missing. Whether the asker hears them is
	// asked of one of them before: an album is in one library.
	Album(ctx context.Context, id library.AlbumID) ([]Track, error)
	Waveform(ctx context.Context, scope library.Scope, id library.SongID) (Drawn, error)
	SeekIndex(ctx context.Context, scope library.Scope, id library.SongID) (Indexed, error)
}

// Counts are songs that are not missing: Done with Failed and Pending make Total.
type Counts struct {
	Total, Done, Failed, Pending int
}

// Failed is a song that could not be measured. Title and Artist are empty for one that the asker does not hear.
type Failed struct {
	Song          library.SongID
	Title, Artist string
	Reason        string
	At            time.Time
}

// State says whether a song was measured as it is now.
type State struct {
	Measured bool   // by this Version, and the same bytes
	Tag      string // changes with the version and the bytes
	Problem  string // for people: why something or all is missing
}

// Kept is what the store knows of a song's sound.
type Kept struct {
	State
	Frames         // without index
	Loudness       *Loudness
	Album          library.AlbumID
	TrackGain      *float64 // of the file's tags: dB, and peaks with full scale at 1
	TrackPeak      *float64
	AlbumGain      *float64
	AlbumPeak      *float64
	SongSampleRate int // as the scan read it
}

// Track is a song's part in the loudness of its album.
type Track struct {
	Settled  bool // measured, or known not to be measurable
	Length   time.Duration
	Loudness *Loudness
}

// Drawn is the waveform of a song.
type Drawn struct {
	State
	Waveform Waveform
}

// Indexed is the seek index of a song.
type Indexed struct {
	State
	SampleRate int
	Index      Index
}
