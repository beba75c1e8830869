package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// rulesFor are the rules of artists' names for songs of each library. What is private is nobody's to rename.
type rulesFor struct {
	rules   ingest.Rules
	private map[library.ID]bool
}

func readRules(ctx context.Context, t *tx) (r rulesFor, err error) {
	if r.rules, err = allRules(ctx, t); err != nil || len(r.rules) == 0 {
		return r, err
	}
	var private []library.ID
	if err := t.list(ctx, &private, "SELECT id FROM libraries WHERE kind = 'private'"); err != nil {
		return r, fmt.Errorf("list private libraries: %w", err)
	}
	r.private = make(map[library.ID]bool, len(private))
	for _, id := range private {
		r.private[id] = true
	}
	return r, nil
}

func allRules(ctx context.Context, t *tx) (ingest.Rules, error) {
	var rows []struct {
		Alias string `db:"alias_key"`
		Names string
	}
	if err := t.list(ctx, &rows, "SELECT alias_key, names FROM artist_rules"); err != nil {
		return nil, fmt.Errorf("read rules of artists: %w", err)
	}
	rules := make(ingest.Rules, len(rows))
	for _, r := range rows {
		var names []string
		if err := json.Unmarshal([]byte(r.Names), &names); err != nil {
			return nil, fmt.Errorf("read rule of an artist: %w", err)
		}
		rules[r.Alias] = names
	}
	return rules, nil
}

func (r rulesFor) in(id library.ID) ingest.Rules {
	if r.private[id] {
		return nil
	}
	return r.rules
}

// compose lays edits and rules over the drafts of files. The drafts that were given stay as they are.
func (r rulesFor) compose(ctx context.Context, t *tx, bases []ingest.Draft, edits []ingest.Overlay) ([]ingest.Draft, error) {
	known, err := r.artists(ctx, t, bases)
	if err != nil {
		return nil, err
	}
	shown := make([]ingest.Draft, len(bases))
	for i, d := range bases {
		if err := d.Compose(edits[i], r.in(d.Library), known); err != nil {
			return nil, fmt.Errorf("compose song %d: %w", d.ID, err)
		}
		shown[i] = d
	}
	return shown, nil
}

// artists are those whom the drafts name with an id. Without rules nobody asks for them.
func (r rulesFor) artists(ctx context.Context, t *tx, drafts []ingest.Draft) (ingest.ArtistKeys, error) {
	known := ingest.ArtistKeys{ByID: map[string]string{}, IDs: map[string]string{}}
	if len(r.rules) == 0 {
		return known, nil
	}
	keys := map[string]bool{}
	for _, d := range drafts {
		for key, id := range d.MBIDs {
			keys[key], known.ByID[id] = true, ""
		}
	}
	byID, byKey, err := artistsNamed(ctx, t, slices.Collect(maps.Keys(known.ByID)), slices.Collect(maps.Keys(keys)))
	if err != nil {
		return known, err
	}
	clear(known.ByID)
	for id, a := range byID {
		known.ByID[id] = a.Key
	}
	for key, a := range byKey {
		known.IDs[key] = a.MBID
	}
	return known, nil
}

// songsUnder lists the songs that the rules of these keys change, or changed: those credited to the key
// itself, and those that show something else than their files and are credited to what it stands for.
func songsUnder(ctx context.Context, t *tx, keys []string, rules ...ingest.Rules) ([]library.SongID, error) {
	ids, err := listIn[library.SongID](ctx, t, `SELECT DISTINCT songs.id FROM songs
		JOIN song_artists ON song_artists.song_id = songs.id JOIN artists ON artists.id = song_artists.artist_id
		JOIN libraries ON libraries.id = songs.library_id WHERE libraries.kind <> 'private' AND artists.key IN `, keys, "")
	if err != nil {
		return nil, fmt.Errorf("list songs of artists: %w", err)
	}
	var ends []string
	for _, r := range rules {
		for _, key := range keys {
			for _, name := range r.Names(r[key]) {
				name, id := ingest.SplitName(name)
				ends = append(ends, library.Key(name))
				if id != "" {
					ends = append(ends, ingest.ArtistKey(library.Key(name), id))
				}
			}
		}
	}
	more, err := listIn[library.SongID](ctx, t, `SELECT DISTINCT song_origins.song_id FROM song_origins
		JOIN song_artists ON song_artists.song_id = song_origins.song_id
		JOIN artists ON artists.id = song_artists.artist_id WHERE artists.key IN `, ends, "")
	if err != nil {
		return nil, fmt.Errorf("list renamed songs: %w", err)
	}
	return append(ids, more...), nil
}
