package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// songColumns are read by scanSong. Credits and genres are ids here: names are few, and in memory.
const songColumns = `songs.id, songs.library_id, COALESCE(songs.album_id, 0), songs.title, songs.artist, songs.album, songs.year,
	songs.track, songs.disc, songs.duration, songs.bit_rate, songs.sample_rate, songs.channels, songs.bit_depth, songs.format,
	songs.size, COALESCE(songs.uploaded_by, 0), songs.missing_since IS NOT NULL, songs.created_at,
	COALESCE(songs.cover_id, 0),
	COALESCE((SELECT string_agg(artist_id || role, ' ' ORDER BY position) FROM song_artists WHERE song_id = songs.id), ''),
	COALESCE((SELECT string_agg(CAST(genre_id AS TEXT), ' ' ORDER BY position) FROM song_genres WHERE song_id = songs.id), '')`

// Songs returns the songs of the ids in their order, missing files included; what is unknown or outside the
// scope is left out.
func (c *Catalogue) Songs(ctx context.Context, scope library.Scope, ids []library.SongID) ([]library.Song, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return nil, err
	}
	return c.songsAt(ctx, at, scope, ids)
}

// songsAt reads songs from memory, and from the database what memory does not know yet: that is the same for
// every listener, but for the marks.
func (c *Catalogue) songsAt(ctx context.Context, at epoch, scope library.Scope, ids []library.SongID) ([]library.Song, error) {
	songs := make([]library.Song, 0, len(ids))
	if len(ids) == 0 {
		return songs, nil
	}
	known, unknown := recall(c.songs, at.catalogue, ids)
	if len(unknown) > 0 {
		read, err := c.readSongs(ctx, at, unknown)
		if err != nil {
			return nil, err
		}
		for _, song := range read {
			known[song.ID] = song
			c.songs.put(at.catalogue, song.ID, song)
		}
	}
	pictures, err := c.picturesOf(ctx, at, known)
	if err != nil {
		return nil, err
	}
	marks, err := c.marksOf(ctx, at, scope, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if song, ok := known[id]; ok && scope.Sees(song.LibraryID) {
			song.Cover = pictures[song.cover]
			marks[id].onto(&song.Song)
			songs = append(songs, song.Song)
		}
	}
	return songs, nil
}

// recall takes from memory what it knows of the ids, and names the rest.
func recall[K comparable, V any](from *memo[K, V], state string, ids []K) (known map[K]V, unknown []K) {
	known = make(map[K]V, len(ids))
	for _, id := range ids {
		if value, ok := from.get(state, id); ok {
			known[id] = value
			continue
		}
		unknown = append(unknown, id)
	}
	return known, unknown
}

// songRow is a song whose cover is only referred to: covers are looked at later than songs are read.
type songRow struct {
	library.Song
	cover library.CoverID
}

// referred is what a song's row refers to by ids.
type referred struct{ credits, genres string }

func (c *Catalogue) readSongs(ctx context.Context, at epoch, ids []library.SongID) ([]songRow, error) {
	places, args := oneOf(ids)
	songs, refer := make([]songRow, 0, len(ids)), make([]referred, 0, len(ids))
	err := c.db.each(ctx, func(rows *sqlx.Rows) error {
		song, refers, err := scanSong(rows)
		songs, refer = append(songs, song), append(refer, refers)
		return err
	}, "SELECT "+songColumns+" FROM songs WHERE songs.id IN "+places, args...)
	if err != nil {
		return nil, err
	}
	return songs, c.fillSongs(ctx, at, songs, refer)
}

// fillSongs puts in the names of artists and genres.
func (c *Catalogue) fillSongs(ctx context.Context, at epoch, songs []songRow, refer []referred) error {
	credits, genres := make([]string, len(songs)), make([]string, len(songs))
	for i, r := range refer {
		credits[i], genres[i] = r.credits, r.genres
	}
	allCredits, err := c.creditsOf(ctx, at, credits)
	if err != nil {
		return err
	}
	allGenres, err := c.genresNamed(ctx, at, genres)
	if err != nil {
		return err
	}
	for i := range songs {
		songs[i].Artists, songs[i].Genres = allCredits[i], allGenres[i]
	}
	return nil
}

