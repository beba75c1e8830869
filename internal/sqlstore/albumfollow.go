package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// rekey lets an album's row go along where all its songs go to one album that is not there yet: its id and
// what listeners think of it stay. was is the album of each song so far, 0 without one.
func rekey(ctx context.Context, t *tx, was []library.AlbumID, shown []ingest.Draft) error {
	to, counts := map[library.AlbumID][]albumName{}, map[library.AlbumID]int{}
	for i, id := range was {
		if id == 0 {
			continue
		}
		name := albumName{shown[i].Library, shown[i].AlbumKey}
		if !slices.Contains(to[id], name) {
			to[id] = append(to[id], name)
		}
		counts[id]++
	}
	whole, err := wholeAlbums(ctx, t, counts)
	if err != nil {
		return err
	}
	for _, id := range whole {
		if len(to[id]) != 1 || to[id][0].Key == "" {
			continue
		}
		// Only where no album has the new key; one that keeps its key is such a one.
		name := to[id][0]
		if _, err := t.exec(ctx, `UPDATE albums SET library_id = ?, key = ? WHERE id = ?
			AND NOT EXISTS (SELECT 1 FROM albums AS other WHERE other.library_id = ? AND other.key = ?)`,
			name.Library, name.Key, id, name.Library, name.Key); err != nil {
			return fmt.Errorf("rename album: %w", err)
		}
	}
	return nil
}

// wholeAlbums are those of the albums of which all songs are among the counted ones, by their ids.
func wholeAlbums(ctx context.Context, t *tx, counts map[library.AlbumID]int) ([]library.AlbumID, error) {
	ids := make([]library.AlbumID, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	type row struct {
		ID    library.AlbumID
		Count int
	}
	rows, err := listIn[row](ctx, t, "SELECT album_id AS id, COUNT(*) AS count FROM songs WHERE album_id IN ", ids, " GROUP BY album_id")
	if err != nil {
		return nil, fmt.Errorf("count songs of albums: %w", err)
	}
	var whole []library.AlbumID
	for _, r := range rows {
		if r.Count == counts[r.ID] {
			whole = append(whole, r.ID)
		}
	}
	slices.Sort(whole)
	return whole, nil
}

// moves are the albums that lost all their songs to one other, by now.
func moves(ctx context.Context, t *tx, songs []library.SongID, was []library.AlbumID) (map[library.AlbumID]library.AlbumID, error) {
	type row struct {
		ID    library.SongID
		Album library.AlbumID `db:"album_id"`
	}
	rows, err := listIn[row](ctx, t, "SELECT id, COALESCE(album_id, 0) AS album_id FROM songs WHERE id IN ", songs, "")
	if err != nil {
		return nil, fmt.Errorf("list albums of songs: %w", err)
	}
	now := make(map[library.SongID]library.AlbumID, len(rows))
	for _, r := range rows {
		now[r.ID] = r.Album
	}
	to := map[library.AlbumID]library.AlbumID{}
	parted := map[library.AlbumID]bool{}
	for i, from := range was {
		target := now[songs[i]]
		if from == 0 || target == from {
			continue
		}
		if before, there := to[from]; there && before != target || target == 0 {
			parted[from] = true
		}
		to[from] = target
	}
	left, err := listIn[library.AlbumID](ctx, t, "SELECT DISTINCT album_id FROM songs WHERE album_id IN ", was, "")
	if err != nil {
		return nil, fmt.Errorf("list albums with songs: %w", err)
	}
	for from := range to {
		if parted[from] || slices.Contains(left, from) {
			delete(to, from)
		}
	}
	return to, nil
}

// handOver gives the marks on one subject to another, on which a listener's own marks stay.
func handOver(ctx context.Context, t *tx, kind library.SubjectKind, from, to int64) error {
	m := marksOn(kind)
	_, err := t.exec(ctx, "INSERT INTO "+m.table+" (user_id, "+m.column+", liked_at, rating) SELECT user_id, CAST(? AS BIGINT), liked_at, rating FROM "+
		m.table+" WHERE "+m.column+" = ? ON CONFLICT (user_id, "+m.column+") DO UPDATE SET liked_at = COALESCE("+m.table+
		".liked_at, excluded.liked_at), rating = CASE WHEN "+m.table+".rating = 0 THEN excluded.rating ELSE "+m.table+".rating END", to, from)
	if err != nil {
		return fmt.Errorf("hand marks over: %w", err)
	}
	return nil
}
