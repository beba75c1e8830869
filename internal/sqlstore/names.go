package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// AlbumFacts are those of the albums that have songs, with the songs in their order.
func (s *Ingest) AlbumFacts(ctx context.Context, ids []library.AlbumID) (map[library.AlbumID]ingest.AlbumFacts, error) {
	var rows []struct {
		ID          library.AlbumID
		Library     library.ID `db:"library_id"`
		Title, Key  string
		Compilation bool `db:"is_compilation"`
	}
	if err := s.db.list(ctx, &rows, `SELECT id, library_id, title, key, is_compilation FROM albums
		JOIN `+s.db.dialect.numbered()+` AS asked USING (id) WHERE song_count > 0`, numberedArg(ids)); err != nil {
		return nil, fmt.Errorf("read albums: %w", err)
	}
	facts := make(map[library.AlbumID]ingest.AlbumFacts, len(rows))
	for _, r := range rows {
		facts[r.ID] = ingest.AlbumFacts{ID: r.ID, Library: r.Library, Title: r.Title, Key: r.Key, Compilation: r.Compilation}
	}
	type part struct {
		Album library.AlbumID `db:"album_id"`
		Song  library.SongID  `db:"song_id"`
		Name  string
	}
	var parts []part
	for _, query := range []string{
		"SELECT album_id, 0 AS song_id, artists.name FROM album_artists JOIN artists ON artists.id = artist_id WHERE album_id IN (%s) ORDER BY album_id, position",
		"SELECT album_id, id AS song_id, '' AS name FROM songs WHERE album_id IN (%s) ORDER BY album_id, disc, track, id",
	} {
		var some []part
		query = fmt.Sprintf(query, "SELECT id FROM "+s.db.dialect.numbered()+" AS asked")
		if err := s.db.list(ctx, &some, query, numberedArg(ids)); err != nil {
			return nil, fmt.Errorf("read parts of albums: %w", err)
		}
		parts = append(parts, some...)
	}
	for _, p := range parts {
		a, known := facts[p.Album]
		if !known {
			continue
		}
		if p.Song != 0 {
			a.Songs = append(a.Songs, p.Song)
		} else {
			a.Artists = append(a.Artists, p.Name)
		}
		facts[p.Album] = a
	}
	return facts, nil
}

// ArtistNames are those of artists who have a song within the scope that is not in a private library.
func (s *Ingest) ArtistNames(ctx context.Context, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]ingest.ArtistFacts, error) {
	var rows []struct {
		ID        library.ArtistID
		Key, Name string
	}
	if err := s.db.list(ctx, &rows, `SELECT id, key, name FROM artists JOIN `+s.db.dialect.numbered()+` AS asked USING (id)
		WHERE EXISTS (SELECT 1 FROM song_artists JOIN songs ON songs.id = song_artists.song_id
		JOIN libraries ON libraries.id = songs.library_id AND libraries.kind <> 'private'
		WHERE song_artists.artist_id = artists.id AND `+s.db.heard()+`)`, numberedArg(ids), heardArg(scope)); err != nil {
		return nil, fmt.Errorf("read artists: %w", err)
	}
	facts := make(map[library.ArtistID]ingest.ArtistFacts, len(rows))
	for _, r := range rows {
		facts[r.ID] = ingest.ArtistFacts{Key: r.Key, Name: r.Name}
	}
	return facts, nil
}
