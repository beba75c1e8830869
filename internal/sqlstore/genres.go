package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// Genres returns the genres of the songs that are there, by name.
func (c *Catalogue) Genres(ctx context.Context, scope library.Scope) ([]library.Genre, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(scope.Libraries)
	if genres, ok := c.genres.get(state, key); ok {
		return genres, nil
	}
	only := listed(scope)
	var rows []genreRow
	err = c.db.list(ctx, &rows, `SELECT genres.name, counted.song_count FROM genres JOIN (
		SELECT song_genres.genre_id, COUNT(*) AS song_count FROM songs
		JOIN song_genres ON song_genres.song_id = songs.id`+only.where()+` GROUP BY song_genres.genre_id
		) AS counted ON counted.genre_id = genres.id ORDER BY genres.key`, only.args...)
	if err != nil {
		return nil, err
	}
	genres := genresOf(rows)
	c.genres.put(state, key, genres)
	return genres, nil
}

type genreRow struct {
	Name      string `db:"name"`
	SongCount int    `db:"song_count"`
}

func genresOf(rows []genreRow) []library.Genre {
	genres := make([]library.Genre, len(rows))
	for i, row := range rows {
		genres[i] = library.Genre{Name: row.Name, SongCount: row.SongCount}
	}
	return genres
}
