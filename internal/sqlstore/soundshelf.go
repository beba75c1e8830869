package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sound"
)

// soundState is what tells whether a song was measured.
type soundState struct {
	Library    library.ID `db:"library_id"`
	Size       int64      `db:"size"`
	ModifiedAt int64      `db:"modified_at"`
	MeasuredAt int64      `db:"measured_at"`
	Failure    string     `db:"failure"`
	Note       string     `db:"note"`
}

const soundStateColumns = `songs.library_id, songs.size, songs.modified_at, COALESCE(song_sounds.measured_at, 0) AS measured_at,
	COALESCE(song_sounds.failure, '') AS failure, COALESCE(song_sounds.note, '') AS note`

func (r soundState) state() sound.State {
	s := sound.State{Measured: r.MeasuredAt != 0 && r.Failure == "", Problem: r.Failure + r.Note}
	s.Tag = fmt.Sprintf("%d-%x-%x-%x", sound.Version, r.Size, r.ModifiedAt, r.MeasuredAt)
	return s
}

type soundRow struct {
	soundState
	Album          library.AlbumID  `db:"album_id"`
	Format         library.Format   `db:"format"`
	SongSampleRate int              `db:"song_sample_rate"`
	SampleRate     int              `db:"sample_rate"`
	StartTrim      int64            `db:"start_trim"`
	TotalSamples   int64            `db:"total_samples"`
	Source         sound.TrimSource `db:"trim_source"`
	Loudness       *float64         `db:"loudness"`
	TruePeak       *float64         `db:"true_peak"`
	TrackGain      *float64         `db:"track_gain"`
	TrackPeak      *float64         `db:"track_peak"`
	AlbumGain      *float64         `db:"album_gain"`
	AlbumPeak      *float64         `db:"album_peak"`
}

// one reads a row of a song within the scope.
func (s *Sounds) one(ctx context.Context, scope library.Scope, dest any, in *library.ID, query string, args ...any) error {
	err := s.db.get(ctx, dest, query, args...)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !scope.Sees(*in) {
		return fault.Missing("Song")
	}
	return err
}

// Sound implements sound.Shelf.
func (s *Sounds) Sound(ctx context.Context, scope library.Scope, id library.SongID) (sound.Kept, error) {
	var r soundRow
	err := s.one(ctx, scope, &r, &r.Library, `SELECT `+soundStateColumns+`, COALESCE(songs.album_id, 0) AS album_id, songs.format,
		songs.sample_rate AS song_sample_rate, COALESCE(song_sounds.sample_rate, 0) AS sample_rate, COALESCE(song_sounds.start_trim, 0) AS start_trim,
		COALESCE(song_sounds.total_samples, 0) AS total_samples, COALESCE(song_sounds.trim_source, 'none') AS trim_source,
		song_sounds.loudness, song_sounds.true_peak, song_details.track_gain, song_details.track_peak, song_details.album_gain, song_details.album_peak
		FROM songs `+measuredNow+` LEFT JOIN song_details ON song_details.song_id = songs.id WHERE songs.id = ?`, sound.Version, id)
	if err != nil {
		return sound.Kept{}, err
	}
	return sound.Kept{
		State: r.state(), Album: r.Album, SongSampleRate: r.SongSampleRate, Loudness: loudnessOf(r.Loudness, r.TruePeak),
		Frames:    sound.Frames{Format: r.Format, SampleRate: r.SampleRate, StartTrim: r.StartTrim, TotalSamples: r.TotalSamples, Source: r.Source},
		TrackGain: r.TrackGain, TrackPeak: r.TrackPeak, AlbumGain: r.AlbumGain, AlbumPeak: r.AlbumPeak,
	}, nil
}

func loudnessOf(lufs, peak *float64) *sound.Loudness {
	if lufs == nil || peak == nil {
		return nil
	}
	return &sound.Loudness{LUFS: *lufs, TruePeak: *peak}
}

