package sqlstore

import (
	"cmp"
	"context"
	"slices"

	"hathor/internal/library"
)

// SongFacets counts the songs of the filter by what else could be filtered.
func (c *Catalogue) SongFacets(ctx context.Context, scope library.Scope, q library.SongFilter) (library.Facets, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return library.Facets{}, err
	}
	f, err := c.songFilter(ctx, at, scope, q)
	if err != nil {
		return library.Facets{}, err
	}
	facets, err := c.catalogueFacets(ctx, at, scope, f)
	if err != nil {
		return library.Facets{}, err
	}
	return facets, c.countMarks(ctx, scope, f.driving, &facets)
}

// catalogueFacets are those that are the same for every listener, unless the filter is the listener's own.
func (c *Catalogue) catalogueFacets(ctx context.Context, at epoch, scope library.Scope, f filter) (facets library.Facets, err error) {
	key := f.name + "|" + at.of(f.own)
	if facets, ok := c.facets.get(at.catalogue, key); ok {
		return facets, nil
	}
	if err := c.countKinds(ctx, f.driving, &facets); err != nil {
		return facets, err
	}
	if f.plain {
		facets.Genres, err = c.genreCounts(ctx, scope)
	} else {
		err = c.countGenres(ctx, f.driving, &facets)
	}
	if err != nil {
		return facets, err
	}
	slices.SortStableFunc(facets.Genres, func(a, b library.Genre) int { return b.SongCount - a.SongCount })
	c.facets.put(at.catalogue, key, facets)
	return facets, nil
}

// countKinds counts formats and decades, and with them everything.
func (c *Catalogue) countKinds(ctx context.Context, only clause, into *library.Facets) error {
	var rows []struct {
		Format library.Format `db:"format"`
		Decade int            `db:"decade"`
		Count  int            `db:"count"`
	}
	if err := c.db.list(ctx, &rows, "SELECT songs.format, songs.year / 10 AS decade, COUNT(*) AS count FROM songs"+only.where()+
		" GROUP BY songs.format, songs.year / 10", only.args...); err != nil {
		return err
	}
	formats, decades := map[library.Format]int{}, map[int]int{}
	for _, row := range rows {
		into.Total += row.Count
		formats[row.Format] += row.Count
		if row.Decade > 0 {
			decades[10*row.Decade] += row.Count
		}
	}
	for format, count := range formats {
		into.Formats = append(into.Formats, library.FormatCount{Format: format, Count: count})
	}
	for from, count := range decades {
		into.Decades = append(into.Decades, library.Decade{From: from, Count: count})
	}
	slices.SortFunc(into.Formats, func(a, b library.FormatCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Format, b.Format))
	})
	slices.SortFunc(into.Decades, func(a, b library.Decade) int { return a.From - b.From })
	return nil
}

func (c *Catalogue) countGenres(ctx context.Context, only clause, into *library.Facets) error {
	var rows []genreRow
	err := c.db.list(ctx, &rows, `SELECT genres.name, counted.song_count FROM genres JOIN (
		SELECT song_genres.genre_id, COUNT(*) AS song_count FROM songs
		JOIN song_genres ON song_genres.song_id = songs.id`+only.where()+` GROUP BY song_genres.genre_id
		) AS counted ON counted.genre_id = genres.id ORDER BY genres.key`, only.args...)
	into.Genres = genresOf(rows)
	return err
}

// countMarks counts what the listener did with the songs.
func (c *Catalogue) countMarks(ctx context.Context, scope library.Scope, only clause, into *library.Facets) error {
	var row struct {
		Liked  int `db:"liked"`
		Rated  int `db:"rated"`
		Played int `db:"played"`
	}
	err := c.db.get(ctx, &row, `SELECT COUNT(song_marks.liked_at) AS liked, COUNT(NULLIF(song_marks.rating, 0)) AS rated,
		COUNT(NULLIF(song_marks.plays, 0)) AS played FROM song_marks JOIN songs ON songs.id = song_marks.song_id
		AND song_marks.user_id = ?`+only.where(), append([]any{scope.User}, only.args...)...)
	into.Liked, into.Rated, into.Unplayed = row.Liked, row.Rated, into.Total-row.Played
	return err
}
