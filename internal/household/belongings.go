package household

import (
	"context"
	"encoding/json"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Belongings reads what is a user's own, row by row in the order of their ids, a little in memory at a time.
// The names of songs outside the scope stay empty. An error of emit ends the reading and is returned.
type Belongings interface {
	Playlists(ctx context.Context, scope library.Scope, emit func(Playlist) error) error
	Marks(ctx context.Context, scope library.Scope, emit func(Mark) error) error
	Listens(ctx context.Context, scope library.Scope, emit func(Listen) error) error
	Uploads(ctx context.Context, user account.UserID, emit func(Upload) error) error
	Keys(ctx context.Context, scope library.Scope, emit func(Key) error) error
	// Playback is the playback state as it is kept, null without.
	Playback(ctx context.Context, user account.UserID) (json.RawMessage, error)
}

// SongName is a song in somebody's list.
type SongName struct {
	ID     library.SongID `json:"songId"`
	Title  string         `json:"title"`
	Artist string         `json:"artist"`
	Album  string         `json:"album"`
}

// Playlist is one of the user's playlists with its songs in order.
type Playlist struct {
	ID          int64     `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Public      bool      `json:"isPublic"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt"`
	Songs       []Entry   `json:"songs"`
}

// Entry is a song's place in a playlist.
type Entry struct {
	SongName
	AddedAt time.Time `json:"addedAt"`
}

// Mark is what the user thinks of a song, an album or an artist.
type Mark struct {
	Kind       library.SubjectKind `json:"kind"`
	ID         int64               `json:"id"`
	Title      string              `json:"title"` // the name of an artist
	Artist     string              `json:"artist,omitempty"`
	LikedAt    *time.Time          `json:"likedAt"`
	Rating     int                 `json:"rating"`
	Plays      int                 `json:"plays"`
	LastPlayed *time.Time          `json:"lastPlayed"`
}

// Listen is a hearing of a song.
type Listen struct {
	SongName
	At    time.Time `json:"at"`
	Heard float64   `json:"heardSeconds"`
}

// Upload is a song that the user brought in, and its original file.
type Upload struct {
	ID        library.SongID `json:"songId"`
	Title     string         `json:"title"`
	Artist    string         `json:"artist"`
	Album     string         `json:"album"`
	Year      int            `json:"year,omitempty"`
	Track     int            `json:"track,omitempty"`
	Disc      int            `json:"disc,omitempty"`
	Format    library.Format `json:"format"`
	Library   string         `json:"library"`
	Private   bool           `json:"private"`
	CreatedAt time.Time      `json:"createdAt"`
	File      *string        `json:"file"` // in the archive; null when it vanished meanwhile
	ObjectKey string         `json:"-"`
}

// Key is an API key without what makes it one.
type Key struct {
	Name       string     `json:"name"`
	Scope      string     `json:"scope"`
	CreatedAt  time.Time  `json:"createdAt"`
	LastUsedAt *time.Time `json:"lastUsedAt"`
	ExpiresAt  *time.Time `json:"expiresAt"`
}
