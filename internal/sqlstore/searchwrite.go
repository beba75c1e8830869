package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// index makes albums and artists of the drafts findable, and the vocabulary know all their words. Songs bring
// their texts with their rows.
func (n idsOf) index(ctx context.Context, t *tx, drafts []ingest.Draft) error {
	texts := make([]string, len(drafts))
	albums := map[library.AlbumID]string{}
	for i := range drafts {
		d := &drafts[i]
		texts[i] = d.SearchText()
		if id := n.album(d); id != 0 {
			albums[id] = library.SearchText(d.Album, d.AlbumArtist, "")
		}
	}
	if err := writeTexts(ctx, t, "albums", albums); err != nil {
		return err
	}
	type row struct {
		ID   library.ArtistID
		Name string
	}
	ids := slices.Collect(maps.Values(n.artists))
	rows, err := listIn[row](ctx, t, "SELECT id, name FROM artists WHERE search_text = '' AND id IN ", ids, "")
	if err != nil {
		return fmt.Errorf("list new artists: %w", err)
	}
	artists := make(map[library.ArtistID]string, len(rows))
	for _, r := range rows {
		artists[r.ID] = library.SearchText(r.Name, "", "")
	}
	if err := writeTexts(ctx, t, "artists", artists); err != nil {
		return err
	}
	return learn(ctx, t, texts)
}

// writeTexts writes the search texts that are others than those that stand there.
func writeTexts[ID ~int64](ctx context.Context, t *tx, table string, texts map[ID]string) error {
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		_, err := t.exec(ctx, "UPDATE "+table+" SET search_text = ? WHERE id = ? AND search_text <> ?", texts[id], id, texts[id])
		if err != nil {
			return fmt.Errorf("write search texts of %s: %w", table, err)
		}
	}
	return nil
}

// reindexed is how many rows are read at once when all are written anew.
const reindexed = 2000

// reindex writes all search texts anew where they are of another version than this program's: after an upgrade, and
// after a backup of an older program was restored.
func (db *DB) reindex(ctx context.Context) error {
	return db.update(ctx, func(t *tx) error {
		if lock := db.dialect.catalogueLock(); lock != "" {
			if _, err := t.exec(ctx, lock); err != nil {
				return fmt.Errorf("lock catalogue: %w", err)
			}
		}
		var version int
		if err := t.get(ctx, &version, "SELECT COALESCE(MAX(version), 0) FROM search_version"); err != nil {
			return fmt.Errorf("read version of the search: %w", err)
		}
		if version == library.SearchVersion {
			return nil
		}
		for _, of := range []struct{ table, columns string }{
			{"songs", "title, artist, album"}, {"albums", "title, artist, '' AS album"}, {"artists", "name AS title, '' AS artist, '' AS album"},
		} {
			if err := reindexTable(ctx, t, of.table, of.columns); err != nil {
				return fmt.Errorf("index %s: %w", of.table, err)
			}
		}
		_, err := t.exec(ctx, "INSERT INTO search_version (only_row, version) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET version = excluded.version", library.SearchVersion)
		return err
	})
}

func reindexTable(ctx context.Context, t *tx, table, columns string) error {
	type row struct {
		ID     int64
		Title  string
		Artist string
		Album  string
	}
	for last := int64(0); ; {
		var rows []row
		if err := t.list(ctx, &rows, "SELECT id, "+columns+" FROM "+table+" WHERE id > ? ORDER BY id LIMIT ?", last, reindexed); err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		texts, all := make(map[int64]string, len(rows)), make([]string, len(rows))
		for i, r := range rows {
			last, all[i] = r.ID, library.SearchText(r.Title, r.Artist, r.Album)
			texts[r.ID] = all[i]
		}
		if err := writeTexts(ctx, t, table, texts); err != nil {
			return err
		}
		if err := learn(ctx, t, all); err != nil {
			return err
		}
	}
}
