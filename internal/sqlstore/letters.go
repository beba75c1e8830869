package sqlstore

import (
	"context"
	"slices"

	"hathor/internal/library"
)

// SongLetters tells where the letters begin in the list of the query.
func (c *Catalogue) SongLetters(ctx context.Context, scope library.Scope, q library.SongQuery) (library.Letters, error) {
	return c.letters(ctx, "songs", songOrders[q.Sort.By()][0], c.songFilter(scope, q.SongFilter), q.Sort.Descending())
}

// AlbumLetters tells where the letters begin in the list of the query.
func (c *Catalogue) AlbumLetters(ctx context.Context, scope library.Scope, q library.AlbumQuery) (library.Letters, error) {
	return c.letters(ctx, "albums", albumOrders[q.Sort.By()][0], albumFilter(scope, q.AlbumFilter), q.Sort.Descending())
}

// ArtistLetters tells where the letters begin in the list of the query.
func (c *Catalogue) ArtistLetters(ctx context.Context, scope library.Scope, q library.ArtistQuery) (library.Letters, error) {
	return c.letters(ctx, "artists", artistOrders[q.Sort.By()][0], artistFilter(scope, q.ArtistFilter), q.Sort.Descending())
}

type initial struct {
	Key   string `db:"initial"`
	Count int    `db:"count"`
}

// letters counts the rows by the first character of the key.
func (c *Catalogue) letters(ctx context.Context, table, key string, f filter, descending bool) (library.Letters, error) {
	var rows []initial
	if err := c.db.list(ctx, &rows, "SELECT substr("+key+", 1, 1) AS initial, COUNT(*) AS count FROM "+table+f.driving.where()+
		" GROUP BY substr("+key+", 1, 1) ORDER BY substr("+key+", 1, 1)", f.driving.args...); err != nil {
		return library.Letters{}, err
	}
	if descending {
		slices.Reverse(rows)
	}
	return alphabet(rows), nil
}

// alphabet joins the characters that stand under one letter.
func alphabet(rows []initial) library.Letters {
	var all library.Letters
	for _, row := range rows {
		letter := library.LetterOf(row.Key)
		if n := len(all.Letters); n == 0 || all.Letters[n-1].Letter != letter {
			all.Letters = append(all.Letters, library.Letter{Letter: letter, Offset: all.Total})
		}
		all.Total += row.Count
	}
	return all
}
