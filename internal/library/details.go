package library

// Details is more of what a file says of its song than lists show. Missing values are zero.
type Details struct {
	Date          string // "2021-05-17" or "2021-05"; the year alone stands in the song
	OriginalDate  string // when the recording first came out, also a year alone
	TrackTotal    int
	DiscTotal     int
	TitleSort     string
	AlbumSort     string
	RecordingMBID string // MusicBrainz
	TrackGain     *float64
	TrackPeak     *float64 // full scale is 1
	AlbumGain     *float64 // dB, ReplayGain's scale
	AlbumPeak     *float64
}

// Empty tells whether the file says nothing of all this.
func (d Details) Empty() bool { return d == Details{} }

// Lyrics are a song's words: without times, as LRC, or both.
type Lyrics struct {
	Plain  string
	Synced string // LRC
}

// AlbumKind is what kind of release an album is.
type AlbumKind string

// The kinds of albums. What nobody says anything of is an album.
const (
	FullAlbum   AlbumKind = "album"
	EP          AlbumKind = "ep"
	Single      AlbumKind = "single"
	Compilation AlbumKind = "compilation"
	Live        AlbumKind = "live"
	Soundtrack  AlbumKind = "soundtrack"
	OtherKind   AlbumKind = "other"
)

// Role is an artist's part in a song.
type Role string

// The roles of artists. Only songs have all of them; albums have album artists.
const (
	MainArtist  Role = "artist"
	AlbumArtist Role = "albumArtist"
	Featured    Role = "featured"
	Remixer     Role = "remixer"
	Composer    Role = "composer"
)
