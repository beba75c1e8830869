package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/library"
)

// searched are the tables with a search_text.
var searched = []string{"songs", "albums", "artists"}

// finding is one search of one table.
type finding struct {
	table  string
	key    string // the column of the name
	only   clause
	fields []string // letters of library.Field, each with those before it
	words  wanted
	text   string
	limit  int
}

// SearchSongs returns the best matches first.
func (c *Catalogue) SearchSongs(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Song, error) {
	at, ids, err := c.search(ctx, scope, finding{table: "songs", key: "songs.title_key", only: listed(scope),
		fields: []string{"t", "ta", "tal"}, text: text, limit: limit})
	if err != nil {
		return nil, err
	}
	return c.songsAt(ctx, at, scope, typed[library.SongID](ids))
}

// SearchAlbums returns the best matches first; words of the artist count too.
func (c *Catalogue) SearchAlbums(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Album, error) {
	at, ids, err := c.search(ctx, scope, finding{table: "albums", key: "albums.title_key", only: listedAlbums(scope),
		fields: []string{"t", "ta"}, text: text, limit: limit})
	if err != nil {
		return nil, err
	}
	return c.albumsAt(ctx, at, scope, typed[library.AlbumID](ids))
}

// SearchArtists returns the best matches first. Whether an artist has anything within the scope is asked of those
// that are found, as for every list of artists: it costs more than to find them.
func (c *Catalogue) SearchArtists(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Artist, error) {
	at, ids, err := c.search(ctx, scope, finding{table: "artists", key: "artists.key", fields: []string{"t"}, text: text, limit: sampled * limit})
	if err != nil {
		return nil, err
	}
	var artists []library.Artist
	for some := range slices.Chunk(typed[library.ArtistID](ids), limit) {
		seen, err := c.artistsAt(ctx, at, scope, some)
		if err != nil {
			return nil, err
		}
		if artists = append(artists, seen...); len(artists) >= limit {
			return artists[:limit], nil
		}
	}
	return artists, nil
}

const (
	// sampled is how many matches are ranked, for each that is wanted: of more, those with the lowest ids.
	sampled = 2
	// enough is how many matches make a search a well typed one: no typo is forgiven then.
	enough = 10
)

// search answers from memory while the catalogue stands still.
func (c *Catalogue) search(ctx context.Context, scope library.Scope, f finding) (at epoch, ids []int64, err error) {
	if at, err = c.epoch(ctx, scope.User); err != nil {
		return at, nil, err
	}
	key := filterName(f.table, scope, false) + fmt.Sprintf("|%d|%q", f.limit, f.text)
	if ids, ok := c.found.get(at.catalogue, key); ok {
		return at, ids, nil
	}
	f.words = wanted{library.Words(f.text), nil}
	if ids, err = c.read(ctx, at, f); err == nil {
		c.found.put(at.catalogue, key, ids)
	}
	return at, ids, err
}

// read asks one question after the other, each for what the ones before it do not answer, until there is enough:
// what is called exactly that, what begins with it, what has all words in its name, then in one field more at a
// time; and, where that
// was little, the same once more with a typo forgiven in every word.
func (c *Catalogue) read(ctx context.Context, at epoch, f finding) ([]int64, error) {
	ids, err := c.named(ctx, f)
	if err != nil || len(ids) >= f.limit || len(f.words.exact) == 0 {
		return ids, err
	}
	var but [][]string
	for _, fields := range f.fields {
		all := f.words.in(fields)
		if ids, err = c.readWords(ctx, f, ids, all, but); err != nil || len(ids) >= f.limit {
			return ids, err
		}
		but = all
	}
	if len(ids) >= enough {
		return ids, nil
	}
	if f.words, err = c.forgiving(ctx, at, f.words.exact); err != nil || f.words.meant == nil {
		return ids, err
	}
	for _, fields := range f.fields {
		if ids, err = c.readWords(ctx, f, ids, f.words.in(fields), but); err != nil || len(ids) >= f.limit {
			return ids, err
		}
	}
	return ids, nil
}

// named are the rows whose key is the text's or begins with it: two ranges of an index.
func (c *Catalogue) named(ctx context.Context, f finding) (ids []int64, err error) {
	from, to := beginning(f.text)
	exact := clause{parts: []string{f.key + " = ?"}, args: []any{from}}
	begins := clause{parts: []string{f.key + " > ? AND " + f.key + " < ?"}, args: []any{from, to}}
	for _, only := range []clause{exact, begins} {
		only = only.with(f.only)
		rows, err := c.db.rows(ctx, "SELECT "+f.table+".id FROM "+f.table+only.where()+
			" ORDER BY "+f.key+", "+f.table+".id LIMIT ?", append(only.args, f.limit-len(ids))...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			ids = append(ids, row[0].(int64))
		}
		if len(ids) >= f.limit {
			return ids, nil
		}
	}
	return ids, nil
}

// readWords adds to ids what has all words and is not among but, the best of a sample first.
func (c *Catalogue) readWords(ctx context.Context, f finding, ids []int64, all, but [][]string) ([]int64, error) {
	from, match := c.db.dialect.matching(f.table)
	only := clause{parts: []string{match}, args: []any{c.db.dialect.matchArg(all, but)}}
	only = only.with(f.only)
	rows, err := c.db.rows(ctx, "SELECT "+f.table+".id, "+f.table+".search_text FROM "+from+only.where()+
		" ORDER BY "+f.table+".id LIMIT ?", append(only.args, sampled*f.limit)...)
	if err != nil {
		return nil, err
	}
	for _, id := range f.words.ranked(rows) {
		if len(ids) < f.limit && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
