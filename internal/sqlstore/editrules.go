package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// renaming is what an edit does to one rule; empty is none, else names as JSON.
type renaming struct {
	Alias  string `db:"alias_key"`
	Before string `db:"before_names"`
	After  string `db:"after_names"`
}

var errCircular = fault.New(fault.Conflict, "circular_artists", "These artists would stand for each other: undo the earlier merge or split first")

func plannedRules(ctx context.Context, t *tx, wanted ingest.Rules) ([]renaming, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	rules, err := allRules(ctx, t)
	if err != nil {
		return nil, err
	}
	var list []renaming
	for key, names := range wanted {
		r := renaming{Alias: key}
		if r.After, err = namesText(names); err != nil {
			return nil, err
		}
		if r.Before, err = namesText(rules[key]); err != nil {
			return nil, err
		}
		rules[key] = names
		if r.Before != r.After {
			list = append(list, r)
		}
	}
	for key := range wanted {
		if rules.Circular(key) {
			return nil, errCircular
		}
	}
	return list, nil
}

func namesText(names []string) (string, error) {
	if len(names) == 0 {
		return "", nil
	}
	text, err := json.Marshal(names)
	if err != nil {
		return "", fmt.Errorf("encode names: %w", err)
	}
	return string(text), nil
}

// rename writes the rules and answers the songs they are about. What listeners think of an artist goes to
// all it stands for; its own row stays, unseen, for the way back.
func (s *Ingest) rename(ctx context.Context, t *tx, list []renaming) ([]library.SongID, error) {
	if len(list) == 0 {
		return nil, nil
	}
	before, err := allRules(ctx, t)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(list))
	for i, r := range list {
		keys[i] = r.Alias
		if err := writeRule(ctx, t, r); err != nil {
			return nil, err
		}
	}
	after, err := allRules(ctx, t)
	if err != nil {
		return nil, err
	}
	songs, err := songsUnder(ctx, t, keys, before, after)
	if err != nil {
		return nil, err
	}
	return songs, handArtistsOver(ctx, t, list, after, millis(s.clock.Now()))
}

func writeRule(ctx context.Context, t *tx, r renaming) error {
	if _, err := t.exec(ctx, "DELETE FROM artist_rules WHERE alias_key = ?", r.Alias); err != nil {
		return fmt.Errorf("take rule back: %w", err)
	}
	if r.After == "" {
		return nil
	}
	if _, err := t.exec(ctx, "INSERT INTO artist_rules (alias_key, names) VALUES (?, ?)", r.Alias, r.After); err != nil {
		return fmt.Errorf("write rule: %w", err)
	}
	return nil
}

func handArtistsOver(ctx context.Context, t *tx, list []renaming, rules ingest.Rules, now int64) error {
	for _, r := range list {
		if r.After == "" {
			continue
		}
		ends := rules.Names(rules[r.Alias])
		ids, err := writeArtists(ctx, t, creditedTo(ends), now)
		if err != nil {
			return fmt.Errorf("write artists of a rule: %w", err)
		}
		var from []library.ArtistID
		if err := t.list(ctx, &from, "SELECT id FROM artists WHERE key = ?", r.Alias); err != nil {
			return fmt.Errorf("find renamed artist: %w", err)
		}
		for _, id := range from {
			for _, name := range ends {
				if err := handOver(ctx, t, library.ArtistSubject, int64(id), int64(ids[artistNamed(ingest.SplitName(name))])); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// creditedTo are drafts that credit these names of rules, one each: two can have the same name.
func creditedTo(ends []string) []ingest.Draft {
	drafts := make([]ingest.Draft, len(ends))
	for i, end := range ends {
		name, id := ingest.SplitName(end)
		drafts[i].Artists = []string{name}
		if id != "" {
			drafts[i].MBIDs = map[string]string{library.Key(name): id}
		}
	}
	return drafts
}
