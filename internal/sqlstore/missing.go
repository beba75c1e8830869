package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Missing lists songs whose files are gone, those that went last first, and tells how many there are.
func (s *Ingest) Missing(ctx context.Context, limit, offset int) (list []ingest.MissingSong, total int, err error) {
	if err := s.db.get(ctx, &total, "SELECT COUNT(*) FROM songs WHERE missing_since IS NOT NULL"); err != nil {
		return nil, 0, fmt.Errorf("count missing songs: %w", err)
	}
	var rows []struct {
		ID        library.SongID
		Title     string
		Artist    string
		Album     string
		Library   library.ID `db:"library_id"`
		Name      string
		Path      string
		Since     int64 `db:"missing_since"`
		Plays     int
		Playlists int
	}
	err = s.db.list(ctx, &rows, `SELECT songs.id, songs.title, songs.artist, songs.album, songs.library_id, libraries.name,
		COALESCE(songs.path, '') AS path, songs.missing_since,
		(SELECT COALESCE(SUM(song_marks.plays), 0) FROM song_marks WHERE song_marks.song_id = songs.id) AS plays,
		(SELECT COUNT(DISTINCT playlist_entries.playlist_id) FROM playlist_entries WHERE playlist_entries.song_id = songs.id) AS playlists
		FROM songs JOIN libraries ON libraries.id = songs.library_id WHERE songs.missing_since IS NOT NULL
		ORDER BY songs.missing_since DESC, libraries.name, path, songs.id LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list missing songs: %w", err)
	}
	list = make([]ingest.MissingSong, len(rows))
	for i, r := range rows {
		where, _, displaced := strings.Cut(r.Path, ingest.DisplacedMark)
		list[i] = ingest.MissingSong{
			ID: r.ID, Title: r.Title, Artist: r.Artist, Album: r.Album, Library: r.Library, LibraryName: r.Name, Path: where, Displaced: displaced,
			Since: moment(r.Since), Plays: r.Plays, Playlists: r.Playlists,
		}
	}
	return list, total, nil
}

// RemoveMissing deletes those of the songs whose files are gone, or all of them for nil, with all that hangs on
// them.
func (s *Ingest) RemoveMissing(ctx context.Context, ids []library.SongID) (removed int, freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		var gone []library.SongID
		if err := t.list(ctx, &gone, "SELECT id FROM songs WHERE missing_since IS NOT NULL ORDER BY id"); err != nil {
			return err
		}
		if ids != nil {
			gone = slices.DeleteFunc(gone, func(id library.SongID) bool { return !slices.Contains(ids, id) })
		}
		removed = len(gone)
		if err := forgetListings(ctx, t, gone); err != nil {
			return err
		}
		freed, err = removeSongs(ctx, t, gone)
		return err
	})
	if err != nil {
		return 0, ingest.Freed{}, fmt.Errorf("remove missing songs: %w", err)
	}
	return removed, freed, nil
}

// forgetListings makes the folders of these songs be compared anew: should a file stand there after all, or come back
// with the whole folder as it was, a scan takes it for new.
func forgetListings(ctx context.Context, t *tx, songs []library.SongID) error {
	type place struct {
		Library library.ID `db:"library_id"`
		Path    string
	}
	places, err := listIn[place](ctx, t, "SELECT library_id, path FROM songs WHERE path IS NOT NULL AND id IN ", songs, "")
	if err != nil {
		return err
	}
	folders := map[library.ID]map[string]bool{}
	for _, p := range places {
		if folders[p.Library] == nil {
			folders[p.Library] = map[string]bool{}
		}
		folders[p.Library][path.Dir(p.Path)] = true
	}
	for id, names := range folders {
		if err := execIn(ctx, t, "DELETE FROM scan_folders WHERE library_id = ? AND path IN ", slices.Sorted(maps.Keys(names)), id); err != nil {
			return err
		}
	}
	return nil
}
