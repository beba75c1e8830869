// Package playlist is what listeners put together: named, ordered lists of songs, private or public.
//
// An entry is one place in a playlist; the same song may have several. Whoever reads a playlist gets the
// entries whose songs they may hear, and counts that agree with these; the others stay where they are.
// Every edit is one transaction on a locked playlist, so two edits at once both happen, one after the other.
package playlist

import (
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// IDs are database ids, from 1, never used again.
type (
	ID      int64
	EntryID int64
)

// Limits. A full playlist fits into one playback queue.
const (
	MaxEntries     = 10_000
	MaxPerEdit     = 1_000 // songs added or entries moved by one call
	MaxName        = 100
	MaxDescription = 500
	MaxPage        = 500
)

// Owner is whose playlist it is.
type Owner struct {
	ID          account.UserID
	Username    string
	DisplayName string
}

// SongCover is the cover of one of the songs.
type SongCover struct {
	Song  library.SongID
	Cover library.Cover
}

// Playlist is a playlist as one reader sees it. Covers are up to four different ones of its first songs.
type Playlist struct {
	ID          ID
	Name        string
	Description string
	Public      bool
	Owner       Owner
	Mine        bool
	SongCount   int
	Duration    time.Duration
	Covers      []SongCover
	Revision    int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Entry is one place in a playlist, with its song as the reader sees it.
type Entry struct {
	ID      EntryID
	AddedAt time.Time
	Song    library.Song
}

// Place is an entry as the store knows it. Position orders the entries of one playlist and says nothing else.
type Place struct {
	Entry    EntryID
	Song     library.SongID
	Position int64
	AddedAt  time.Time
}

// Contents is a playlist and a page of its entries. Next is the position to go on after, nil at the end.
type Contents struct {
	Playlist Playlist
	Entries  []Entry
	Next     *int64
}

// Mark is a place in the list of playlists: one's own come first, then the newest.
type Mark struct {
	Mine bool
	ID   ID
}

// Page is a page of the list of playlists. Next is the mark to go on after, nil at the end.
type Page struct {
	Playlists []Playlist
	Total     int
	Next      *Mark
}
