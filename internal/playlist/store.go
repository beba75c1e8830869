package playlist

import (
	"context"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Catalogue is what playlists need of the songs: who may hear what, and the songs themselves.
type Catalogue interface {
	Scope(context.Context, account.Identity) (library.Scope, error)
	// Songs returns those of the songs that are within the scope, missing files included, in any order.
	Songs(context.Context, library.Scope, []library.SongID) ([]library.Song, error)
}

// Store keeps playlists. What is not there is fault.Missing.
type Store interface {
	Create(ctx context.Context, owner account.UserID, as Description, at time.Time) (ID, error)
	// List returns own and public playlists after the mark (nil: from the start) and how many there are.
	List(ctx context.Context, scope library.Scope, after *Mark, limit int) ([]Playlist, int, error)
	Get(ctx context.Context, scope library.Scope, id ID) (Playlist, error)
	// Places returns entries whose songs are within the scope, in order, after the position.
	Places(ctx context.Context, scope library.Scope, id ID, after *int64, limit int) ([]Place, error)
	// Edit locks the playlist, lets change work on it and grows its revision by one. When change returns an
	// error, nothing has happened and Edit returns that error.
	Edit(ctx context.Context, scope library.Scope, id ID, at time.Time, change func(Edit) error) error
}

// Edit is a playlist under lock, within the scope of who edits it. A song or entry that is not to be seen
// there is fault.Missing.
type Edit interface {
	Head() Head
	Describe(Description) error
	Delete() error
	// Present returns those of the songs that have an entry already.
	Present([]library.SongID) ([]library.SongID, error)
	// Add puts the songs before an entry, 0 for the end.
	Add(songs []library.SongID, before EntryID) error
	// Move puts the entries, in the order given, before another, 0 for the end.
	Move(entries []EntryID, before EntryID) error
	Remove(EntryID) error
}

// Head is what decides whether an edit may happen.
type Head struct {
	Owner    account.UserID
	About    Description
	Revision int64 // before this edit
	Entries  int   // all of them, whoever may hear them
}

// Description is what a playlist says of itself.
type Description struct {
	Name   string
	Text   string
	Public bool
}
