package sqlstore

import (
	"context"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Catalogue is the reading side of songs, albums and artists, and the listeners' marks on them.
type Catalogue struct {
	db      *DB
	counts  *memo[string, int]
	genres  *memo[string, []library.Genre]
	songs   *memo[library.SongID, songExtra]
	albums  *memo[library.AlbumID, albumExtra]
	artists *memo[string, artistExtra]
	files   *memo[library.SongID, library.SongFile]
	covers  *memo[coverOwner, coverOf]
}

// NewCatalogue makes the store over an open database.
func NewCatalogue(db *DB) *Catalogue {
	return &Catalogue{
		db:      db,
		counts:  newMemo[string, int](1000),
		genres:  newMemo[string, []library.Genre](100),
		songs:   newMemo[library.SongID, songExtra](10_000),
		albums:  newMemo[library.AlbumID, albumExtra](5000),
		artists: newMemo[string, artistExtra](5000),
		files:   newMemo[library.SongID, library.SongFile](10_000),
		covers:  newMemo[coverOwner, coverOf](10_000),
	}
}

// AudibleLibraries are the open libraries, the user's own and those granted to the user, by id.
func (c *Catalogue) AudibleLibraries(ctx context.Context, user account.UserID) ([]library.ID, error) {
	ids := []library.ID{}
	err := c.db.list(ctx, &ids, `SELECT id FROM libraries WHERE (is_open AND kind <> 'private') OR owner_id = ?
		OR EXISTS (SELECT 1 FROM library_grants WHERE library_id = libraries.id AND user_id = ?) ORDER BY id`, user, user)
	return ids, err
}

// heard is the condition that a column names a library within the scope. The plus keeps the column out of
// the choice of an index: nearly every row is within the scope, so an order's index serves better.
func heard(column string, scope library.Scope) clause {
	places, args := oneOf(scope.Libraries)
	return clause{parts: []string{"+" + column + " IN " + places}, args: args}
}

// count answers how many rows of from fulfil only, from memory while the database stands still. With most
// above 0 it stops counting there.
func (c *Catalogue) count(ctx context.Context, name, from string, only clause, most int) (int, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return 0, err
	}
	if n, ok := c.counts.get(state, name); ok {
		return n, nil
	}
	query, args := "SELECT COUNT(*) FROM "+from+only.where(), only.args
	if most > 0 {
		query = "SELECT COUNT(*) FROM (SELECT 1 FROM " + from + only.where() + " LIMIT ?) AS counted"
		args = append(args[:len(args):len(args)], most)
	}
	var n int
	if err := c.db.get(ctx, &n, query, args...); err != nil {
		return 0, err
	}
	c.counts.put(state, name, n)
	return n, nil
}
