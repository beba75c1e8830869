package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"hathor/internal/account"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// songRow is a song with its cover and the listener's marks.
type songRow struct {
	ID         library.SongID  `db:"id"`
	LibraryID  library.ID      `db:"library_id"`
	AlbumID    library.AlbumID `db:"album_id"`
	Title      string          `db:"title"`
	Artist     string          `db:"artist"`
	Album      string          `db:"album"`
	Year       int             `db:"year"`
	Track      int             `db:"track"`
	Disc       int             `db:"disc"`
	Duration   int64           `db:"duration"`
	BitRate    int             `db:"bit_rate"`
	SampleRate int             `db:"sample_rate"`
	Channels   int             `db:"channels"`
	BitDepth   int             `db:"bit_depth"`
	Format     library.Format  `db:"format"`
	Size       int64           `db:"size"`
	UploadedBy account.UserID  `db:"uploaded_by"`
	Missing    bool            `db:"missing"`
	CreatedAt  int64           `db:"created_at"`
	coverColumns
	LikedAt    sql.NullInt64 `db:"liked_at"`
	Rating     int           `db:"rating"`
	Plays      int           `db:"plays"`
	LastPlayed sql.NullInt64 `db:"last_played"`
}

const songColumns = `songs.id, songs.library_id, COALESCE(songs.album_id, 0) AS album_id, songs.title, songs.artist,
	songs.album, songs.year, songs.track, songs.disc, songs.duration, songs.bit_rate, songs.sample_rate, songs.channels,
	songs.bit_depth, songs.format, songs.size, COALESCE(songs.uploaded_by, 0) AS uploaded_by,
	songs.missing_since IS NOT NULL AS missing, songs.created_at, ` + coverFields + `,
	song_marks.liked_at, COALESCE(song_marks.rating, 0) AS rating, COALESCE(song_marks.plays, 0) AS plays,
	song_marks.last_played`

// Songs returns the songs of the ids in their order, missing files included; what is unknown or outside the
// scope is left out.
func (c *Catalogue) Songs(ctx context.Context, scope library.Scope, ids []library.SongID) ([]library.Song, error) {
	songs := make([]library.Song, 0, len(ids))
	if len(ids) == 0 {
		return songs, nil
	}
	extras, err := c.songExtras(ctx, ids)
	if err != nil {
		return nil, err
	}
	places, args := oneOf(ids)
	only := heard("songs.library_id", scope)
	only.and("songs.id IN "+places, args...)
	var rows []songRow
	err = c.db.list(ctx, &rows, "SELECT "+songColumns+` FROM songs LEFT JOIN covers ON covers.id = songs.cover_id
		LEFT JOIN song_marks ON song_marks.song_id = songs.id AND song_marks.user_id = ?`+only.where(),
		append([]any{scope.User}, only.args...)...)
	if err != nil {
		return nil, err
	}
	byID := make(map[library.SongID]*songRow, len(rows))
	for i := range rows {
		byID[rows[i].ID] = &rows[i]
	}
	for _, id := range ids {
		if row := byID[id]; row != nil {
			songs = append(songs, row.song(extras[id]))
		}
	}
	return songs, nil
}

func (r *songRow) song(extra songExtra) library.Song {
	s := library.Song{
		ID: r.ID, LibraryID: r.LibraryID, AlbumID: r.AlbumID, Title: r.Title, Artist: r.Artist, Album: r.Album,
		Artists: extra.artists, Genres: extra.genres, Year: r.Year, Track: r.Track, Disc: r.Disc,
		Duration: time.Duration(r.Duration) * time.Millisecond, BitRate: r.BitRate, SampleRate: r.SampleRate,
		Channels: r.Channels, BitDepth: r.BitDepth, Format: r.Format, Size: r.Size, Cover: r.cover(),
		UploadedBy: r.UploadedBy, CreatedAt: moment(r.CreatedAt), Missing: r.Missing,
		Liked: r.LikedAt.Valid, Rating: r.Rating, Plays: r.Plays,
	}
	if r.LastPlayed.Valid {
		s.LastPlayed = moment(r.LastPlayed.Int64)
	}
	return s
}

