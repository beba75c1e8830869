package sqlstore

import (
	"context"
	"strings"

	"hathor/internal/library"
)

// opinion is what a listener thinks of an album or an artist, and how often the listener played its songs.
type opinion struct {
	liked  bool
	rating int
	plays  int
}

// albumOpinions are the listener's own. Nothing is asked for a listener who never left a mark.
func (c *Catalogue) albumOpinions(ctx context.Context, at epoch, scope library.Scope, ids []library.AlbumID) (map[library.AlbumID]opinion, error) {
	return opinionsOf(ctx, c.db, at, scope, ids, `SELECT album_id AS id, liked_at IS NOT NULL AS liked, rating, 0 AS plays
		FROM album_marks WHERE user_id = ? AND album_id IN (ids)
		UNION ALL SELECT songs.album_id AS id, FALSE AS liked, 0 AS rating, CAST(SUM(song_marks.plays) AS BIGINT) AS plays
		FROM songs JOIN song_marks ON song_marks.user_id = ? AND song_marks.song_id = songs.id
		WHERE song_marks.plays > 0 AND songs.album_id IN (ids) GROUP BY songs.album_id`)
}

// artistOpinions are the listener's own.
func (c *Catalogue) artistOpinions(ctx context.Context, at epoch, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]opinion, error) {
	return opinionsOf(ctx, c.db, at, scope, ids, `SELECT artist_id AS id, liked_at IS NOT NULL AS liked, rating, 0 AS plays
		FROM artist_marks WHERE user_id = ? AND artist_id IN (ids)
		UNION ALL SELECT parts.artist_id AS id, FALSE AS liked, 0 AS rating, CAST(SUM(song_marks.plays) AS BIGINT) AS plays
		FROM (SELECT DISTINCT artist_id, song_id FROM song_artists WHERE artist_id IN (ids)) AS parts
		JOIN song_marks ON song_marks.user_id = ? AND song_marks.song_id = parts.song_id
		WHERE song_marks.plays > 0 GROUP BY parts.artist_id`)
}

// opinionsOf joins what a query of two halves answers; (ids) in it stands for the ids.
func opinionsOf[ID ~int64](ctx context.Context, db *DB, at epoch, scope library.Scope, ids []ID, query string) (map[ID]opinion, error) {
	if at.marks == "" {
		return nil, nil
	}
	places, some := oneOf(ids)
	var args []any
	for _, part := range strings.SplitAfter(query, "?") {
		for range strings.Count(part, "(ids)") {
			args = append(args, some...)
		}
		if strings.HasSuffix(part, "?") {
			args = append(args, scope.User)
		}
	}
	var rows []struct {
		ID     ID   `db:"id"`
		Liked  bool `db:"liked"`
		Rating int  `db:"rating"`
		Plays  int  `db:"plays"`
	}
	if err := db.list(ctx, &rows, strings.ReplaceAll(query, "(ids)", places), args...); err != nil {
		return nil, err
	}
	opinions := make(map[ID]opinion, len(rows))
	for _, row := range rows {
		o := opinions[row.ID]
		opinions[row.ID] = opinion{liked: o.liked || row.Liked, rating: o.rating + row.Rating, plays: o.plays + row.Plays}
	}
	return opinions, nil
}
