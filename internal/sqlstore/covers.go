package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// NewCovers are hashes of covers that were not decoded yet.
func (s *Ingest) NewCovers(ctx context.Context, limit int) (hashes []string, err error) {
	if err := s.db.list(ctx, &hashes, "SELECT hash FROM covers WHERE hue = -1 ORDER BY id LIMIT ?", limit); err != nil {
		return nil, fmt.Errorf("list new covers: %w", err)
	}
	return hashes, nil
}

// KeepHues notes the hues of covers by their hashes.
func (s *Ingest) KeepHues(ctx context.Context, hues map[string]int) error {
	err := s.db.update(ctx, func(t *tx) error {
		for _, hash := range slices.Sorted(maps.Keys(hues)) {
			// A few dozen at a time.
			if _, err := t.exec(ctx, "UPDATE covers SET hue = ? WHERE hash = ?", hues[hash], hash); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep hues of covers: %w", err)
	}
	return nil
}

// DropCover takes a cover off all songs, and lists those of folders with the reason.
func (s *Ingest) DropCover(ctx context.Context, hash, why string) (freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		var cover library.CoverID
		err := t.get(ctx, &cover, "SELECT id FROM covers WHERE hash = ?", hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		l := links{covers: []library.CoverID{cover}}
		if err := t.list(ctx, &l.albums, `SELECT id FROM albums WHERE cover_id = ? OR id IN (SELECT album_id FROM songs WHERE cover_id = ?)`, cover, cover); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO scan_errors (library_id, path, reason, at)
			SELECT library_id, path, CAST(? AS TEXT), CAST(? AS BIGINT) FROM songs WHERE cover_id = ? AND path IS NOT NULL
			ON CONFLICT (library_id, path) DO NOTHING`, why, millis(s.clock.Now()), cover); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE songs SET cover_id = NULL WHERE cover_id = ?", cover); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE covers SET hue = ? WHERE id = ?", greyHue, cover); err != nil {
			return err
		}
		freed, err = l.tidy(ctx, t)
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("drop cover: %w", err)
	}
	return freed, nil
}
