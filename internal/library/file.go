package library

import "time"

// SongFile is where the bytes of a song are: an object of the store (ObjectKey), or a file below the folder
// of its library (Folder, Path). It is for the server alone: paths are shown to nobody.
type SongFile struct {
	Song        SongID
	Library     ID
	Title       string
	Artist      string
	Format      Format
	ObjectKey   string
	Folder      string
	Path        string // slashes, relative to Folder
	ContentHash string // SHA-256, hexadecimal; empty while nobody has read the whole file
	ModifiedAt  time.Time
	Duration    time.Duration
	BitRate     int // kbit/s
	SampleRate  int // Hz
	Channels    int
}

// Picture is the cover of a song or an album: the hash of its bytes and their media type.
type Picture struct {
	Hash      string
	MediaType string
}