// Album implements sound.Shelf. It answers from memory while the database stands still: players ask song by song.
func (s *Sounds) Album(ctx context.Context, id library.AlbumID) ([]sound.Track, error) {
	state, err := s.db.state(ctx)
	if err != nil {
		return nil, err
	}
	if tracks, ok := s.albums.get(state, id); ok {
		return tracks, nil
	}
	var rows []struct {
		Settled  bool     `db:"settled"`
		Duration int64    `db:"duration"`
		Loudness *float64 `db:"loudness"`
		TruePeak *float64 `db:"true_peak"`
	}
	err = s.db.list(ctx, &rows, `SELECT song_sounds.song_id IS NOT NULL AS settled, songs.duration, song_sounds.loudness, song_sounds.true_peak
		FROM songs `+measuredNow+` WHERE songs.album_id = ? AND songs.missing_since IS NULL`, sound.Version, id)
	if err != nil {
		return nil, fmt.Errorf("read loudness of an album: %w", err)
	}
	tracks := make([]sound.Track, len(rows))
	for i, r := range rows {
		tracks[i] = sound.Track{Settled: r.Settled, Length: time.Duration(r.Duration) * time.Millisecond, Loudness: loudnessOf(r.Loudness, r.TruePeak)}
	}
	s.albums.put(state, id, tracks)
	return tracks, nil
}

// Waveform implements sound.Shelf.
func (s *Sounds) Waveform(ctx context.Context, scope library.Scope, id library.SongID) (sound.Drawn, error) {
	var r struct {
		soundState
		Peaks []byte `db:"peaks"`
	}
	err := s.one(ctx, scope, &r, &r.Library, `SELECT `+soundStateColumns+`, song_sounds.peaks FROM songs `+measuredNow+` WHERE songs.id = ?`, sound.Version, id)
	if err != nil {
		return sound.Drawn{}, err
	}
	wave, err := sound.DecodeWaveform(r.Peaks)
	return sound.Drawn{State: r.state(), Waveform: wave}, err
}

// SeekIndex implements sound.Shelf.
func (s *Sounds) SeekIndex(ctx context.Context, scope library.Scope, id library.SongID) (sound.Indexed, error) {
	var r struct {
		soundState
		SampleRate int    `db:"sample_rate"`
		Index      []byte `db:"seek_index"`
	}
	err := s.one(ctx, scope, &r, &r.Library, `SELECT `+soundStateColumns+`, COALESCE(song_sounds.sample_rate, songs.sample_rate) AS sample_rate, song_sounds.seek_index
		FROM songs `+measuredNow+` WHERE songs.id = ?`, sound.Version, id)
	if err != nil {
		return sound.Indexed{}, err
	}
	index, err := sound.DecodeIndex(r.Index, r.SampleRate)
	return sound.Indexed{State: r.state(), SampleRate: r.SampleRate, Index: index}, err
}

// Counts implements sound.Queue.
func (s *Sounds) Counts(ctx context.Context) (sound.Counts, error) {
	var r struct{ Total, Settled, Failed int }
	err := s.db.get(ctx, &r, `SELECT COUNT(*) AS total, COUNT(song_sounds.song_id) AS settled, COUNT(song_sounds.failure) AS failed
		FROM songs `+measuredNow+` WHERE songs.missing_since IS NULL`, sound.Version)
	if err != nil {
		return sound.Counts{}, fmt.Errorf("count measured songs: %w", err)
	}
	return sound.Counts{Total: r.Total, Done: r.Settled - r.Failed, Failed: r.Failed, Pending: r.Total - r.Settled}, nil
}

// Failures implements sound.Queue.
func (s *Sounds) Failures(ctx context.Context, scope library.Scope, limit, offset int) (list []sound.Failed, total int, err error) {
	const failed = ` FROM song_sounds JOIN songs ON songs.id = song_sounds.song_id WHERE song_sounds.failure IS NOT NULL AND song_sounds.version = ?
		AND song_sounds.of_size = songs.size AND song_sounds.of_modified_at = songs.modified_at AND songs.missing_since IS NULL`
	if err := s.db.get(ctx, &total, "SELECT COUNT(*)"+failed, sound.Version); err != nil {
		return nil, 0, fmt.Errorf("count songs that were not measured: %w", err)
	}
	var rows []struct {
		ID            library.SongID `db:"id"`
		Library       library.ID     `db:"library_id"`
		Title, Artist string
		Failure       string
		At            int64 `db:"measured_at"`
	}
	err = s.db.list(ctx, &rows, `SELECT songs.id, songs.library_id, songs.title, songs.artist, song_sounds.failure, song_sounds.measured_at`+failed+`
		ORDER BY song_sounds.measured_at DESC, songs.id DESC LIMIT ? OFFSET ?`, sound.Version, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list songs that were not measured: %w", err)
	}
	for _, r := range rows {
		f := sound.Failed{Song: r.ID, Reason: r.Failure, At: moment(r.At)}
		if scope.Sees(r.Library) {
			f.Title, f.Artist = r.Title, r.Artist
		}
		list = append(list, f)
	}
	return list, total, nil
}
