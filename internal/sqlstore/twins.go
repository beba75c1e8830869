package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Twins lists present songs of the libraries that have the draft's bytes or its sound, oldest first.
func (s *Ingest) Twins(ctx context.Context, d ingest.Draft, among []library.ID) ([]ingest.Twin, error) {
	var rows []struct {
		ID        library.SongID
		Object    string
		Folder    string
		Path      string
		Size      int64
		Hash      []byte
		Received  []byte `db:"received_hash"`
		TitleKey  string `db:"title_key"`
		ArtistKey string `db:"artist_key"`
		AlbumKey  string `db:"album_key"`
	}
	err := s.db.list(ctx, &rows, `SELECT songs.id, COALESCE(songs.object_key, '') AS object,
		COALESCE(libraries.path, '') AS folder, COALESCE(songs.path, '') AS path, songs.size,
		songs.content_hash AS hash, songs.received_hash, songs.title_key, songs.artist_key, songs.album_key
		FROM songs JOIN libraries ON libraries.id = songs.library_id
		WHERE (songs.content_hash = ? OR songs.received_hash = ? OR songs.audio_hash = ?) AND songs.missing_since IS NULL
		AND songs.library_id IN `+in(len(among))+` ORDER BY songs.id`,
		append([]any{d.ContentHash, d.ContentHash, d.Sound}, args(among)...)...)
	if err != nil {
		return nil, fmt.Errorf("list twins: %w", err)
	}
	twins := make([]ingest.Twin, len(rows))
	for i, r := range rows {
		twins[i] = ingest.Twin{
			ID: r.ID, ObjectKey: r.Object, Folder: r.Folder, Path: r.Path, Size: r.Size, ContentHash: r.Hash,
			Received: r.Received, TitleKey: r.TitleKey, ArtistKey: r.ArtistKey, AlbumKey: r.AlbumKey,
		}
	}
	return twins, nil
}

// Unused returns those of the object keys that no song and no cover refers to. Smaller copies of a cover are
// used while the cover is.
func (s *Ingest) Unused(ctx context.Context, keys []string) ([]string, error) {
	used := map[string]bool{}
	for part := range slices.Chunk(keys, mostArgs/2) {
		hashes := make([]string, len(part))
		for i, key := range part {
			hashes[i] = coverHash(key)
		}
		var songs, covers []string
		if err := s.db.list(ctx, &songs, "SELECT object_key FROM songs WHERE object_key IN "+in(len(part)), args(part)...); err != nil {
			return nil, fmt.Errorf("list used objects: %w", err)
		}
		if err := s.db.list(ctx, &covers, "SELECT hash FROM covers WHERE hash IN "+in(len(part)), args(hashes)...); err != nil {
			return nil, fmt.Errorf("list used covers: %w", err)
		}
		for _, key := range songs {
			used[key] = true
		}
		for i, key := range part {
			used[key] = used[key] || (!strings.HasPrefix(key, "audio/") && slices.Contains(covers, hashes[i]))
		}
	}
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return used[key] }), nil
}

// coverHash is the hash in the key of a cover, or of a smaller copy of one ("shrunk/ab/hash-side").
func coverHash(key string) string {
	hash, _, _ := strings.Cut(key[strings.LastIndexByte(key, '/')+1:], "-")
	return hash
}
