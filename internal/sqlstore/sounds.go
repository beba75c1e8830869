package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/sound"
)

// Sounds keeps what was measured of songs, and who measures which.
type Sounds struct {
	db     *DB
	clock  clock.Clock
	albums *memo[library.AlbumID, []sound.Track]

	mu    sync.Mutex
	idle  string // the state in which nothing was due
	since time.Time
}

// believed is how long nothing is due while the database stands still: claims end by themselves.
const believed = 5 * time.Minute

// NewSounds makes the store over an open database.
func NewSounds(db *DB, clock clock.Clock) *Sounds {
	return &Sounds{db: db, clock: clock, albums: newMemo[library.AlbumID, []sound.Track](1000)}
}

var (
	_ sound.Queue = (*Sounds)(nil)
	_ sound.Shelf = (*Sounds)(nil)
)

// measuredNow joins a song with what was measured of the bytes it has. It takes one argument: sound.Version.
const measuredNow = `LEFT JOIN song_sounds ON song_sounds.song_id = songs.id AND song_sounds.version = ?
	AND song_sounds.of_size = songs.size AND song_sounds.of_modified_at = songs.modified_at`

type dueRow struct {
	ID         library.SongID `db:"id"`
	Library    library.ID     `db:"library_id"`
	Format     library.Format `db:"format"`
	ObjectKey  string         `db:"object_key"`
	Folder     string         `db:"folder"`
	Path       string         `db:"path"`
	Size       int64          `db:"size"`
	ModifiedAt int64          `db:"modified_at"`
}

func (r dueRow) due() sound.Due {
	return sound.Due{Size: r.Size, SongFile: library.SongFile{
		Song: r.ID, Library: r.Library, Format: r.Format, ObjectKey: r.ObjectKey, Folder: r.Folder, Path: r.Path,
		ModifiedAt: moment(r.ModifiedAt),
	}}
}

// Claim implements sound.Queue. Nothing is written where nothing is due, and nothing even read while the
// database stands still since then.
func (s *Sounds) Claim(ctx context.Context, holder string, until time.Time, only []library.SongID, limit int) ([]sound.Due, error) {
	state, err := s.db.state(ctx)
	if err != nil {
		return nil, err
	}
	if len(only) == 0 && s.wasIdle(state) {
		return nil, nil
	}
	now := millis(s.clock.Now())
	rows, err := s.due(ctx, now, only, limit)
	if err != nil {
		return nil, fmt.Errorf("find songs to measure: %w", err)
	}
	if len(rows) == 0 {
		if len(only) == 0 {
			s.nowIdle(state)
		}
		return nil, nil
	}
	return s.hold(ctx, holder, now, millis(until), rows)
}

func (s *Sounds) wasIdle(state string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.idle == state && s.clock.Now().Sub(s.since) < believed
}

func (s *Sounds) nowIdle(state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle, s.since = state, s.clock.Now()
}

func (s *Sounds) due(ctx context.Context, now int64, only []library.SongID, limit int) (rows []dueRow, err error) {
	query := `SELECT songs.id, songs.library_id, songs.format, COALESCE(songs.object_key, '') AS object_key,
		COALESCE(libraries.path, '') AS folder, COALESCE(songs.path, '') AS path, songs.size, songs.modified_at
		FROM songs JOIN libraries ON libraries.id = songs.library_id ` + measuredNow + `
		WHERE song_sounds.song_id IS NULL AND songs.missing_since IS NULL
		AND NOT EXISTS (SELECT 1 FROM sound_claims WHERE sound_claims.song_id = songs.id AND sound_claims.until > ?)`
	args := []any{sound.Version, now}
	if len(only) > 0 {
		query += " AND songs.id IN (SELECT id FROM " + s.db.dialect.numbered() + " AS wanted)"
		args = append(args, numberedArg(only))
	}
	err = s.db.list(ctx, &rows, query+" ORDER BY songs.created_at DESC, songs.id DESC LIMIT ?", append(args, limit)...)
	if len(only) > 0 {
		slices.SortFunc(rows, func(a, b dueRow) int { return slices.Index(only, a.ID) - slices.Index(only, b.ID) })
	}
	return rows, err
}

// hold claims the songs but those that somebody else claimed in between.
func (s *Sounds) hold(ctx context.Context, holder string, now, until int64, rows []dueRow) (held []sound.Due, err error) {
	var ids []library.SongID
	err = s.db.update(ctx, func(t *tx) error {
		values := make([][]any, len(rows))
		for i, r := range rows {
			values[i] = []any{r.ID, holder, until}
		}
		query, args := spread("INSERT INTO sound_claims (song_id, holder, until) VALUES ", values,
			`ON CONFLICT (song_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE sound_claims.until <= ? RETURNING song_id`)
		return t.list(ctx, &ids, query, append(args, now)...)
	})
	if err != nil {
		return nil, fmt.Errorf("claim songs: %w", err)
	}
	for _, r := range rows {
		if slices.Contains(ids, r.ID) {
			held = append(held, r.due())
		}
	}
	return held, nil
}

