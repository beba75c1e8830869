package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/library"
)

// A search reads three times and stops as soon as it has enough: what is called exactly that, what begins
// with it, and what has all its words. The first two are ranges of an index.
type searched struct {
	table string
	key   string // the column of the name
	only  clause
	from  string // where words can be asked
	words clause // has all words; empty where the search has none
}

// SearchSongs returns the best matches first.
func (c *Catalogue) SearchSongs(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Song, error) {
	s := searched{table: "songs", key: "songs.title_key", only: listed(scope)}
	if words := library.Words(text); len(words) > 0 {
		from, match := c.db.dialect.matching()
		s.from = from
		s.words.and(match, c.db.dialect.matchArg(words))
	}
	ids, err := c.search(ctx, scope, s, text, limit)
	if err != nil {
		return nil, err
	}
	return c.Songs(ctx, scope, typed[library.SongID](ids))
}

// SearchAlbums returns the best matches first; words of the artist count too.
func (c *Catalogue) SearchAlbums(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Album, error) {
	s := searched{table: "albums", from: "albums", key: "albums.title_key", only: listedAlbums(scope)}
	s.words = containing("albums.title_key || ' ' || albums.artist_key", library.Words(text))
	ids, err := c.search(ctx, scope, s, text, limit)
	if err != nil {
		return nil, err
	}
	return c.Albums(ctx, scope, typed[library.AlbumID](ids))
}

// SearchArtists returns the best matches first.
func (c *Catalogue) SearchArtists(ctx context.Context, scope library.Scope, text string, limit int) ([]library.Artist, error) {
	s := searched{table: "artists", from: "artists", key: "artists.key", only: present(scope), words: containing("artists.key", library.Words(text))}
	ids, err := c.search(ctx, scope, s, text, limit)
	if err != nil {
		return nil, err
	}
	return c.Artists(ctx, scope, typed[library.ArtistID](ids))
}

// sampled is how many of the further matches are ranked, for each that is wanted.
const sampled = 4

// search answers from memory while the database stands still.
func (c *Catalogue) search(ctx context.Context, scope library.Scope, s searched, text string, limit int) ([]int64, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return nil, err
	}
	key := filterName(s.table, scope, false) + fmt.Sprintf("|%d|%q", limit, text)
	if ids, ok := c.found.get(state, key); ok {
		return ids, nil
	}
	ids, err := c.read(ctx, s, text, limit)
	if err == nil {
		c.found.put(state, key, ids)
	}
	return ids, err
}

func (c *Catalogue) read(ctx context.Context, s searched, text string, limit int) ([]int64, error) {
	from, to := beginning(text)
	exact := clause{parts: []string{s.key + " = ?"}, args: []any{from}}
	begins := clause{parts: []string{s.key + " > ? AND " + s.key + " < ?"}, args: []any{from, to}}
	var ids []int64
	for _, only := range []clause{exact, begins} {
		rows, err := c.db.rows(ctx, "SELECT "+s.table+".id FROM "+s.table+only.with(s.only).where()+
			" ORDER BY "+s.key+", "+s.table+".id LIMIT ?", append(only.with(s.only).args, limit-len(ids))...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			ids = append(ids, row[0].(int64))
		}
		if len(ids) >= limit {
			return ids, nil
		}
	}
	if len(s.words.parts) == 0 {
		return ids, nil
	}
	return c.searchWords(ctx, s, text, ids, limit)
}

// searchWords adds to ids what has all words: those with all of them in the name come first.
func (c *Catalogue) searchWords(ctx context.Context, s searched, text string, ids []int64, limit int) ([]int64, error) {
	only := s.words.with(s.only)
	rows, err := c.db.rows(ctx, "SELECT "+s.table+".id, "+s.key+" FROM "+s.from+only.where()+" LIMIT ?",
		append(only.args, sampled*limit)...)
	if err != nil {
		return nil, err
	}
	words := library.Words(text)
	slices.SortStableFunc(rows, func(a, b []any) int { return rank(b, words) - rank(a, words) })
	for _, row := range rows {
		if id := row[0].(int64); len(ids) < limit && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func rank(row []any, words []string) int {
	if key, ok := row[1].(string); ok && wholeWords(key, words) {
		return 1
	}
	return 0
}
