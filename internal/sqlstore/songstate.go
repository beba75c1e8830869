package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// songState is a song as its file tells it, with what people chose over that.
type songState struct {
	base  ingest.Draft
	edits ingest.Overlay
	album library.AlbumID // which it is on now
}

type draftRow struct {
	ID            library.SongID  `db:"id"`
	LibraryID     library.ID      `db:"library_id"`
	Album         library.AlbumID `db:"album_id"`
	Title, Artist string
	AlbumTitle    string `db:"album"`
	AlbumKey      string `db:"key"`
	AlbumArtist   string `db:"album_artist"`
	Compilation   bool   `db:"is_compilation"`
	Kind          library.AlbumKind
	UploadedBy    account.UserID `db:"uploaded_by"`
	Path, Object  string
	Year          int
	Track         int
	Disc          int
	Size          int64
	ModifiedMilli int64 `db:"modified_at"`
	CoverHash     string
	ContentHash   []byte `db:"content_hash"`
}

// states reads songs back for a change, in the order of the ids; what is not there is left out.
func states(ctx context.Context, t *tx, ids []library.SongID) ([]songState, error) {
	rows, err := listIn[draftRow](ctx, t, `SELECT songs.id, songs.library_id, COALESCE(songs.album_id, 0) AS album_id, songs.title,
		songs.artist, songs.album, COALESCE(albums.key, '') AS key, COALESCE(albums.artist, '') AS album_artist,
		COALESCE(albums.is_compilation, FALSE) AS is_compilation,
		COALESCE(albums.kind, '') AS kind, COALESCE(songs.uploaded_by, 0) AS uploaded_by,
		COALESCE(songs.path, '') AS path, COALESCE(songs.object_key, '') AS object, songs.year, songs.track,
		songs.disc, songs.size, songs.modified_at, COALESCE(covers.hash, '') AS coverhash, songs.content_hash
		FROM songs LEFT JOIN albums ON albums.id = songs.album_id LEFT JOIN covers ON covers.id = songs.cover_id
		WHERE songs.id IN `, ids, "")
	if err != nil {
		return nil, fmt.Errorf("read songs: %w", err)
	}
	byID := make(map[library.SongID]*songState, len(rows))
	for _, r := range rows {
		byID[r.ID] = &songState{base: r.draft(), album: r.Album}
	}
	if err := readNames(ctx, t, ids, byID); err != nil {
		return nil, err
	}
	if err := readOrigins(ctx, t, ids, byID); err != nil {
		return nil, err
	}
	edits, err := editsOf(ctx, t, ids)
	if err != nil {
		return nil, err
	}
	list := make([]songState, 0, len(rows))
	for _, id := range ids {
		if s := byID[id]; s != nil {
			s.edits = edits[id]
			list = append(list, *s)
		}
	}
	return list, nil
}

func (r draftRow) draft() ingest.Draft {
	d := ingest.Draft{
		ID: r.ID, Library: r.LibraryID, Title: r.Title, Artist: r.Artist, Album: r.AlbumTitle, AlbumKey: r.AlbumKey,
		AlbumArtist: r.AlbumArtist, Compilation: r.Compilation, UploadedBy: r.UploadedBy, Path: r.Path, ObjectKey: r.Object,
		Year: r.Year, Track: r.Track, Disc: r.Disc, Size: r.Size, ModifiedAt: moment(r.ModifiedMilli),
		ContentHash: r.ContentHash,
	}
	if !r.Compilation || r.Kind != library.Compilation {
		d.Kind = r.Kind
	}
	if r.CoverHash != "" {
		d.Cover = &ingest.Cover{Hash: r.CoverHash}
	}
	return d
}

func readNames(ctx context.Context, t *tx, ids []library.SongID, into map[library.SongID]*songState) error {
	type named struct {
		Song library.SongID `db:"song_id"`
		Name string
		MBID string `db:"mbid"`
		Role library.Role
	}
	credits, err := listIn[named](ctx, t, `SELECT song_artists.song_id, artists.name, COALESCE(artists.mbid, '') AS mbid, song_artists.role FROM song_artists
		JOIN artists ON artists.id = song_artists.artist_id WHERE song_artists.song_id IN `, ids,
		" ORDER BY song_artists.song_id, song_artists.position")
	if err != nil {
		return fmt.Errorf("read credits: %w", err)
	}
	for _, c := range credits {
		into[c.Song].base.Credit(c.Role, c.Name, c.MBID)
	}
	genres, err := listIn[named](ctx, t, `SELECT song_genres.song_id, genres.name, '' AS mbid, '' AS role FROM song_genres
		JOIN genres ON genres.id = song_genres.genre_id WHERE song_genres.song_id IN `, ids,
		" ORDER BY song_genres.song_id, song_genres.position")
	if err != nil {
		return fmt.Errorf("read genres: %w", err)
	}
	for _, g := range genres {
		d := &into[g.Song].base
		d.Genres = append(d.Genres, g.Name)
	}
	return nil
}

func readOrigins(ctx context.Context, t *tx, ids []library.SongID, into map[library.SongID]*songState) error {
	type row struct {
		Song library.SongID `db:"song_id"`
		Said string
	}
	rows, err := listIn[row](ctx, t, "SELECT song_id, said FROM song_origins WHERE song_id IN ", ids, "")
	if err != nil {
		return fmt.Errorf("read what files say: %w", err)
	}
	for _, r := range rows {
		var o ingest.Origin
		if err := json.Unmarshal([]byte(r.Said), &o); err != nil {
			return fmt.Errorf("read what the file of song %d says: %w", r.Song, err)
		}
		into[r.Song].base.Return(o)
	}
	return nil
}

func editsOf(ctx context.Context, t *tx, ids []library.SongID) (map[library.SongID]ingest.Overlay, error) {
	type row struct {
		Song  library.SongID `db:"song_id"`
		Field ingest.Field
		Value string
	}
	rows, err := listIn[row](ctx, t, "SELECT song_id, field, value FROM song_edits WHERE song_id IN ", ids, "")
	if err != nil {
		return nil, fmt.Errorf("read edits of songs: %w", err)
	}
	edits := map[library.SongID]ingest.Overlay{}
	for _, r := range rows {
		if edits[r.Song] == nil {
			edits[r.Song] = ingest.Overlay{}
		}
		edits[r.Song][r.Field] = r.Value
	}
	return edits, nil
}

// keepOrigins keeps what the files say of the songs that show something else, and forgets it of all others.
func keepOrigins(ctx context.Context, t *tx, ids []library.SongID, bases, shown []ingest.Draft) error {
	if err := execIn(ctx, t, "DELETE FROM song_origins WHERE song_id IN ", ids); err != nil {
		return fmt.Errorf("forget what files say: %w", err)
	}
	var rows [][]any
	for i, id := range ids {
		said := bases[i].Origin()
		if said.Same(shown[i].Origin()) {
			continue
		}
		text, err := json.Marshal(said)
		if err != nil {
			return fmt.Errorf("encode what a file says: %w", err)
		}
		rows = append(rows, []any{id, said.Cover, string(text)})
	}
	if err := t.insert(ctx, "INSERT INTO song_origins (song_id, cover, said) VALUES ", rows, ""); err != nil {
		return fmt.Errorf("keep what files say: %w", err)
	}
	return nil
}
