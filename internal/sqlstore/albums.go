package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// albumOrder are the orders of albums.
var albumOrder = order{"albums", map[string][]string{
	"title":     {"albums.title_key", "albums.id"},
	"artist":    {"albums.artist_key", "albums.id"},
	"year":      {"albums.year", "albums.id"},
	"createdAt": {"albums.created_at", "albums.id"},
}, map[string]string{
	"plays": `SELECT songs.album_id AS subject_id, CAST(SUM(song_marks.plays) AS BIGINT) AS mark FROM song_marks
		JOIN songs ON songs.id = song_marks.song_id
		WHERE song_marks.user_id = ? AND song_marks.plays > 0 AND songs.album_id IS NOT NULL GROUP BY songs.album_id`,
	"lastPlayed": `SELECT songs.album_id AS subject_id, MAX(song_marks.last_played) AS mark FROM song_marks
		JOIN songs ON songs.id = song_marks.song_id
		WHERE song_marks.user_id = ? AND song_marks.last_played IS NOT NULL AND songs.album_id IS NOT NULL GROUP BY songs.album_id`,
	"rating":  "SELECT album_id AS subject_id, rating AS mark FROM album_marks WHERE user_id = ? AND rating > 0",
	"likedAt": "SELECT album_id AS subject_id, liked_at AS mark FROM album_marks WHERE user_id = ? AND liked_at IS NOT NULL",
}}

// ListAlbums returns a page of the albums of which a song is there.
func (c *Catalogue) ListAlbums(ctx context.Context, scope library.Scope, q library.AlbumQuery) (page library.AlbumPage, err error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return page, err
	}
	f, err := c.albumFilter(ctx, at, scope, q.AlbumFilter)
	if err != nil {
		return page, err
	}
	if page.Total, err = c.count(ctx, at, f, "albums", f.driving); err != nil {
		return page, err
	}
	rows, err := c.count(ctx, at, filter{name: filterName("all albums", scope, false)}, "albums", listedAlbums(scope))
	if err != nil {
		return page, err
	}
	var ids []int64
	if q.Sort.By() == "random" {
		ids, page.NextCursor, err = c.randomPage(ctx, shuffled{"albums", f, page.Total, q.Seed}, q.Paging)
	} else {
		list := albumOrder.list(scope, f, q.Sort, f.choose(page.Total, q.Limit, rows))
		ids, page.NextCursor, err = c.page(ctx, at, list, q.Paging)
	}
	if err != nil {
		return page, err
	}
	page.Albums, err = c.albumsAt(ctx, at, scope, typed[library.AlbumID](ids))
	return page, err
}

// knownAlbums are the albums within the scope that have songs, be they missing.
func knownAlbums(scope library.Scope) clause {
	c := heard("albums.library_id", scope)
	c.and("albums.song_count > 0")
	return c
}

// listedAlbums are the albums that lists show: within the scope, and a song of theirs is there.
func listedAlbums(scope library.Scope) clause {
	c := heard("albums.library_id", scope)
	c.and("EXISTS (SELECT 1 FROM songs WHERE songs.album_id = albums.id AND songs.missing_since IS NULL)")
	return c
}

func (c *Catalogue) albumFilter(ctx context.Context, at epoch, scope library.Scope, q library.AlbumFilter) (filter, error) {
	f := filter{driving: listedAlbums(scope), probing: listedAlbums(scope), name: albumFilterName(scope, q), own: q.Liked || q.MinRating > 0}
	f.years("albums.year", q.Year, q.YearFrom, q.YearTo)
	if q.Library != 0 {
		f.both("albums.library_id = ?", q.Library)
	}
	if q.Kind != "" {
		f.both("albums.kind = ?", q.Kind)
	}
	f.albumsOf(q.Artist, q.Role)
	if q.Genre != "" {
		key := library.Key(q.Genre)
		f.driving.and(`albums.id IN (SELECT songs.album_id FROM genres JOIN song_genres ON song_genres.genre_id = genres.id
			JOIN songs ON songs.id = song_genres.song_id WHERE genres.key = ? AND songs.missing_since IS NULL)`, key)
		f.probing.and(`EXISTS (SELECT 1 FROM songs JOIN song_genres ON song_genres.song_id = songs.id WHERE songs.album_id = albums.id
			AND songs.missing_since IS NULL AND +song_genres.genre_id = (SELECT id FROM genres WHERE genres.key = ?))`, key)
	}
	f.opinion("album", scope, q.Liked, q.MinRating)
	err := c.searchFilter(ctx, at, &f, search{table: "albums", key: "albums.title_key", fields: "ta", only: listedAlbums(scope)}, q.Search)
	return f, err
}

func albumFilterName(scope library.Scope, q library.AlbumFilter) string {
	return filterName("albums", scope, q.Liked || q.MinRating > 0) + fmt.Sprintf("|%q|%q|%d|%q|%q|%d|%d|%d|%t|%d|%d",
		q.Search, q.Genre, q.Artist, q.Role, q.Kind, q.Year, q.YearFrom, q.YearTo, q.Liked, q.MinRating, q.Library)
}

// albumsOf are the albums that an artist has a part in.
func (f *filter) albumsOf(artist library.ArtistID, role library.AlbumRole) {
	const (
		own     = "SELECT album_id FROM album_artists WHERE artist_id = ?"
		appears = `SELECT songs.album_id FROM song_artists JOIN songs ON songs.id = song_artists.song_id
			WHERE song_artists.artist_id = ? AND songs.missing_since IS NULL AND songs.album_id IS NOT NULL`
	)
	switch {
	case artist == 0:
	case role == library.OwnAlbum:
		f.both("albums.id IN ("+own+")", artist)
	case role == library.AppearsOn:
		f.both("albums.id IN ("+appears+") AND albums.id NOT IN ("+own+")", artist, artist)
	default:
		f.both("albums.id IN ("+own+" UNION "+appears+")", artist, artist)
	}
}

// opinion are conditions on the listener's marks of an album or an artist.
func (f *filter) opinion(kind string, scope library.Scope, liked bool, rating int) {
	of := "EXISTS (SELECT 1 FROM " + kind + "_marks WHERE user_id = ? AND " + kind + "_id = " + kind + "s.id AND "
	if liked {
		f.both(of+"liked_at IS NOT NULL)", scope.User)
	}
	if rating > 0 {
		f.both(of+"rating >= ?)", scope.User, rating)
	}
}
