package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"hathor/internal/library"
)

var artistOrders = map[string][]string{"name": {"artists.sort_key", "artists.id"}, "": {"artists.sort_key", "artists.id"}}

// artistMarkOrders are orders by what the listener did.
var artistMarkOrders = map[string]string{
	"plays": `SELECT parts.artist_id AS subject_id, CAST(SUM(song_marks.plays) AS BIGINT) AS mark FROM song_marks
		JOIN (SELECT DISTINCT song_id, artist_id FROM song_artists) AS parts ON parts.song_id = song_marks.song_id
		WHERE song_marks.user_id = ? AND song_marks.plays > 0 GROUP BY parts.artist_id`,
	"rating":  "SELECT artist_id AS subject_id, rating AS mark FROM artist_marks WHERE user_id = ? AND rating > 0",
	"likedAt": "SELECT artist_id AS subject_id, liked_at AS mark FROM artist_marks WHERE user_id = ? AND liked_at IS NOT NULL",
}

// ListArtists returns a page of those who have a song that is there, or an album.
func (c *Catalogue) ListArtists(ctx context.Context, scope library.Scope, q library.ArtistQuery) (page library.ArtistPage, err error) {
	f := artistFilter(scope, q.ArtistFilter)
	if page.Total, err = c.count(ctx, f.name, "artists", f.driving); err != nil {
		return page, err
	}
	list := listing{name: f.name + "|" + string(q.Sort), descending: q.Sort.Descending()}
	list.stretches = markedOr("artists", artistOrders, artistMarkOrders, scope, q.Sort, f.driving)
	ids, next, err := c.page(ctx, scope, list, q.Paging)
	if err != nil {
		return page, err
	}
	page.NextCursor = next
	page.Artists, err = c.Artists(ctx, scope, typed[library.ArtistID](ids))
	return page, err
}

func artistFilter(scope library.Scope, q library.ArtistFilter) filter {
	f := filter{driving: present(scope), name: filterName("artists", scope, q.Liked || q.MinRating > 0)}
	f.name += fmt.Sprintf("|%q|%t|%d", q.Search, q.Liked, q.MinRating)
	f.opinion("artist", scope, q.Liked, q.MinRating)
	if q.Search != "" {
		f.driving = f.driving.with(named("artists.key", "artists.key", q.Search))
	}
	return f
}

// present is the condition that the artist has something within the scope.
func present(scope library.Scope) clause {
	songs, albums := listed(scope), listedAlbums(scope)
	text := `(EXISTS (SELECT 1 FROM song_artists JOIN songs ON songs.id = song_artists.song_id` + songs.where() + ` AND song_artists.artist_id = artists.id)
		OR EXISTS (SELECT 1 FROM album_artists JOIN albums ON albums.id = album_artists.album_id` + albums.where() + ` AND album_artists.artist_id = artists.id))`
	return clause{parts: []string{text}, args: append(songs.args[:len(songs.args):len(songs.args)], albums.args...)}
}

