package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/library"
)

// SongLetters tells where the letters begin in the list of the query.
func (c *Catalogue) SongLetters(ctx context.Context, scope library.Scope, q library.SongQuery) (library.Letters, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return library.Letters{}, err
	}
	f, err := c.songFilter(ctx, at, scope, q.SongFilter)
	if err != nil {
		return library.Letters{}, err
	}
	return c.letters(ctx, at, "songs", songOrders[q.Sort.By()][0], f, q.Sort.Descending())
}

// AlbumLetters tells where the letters begin in the list of the query.
func (c *Catalogue) AlbumLetters(ctx context.Context, scope library.Scope, q library.AlbumQuery) (library.Letters, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return library.Letters{}, err
	}
	f, err := c.albumFilter(ctx, at, scope, q.AlbumFilter)
	if err != nil {
		return library.Letters{}, err
	}
	return c.letters(ctx, at, "albums", albumOrder.columns[q.Sort.By()][0], f, q.Sort.Descending())
}

// ArtistLetters tells where the letters begin in the list of the query.
func (c *Catalogue) ArtistLetters(ctx context.Context, scope library.Scope, q library.ArtistQuery) (library.Letters, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return library.Letters{}, err
	}
	f, err := c.artistFilter(ctx, at, scope, q.ArtistFilter)
	if err != nil {
		return library.Letters{}, err
	}
	return c.letters(ctx, at, "artists", artistOrder.columns[q.Sort.By()][0], f, q.Sort.Descending())
}

type initial struct {
	Key   string `db:"initial"`
	Count int    `db:"count"`
}

// letters counts the rows by the first character of the key, and keeps the answer while what it depends on stands still.
func (c *Catalogue) letters(ctx context.Context, at epoch, table, key string, f filter, descending bool) (library.Letters, error) {
	kept := fmt.Sprintf("%s|%s|%s|%t", f.name, at.of(f.own), key, descending)
	if letters, ok := c.letterings.get(at.catalogue, kept); ok {
		return letters, nil
	}
	var rows []initial
	if err := c.db.list(ctx, &rows, "SELECT substr("+key+", 1, 1) AS initial, COUNT(*) AS count FROM "+table+f.driving.where()+
		" GROUP BY substr("+key+", 1, 1) ORDER BY substr("+key+", 1, 1)", f.driving.args...); err != nil {
		return library.Letters{}, err
	}
	if descending {
		slices.Reverse(rows)
	}
	letters := alphabet(rows)
	c.letterings.put(at.catalogue, kept, letters)
	return letters, nil
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