// coverFields are read into coverColumns.
const coverFields = "COALESCE(covers.id, 0) AS cover_id, COALESCE(covers.hash, '') AS cover_hash, COALESCE(covers.hue, 0) AS cover_hue"

// greyHue stands for that of a cover that was not looked at yet.
const greyHue = 70

type coverColumns struct {
	CoverID   library.CoverID `db:"cover_id"`
	CoverHash string          `db:"cover_hash"`
	CoverHue  int             `db:"cover_hue"`
}

func (c coverColumns) cover() *library.Cover {
	if c.CoverID == 0 {
		return nil
	}
	hue := c.CoverHue
	if hue == ingest.UnknownHue {
		hue = greyHue
	}
	return &library.Cover{ID: c.CoverID, Hash: c.CoverHash, Hue: hue}
}

// songExtra is what a song has several of. It is the same for every listener.
type songExtra struct {
	artists []library.Credit
	genres  []string
}

// byRole sorts credits: who made the song, whose album it is, then all others.
const byRole = "CASE role WHEN 'artist' THEN 0 WHEN 'albumArtist' THEN 1 WHEN 'featured' THEN 2 WHEN 'remixer' THEN 3 ELSE 4 END"

// songExtras reads artists and genres of the songs that memory does not know yet.
func (c *Catalogue) songExtras(ctx context.Context, ids []library.SongID) (map[library.SongID]songExtra, error) {
	state, found, unknown, err := recall(ctx, c.db, c.songs, ids)
	if err != nil || len(unknown) == 0 {
		return found, err
	}
	places, args := oneOf(unknown)
	var credits []struct {
		Song library.SongID   `db:"song_id"`
		ID   library.ArtistID `db:"id"`
		Name string           `db:"name"`
		Role library.Role     `db:"role"`
	}
	if err := c.db.list(ctx, &credits, `SELECT song_id, artists.id, artists.name, role FROM song_artists
		JOIN artists ON artists.id = artist_id WHERE song_id IN `+places+` ORDER BY song_id, `+byRole+`, position`, args...); err != nil {
		return nil, err
	}
	var genres []struct {
		Song library.SongID `db:"song_id"`
		Name string         `db:"name"`
	}
	if err := c.db.list(ctx, &genres, `SELECT song_id, genres.name FROM song_genres
		JOIN genres ON genres.id = genre_id WHERE song_id IN `+places+` ORDER BY song_id, position`, args...); err != nil {
		return nil, err
	}
	for _, row := range credits {
		extra := found[row.Song]
		extra.artists = append(extra.artists, library.Credit{ID: row.ID, Name: row.Name, Role: row.Role})
		found[row.Song] = extra
	}
	for _, row := range genres {
		extra := found[row.Song]
		extra.genres = append(extra.genres, row.Name)
		found[row.Song] = extra
	}
	keep(c.songs, state, unknown, found)
	return found, nil
}

// recall takes from memory what it knows of the ids, and names the rest.
func recall[K comparable, V any](ctx context.Context, db *DB, from *memo[K, V], ids []K) (state string, found map[K]V, unknown []K, err error) {
	if state, err = db.state(ctx); err != nil {
		return "", nil, nil, err
	}
	found = make(map[K]V, len(ids))
	for _, id := range ids {
		if value, ok := from.get(state, id); ok {
			found[id] = value
			continue
		}
		unknown = append(unknown, id)
	}
	return state, found, unknown, nil
}

// keep remembers what was found of the ids, also that there was nothing.
func keep[K comparable, V any](in *memo[K, V], state string, ids []K, found map[K]V) {
	for _, id := range ids {
		in.put(state, id, found[id])
	}
}