// Release implements sound.Queue.
func (s *Sounds) Release(ctx context.Context, holder string, songs []library.SongID) error {
	err := s.db.update(ctx, func(t *tx) error {
		if len(songs) == 0 {
			_, err := t.exec(ctx, "DELETE FROM sound_claims")
			return err
		}
		return execIn(ctx, t, "DELETE FROM sound_claims WHERE holder = ? AND song_id IN ", songs, holder)
	})
	if err != nil {
		return fmt.Errorf("release songs: %w", err)
	}
	return nil
}

// Again implements sound.Queue.
func (s *Sounds) Again(ctx context.Context, note string) error {
	var some []library.SongID
	err := s.db.list(ctx, &some, "SELECT song_id FROM song_sounds WHERE note = ? LIMIT 1", note)
	if err == nil && len(some) > 0 {
		_, err = s.db.exec(ctx, "DELETE FROM song_sounds WHERE note = ?", note)
	}
	if err != nil {
		return fmt.Errorf("forget what was not decoded: %w", err)
	}
	return nil
}

// Save implements sound.Queue. A song that went, or has other bytes by now, is passed over.
func (s *Sounds) Save(ctx context.Context, holder string, results []sound.Result, pending []library.SongID, until time.Time) error {
	err := s.db.update(ctx, func(t *tx) error {
		done := make([]library.SongID, len(results))
		for i, r := range results {
			done[i] = r.Song
			if err := saveSound(ctx, t, r); err != nil {
				return err
			}
		}
		if err := execIn(ctx, t, "DELETE FROM sound_claims WHERE holder = ? AND song_id IN ", done, holder); err != nil {
			return err
		}
		return execIn(ctx, t, "UPDATE sound_claims SET until = ? WHERE holder = ? AND song_id IN ", pending, millis(until), holder)
	})
	if err != nil {
		return fmt.Errorf("keep what was measured: %w", err)
	}
	return nil
}

func saveSound(ctx context.Context, t *tx, r sound.Result) error {
	var loudness, peak any
	if r.Loudness != nil {
		loudness, peak = r.Loudness.LUFS, r.Loudness.TruePeak
	}
	source := r.Source
	if source == "" {
		source = sound.None
	}
	changed, err := t.exec(ctx, `INSERT INTO song_sounds (song_id, version, of_size, of_modified_at, content_hash, sample_rate, start_trim,
		total_samples, trim_source, loudness, true_peak, failure, note, measured_at, peaks, seek_index)
		SELECT songs.id, CAST(? AS INTEGER), songs.size, songs.modified_at, CAST(? AS `+t.db.dialect.bytes()+`), CAST(? AS INTEGER), CAST(? AS BIGINT),
		CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS DOUBLE PRECISION), CAST(? AS DOUBLE PRECISION), CAST(? AS TEXT), CAST(? AS TEXT),
		CAST(? AS BIGINT), CAST(? AS `+t.db.dialect.bytes()+`), CAST(? AS `+t.db.dialect.bytes()+`)
		FROM songs WHERE songs.id = ? AND songs.size = ? AND songs.modified_at = ?
		ON CONFLICT (song_id) DO UPDATE SET version = excluded.version, of_size = excluded.of_size, of_modified_at = excluded.of_modified_at,
		content_hash = excluded.content_hash, sample_rate = excluded.sample_rate, start_trim = excluded.start_trim,
		total_samples = excluded.total_samples, trim_source = excluded.trim_source, loudness = excluded.loudness,
		true_peak = excluded.true_peak, failure = excluded.failure, note = excluded.note, measured_at = excluded.measured_at,
		peaks = excluded.peaks, seek_index = excluded.seek_index`,
		sound.Version, bytesOrNull(r.Hash), r.Frames.SampleRate, r.StartTrim, r.TotalSamples, source, loudness, peak, orNull(r.Failure), orNull(r.Note),
		millis(r.At), bytesOrNull(r.Wave.Encode()), bytesOrNull(r.Index.Encode(r.Frames.SampleRate)), r.Song, r.Size, millis(r.ModifiedAt))
	if err != nil || changed == 0 || len(r.Hash) == 0 {
		return err
	}
	// A folder's song gets the hash that an upload has from the start: equal bytes are found by it.
	_, err = t.exec(ctx, "UPDATE songs SET content_hash = ? WHERE id = ? AND content_hash IS NULL AND path IS NOT NULL", r.Hash, r.Song)
	return err
}
