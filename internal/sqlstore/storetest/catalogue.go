package storetest

import (
	"context"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Catalogue answers for the catalogue in tests of what stands on it: songs straight from their rows, and a
// scope of the libraries that Hears names for each user.
type Catalogue struct {
	rows  *Rows
	Hears map[account.UserID][]library.ID
}

// Catalogue returns a catalogue in which nobody hears anything yet.
func (r *Rows) Catalogue() *Catalogue {
	return &Catalogue{rows: r, Hears: map[account.UserID][]library.ID{}}
}

// Scope is the libraries that Hears names.
func (c *Catalogue) Scope(_ context.Context, who account.Identity) (library.Scope, error) {
	return library.Scope{User: who.User, Admin: who.Role == account.Admin, Libraries: c.Hears[who.User]}, nil
}

// Songs returns the songs within the scope, without artists, genres and covers.
func (c *Catalogue) Songs(ctx context.Context, scope library.Scope, ids []library.SongID) ([]library.Song, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query, args, err := sqlx.In(`SELECT id, library_id, title, duration, missing_since IS NOT NULL AS missing
		FROM songs WHERE id IN (?)`, ids)
	if err != nil {
		return nil, err
	}
	var found []struct {
		ID       library.SongID `db:"id"`
		Library  library.ID     `db:"library_id"`
		Title    string         `db:"title"`
		Duration int64          `db:"duration"`
		Missing  bool           `db:"missing"`
	}
	if err := c.rows.db.SelectContext(ctx, &found, c.rows.db.Rebind(query), args...); err != nil {
		return nil, err
	}
	songs := make([]library.Song, 0, len(found))
	for _, f := range found {
		if slices.Contains(scope.Libraries, f.Library) {
			songs = append(songs, library.Song{ID: f.ID, LibraryID: f.Library, Title: f.Title, Format: library.MP3,
				Duration: time.Duration(f.Duration) * time.Millisecond, Missing: f.Missing})
		}
	}
	return songs, nil
}
