package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Shown is a song as the catalogue shows it.
func (s *Ingest) Shown(ctx context.Context, id library.SongID) (d ingest.Draft, err error) {
	err = s.db.update(ctx, func(t *tx) error {
		if _, d, err = shownState(ctx, t, id); err != nil || d.Cover == nil {
			return err
		}
		var cover struct {
			MediaType     string `db:"media_type"`
			Width, Height int
			Hue           int
		}
		if err := t.get(ctx, &cover, "SELECT media_type, width, height, hue FROM covers WHERE hash = ?", d.Cover.Hash); err != nil {
			return fmt.Errorf("read cover: %w", err)
		}
		d.Cover.Picture = ingest.Picture{MediaType: cover.MediaType, Width: cover.Width, Height: cover.Height, Hue: cover.Hue}
		return nil
	})
	if err != nil {
		return ingest.Draft{}, fmt.Errorf("read song: %w", err)
	}
	return d, nil
}

func shownState(ctx context.Context, t *tx, id library.SongID) (songState, ingest.Draft, error) {
	rules, err := readRules(ctx, t)
	if err != nil {
		return songState{}, ingest.Draft{}, err
	}
	all, err := states(ctx, t, []library.SongID{id})
	if err != nil {
		return songState{}, ingest.Draft{}, err
	}
	if len(all) == 0 {
		return songState{}, ingest.Draft{}, fault.Missing("Song")
	}
	shown, err := rules.compose(ctx, t, []ingest.Draft{all[0].base}, []ingest.Overlay{all[0].edits})
	if err != nil {
		return songState{}, ingest.Draft{}, err
	}
	return all[0], shown[0], nil
}

var errChanged = fault.New(fault.Conflict, "changed_meanwhile", "The song was changed meanwhile: please try again")

// Replace puts a new file into the place of an upload's old one. What people chose stands in the file now, so
// it is no longer laid over it; edits that would go back to what the old file said do so still.
func (s *Ingest) Replace(ctx context.Context, r ingest.Rewrite) (freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		state, shown, err := shownState(ctx, t, r.New.ID)
		if err != nil {
			return err
		}
		if shown.ObjectKey != r.Key || !shown.Origin().Same(r.Old.Origin()) {
			return errChanged
		}
		if err := keepOldFile(ctx, t, state.base, r.New); err != nil {
			return err
		}
		if state.edits, err = restOfEdits(ctx, t, shown, r.New); err != nil {
			return err
		}
		d := r.New
		if _, err := t.exec(ctx, `UPDATE songs SET received_hash = COALESCE(received_hash, content_hash), object_key = ?, content_hash = ?, audio_hash = ?, size = ?, bit_rate = ?, modified_at = ? WHERE id = ?`,
			d.ObjectKey, d.ContentHash, bytesOrNull(d.Sound), d.Size, d.Audio.BitRate, millis(d.ModifiedAt), d.ID); err != nil {
			return fmt.Errorf("replace file: %w", err)
		}
		state.base.Return(d.Origin())
		rules, err := readRules(ctx, t)
		if err != nil {
			return err
		}
		freed, err = s.rewrite(ctx, t, 0, rules, []songState{state})
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("replace file of a song: %w", err)
	}
	return freed, nil
}

// keepOldFile writes what the old file said into the edits that would go back to it.
func keepOldFile(ctx context.Context, t *tx, was, is ingest.Draft) error {
	before, err := was.Origin().Overlay()
	if err != nil {
		return err
	}
	after, err := is.Origin().Overlay()
	if err != nil {
		return err
	}
	for field, value := range before {
		if value == after[field] {
			continue
		}
		for _, column := range []string{"before_value", "after_value"} {
			if _, err := t.exec(ctx, "UPDATE edit_changes SET "+column+" = ? WHERE song_id = ? AND field = ? AND "+column+" IS NULL", value, is.ID, field); err != nil {
				return fmt.Errorf("keep what the old file said: %w", err)
			}
		}
	}
	return nil
}

// restOfEdits is what must stay laid over the new file: the album, where the file cannot say it.
func restOfEdits(ctx context.Context, t *tx, shown, is ingest.Draft) (ingest.Overlay, error) {
	if _, err := t.exec(ctx, "DELETE FROM song_edits WHERE song_id = ?", is.ID); err != nil {
		return nil, fmt.Errorf("clear edits: %w", err)
	}
	if shown.AlbumKey == is.AlbumKey {
		return nil, nil
	}
	rest, err := ingest.KeyOverlay(shown.AlbumKey)
	if err != nil {
		return nil, err
	}
	for field, value := range rest {
		if _, err := t.exec(ctx, "INSERT INTO song_edits (song_id, field, value) VALUES (?, ?, ?)", is.ID, field, value); err != nil {
			return nil, fmt.Errorf("keep album: %w", err)
		}
	}
	return rest, nil
}
