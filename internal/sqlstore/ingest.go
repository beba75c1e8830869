package sqlstore

import (
	"context"
	"fmt"

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
		ids, err := s.writeSongs(ctx, t, []ingest.Draft{d})
		if err != nil {
			return err
		}
		id, added = ids[0], true
		return nil
	})
	if err != nil {
		return 0, false, fmt.Errorf("add song: %w", err)
	}
	return id, added, nil
}

func sameBytes(ctx context.Context, t *tx, hash []byte, among []library.ID) (library.SongID, error) {
	var ids []library.SongID
	err := t.list(ctx, &ids, `SELECT id FROM songs WHERE content_hash = ? AND missing_since IS NULL
		AND library_id IN `+in(len(among))+` ORDER BY id LIMIT 1`, append([]any{hash}, args(among)...)...)
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
			if _, err := t.exec(ctx, "UPDATE songs SET path = ? WHERE id = ?", d.Path, d.ID); err != nil {
				return fmt.Errorf("move song: %w", err)
			}
		}
		before, err := linksOfPaths(ctx, t, songs)
		if err != nil {
			return err
		}
		if err := before.unlink(ctx, t); err != nil {
			return err
		}
		if _, err := s.writeSongs(ctx, t, songs); err != nil {
			return err
		}
		freed, err = before.tidy(ctx, t)
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("save songs: %w", err)
	}
	return freed, nil
}

// Edit writes what people can change of a song.
func (s *Ingest) Edit(ctx context.Context, d ingest.Draft) (freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		before, err := linksOfSongs(ctx, t, []library.SongID{d.ID})
		if err != nil {
			return err
		}
		if err := before.unlink(ctx, t); err != nil {
			return err
		}
		if err := s.changeSong(ctx, t, d); err != nil {
			return err
		}
		freed, err = before.tidy(ctx, t)
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("edit song: %w", err)
	}
	return freed, nil
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
