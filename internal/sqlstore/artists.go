package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// artistOrder are the orders of artists.
var artistOrder = order{"artists", map[string][]string{
	"name": {"artists.sort_key", "artists.id"},
	"":     {"artists.sort_key", "artists.id"},
}, map[string]string{
	"plays": `SELECT parts.artist_id AS subject_id, CAST(SUM(song_marks.plays) AS BIGINT) AS mark FROM song_marks
		JOIN (SELECT DISTINCT song_id, artist_id FROM song_artists) AS parts ON parts.song_id = song_marks.song_id
		WHERE song_marks.user_id = ? AND song_marks.plays > 0 GROUP BY parts.artist_id`,
	"rating":  "SELECT artist_id AS subject_id, rating AS mark FROM artist_marks WHERE user_id = ? AND rating > 0",
	"likedAt": "SELECT artist_id AS subject_id, liked_at AS mark FROM artist_marks WHERE user_id = ? AND liked_at IS NOT NULL",
}}

// ListArtists returns a page of those who have a song that is there, or an album.
func (c *Catalogue) ListArtists(ctx context.Context, scope library.Scope, q library.ArtistQuery) (page library.ArtistPage, err error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return page, err
	}
	f, err := c.artistFilter(ctx, at, scope, q.ArtistFilter)
	if err != nil {
		return page, err
	}
	if page.Total, err = c.count(ctx, at, f, "artists", f.driving); err != nil {
		return page, err
	}
	ids, next, err := c.page(ctx, at, artistOrder.list(scope, f, q.Sort, f.driving), q.Paging)
	if err != nil {
		return page, err
	}
	page.NextCursor = next
	page.Artists, err = c.artistsAt(ctx, at, scope, typed[library.ArtistID](ids))
	return page, err
}

func (c *Catalogue) artistFilter(ctx context.Context, at epoch, scope library.Scope, q library.ArtistFilter) (filter, error) {
	f := filter{driving: present(scope), probing: present(scope), own: q.Liked || q.MinRating > 0}
	f.name = filterName("artists", scope, f.own) + fmt.Sprintf("|%q|%t|%d", q.Search, q.Liked, q.MinRating)
	f.opinion("artist", scope, q.Liked, q.MinRating)
	err := c.searchFilter(ctx, at, &f, search{table: "artists", key: "artists.key", fields: "t", only: present(scope)}, q.Search)
	return f, err
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
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return nil, err
	}
	return c.artistsAt(ctx, at, scope, ids)
}

func (c *Catalogue) artistsAt(ctx context.Context, at epoch, scope library.Scope, ids []library.ArtistID) ([]library.Artist, error) {
	artists := make([]library.Artist, 0, len(ids))
	if len(ids) == 0 {
		return artists, nil
	}
	extras, err := c.artistExtras(ctx, at, scope, ids)
	if err != nil {
		return nil, err
	}
	covers := make([]library.CoverID, 0, len(extras))
	for _, extra := range extras {
		covers = append(covers, extra.cover)
	}
	pictures, err := c.coversOf(ctx, at, covers)
	if err != nil {
		return nil, err
	}
	opinions, err := c.artistOpinions(ctx, at, scope, ids)
	if err != nil {
		return nil, err
	}
	places, args := oneOf(ids)
	var rows []struct {
		ID       library.ArtistID `db:"id"`
		Name     string           `db:"name"`
		SortName string           `db:"sort_name"`
	}
	if err = c.db.list(ctx, &rows, "SELECT id, name, sort_name FROM artists WHERE id IN "+places, args...); err != nil {
		return nil, err
	}
	byID := make(map[library.ArtistID]library.Artist, len(rows))
	for _, r := range rows {
		extra, o := extras[r.ID], opinions[r.ID]
		byID[r.ID] = library.Artist{ID: r.ID, Name: r.Name, SortName: r.SortName, AlbumCount: extra.albums, SongCount: extra.songs,
			Cover: pictures[extra.cover], Liked: o.liked, Rating: o.rating, Plays: o.plays}
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
	cover         library.CoverID
}

func (c *Catalogue) artistExtras(ctx context.Context, at epoch, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]artistExtra, error) {
	extras := make(map[library.ArtistID]artistExtra, len(ids))
	var unknown []library.ArtistID
	for _, id := range ids {
		if extra, ok := c.artists.get(at.catalogue, artistKey(id, scope)); ok {
			extras[id] = extra
			continue
		}
		unknown = append(unknown, id)
	}
	found, err := c.readArtistExtras(ctx, scope, unknown)
	if err != nil {
		return nil, err
	}
	for _, id := range unknown {
		extras[id] = found[id]
		c.artists.put(at.catalogue, artistKey(id, scope), found[id])
	}
	return extras, nil
}

func artistKey(id library.ArtistID, scope library.Scope) string {
	return fmt.Sprintf("%d|%v", id, scope.Libraries)
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
		if extra.cover == 0 {
			extra.cover = row.Cover
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
	Cover  library.CoverID  `db:"cover_id"`
}

// artistCovers are the covers of the artists' own albums, the newest of each artist first.
func (c *Catalogue) artistCovers(ctx context.Context, scope library.Scope, ids []library.ArtistID) (covers []artistCover, err error) {
	places, args := oneOf(ids)
	only := listedAlbums(scope)
	only.and("albums.cover_id IS NOT NULL AND album_artists.artist_id IN "+places, args...)
	err = c.db.list(ctx, &covers, `SELECT album_artists.artist_id, albums.cover_id FROM album_artists
		JOIN albums ON albums.id = album_artists.album_id`+only.where()+`
		ORDER BY album_artists.artist_id, albums.year DESC, albums.id DESC`, only.args...)
	return covers, err
}
