package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Alike lists the songs of all libraries that have one of these sounds, the oldest first.
func (s *Ingest) Alike(ctx context.Context, sounds [][]byte) ([]ingest.Known, error) {
	var all []ingest.Known
	for part := range slices.Chunk(sounds, mostArgs) {
		var rows []knownRow
		if err := s.db.list(ctx, &rows, lookKnown+"songs.audio_hash IN "+in(len(part))+" ORDER BY songs.id", args(part)...); err != nil {
			return nil, fmt.Errorf("list songs by their sounds: %w", err)
		}
		for _, r := range rows {
			all = append(all, r.known())
		}
	}
	return all, nil
}

// MissingElsewhere tells whether songs of folders that are none of these libraries are missing.
func (s *Ingest) MissingElsewhere(ctx context.Context, but []library.ID) (bool, error) {
	var some []library.SongID
	err := s.db.list(ctx, &some, `SELECT id FROM songs WHERE missing_since IS NOT NULL AND path IS NOT NULL
		AND library_id NOT IN (SELECT id FROM `+s.db.dialect.numbered()+` AS scanned) LIMIT 1`, numberedArg(but))
	if err != nil {
		return false, fmt.Errorf("look for missing songs: %w", err)
	}
	return len(some) > 0, nil
}

// Displace marks songs missing whose paths other files have now. Each keeps its path for people, with what makes it
// nobody else's.
func (s *Ingest) Displace(ctx context.Context, songs []library.SongID) error {
	err := s.write(ctx, func(t *tx) error {
		return execIn(ctx, t, "UPDATE songs SET missing_since = COALESCE(missing_since, ?), path = path || CAST(? AS TEXT) || id WHERE id IN ",
			songs, millis(s.clock.Now()), ingest.DisplacedMark)
	})
	if err != nil {
		return fmt.Errorf("displace songs: %w", err)
	}
	return nil
}
