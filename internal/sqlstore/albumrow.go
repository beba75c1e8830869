package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/library"
)

// albumColumns are read by scanAlbum.
const albumColumns = `albums.id, albums.library_id, albums.title, albums.artist, albums.year, albums.song_count,
	albums.duration, albums.is_compilation, albums.kind, albums.created_at, COALESCE(albums.cover_id, 0)`

// albumRow is an album whose cover is only referred to.
type albumRow struct {
	library.Album
	cover library.CoverID
}

// Albums returns the albums of the ids in their order; what is unknown or outside the scope is left out.
func (c *Catalogue) Albums(ctx context.Context, scope library.Scope, ids []library.AlbumID) ([]library.Album, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return nil, err
	}
	return c.albumsAt(ctx, at, scope, ids)
}

// albumsAt reads albums from memory, and from the database what memory does not know yet.
func (c *Catalogue) albumsAt(ctx context.Context, at epoch, scope library.Scope, ids []library.AlbumID) ([]library.Album, error) {
	albums := make([]library.Album, 0, len(ids))
	if len(ids) == 0 {
		return albums, nil
	}
	known, unknown := recall(c.albums, at.catalogue, ids)
	if len(unknown) > 0 {
		read, err := c.readAlbums(ctx, unknown)
		if err != nil {
			return nil, err
		}
		for _, album := range read {
			known[album.ID] = album
			c.albums.put(at.catalogue, album.ID, album)
		}
	}
	covers := make([]library.CoverID, 0, len(known))
	for _, album := range known {
		covers = append(covers, album.cover)
	}
	pictures, err := c.coversOf(ctx, at, covers)
	if err != nil {
		return nil, err
	}
	opinions, err := c.albumOpinions(ctx, at, scope, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if album, ok := known[id]; ok && scope.Sees(album.LibraryID) {
			o := opinions[id]
			album.Liked, album.Rating, album.Plays, album.Cover = o.liked, o.rating, o.plays, pictures[album.cover]
			albums = append(albums, album.Album)
		}
	}
	return albums, nil
}

// readAlbums reads the albums that have songs, be they missing.
func (c *Catalogue) readAlbums(ctx context.Context, ids []library.AlbumID) ([]albumRow, error) {
	extras, err := c.albumExtras(ctx, ids)
	if err != nil {
		return nil, err
	}
	places, args := oneOf(ids)
	var albums []albumRow
	err = c.db.each(ctx, func(rows *sqlx.Rows) error {
		album, err := scanAlbum(rows)
		album.Artists, album.Genres = extras[album.ID].artists, extras[album.ID].genres
		albums = append(albums, album)
		return err
	}, "SELECT "+albumColumns+" FROM albums WHERE albums.song_count > 0 AND albums.id IN "+places, args...)
	return albums, err
}

func scanAlbum(rows *sqlx.Rows) (a albumRow, err error) {
	var duration, created int64
	err = rows.Scan(&a.ID, &a.LibraryID, &a.Title, &a.Artist, &a.Year, &a.SongCount, &duration, &a.IsCompilation, &a.Kind, &created, &a.cover)
	a.Duration, a.CreatedAt = time.Duration(duration)*time.Millisecond, moment(created)
	return a, err
}

// albumExtra is what an album has several of. It is the same for every listener.
type albumExtra struct {
	artists []library.Credit
	genres  []string // of its songs, the most frequent first
}

func (c *Catalogue) albumExtras(ctx context.Context, ids []library.AlbumID) (map[library.AlbumID]albumExtra, error) {
	found := make(map[library.AlbumID]albumExtra, len(ids))
	places, args := oneOf(ids)
	var credits []struct {
		Album library.AlbumID  `db:"album_id"`
		ID    library.ArtistID `db:"id"`
		Name  string           `db:"name"`
	}
	if err := c.db.list(ctx, &credits, `SELECT album_id, artists.id, artists.name FROM album_artists
		JOIN artists ON artists.id = artist_id WHERE album_id IN `+places+` ORDER BY album_id, position`, args...); err != nil {
		return nil, err
	}
	var genres []struct {
		Album library.AlbumID `db:"album_id"`
		Name  string          `db:"name"`
	}
	if err := c.db.list(ctx, &genres, `SELECT songs.album_id, genres.name FROM songs
		JOIN song_genres ON song_genres.song_id = songs.id JOIN genres ON genres.id = song_genres.genre_id
		WHERE songs.album_id IN `+places+`
		GROUP BY songs.album_id, genres.id, genres.key, genres.name
		ORDER BY songs.album_id, COUNT(*) DESC, genres.key`, args...); err != nil {
		return nil, err
	}
	for _, row := range credits {
		extra := found[row.Album]
		extra.artists = append(extra.artists, library.Credit{ID: row.ID, Name: row.Name, Role: library.AlbumArtist})
		found[row.Album] = extra
	}
	for _, row := range genres {
		extra := found[row.Album]
		extra.genres = append(extra.genres, row.Name)
		found[row.Album] = extra
	}
	return found, nil
}
