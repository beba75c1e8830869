package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// links are what songs referred to before a change. Afterwards tidy removes what nothing refers to.
type links struct {
	songs   []library.SongID
	albums  []library.AlbumID
	artists []library.ArtistID
	genres  []int64
	covers  []library.CoverID
}

// linksOfPaths are the links of the songs that have the drafts' paths; all drafts are of one library.
func linksOfPaths(ctx context.Context, t *tx, drafts []ingest.Draft) (links, error) {
	paths := make([]string, len(drafts))
	for i, d := range drafts {
		paths[i] = d.Path
	}
	var ids []library.SongID
	for part := range slices.Chunk(paths, mostArgs) {
		var some []library.SongID
		err := t.list(ctx, &some, "SELECT id FROM songs WHERE library_id = ? AND path IN "+in(len(part)),
			append([]any{drafts[0].Library}, args(part)...)...)
		if err != nil {
			return links{}, fmt.Errorf("find songs by path: %w", err)
		}
		ids = append(ids, some...)
	}
	return linksOfSongs(ctx, t, ids)
}

func linksOfSongs(ctx context.Context, t *tx, ids []library.SongID) (l links, err error) {
	l.songs = ids
	if l.albums, err = listIn[library.AlbumID](ctx, t, "SELECT DISTINCT album_id FROM songs WHERE album_id IS NOT NULL AND id IN ", ids, ""); err != nil {
		return l, fmt.Errorf("list albums of songs: %w", err)
	}
	if l.covers, err = listIn[library.CoverID](ctx, t, "SELECT DISTINCT cover_id FROM songs WHERE cover_id IS NOT NULL AND id IN ", ids, ""); err != nil {
		return l, fmt.Errorf("list covers of songs: %w", err)
	}
	if l.genres, err = listIn[int64](ctx, t, "SELECT DISTINCT genre_id FROM song_genres WHERE song_id IN ", ids, ""); err != nil {
		return l, fmt.Errorf("list genres of songs: %w", err)
	}
	if l.artists, err = listIn[library.ArtistID](ctx, t, "SELECT DISTINCT artist_id FROM song_artists WHERE song_id IN ", ids, ""); err != nil {
		return l, fmt.Errorf("list artists of songs: %w", err)
	}
	ofAlbums, err := listIn[library.ArtistID](ctx, t, "SELECT DISTINCT artist_id FROM album_artists WHERE album_id IN ", l.albums, "")
	if err != nil {
		return l, fmt.Errorf("list artists of albums: %w", err)
	}
	l.artists = append(l.artists, ofAlbums...)
	hidden, err := hiddenCovers(ctx, t, ids)
	l.covers = append(l.covers, hidden...)
	return l, err
}

// hiddenCovers are those that edits of songs, or their files below edits, speak of.
func hiddenCovers(ctx context.Context, t *tx, ids []library.SongID) ([]library.CoverID, error) {
	var all []library.CoverID
	for _, of := range []string{
		"SELECT covers.id FROM covers JOIN song_origins ON song_origins.cover = covers.hash WHERE song_id IN ",
		`SELECT covers.id FROM covers JOIN song_edits ON field = 'cover' AND value = '"' || covers.hash || '"' WHERE song_id IN `,
		`SELECT covers.id FROM covers JOIN edit_changes ON field = 'cover' AND before_value = '"' || covers.hash || '"' WHERE song_id IN `,
		`SELECT covers.id FROM covers JOIN edit_changes ON field = 'cover' AND after_value = '"' || covers.hash || '"' WHERE song_id IN `,
	} {
		some, err := listIn[library.CoverID](ctx, t, of, ids, "")
		if err != nil {
			return nil, fmt.Errorf("list covers of edits: %w", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// unlink takes the credits and genres off the songs, so that new ones can be written.
func (l links) unlink(ctx context.Context, t *tx) error {
	if err := execIn(ctx, t, "DELETE FROM song_artists WHERE song_id IN ", l.songs); err != nil {
		return fmt.Errorf("clear credits: %w", err)
	}
	if err := execIn(ctx, t, "DELETE FROM song_genres WHERE song_id IN ", l.songs); err != nil {
		return fmt.Errorf("clear genres: %w", err)
	}
	return nil
}

// tidy sums up the albums and removes albums, artists, genres and covers without a song.
func (l links) tidy(ctx context.Context, t *tx) (ingest.Freed, error) {
	if err := sumAlbums(ctx, t, l.albums); err != nil {
		return ingest.Freed{}, err
	}
	if err := execIn(ctx, t, `DELETE FROM albums WHERE song_count = 0 AND
		NOT EXISTS (SELECT 1 FROM edit_albums WHERE edit_albums.album_id = albums.id) AND id IN `, l.albums); err != nil {
		return ingest.Freed{}, fmt.Errorf("remove empty albums: %w", err)
	}
	if err := execIn(ctx, t, `DELETE FROM artists WHERE
		NOT EXISTS (SELECT 1 FROM song_artists WHERE song_artists.artist_id = artists.id) AND
		NOT EXISTS (SELECT 1 FROM album_artists WHERE album_artists.artist_id = artists.id) AND
		NOT EXISTS (SELECT 1 FROM artist_rules WHERE artist_rules.alias_key = artists.key) AND id IN `, l.artists); err != nil {
		return ingest.Freed{}, fmt.Errorf("remove artists without songs: %w", err)
	}
	if err := execIn(ctx, t, `DELETE FROM genres WHERE
		NOT EXISTS (SELECT 1 FROM song_genres WHERE song_genres.genre_id = genres.id) AND id IN `, l.genres); err != nil {
		return ingest.Freed{}, fmt.Errorf("remove genres without songs: %w", err)
	}
	hashes, err := listIn[string](ctx, t, `DELETE FROM covers WHERE
		NOT EXISTS (SELECT 1 FROM songs WHERE songs.cover_id = covers.id) AND
		NOT EXISTS (SELECT 1 FROM albums WHERE albums.cover_id = covers.id) AND
		NOT EXISTS (SELECT 1 FROM song_origins WHERE song_origins.cover = covers.hash) AND
		NOT EXISTS (SELECT 1 FROM song_edits WHERE field = 'cover' AND value = '"' || covers.hash || '"') AND
		NOT EXISTS (SELECT 1 FROM edit_changes WHERE field = 'cover' AND before_value = '"' || covers.hash || '"') AND
		NOT EXISTS (SELECT 1 FROM edit_changes WHERE field = 'cover' AND after_value = '"' || covers.hash || '"') AND id IN `, l.covers, " RETURNING hash")
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("remove covers without songs: %w", err)
	}
	return ingest.Freed{Keys: coverKeys(hashes)}, nil
}

// coverKeys are the objects of covers: the originals and all smaller copies that there can be.
func coverKeys(hashes []string) []string {
	var keys []string
	for _, hash := range hashes {
		keys = append(keys, library.CoverKey(hash))
		for _, side := range library.CoverSides() {
			keys = append(keys, library.ShrunkKey(hash, side))
		}
	}
	return keys
}
