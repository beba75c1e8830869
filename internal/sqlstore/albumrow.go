package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"hathor/internal/library"
)

type albumRow struct {
	ID            library.AlbumID   `db:"id"`
	LibraryID     library.ID        `db:"library_id"`
	Title         string            `db:"title"`
	Artist        string            `db:"artist"`
	Year          int               `db:"year"`
	SongCount     int               `db:"song_count"`
	Duration      int64             `db:"duration"`
	IsCompilation bool              `db:"is_compilation"`
	Kind          library.AlbumKind `db:"kind"`
	CreatedAt     int64             `db:"created_at"`
	coverColumns
	LikedAt sql.NullInt64 `db:"liked_at"`
	Rating  int           `db:"rating"`
}

const albumColumns = `albums.id, albums.library_id, albums.title, albums.artist, albums.year, albums.song_count,
	albums.duration, albums.is_compilation, albums.kind, albums.created_at, ` + coverFields + `,
	album_marks.liked_at, COALESCE(album_marks.rating, 0) AS rating`

// Albums returns the albums of the ids in their order; what is unknown or outside the scope is left out.
func (c *Catalogue) Albums(ctx context.Context, scope library.Scope, ids []library.AlbumID) ([]library.Album, error) {
	albums := make([]library.Album, 0, len(ids))
	if len(ids) == 0 {
		return albums, nil
	}
	extras, err := c.albumExtras(ctx, ids)
	if err != nil {
		return nil, err
	}
	places, args := oneOf(ids)
	only := knownAlbums(scope)
	only.and("albums.id IN "+places, args...)
	var rows []albumRow
	err = c.db.list(ctx, &rows, "SELECT "+albumColumns+` FROM albums LEFT JOIN covers ON covers.id = albums.cover_id
		LEFT JOIN album_marks ON album_marks.album_id = albums.id AND album_marks.user_id = ?`+only.where(),
		append([]any{scope.User}, only.args...)...)
	if err != nil {
		return nil, err
	}
	byID := make(map[library.AlbumID]*albumRow, len(rows))
	for i := range rows {
		byID[rows[i].ID] = &rows[i]
	}
	for _, id := range ids {
		if row := byID[id]; row != nil {
			albums = append(albums, row.album(extras[id]))
		}
	}
	return albums, nil
}

func (r *albumRow) album(extra albumExtra) library.Album {
	return library.Album{
		ID: r.ID, LibraryID: r.LibraryID, Title: r.Title, Artist: r.Artist, Artists: extra.artists, Year: r.Year,
		SongCount: r.SongCount, Duration: time.Duration(r.Duration) * time.Millisecond, Cover: r.cover(),
		Genres: extra.genres, IsCompilation: r.IsCompilation, Kind: r.Kind, CreatedAt: moment(r.CreatedAt),
		Liked: r.LikedAt.Valid, Rating: r.Rating,
	}
}

// albumExtra is what an album has several of. It is the same for every listener.
type albumExtra struct {
	artists []library.Credit
	genres  []string // of its songs, the most frequent first
}

func (c *Catalogue) albumExtras(ctx context.Context, ids []library.AlbumID) (map[library.AlbumID]albumExtra, error) {
	state, found, unknown, err := recall(ctx, c.db, c.albums, ids)
	if err != nil || len(unknown) == 0 {
		return found, err
	}
	places, args := oneOf(unknown)
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
	keep(c.albums, state, unknown, found)
	return found, nil
}
