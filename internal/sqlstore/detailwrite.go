package sqlstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// writeDetails writes details and lyrics of songs that have none yet, where their files have some.
func writeDetails(ctx context.Context, t *tx, drafts []ingest.Draft, ids []library.SongID) error {
	var details, lyrics [][]any
	for i := range drafts {
		d := &drafts[i]
		if !d.Details.Empty() {
			details = append(details, detailValues(ids[i], d.Details))
		}
		if d.Lyrics != (library.Lyrics{}) {
			lyrics = append(lyrics, []any{ids[i], orNull(d.Lyrics.Plain), orNull(d.Lyrics.Synced)})
		}
	}
	if err := t.insert(ctx, `INSERT INTO song_details (song_id, date, original_date, track_total, disc_total, title_sort,
		album_sort, recording_mbid, track_gain, track_peak, album_gain, album_peak) VALUES `, details, ""); err != nil {
		return fmt.Errorf("write details of songs: %w", err)
	}
	if err := t.insert(ctx, "INSERT INTO song_lyrics (song_id, plain, synced) VALUES ", lyrics, ""); err != nil {
		return fmt.Errorf("write lyrics: %w", err)
	}
	return nil
}

func detailValues(id library.SongID, d library.Details) []any {
	return []any{
		id, orNull(d.Date), orNull(d.OriginalDate), orNull(d.TrackTotal), orNull(d.DiscTotal), orNull(d.TitleSort),
		orNull(d.AlbumSort), bytesOrNull(mbidBytes(d.RecordingMBID)), d.TrackGain, d.TrackPeak, d.AlbumGain, d.AlbumPeak,
	}
}

// clearDetails takes details and lyrics off songs whose files are to say them anew.
func clearDetails(ctx context.Context, t *tx, ids []library.SongID) error {
	if err := execIn(ctx, t, "DELETE FROM song_details WHERE song_id IN ", ids); err != nil {
		return fmt.Errorf("clear details of songs: %w", err)
	}
	if err := execIn(ctx, t, "DELETE FROM song_lyrics WHERE song_id IN ", ids); err != nil {
		return fmt.Errorf("clear lyrics: %w", err)
	}
	return nil
}

// mbidBytes are the sixteen bytes of an id; nil for none.
func mbidBytes(mbid string) []byte {
	id, err := hex.DecodeString(strings.ReplaceAll(mbid, "-", ""))
	if err != nil || len(id) != 16 {
		return nil
	}
	return id
}

// mbidText is an id as people write it, empty for none.
func mbidText(id []byte) string {
	if len(id) != 16 {
		return ""
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
