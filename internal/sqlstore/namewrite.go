package sqlstore

import (
	"context"
	"maps"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// keyed is an id with the key it was asked for.
type keyed[ID any] struct {
	ID  ID
	Key string
}

// ensure returns the ids of all rows by their keys. It looks first, with a statement that ends in "IN ",
// and inserts what is not there; RETURNING must answer id and key. Rows go in by the order of their keys;
// one that is nil is only looked for.
func ensure[ID any](ctx context.Context, t *tx, look, insert string, rows map[string][]any, returning string) (map[string]ID, error) {
	found, err := listIn[keyed[ID]](ctx, t, look, slices.Collect(maps.Keys(rows)), "")
	if err != nil {
		return nil, err
	}
	ids := make(map[string]ID, len(rows))
	for _, f := range found {
		ids[f.Key] = f.ID
	}
	var missing [][]any
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if _, there := ids[key]; !there && rows[key] != nil {
			missing = append(missing, rows[key])
		}
	}
	made, err := inserted[keyed[ID]](ctx, t, insert, missing, returning)
	if err != nil {
		return nil, err
	}
	for _, m := range made {
		ids[m.Key] = m.ID
	}
	return ids, nil
}

func writeGenres(ctx context.Context, t *tx, drafts []ingest.Draft) (map[string]int64, error) {
	rows := map[string][]any{}
	for _, d := range drafts {
		for _, name := range d.Genres {
			key := library.Key(name)
			if _, there := rows[key]; !there {
				rows[key] = []any{key, name}
			}
		}
	}
	return ensure[int64](ctx, t, "SELECT id, key FROM genres WHERE key IN ",
		"INSERT INTO genres (key, name) VALUES ", rows, "RETURNING id, key")
}

func writeCovers(ctx context.Context, t *tx, drafts []ingest.Draft, now int64) (map[string]library.CoverID, error) {
	rows := map[string][]any{}
	for _, d := range drafts {
		c := d.Cover
		if c == nil {
			continue
		}
		switch _, there := rows[c.Hash]; {
		case c.MediaType == "" && !there: // of an edit: it is there already
			rows[c.Hash] = nil
		case c.MediaType != "":
			rows[c.Hash] = []any{c.Hash, c.MediaType, c.Width, c.Height, c.Hue, now}
		}
	}
	return ensure[library.CoverID](ctx, t, "SELECT id, hash AS key FROM covers WHERE hash IN ",
		"INSERT INTO covers (hash, media_type, width, height, hue, created_at) VALUES ", rows, "RETURNING id, hash AS key")
}
