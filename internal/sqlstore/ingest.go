package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Ingest writes the catalogue: songs with their artists, genres, albums and covers. All its writes wait
// for each other, on both databases, so that two of them never make the same artist or album.
type Ingest struct {
	db    *DB
	clock clock.Clock
}

// NewIngest is the writing side of the catalogue in db.
func NewIngest(db *DB, clock clock.Clock) *Ingest { return &Ingest{db, clock} }

// write runs do in one transaction that no other writer of the catalogue is in.
func (s *Ingest) write(ctx context.Context, do func(*tx) error) error {
	return s.db.update(ctx, func(t *tx) error {
		if lock := s.db.dialect.catalogueLock(); lock != "" {
			if _, err := t.exec(ctx, lock); err != nil {
				return fmt.Errorf("lock catalogue: %w", err)
			}
		}
		return do(t)
	})
}

// Add writes an uploaded song, unless one of the libraries among has the same bytes by now. Whether there is
// room for it, and whether its library is still there for the uploader, is asked in the same transaction.
func (s *Ingest) Add(ctx context.Context, d ingest.Draft, among []library.ID) (id library.SongID, added bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		if id, err = sameBytes(ctx, t, d.ContentHash, among); err != nil || id != 0 {
			return err
		}
		if err := admit(ctx, t, d); err != nil {
			return err
		}
		rules, err := readRules(ctx, t)
		if err != nil {
			return err
		}
		bases := []ingest.Draft{d}
		shown, err := rules.compose(ctx, t, bases, make([]ingest.Overlay, 1))
		if err != nil {
			return err
		}
		ids, err := s.writeSongs(ctx, t, shown)
		if err != nil {
			return err
		}
		id, added = ids[0], true
		if err := writeDetails(ctx, t, bases, ids); err != nil {
			return err
		}
		return keepOrigins(ctx, t, ids, bases, shown)
	})
	if err != nil {
		return 0, false, fmt.Errorf("add song: %w", err)
	}
	return id, added, nil
}

func sameBytes(ctx context.Context, t *tx, hash []byte, among []library.ID) (library.SongID, error) {
	var ids []library.SongID
	err := t.list(ctx, &ids, `SELECT id FROM songs WHERE (content_hash = ? OR received_hash = ?) AND missing_since IS NULL
		AND library_id IN `+in(len(among))+` ORDER BY id LIMIT 1`, append([]any{hash, hash}, args(among)...)...)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// Save writes a scan's songs. One with an ID is the song that had moved; any other is found by its path.
func (s *Ingest) Save(ctx context.Context, songs []ingest.Draft) (freed ingest.Freed, err error) {
	if len(songs) == 0 {
		return ingest.Freed{}, nil
	}
	err = s.write(ctx, func(t *tx) error {
		for _, d := range songs {
			if d.ID == 0 {
				continue
			}
			// Few songs move, and each goes to a path of its own.
			if _, err := t.exec(ctx, "UPDATE songs SET library_id = ?, path = ? WHERE id = ?", d.Library, d.Path, d.ID); err != nil {
				return fmt.Errorf("move song: %w", err)
			}
		}
		freed, err = s.saveFiles(ctx, t, songs)
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("save songs: %w", err)
	}
	return freed, nil
}

// saveFiles writes what files say, under what people chose of these songs.
func (s *Ingest) saveFiles(ctx context.Context, t *tx, bases []ingest.Draft) (ingest.Freed, error) {
	was, edits, err := known(ctx, t, bases)
	if err != nil {
		return ingest.Freed{}, err
	}
	rules, err := readRules(ctx, t)
	if err != nil {
		return ingest.Freed{}, err
	}
	shown, err := rules.compose(ctx, t, bases, edits)
	if err != nil {
		return ingest.Freed{}, err
	}
	before, err := linksOfPaths(ctx, t, bases)
	if err != nil {
		return ingest.Freed{}, err
	}
	if err := rekey(ctx, t, was, shown); err != nil {
		return ingest.Freed{}, err
	}
	if err := before.unlink(ctx, t); err != nil {
		return ingest.Freed{}, err
	}
	// The covers of the files too, under those that people chose.
	if _, err := writeCovers(ctx, t, bases, millis(s.clock.Now())); err != nil {
		return ingest.Freed{}, fmt.Errorf("write covers of files: %w", err)
	}
	ids, err := s.writeSongs(ctx, t, shown)
	if err != nil {
		return ingest.Freed{}, err
	}
	if err := clearDetails(ctx, t, before.songs); err != nil {
		return ingest.Freed{}, err
	}
	if err := writeDetails(ctx, t, bases, ids); err != nil {
		return ingest.Freed{}, err
	}
	if err := keepOrigins(ctx, t, ids, bases, shown); err != nil {
		return ingest.Freed{}, err
	}
	if _, err := follow(ctx, t, ids, was); err != nil {
		return ingest.Freed{}, err
	}
	return before.tidy(ctx, t)
}

// follow hands the marks of albums that lost all their songs to one other over to that one.
func follow(ctx context.Context, t *tx, songs []library.SongID, was []library.AlbumID) (map[library.AlbumID]library.AlbumID, error) {
	to, err := moves(ctx, t, songs, was)
	if err != nil {
		return nil, err
	}
	for from, target := range to {
		if err := handOver(ctx, t, library.AlbumSubject, int64(from), int64(target)); err != nil {
			return nil, err
		}
	}
	return to, nil
}

// known finds the album and the edits of the songs that have the drafts' paths.
func known(ctx context.Context, t *tx, drafts []ingest.Draft) (was []library.AlbumID, edits []ingest.Overlay, err error) {
	type place struct {
		ID    library.SongID
		Path  string
		Album library.AlbumID `db:"album_id"`
	}
	places := map[string]place{}
	var ids []library.SongID
	for part := range slices.Chunk(drafts, mostArgs) {
		var some []place
		paths := make([]any, 0, len(part)+1)
		paths = append(paths, drafts[0].Library)
		for _, d := range part {
			paths = append(paths, d.Path)
		}
		if err := t.list(ctx, &some, "SELECT id, path, COALESCE(album_id, 0) AS album_id FROM songs WHERE library_id = ? AND path IN "+in(len(part)), paths...); err != nil {
			return nil, nil, fmt.Errorf("find songs by path: %w", err)
		}
		for _, p := range some {
			places[p.Path], ids = p, append(ids, p.ID)
		}
	}
	chosen, err := editsOf(ctx, t, ids)
	if err != nil {
		return nil, nil, err
	}
	was, edits = make([]library.AlbumID, len(drafts)), make([]ingest.Overlay, len(drafts))
	for i, d := range drafts {
		p := places[d.Path]
		was[i], edits[i] = p.Album, chosen[p.ID]
	}
	return was, edits, nil
}

// Remove deletes a song and what nothing refers to any more; objects are the caller's to delete.
func (s *Ingest) Remove(ctx context.Context, id library.SongID) (freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		freed, err = removeSongs(ctx, t, []library.SongID{id})
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("remove song: %w", err)
	}
	return freed, nil
}