func (c *Catalogue) picturesOf(ctx context.Context, at epoch, songs map[library.SongID]songRow) (map[library.CoverID]*library.Cover, error) {
	covers := make([]library.CoverID, 0, len(songs))
	for _, song := range songs {
		covers = append(covers, song.cover)
	}
	return c.coversOf(ctx, at, covers)
}

// coversOf are covers, from memory where it knows them. Songs of an album share theirs: nobody may write into it.
// It sorts the ids in place.
func (c *Catalogue) coversOf(ctx context.Context, at epoch, ids []library.CoverID) (map[library.CoverID]*library.Cover, error) {
	ids = slices.DeleteFunc(ids, func(id library.CoverID) bool { return id == 0 })
	slices.Sort(ids)
	covers, unknown := recall(c.pictures, at.pictures, slices.Compact(ids))
	if len(unknown) == 0 {
		return covers, nil
	}
	places, args := oneOf(unknown)
	err := c.db.each(ctx, func(rows *sqlx.Rows) error {
		var cover library.Cover
		err := rows.Scan(&cover.ID, &cover.Hash, &cover.Hue)
		if cover.Hue == ingest.UnknownHue {
			cover.Hue = greyHue
		}
		covers[cover.ID] = &cover
		c.pictures.put(at.pictures, cover.ID, &cover)
		return err
	}, "SELECT id, hash, hue FROM covers WHERE id IN "+places, args...)
	return covers, err
}

func scanSong(rows *sqlx.Rows) (s songRow, refer referred, err error) {
	var duration, created int64
	err = rows.Scan(&s.ID, &s.LibraryID, &s.AlbumID, &s.Title, &s.Artist, &s.Album, &s.Year, &s.Track, &s.Disc, &duration,
		&s.BitRate, &s.SampleRate, &s.Channels, &s.BitDepth, &s.Format, &s.Size, &s.UploadedBy, &s.Missing, &created,
		&s.cover, &refer.credits, &refer.genres)
	s.Duration, s.CreatedAt = time.Duration(duration)*time.Millisecond, moment(created)
	return s, refer, err
}

// greyHue stands for that of a cover that was not looked at yet.
const greyHue = 70

// songMark is what a listener did with a song.
type songMark struct {
	liked      bool
	rating     int
	plays      int
	lastPlayed time.Time
}

// markKey is a mark as of a listener's epoch.
type markKey struct {
	marks string
	song  library.SongID
}

func (m songMark) onto(s *library.Song) {
	s.Liked, s.Rating, s.Plays, s.LastPlayed = m.liked, m.rating, m.plays, m.lastPlayed
}

// marksOf are the listener's marks of the songs. Nothing is asked for a listener who never left one.
func (c *Catalogue) marksOf(ctx context.Context, at epoch, scope library.Scope, ids []library.SongID) (map[library.SongID]songMark, error) {
	if at.marks == "" {
		return nil, nil
	}
	marks := make(map[library.SongID]songMark, len(ids))
	var unknown []library.SongID
	for _, id := range ids {
		mark, ok := c.songMarks.get("", markKey{at.marks, id})
		if marks[id] = mark; !ok {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return marks, nil
	}
	places, args := oneOf(unknown)
	err := c.db.each(ctx, func(rows *sqlx.Rows) error {
		var id library.SongID
		var mark songMark
		var last sql.NullInt64
		err := rows.Scan(&id, &mark.liked, &mark.rating, &mark.plays, &last)
		if last.Valid {
			mark.lastPlayed = moment(last.Int64)
		}
		marks[id] = mark
		return err
	}, "SELECT song_id, liked_at IS NOT NULL, rating, plays, last_played FROM song_marks WHERE user_id = ? AND song_id IN "+places,
		append([]any{scope.User}, args...)...)
	if err != nil {
		return nil, err
	}
	for _, id := range unknown {
		c.songMarks.put("", markKey{at.marks, id}, marks[id])
	}
	return marks, nil
}
