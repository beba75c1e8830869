package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// Genres returns the genres of the songs that are there, by name.
func (c *Catalogue) Genres(ctx context.Context, scope library.Scope) ([]library.Genre, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(scope.Libraries)
	if genres, ok := c.genres.get(at.catalogue, key); ok {
		return genres, nil
	}
	genres, err := c.genreCounts(ctx, scope)
	if err == nil {
		c.genres.put(at.catalogue, key, genres)
	}
	return genres, err
}

// genreCounts counts all songs of each genre in its index alone, and takes off those that are not listed: these
// are few, and found by indexes of their own.
func (c *Catalogue) genreCounts(ctx context.Context, scope library.Scope) ([]library.Genre, error) {
	places, args := oneOf(scope.Libraries)
	var rows []genreRow
	err := c.db.list(ctx, &rows, `SELECT genres.name, counted.song_count FROM genres JOIN (
		SELECT genre_id, CAST(SUM(songs) AS BIGINT) AS song_count FROM (
			SELECT genre_id, COUNT(*) AS songs FROM song_genres GROUP BY genre_id
			UNION ALL SELECT song_genres.genre_id, -COUNT(*) AS songs FROM songs JOIN song_genres ON song_genres.song_id = songs.id
			WHERE songs.library_id IN (SELECT id FROM libraries WHERE id NOT IN `+places+`) GROUP BY song_genres.genre_id
			UNION ALL SELECT song_genres.genre_id, -COUNT(*) AS songs FROM songs JOIN song_genres ON song_genres.song_id = songs.id
			WHERE songs.missing_since IS NOT NULL AND songs.library_id IN `+places+` GROUP BY song_genres.genre_id
		) AS parts GROUP BY genre_id
		) AS counted ON counted.genre_id = genres.id WHERE counted.song_count > 0 ORDER BY genres.key`, append(args, args...)...)
	return genresOf(rows), err
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
