package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// albumName is what an album is known by: its key within its library.
type albumName struct {
	Library library.ID
	Key     string
}

// kindPlace is where an album's kind stands in its row, with the release group behind it.
const kindPlace = 0

// writeAlbums makes the drafts' albums, or brings their texts up to date. Sums come with linkAlbums.
func writeAlbums(ctx context.Context, t *tx, drafts []ingest.Draft, now int64) (map[albumName]library.AlbumID, error) {
	rows := map[albumName][]any{}
	for i := range drafts {
		d := &drafts[i]
		if d.AlbumKey == "" {
			continue
		}
		name, kind, group := albumName{d.Library, d.AlbumKey}, d.AlbumKind(), d.ReleaseGroup
		if other := rows[name]; other != nil { // one of an album's files says it for all
			kind, group = cmp.Or(kind, other[kindPlace].(library.AlbumKind)), cmp.Or(group, other[kindPlace+1].(string))
		}
		rows[name] = []any{
			kind, group, d.Library, d.AlbumKey, d.Album, library.Key(d.Album), d.AlbumArtist, library.Key(d.AlbumArtist),
			0, 0, 0, d.Compilation, rand.Int32(), now,
		}
	}
	values := make([][]any, 0, len(rows))
	for _, row := range rows {
		row[kindPlace], row[kindPlace+1] = cmp.Or(row[kindPlace].(library.AlbumKind), library.FullAlbum), orNull(row[kindPlace+1].(string))
		values = append(values, row)
	}
	type written struct {
		ID        library.AlbumID
		LibraryID library.ID `db:"library_id"`
		Key       string
	}
	back, err := inserted[written](ctx, t, `INSERT INTO albums (kind, release_group_mbid, library_id, key, title, title_key, artist, artist_key,
		year, song_count, duration, is_compilation, shuffle, created_at) VALUES `, values,
		`ON CONFLICT (library_id, key) DO UPDATE SET title = excluded.title, title_key = excluded.title_key,
		artist = excluded.artist, artist_key = excluded.artist_key, is_compilation = excluded.is_compilation,
		kind = CASE WHEN excluded.kind <> 'album' OR albums.kind = 'compilation' THEN excluded.kind ELSE albums.kind END,
		release_group_mbid = COALESCE(excluded.release_group_mbid, albums.release_group_mbid)
		RETURNING id, library_id, key`)
	if err != nil {
		return nil, err
	}
	ids := make(map[albumName]library.AlbumID, len(back))
	for _, w := range back {
		ids[albumName{w.LibraryID, w.Key}] = w.ID
	}
	return ids, nil
}

// linkAlbums gives the albums the credits of their newest draft and sums them up.
func linkAlbums(ctx context.Context, t *tx, drafts []ingest.Draft, n idsOf) error {
	credits := map[library.AlbumID][][]any{}
	for i := range drafts {
		d := &drafts[i]
		id := n.album(d)
		if id == 0 {
			continue
		}
		credits[id] = nil
		for position, artist := range n.artistIDs(d, d.AlbumArtists) {
			credits[id] = append(credits[id], []any{id, artist, position})
		}
	}
	ids := slices.Collect(maps.Keys(credits))
	if err := execIn(ctx, t, "DELETE FROM album_artists WHERE album_id IN ", ids); err != nil {
		return fmt.Errorf("clear album artists: %w", err)
	}
	var rows [][]any
	for _, of := range credits {
		rows = append(rows, of...)
	}
	if err := t.insert(ctx, "INSERT INTO album_artists (album_id, artist_id, position) VALUES ", rows, ""); err != nil {
		return fmt.Errorf("write album artists: %w", err)
	}
	return sumAlbums(ctx, t, ids)
}

// sumAlbums computes what an album has from its songs. Missing songs count: the album is still theirs.
// The latest year of its songs is the earliest in which it can have come out.
func sumAlbums(ctx context.Context, t *tx, ids []library.AlbumID) error {
	err := execIn(ctx, t, `UPDATE albums SET
		song_count = (SELECT COUNT(*) FROM songs WHERE songs.album_id = albums.id),
		duration = (SELECT COALESCE(SUM(songs.duration), 0) FROM songs WHERE songs.album_id = albums.id),
		year = (SELECT COALESCE(MAX(songs.year), 0) FROM songs WHERE songs.album_id = albums.id),
		cover_id = (SELECT songs.cover_id FROM songs WHERE songs.album_id = albums.id AND songs.cover_id IS NOT NULL
			ORDER BY songs.disc, songs.track, songs.id LIMIT 1)
		WHERE id IN `, ids)
	if err != nil {
		return fmt.Errorf("sum albums: %w", err)
	}
	return nil
}
