package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

type knownRow struct {
	ID         library.SongID
	Library    library.ID `db:"library_id"`
	Path       string
	Size       int64
	ModifiedAt int64 `db:"modified_at"`
	Version    int   `db:"read_version"`
	Missing    bool
	Sound      []byte `db:"audio_hash"`
	Album      string
	AlbumKey   string `db:"album_key"`
}

func (r knownRow) known() ingest.Known {
	return ingest.Known{
		ID: r.ID, Library: r.Library, Path: r.Path, Size: r.Size, ModifiedAt: moment(r.ModifiedAt), Version: r.Version, Missing: r.Missing,
		Sound: r.Sound, Album: r.Album, AlbumKey: r.AlbumKey,
	}
}

const lookKnown = `SELECT songs.id, songs.library_id, COALESCE(songs.path, '') AS path, songs.size, songs.modified_at, songs.read_version,
	songs.missing_since IS NOT NULL AS missing, songs.audio_hash, songs.album_key AS album, COALESCE(albums.key, '') AS album_key
	FROM songs LEFT JOIN albums ON albums.id = songs.album_id WHERE `

// Known lists the songs in these folders of the library, and all that are missing; for nil all of its songs.
func (s *Ingest) Known(ctx context.Context, id library.ID, folders []string) ([]ingest.Known, error) {
	var rows []knownRow
	all := clause{parts: []string{"songs.library_id = ? AND songs.path IS NOT NULL"}, args: []any{id}}
	if folders != nil {
		all = s.inFolders(id, folders)
	}
	if err := s.db.list(ctx, &rows, lookKnown+strings.Join(all.parts, " OR "), all.args...); err != nil {
		return nil, fmt.Errorf("list known songs: %w", err)
	}
	known := make([]ingest.Known, 0, len(rows))
	for _, r := range rows {
		if folders != nil && !r.Missing && !slices.Contains(folders, path.Dir(r.Path)) {
			continue // of a folder below one of these
		}
		known = append(known, r.known())
	}
	return known, nil
}

// inFolders are conditions of which one holds for a missing song, and for one in or below these folders.
func (s *Ingest) inFolders(id library.ID, folders []string) clause {
	c := clause{parts: []string{"songs.library_id = ? AND songs.missing_since IS NOT NULL"}, args: []any{id}}
	column := s.db.dialect.bytewise("songs.path")
	for i := range powerOfTwo(len(folders)) { // so that there are few texts to prepare
		folder := folders[min(i, len(folders)-1)]
		if folder == "." {
			c.parts = append(c.parts, "songs.library_id = ? AND songs.path NOT LIKE '%/%'")
			c.args = append(c.args, id)
			continue
		}
		c.parts = append(c.parts, "songs.library_id = ? AND "+column+" > ? AND "+column+" < ?")
		c.args = append(c.args, id, folder+"/", folder+"0") // the sign behind the slash
	}
	return c
}

// Traits are what songs can be known by when their files turn up elsewhere.
func (s *Ingest) Traits(ctx context.Context, songs []library.SongID) ([]ingest.Trait, error) {
	var rows []struct {
		ID        library.SongID
		Sound     []byte `db:"audio_hash"`
		Recording []byte `db:"recording_mbid"`
		Title     string `db:"title_key"`
		Artist    string `db:"artist_key"`
		Album     string `db:"album_key"`
		Duration  int64
	}
	err := s.db.list(ctx, &rows, `SELECT songs.id, audio_hash, recording_mbid, title_key, artist_key, album_key, duration
		FROM `+s.db.dialect.numbered()+` AS asked JOIN songs USING (id)
		LEFT JOIN song_details ON song_details.song_id = songs.id ORDER BY songs.id`, numberedArg(songs))
	if err != nil {
		return nil, fmt.Errorf("read what songs are known by: %w", err)
	}
	traits := make([]ingest.Trait, len(rows))
	for i, r := range rows {
		traits[i] = ingest.Trait{
			ID: r.ID, Sound: r.Sound, Recording: mbidText(r.Recording), TitleKey: r.Title, ArtistKey: r.Artist,
			AlbumKey: r.Album, Duration: time.Duration(r.Duration) * time.Millisecond,
		}
	}
	return traits, nil
}

// Listings are the sums of the library's folders.
func (s *Ingest) Listings(ctx context.Context, id library.ID) (map[string]int64, error) {
	var rows []struct {
		Path    string
		Listing int64
	}
	if err := s.db.list(ctx, &rows, "SELECT path, listing FROM scan_folders WHERE library_id = ?", id); err != nil {
		return nil, fmt.Errorf("list scanned folders: %w", err)
	}
	sums := make(map[string]int64, len(rows))
	for _, r := range rows {
		sums[r.Path] = r.Listing
	}
	return sums, nil
}

// KeepListings replaces the sums of some folders, and forgets others.
func (s *Ingest) KeepListings(ctx context.Context, id library.ID, sums map[string]int64, gone []string) error {
	if len(sums)+len(gone) == 0 {
		return nil
	}
	rows := make([][]any, 0, len(sums))
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		rows = append(rows, []any{id, name, sums[name]})
	}
	err := s.db.update(ctx, func(t *tx) error {
		if err := execIn(ctx, t, "DELETE FROM scan_folders WHERE library_id = ? AND path IN ", gone, id); err != nil {
			return err
		}
		return t.insert(ctx, "INSERT INTO scan_folders (library_id, path, listing) VALUES ", rows,
			"ON CONFLICT (library_id, path) DO UPDATE SET listing = excluded.listing")
	})
	if err != nil {
		return fmt.Errorf("keep scanned folders: %w", err)
	}
	return nil
}

// Problems are what the last scans of the library could not read.
func (s *Ingest) Problems(ctx context.Context, id library.ID) (list []ingest.ScanError, err error) {
	if err := s.db.list(ctx, &list, "SELECT path, reason, library_id AS library FROM scan_errors WHERE library_id = ?", id); err != nil {
		return nil, fmt.Errorf("list problems of a library: %w", err)
	}
	return list, nil
}