// Artists returns the artists of the ids in their order; those with nothing within the scope are left out.
func (c *Catalogue) Artists(ctx context.Context, scope library.Scope, ids []library.ArtistID) ([]library.Artist, error) {
	artists := make([]library.Artist, 0, len(ids))
	if len(ids) == 0 {
		return artists, nil
	}
	extras, err := c.artistExtras(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	places, args := oneOf(ids)
	var rows []struct {
		ID       library.ArtistID `db:"id"`
		Name     string           `db:"name"`
		SortName string           `db:"sort_name"`
		LikedAt  sql.NullInt64    `db:"liked_at"`
		Rating   int              `db:"rating"`
	}
	err = c.db.list(ctx, &rows, `SELECT artists.id, artists.name, artists.sort_name, artist_marks.liked_at,
		COALESCE(artist_marks.rating, 0) AS rating FROM artists
		LEFT JOIN artist_marks ON artist_marks.artist_id = artists.id AND artist_marks.user_id = ?
		WHERE artists.id IN `+places, append([]any{scope.User}, args...)...)
	if err != nil {
		return nil, err
	}
	byID := make(map[library.ArtistID]library.Artist, len(rows))
	for _, r := range rows {
		extra := extras[r.ID]
		byID[r.ID] = library.Artist{ID: r.ID, Name: r.Name, SortName: r.SortName, AlbumCount: extra.albums, SongCount: extra.songs,
			Cover: extra.cover, CoverAlbum: extra.coverAlbum, Liked: r.LikedAt.Valid, Rating: r.Rating}
	}
	for _, id := range ids {
		if artist, ok := byID[id]; ok && artist.SongCount+artist.AlbumCount > 0 {
			artists = append(artists, artist)
		}
	}
	return artists, nil
}

// artistExtra is what an artist has within a scope. It is the same for all who hear the same libraries.
type artistExtra struct {
	songs, albums int
	cover         *library.Cover
	coverAlbum    library.AlbumID
}

func (c *Catalogue) artistExtras(ctx context.Context, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]artistExtra, error) {
	keys := make([]string, len(ids))
	idOf := make(map[string]library.ArtistID, len(ids))
	for i, id := range ids {
		keys[i] = fmt.Sprintf("%d|%v", id, scope.Libraries)
		idOf[keys[i]] = id
	}
	state, known, unknown, err := recall(ctx, c.db, c.artists, keys)
	if err != nil {
		return nil, err
	}
	missing := make([]library.ArtistID, len(unknown))
	for i, key := range unknown {
		missing[i] = idOf[key]
	}
	found, err := c.readArtistExtras(ctx, scope, missing)
	if err != nil {
		return nil, err
	}
	for _, key := range unknown {
		c.artists.put(state, key, found[idOf[key]])
	}
	for key, extra := range known {
		found[idOf[key]] = extra
	}
	return found, nil
}

func (c *Catalogue) readArtistExtras(ctx context.Context, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]artistExtra, error) {
	found := make(map[library.ArtistID]artistExtra, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	counts, err := c.artistCounts(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range counts {
		found[row.Artist] = artistExtra{songs: row.Songs, albums: row.Albums}
	}
	covers, err := c.artistCovers(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range covers {
		extra := found[row.Artist]
		if extra.cover == nil {
			extra.cover, extra.coverAlbum = row.cover(), row.Album
			found[row.Artist] = extra
		}
	}
	return found, nil
}

type artistCount struct {
	Artist library.ArtistID `db:"artist_id"`
	Songs  int              `db:"songs"`
	Albums int              `db:"albums"`
}

// artistCounts counts songs in any role, and albums that are the artist's or have a song of the artist.
func (c *Catalogue) artistCounts(ctx context.Context, scope library.Scope, ids []library.ArtistID) (counts []artistCount, err error) {
	places, args := oneOf(ids)
	songs, albums := listed(scope), listedAlbums(scope)
	songs.and("song_artists.artist_id IN "+places, args...)
	albums.and("album_artists.artist_id IN "+places, args...)
	err = c.db.list(ctx, &counts, `SELECT artist_id, COUNT(DISTINCT song_id) AS songs, COUNT(DISTINCT album_id) AS albums FROM (
		SELECT song_artists.artist_id AS artist_id, songs.id AS song_id, songs.album_id AS album_id
		FROM song_artists JOIN songs ON songs.id = song_artists.song_id`+songs.where()+`
		UNION ALL SELECT album_artists.artist_id AS artist_id, NULL AS song_id, albums.id AS album_id
		FROM album_artists JOIN albums ON albums.id = album_artists.album_id`+albums.where()+`) AS parts GROUP BY artist_id`,
		append(songs.args[:len(songs.args):len(songs.args)], albums.args...)...)
	return counts, err
}

type artistCover struct {
	Artist library.ArtistID `db:"artist_id"`
	Album  library.AlbumID  `db:"album_id"`
	coverColumns
}

// artistCovers are the covers of the artists' own albums, the newest of each artist first.
func (c *Catalogue) artistCovers(ctx context.Context, scope library.Scope, ids []library.ArtistID) (covers []artistCover, err error) {
	places, args := oneOf(ids)
	only := listedAlbums(scope)
	only.and("album_artists.artist_id IN "+places, args...)
	err = c.db.list(ctx, &covers, "SELECT album_artists.artist_id, albums.id AS album_id, "+coverFields+` FROM album_artists
		JOIN albums ON albums.id = album_artists.album_id JOIN covers ON covers.id = albums.cover_id`+only.where()+`
		ORDER BY album_artists.artist_id, albums.year DESC, albums.id DESC`, only.args...)
	return covers, err
}
