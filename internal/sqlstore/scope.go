package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Catalogue is the reading side of songs, albums and artists, and the listeners' marks on them.
type Catalogue struct {
	db         *DB
	vocabulary vocabulary
	places     placeBook
	epochs     *memo[account.UserID, epoch]
	counts     *memo[string, counted]
	pages      *memo[string, idPage]
	found      *memo[string, []int64]
	meant      *memo[string, []string]
	letterings *memo[string, library.Letters]
	facets     *memo[string, library.Facets]
	genres     *memo[string, []library.Genre]
	songs      *memo[library.SongID, songRow]
	albums     *memo[library.AlbumID, albumRow]
	tracks     *memo[library.AlbumID, []library.SongID]
	artists    *memo[string, artistExtra]
	names      *memo[library.ArtistID, string]
	pictures   *memo[library.CoverID, *library.Cover]
	genreNames *memo[int64, string]
	songMarks  *memo[markKey, songMark]
	files      *memo[library.SongID, library.SongFile]
	covers     *memo[coverOwner, coverOf]
	audible    *memo[account.UserID, []library.ID]
}

// NewCatalogue makes the store over an open database.
func NewCatalogue(db *DB) *Catalogue {
	return &Catalogue{
		db:         db,
		places:     placeBook{kept: map[string]readPlaces{}},
		epochs:     newMemo[account.UserID, epoch](10_000),
		counts:     newMemo[string, counted](1000),
		pages:      newMemo[string, idPage](1000),
		found:      newMemo[string, []int64](1000),
		meant:      newMemo[string, []string](1000),
		letterings: newMemo[string, library.Letters](100),
		facets:     newMemo[string, library.Facets](100),
		genres:     newMemo[string, []library.Genre](100),
		songs:      newMemo[library.SongID, songRow](20_000),
		albums:     newMemo[library.AlbumID, albumRow](10_000),
		tracks:     newMemo[library.AlbumID, []library.SongID](10_000),
		artists:    newMemo[string, artistExtra](5000),
		names:      newMemo[library.ArtistID, string](10_000),
		pictures:   newMemo[library.CoverID, *library.Cover](10_000),
		genreNames: newMemo[int64, string](5000),
		songMarks:  newMemo[markKey, songMark](20_000),
		files:      newMemo[library.SongID, library.SongFile](10_000),
		covers:     newMemo[coverOwner, coverOf](10_000),
		audible:    newMemo[account.UserID, []library.ID](10_000),
	}
}

// AudibleLibraries are the open libraries, the user's own and those granted to the user, by id. The answer
// is shared: nobody may write into it.
func (c *Catalogue) AudibleLibraries(ctx context.Context, user account.UserID) ([]library.ID, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return nil, err
	}
	if known, ok := c.audible.get(state, user); ok {
		return known, nil
	}
	ids := []library.ID{}
	if err := c.db.list(ctx, &ids, "SELECT id FROM libraries WHERE "+audible+" ORDER BY id", user, user); err != nil {
		return nil, err
	}
	c.audible.put(state, user, ids)
	return ids, nil
}

// heard is the condition that a column names a library within the scope. The plus keeps the column out of
// the choice of an index: nearly every row is within the scope, so an order's index serves better.
func heard(column string, scope library.Scope) clause {
	places, args := oneOf(scope.Libraries)
	return clause{parts: []string{"+" + column + " IN " + places}, args: args}
}

// counted is a number of rows. Where counting stopped, span is how many ids it came past until then.
type counted struct {
	N    int `db:"n"`
	Span int `db:"span"`
}

// count answers how many rows of from fulfil only, from memory while what it depends on stands still.
func (c *Catalogue) count(ctx context.Context, at epoch, f filter, from string, only clause) (int, error) {
	found, err := c.counted(ctx, at, f, "SELECT COUNT(*) AS n, 0 AS span FROM "+from+only.where(), only.args)
	return found.N, err
}

// countSome counts songs, but stops behind library.MaxCounted.
func (c *Catalogue) countSome(ctx context.Context, at epoch, f filter, from string, only clause) (n, span int, err error) {
	found, err := c.counted(ctx, at, f, `SELECT COUNT(*) AS n, COALESCE(MAX(id) - MIN(id) + 1, 0) AS span FROM (SELECT songs.id FROM `+
		from+only.where()+" LIMIT ?) AS begun", append(only.args[:len(only.args):len(only.args)], library.MaxCounted+1))
	return found.N, found.Span, err
}

func (c *Catalogue) counted(ctx context.Context, at epoch, f filter, query string, args []any) (counted, error) {
	key := f.name + "|" + at.of(f.own)
	found, ok := c.counts.get(at.catalogue, key)
	if ok {
		return found, nil
	}
	if err := c.db.get(ctx, &found, query, args...); err != nil {
		return counted{}, err
	}
	c.counts.put(at.catalogue, key, found)
	return found, nil
}

// idPage is one page of a list and the cursor of the next.
type idPage struct {
	ids  []int64
	next string
}

// page reads one page, from memory while what the list depends on stands still.
func (c *Catalogue) page(ctx context.Context, at epoch, l listing, p library.Paging) (ids []int64, next string, err error) {
	key := fmt.Sprintf("%s|%s|%d|%d|%s", l.name, at.of(l.own), p.Limit, p.Offset, p.Cursor)
	if known, ok := c.pages.get(at.catalogue, key); ok {
		return known.ids, known.next, nil
	}
	from, err := c.nearest(ctx, at, l, p.Offset)
	if err != nil {
		return nil, "", err
	}
	if ids, next, err = c.db.page(ctx, l, p, from); err == nil {
		c.pages.put(at.catalogue, key, idPage{ids, next})
	}
	return ids, next, err
}
