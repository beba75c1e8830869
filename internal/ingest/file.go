// Package ingest brings music in: uploads as streams and scans of library folders, one catalogue behind both.
package ingest

import (
	"context"
	"errors"
	"io"
	"time"

	"hathor/internal/library"
)

// Tags is what a file says about itself. Missing values are zero; text is valid UTF-8, trimmed, and
// without control characters.
type Tags struct {
	Title            string
	Artists          []string // in the file's order, one name each
	AlbumArtists     []string
	Album            string
	Genres           []string
	Track            int
	TrackTotal       int
	Disc             int
	DiscTotal        int
	Year             int    // from Date
	Date             string // "2021", "2021-05" or "2021-05-17"
	OriginalDate     string
	Compilation      bool
	TitleSort        string
	ArtistSort       string
	AlbumSort        string
	AlbumArtistSort  string
	Composers        []string
	Remixers         []string
	TrackMBID        string // MusicBrainz recording id
	AlbumMBID        string // MusicBrainz release id
	ReleaseGroupMBID string
	ArtistMBIDs      []string
	AlbumArtistMBIDs []string
	ReleaseTypes     []string // MusicBrainz' primary and secondary types in lower case: "album", "live"
	TrackGain        *float64 // dB, ReplayGain scale (R128 tags are converted by +5 dB)
	TrackPeak        *float64 // full scale is 1
	AlbumGain        *float64
	AlbumPeak        *float64
	Lyrics           string // without times
	SyncedLyrics     string // LRC: lines of "[mm:ss.xx]text" in the order of their times, and nothing else
	Pictures         map[PictureKind][]byte
}

// PictureKind is what a picture in a file is of.
type PictureKind string

// The kinds of pictures that are kept apart. Other kinds may serve as File.Picture.
const (
	FrontPicture  PictureKind = "front"
	ArtistPicture PictureKind = "artist"
)

// Audio is what the stream itself is, measured from its frames and headers.
type Audio struct {
	Format     library.Format
	Duration   time.Duration
	BitRate    int // kbit/s, mean over the file
	SampleRate int // Hz
	Channels   int
	BitDepth   int // 0 for lossy codecs
	// AudioOffset and AudioSize are the bytes of the file that are sound and no tags. Without a size the
	// whole file counts.
	AudioOffset int64
	AudioSize   int64
}

// File is everything one read of a file gives. Picture is the front cover's bytes as they stand in the
// file, nil without one; PictureProblem says why a picture that is there was left out.
type File struct {
	Tags           Tags
	Audio          Audio
	Picture        []byte
	PictureProblem string
}

// ErrNotNow is behind a Reader's refusal that need not last though the file stays as it is: what reads its format
// is not installed.
var ErrNotNow = errors.New("not readable now")

// Reader reads tags, length and cover of an audio file by its content, never by its name. It reads heads
// and tails only, within two seconds and fixed limits, and returns a fault of kind fault.Unsupported with
// a sentence that says what is wrong for whatever is no audio it knows, is empty, cut short or hostile.
type Reader interface {
	Read(ctx context.Context, r io.ReaderAt, size int64) (File, error)
}

// Picture is a cover that was checked and can be shown.
type Picture struct {
	MediaType string // image/jpeg, image/png, image/webp or image/gif
	Width     int    // pixels
	Height    int
	Hue       int // degrees, OKLCH, of the largest coloured area; 70 for a grey picture, or UnknownHue
}

// UnknownHue is the hue of a picture that was not decoded yet.
const UnknownHue = -1

// PictureBomb is the code of a picture with a side that no honest one has.
const PictureBomb = "picture_bomb"

// Inspector checks a cover before it is kept: header first (at most 16 MB, 40 megapixels, 10,000 pixels a
// side), then decoded once. It returns a fault of kind fault.Unsupported that says what is wrong.
type Inspector interface {
	Inspect(ctx context.Context, picture []byte) (Picture, error)
	// Header is Inspect without decoding: the hue is UnknownHue.
	Header(picture []byte) (Picture, error)
}
