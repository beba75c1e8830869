package sqlstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

const insertSongs = `INSERT INTO songs (library_id, album_id, title, title_key, artist, artist_key, album, album_key,
	search_text, year, track, disc, duration, bit_rate, sample_rate, channels, bit_depth, format, size, cover_id,
	uploaded_by, object_key, path, modified_at, content_hash, audio_hash, read_version, shuffle, created_at, updated_at) VALUES `

const orUpdateSongs = `ON CONFLICT (library_id, path) DO UPDATE SET album_id = excluded.album_id,
	title = excluded.title, title_key = excluded.title_key, artist = excluded.artist, artist_key = excluded.artist_key,
	album = excluded.album, album_key = excluded.album_key, search_text = excluded.search_text, year = excluded.year,
	track = excluded.track, disc = excluded.disc, duration = excluded.duration, bit_rate = excluded.bit_rate,
	sample_rate = excluded.sample_rate, channels = excluded.channels, bit_depth = excluded.bit_depth,
	format = excluded.format, size = excluded.size, cover_id = excluded.cover_id, modified_at = excluded.modified_at,
	content_hash = excluded.content_hash, audio_hash = excluded.audio_hash, read_version = excluded.read_version, missing_since = NULL,
	updated_at = excluded.updated_at
	RETURNING id, path`

// idsOf holds the ids of everything that drafts refer to by name.
type idsOf struct {
	artists map[artistName]library.ArtistID
	genres  map[string]int64
	covers  map[string]library.CoverID // by hash
	albums  map[albumName]library.AlbumID
}

// writeSongs inserts the drafts, or updates the songs that have their paths, with everything around them.
// The ids stand in the drafts' order. Drafts without a path must come one at a time.
func (s *Ingest) writeSongs(ctx context.Context, t *tx, drafts []ingest.Draft) ([]library.SongID, error) {
	n, err := s.nameAll(ctx, t, drafts)
	if err != nil {
		return nil, err
	}
	now := millis(s.clock.Now())
	rows := make([][]any, len(drafts))
	for i := range drafts {
		rows[i] = songValues(&drafts[i], n, now)
	}
	type written struct {
		ID   library.SongID
		Path *string
	}
	back, err := inserted[written](ctx, t, insertSongs, rows, orUpdateSongs)
	if err != nil {
		return nil, fmt.Errorf("write songs: %w", err)
	}
	byPath := make(map[string]library.SongID, len(back))
	for _, w := range back {
		byPath[text(w.Path)] = w.ID
	}
	ids := make([]library.SongID, len(drafts))
	for i, d := range drafts {
		ids[i] = byPath[d.Path]
	}
	return ids, s.linkSongs(ctx, t, drafts, ids, n)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func songValues(d *ingest.Draft, n idsOf, now int64) []any {
	return []any{
		d.Library, orNull(n.album(d)), d.Title, library.Key(d.Title), d.Artist, library.Key(d.Artist), d.Album,
		library.Key(d.Album), d.SearchText(), d.Year, d.Track, d.Disc, d.Audio.Duration.Milliseconds(), d.Audio.BitRate,
		d.Audio.SampleRate, d.Audio.Channels, d.Audio.BitDepth, d.Audio.Format, d.Size, orNull(n.cover(d.Cover)),
		orNull(d.UploadedBy), orNull(d.ObjectKey), orNull(d.Path), millis(d.ModifiedAt), bytesOrNull(d.ContentHash),
		bytesOrNull(d.Sound), ingest.ReadVersion, rand.Int32(), now, now,
	}
}

// changeSongs writes the texts, covers and links of songs that are there.
func (s *Ingest) changeSongs(ctx context.Context, t *tx, drafts []ingest.Draft) error {
	n, err := s.nameAll(ctx, t, drafts)
	if err != nil {
		return err
	}
	ids := make([]library.SongID, len(drafts))
	for i, d := range drafts {
		ids[i] = d.ID
		_, err = t.exec(ctx, `UPDATE songs SET album_id = ?, title = ?, title_key = ?, artist = ?, artist_key = ?, album = ?,
			album_key = ?, search_text = ?, year = ?, track = ?, disc = ?, cover_id = ?, updated_at = ? WHERE id = ?`,
			orNull(n.album(&d)), d.Title, library.Key(d.Title), d.Artist, library.Key(d.Artist), d.Album,
			library.Key(d.Album), d.SearchText(), d.Year, d.Track, d.Disc, orNull(n.cover(d.Cover)), millis(s.clock.Now()), d.ID)
		if err != nil {
			return fmt.Errorf("change song: %w", err)
		}
	}
	return s.linkSongs(ctx, t, drafts, ids, n)
}

// nameAll makes the artists, genres, covers and albums of the drafts where they are not there yet.
func (s *Ingest) nameAll(ctx context.Context, t *tx, drafts []ingest.Draft) (n idsOf, err error) {
	now := millis(s.clock.Now())
	if n.covers, err = writeCovers(ctx, t, drafts, now); err != nil {
		return n, fmt.Errorf("write covers: %w", err)
	}
	if n.artists, err = writeArtists(ctx, t, drafts, now); err != nil {
		return n, fmt.Errorf("write artists: %w", err)
	}
	if n.genres, err = writeGenres(ctx, t, drafts); err != nil {
		return n, fmt.Errorf("write genres: %w", err)
	}
	if n.albums, err = writeAlbums(ctx, t, drafts, now); err != nil {
		return n, fmt.Errorf("write albums: %w", err)
	}
	return n, n.index(ctx, t, drafts)
}

func (n idsOf) album(d *ingest.Draft) library.AlbumID {
	return n.albums[albumName{d.Library, d.AlbumKey}]
}

func (n idsOf) cover(c *ingest.Cover) library.CoverID {
	if c == nil {
		return 0
	}
	return n.covers[c.Hash]
}

// linkSongs writes the credits and genres of songs that have none, and brings their albums up to date.
func (s *Ingest) linkSongs(ctx context.Context, t *tx, drafts []ingest.Draft, ids []library.SongID, n idsOf) error {
	var credits, genres [][]any
	for i := range drafts {
		credits = append(credits, n.credits(&drafts[i], ids[i])...)
		for position, name := range drafts[i].Genres {
			genres = append(genres, []any{ids[i], n.genres[library.Key(name)], position})
		}
	}
	if err := t.insert(ctx, "INSERT INTO song_artists (song_id, artist_id, role, position) VALUES ", credits, ""); err != nil {
		return fmt.Errorf("write credits: %w", err)
	}
	if err := t.insert(ctx, "INSERT INTO song_genres (song_id, genre_id, position) VALUES ", genres, ""); err != nil {
		return fmt.Errorf("write genres of songs: %w", err)
	}
	return linkAlbums(ctx, t, drafts, n)
}

// credits are the rows of song_artists of one song. Two names can be those of one artist.
func (n idsOf) credits(d *ingest.Draft, song library.SongID) [][]any {
	var rows [][]any
	for _, part := range []struct {
		role  library.Role
		names []string
	}{
		{library.MainArtist, d.Artists}, {library.AlbumArtist, d.AlbumArtists}, {library.Featured, d.Featured},
		{library.Remixer, d.Remixers}, {library.Composer, d.Composers},
	} {
		for position, id := range n.artistIDs(d, part.names) {
			rows = append(rows, []any{song, id, part.role, position})
		}
	}
	return rows
}

func (n idsOf) artistIDs(d *ingest.Draft, names []string) []library.ArtistID {
	ids := make([]library.ArtistID, 0, len(names))
	for _, name := range names {
		if id := n.artists[artistOf(d, name)]; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
