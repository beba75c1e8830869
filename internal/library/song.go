// Package library is the catalogue: libraries, songs, albums, artists and genres, who may hear them,
// and what a listener thinks of them (likes, ratings, plays).
package library

import (
	"time"

	"hathor/internal/account"
)

// IDs are database ids, from 1, never used again.
type (
	ID       int64 // of a library
	SongID   int64
	AlbumID  int64
	ArtistID int64
	CoverID  int64
)

// Format is what a song's file holds, by container and codec, in the words clients use.
type Format string

// The formats that are read natively.
const (
	MP3      Format = "mp3"
	FLAC     Format = "flac"
	Vorbis   Format = "ogg"
	Opus     Format = "opus"
	AAC      Format = "m4a"
	ALAC     Format = "alac"
	WAV      Format = "wav"
	AIFF     Format = "aiff"
	WavPack  Format = "wv"
	Musepack Format = "mpc"
	APE      Format = "ape" // Monkey's Audio
	TTA      Format = "tta"
	WMA      Format = "wma"
	DSD      Format = "dsd" // DSF, and DSDIFF with the help of ffprobe
)

// WebM is Matroska with nothing but sound, which ffprobe reads.
const WebM Format = "webm"

// MediaType is the type a file of the format is served with.
func (f Format) MediaType() string {
	switch f {
	case MP3:
		return "audio/mpeg"
	case FLAC:
		return "audio/flac"
	case Vorbis, Opus:
		return "audio/ogg"
	case AAC, ALAC:
		return "audio/mp4"
	case WAV:
		return "audio/wav"
	case AIFF:
		return "audio/aiff"
	case WavPack:
		return "audio/x-wavpack"
	case APE:
		return "audio/x-ape"
	case WMA:
		return "audio/x-ms-wma"
	case Musepack:
		return "audio/x-musepack"
	case TTA:
		return "audio/x-tta"
	case DSD:
		return "audio/x-dsf"
	case WebM:
		return "audio/webm"
	}
	return "application/octet-stream"
}

// Ending is what names of files of the format end with, without the dot.
func (f Format) Ending() string {
	switch f {
	case ALAC:
		return "m4a"
	case DSD:
		return "dsf"
	}
	return string(f)
}

// Credit is an artist's part in a song or album.
type Credit struct {
	ID   ArtistID
	Name string
	Role Role
}

// Cover is a picture by the hash of its bytes. Hue is the hue in degrees (OKLCH) that a page lends
// from it, 70 for a grey one.
type Cover struct {
	ID   CoverID
	Hash string
	Hue  int
}

// Song is a song as one listener sees it: Liked, Rating and Plays are that listener's own.
type Song struct {
	ID         SongID
	LibraryID  ID
	AlbumID    AlbumID // 0 without an album
	Title      string
	Artist     string // as it is shown: names joined
	Album      string
	Artists    []Credit
	Genres     []string
	Year       int // 0 unknown
	Track      int
	Disc       int
	Duration   time.Duration
	BitRate    int // kbit/s
	SampleRate int // Hz
	Channels   int
	BitDepth   int // 0 for lossy codecs
	Format     Format
	Size       int64 // bytes
	Cover      *Cover
	UploadedBy account.UserID // 0 for songs of a folder
	CreatedAt  time.Time
	Missing    bool
	Liked      bool
	Rating     int // 0 none, 1 to 5
	Plays      int
	LastPlayed time.Time
}

// Album is an album within one library, as one listener sees it.
type Album struct {
	ID            AlbumID
	LibraryID     ID
	Title         string
	Artist        string
	Artists       []Credit
	Year          int
	SongCount     int
	Duration      time.Duration
	Cover         *Cover
	Genres        []string
	IsCompilation bool
	Kind          AlbumKind
	CreatedAt     time.Time
	Liked         bool
	Rating        int
	Plays         int // of its songs, the listener's own
}

// Artist is an artist as one listener sees it: the counts are of what that listener may hear.
type Artist struct {
	ID         ArtistID
	Name       string
	SortName   string
	AlbumCount int
	SongCount  int
	Cover      *Cover
	Liked      bool
	Rating     int
	Plays      int // of the songs, the listener's own
}

// Genre is a genre with the number of songs the listener may hear.
type Genre struct {
	Name      string
	SongCount int
}
