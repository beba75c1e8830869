package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hathor/internal/fault"
	"hathor/internal/library"
)

type detailRow struct {
	Date         sql.NullString
	OriginalDate sql.NullString `db:"original_date"`
	TrackTotal   sql.NullInt64  `db:"track_total"`
	DiscTotal    sql.NullInt64  `db:"disc_total"`
	TitleSort    sql.NullString `db:"title_sort"`
	AlbumSort    sql.NullString `db:"album_sort"`
	Recording    []byte         `db:"recording_mbid"`
	TrackGain    *float64       `db:"track_gain"`
	TrackPeak    *float64       `db:"track_peak"`
	AlbumGain    *float64       `db:"album_gain"`
	AlbumPeak    *float64       `db:"album_peak"`
	Lyrics       bool
}

// Details returns what the file of a song says beside what lists show, and whether the song has lyrics; outside
// the scope it is fault.NotFound.
func (c *Catalogue) Details(ctx context.Context, scope library.Scope, id library.SongID) (library.Details, bool, error) {
	only := heard("songs.library_id", scope)
	only.and("songs.id = ?", id)
	var row detailRow
	err := c.db.get(ctx, &row, `SELECT date, original_date, track_total, disc_total, title_sort, album_sort, recording_mbid,
		track_gain, track_peak, album_gain, album_peak, song_lyrics.song_id IS NOT NULL AS lyrics
		FROM songs LEFT JOIN song_details ON song_details.song_id = songs.id
		LEFT JOIN song_lyrics ON song_lyrics.song_id = songs.id`+only.where(), only.args...)
	if errors.Is(err, sql.ErrNoRows) {
		return library.Details{}, false, fault.Missing("Song")
	}
	if err != nil {
		return library.Details{}, false, fmt.Errorf("read details of a song: %w", err)
	}
	return library.Details{
		Date: row.Date.String, OriginalDate: row.OriginalDate.String, TrackTotal: int(row.TrackTotal.Int64),
		DiscTotal: int(row.DiscTotal.Int64), TitleSort: row.TitleSort.String, AlbumSort: row.AlbumSort.String,
		RecordingMBID: mbidText(row.Recording), TrackGain: row.TrackGain, TrackPeak: row.TrackPeak,
		AlbumGain: row.AlbumGain, AlbumPeak: row.AlbumPeak,
	}, row.Lyrics, nil
}

// Lyrics returns the words of a song, empty where it has none; outside the scope it is fault.NotFound.
func (c *Catalogue) Lyrics(ctx context.Context, scope library.Scope, id library.SongID) (library.Lyrics, error) {
	only := heard("songs.library_id", scope)
	only.and("songs.id = ?", id)
	var lyrics library.Lyrics
	err := c.db.get(ctx, &lyrics, `SELECT COALESCE(plain, '') AS plain, COALESCE(synced, '') AS synced
		FROM songs LEFT JOIN song_lyrics ON song_lyrics.song_id = songs.id`+only.where(), only.args...)
	if errors.Is(err, sql.ErrNoRows) {
		return library.Lyrics{}, fault.Missing("Song")
	}
	if err != nil {
		return library.Lyrics{}, fmt.Errorf("read lyrics: %w", err)
	}
	return lyrics, nil
}
