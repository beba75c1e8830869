package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// MarkMissing notes since when the files of these songs are gone; an earlier note stays.
func (s *Ingest) MarkMissing(ctx context.Context, songs []library.SongID) error {
	now := millis(s.clock.Now())
	err := s.write(ctx, func(t *tx) error {
		return execIn(ctx, t, "UPDATE songs SET missing_since = ? WHERE missing_since IS NULL AND id IN ", songs, now)
	})
	if err != nil {
		return fmt.Errorf("mark missing songs: %w", err)
	}
	return nil
}

// MarkPresent takes the note off songs whose files came back as they were.
func (s *Ingest) MarkPresent(ctx context.Context, songs []library.SongID) error {
	err := s.write(ctx, func(t *tx) error {
		return execIn(ctx, t, "UPDATE songs SET missing_since = NULL WHERE id IN ", songs)
	})
	if err != nil {
		return fmt.Errorf("mark returned songs: %w", err)
	}
	return nil
}

// ReplaceErrors keeps what the last scan of the library could not read, one entry for each path.
func (s *Ingest) ReplaceErrors(ctx context.Context, id library.ID, errors []ingest.ScanError) error {
	now := millis(s.clock.Now())
	rows := map[string][]any{}
	for _, e := range errors {
		rows[e.Path] = []any{id, e.Path, e.Reason, now}
	}
	err := s.db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "DELETE FROM scan_errors WHERE library_id = ?", id); err != nil {
			return err
		}
		sorted := make([][]any, 0, len(rows))
		for _, path := range slices.Sorted(maps.Keys(rows)) {
			sorted = append(sorted, rows[path])
		}
		return t.insert(ctx, "INSERT INTO scan_errors (library_id, path, reason, at) VALUES ", sorted, "")
	})
	if err != nil {
		return fmt.Errorf("keep scan errors: %w", err)
	}
	return nil
}

// Errors lists what the last scans could not read, and how many entries there are in all.
func (s *Ingest) Errors(ctx context.Context, limit, offset int) (list []ingest.ScanError, total int, err error) {
	if err := s.db.get(ctx, &total, "SELECT COUNT(*) FROM scan_errors"); err != nil {
		return nil, 0, fmt.Errorf("count scan errors: %w", err)
	}
	err = s.db.list(ctx, &list, `SELECT libraries.name || '/' || scan_errors.path AS path, scan_errors.reason,
		libraries.id AS library
		FROM scan_errors JOIN libraries ON libraries.id = scan_errors.library_id
		ORDER BY libraries.id, scan_errors.path LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list scan errors: %w", err)
	}
	return list, total, nil
}
