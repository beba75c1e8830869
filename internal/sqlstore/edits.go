package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Held tells whose the songs are; unknown ids are left out.
func (s *Ingest) Held(ctx context.Context, ids []library.SongID) (map[library.SongID]ingest.Held, error) {
	held := make(map[library.SongID]ingest.Held, len(ids))
	for part := range slices.Chunk(ids, mostArgs) {
		var rows []struct {
			ID         library.SongID
			Library    library.ID     `db:"library_id"`
			UploadedBy account.UserID `db:"uploaded_by"`
			Upload     bool
			Title      string
			Album      string
			CreatedAt  int64 `db:"created_at"`
		}
		if err := s.db.list(ctx, &rows, `SELECT id, library_id, COALESCE(uploaded_by, 0) AS uploaded_by, object_key IS NOT NULL AS upload, title, album, created_at
			FROM songs JOIN `+s.db.dialect.numbered()+` AS asked USING (id)`, numberedArg(part)); err != nil {
			return nil, fmt.Errorf("read whose songs these are: %w", err)
		}
		for _, r := range rows {
			held[r.ID] = ingest.Held{Library: r.Library, UploadedBy: r.UploadedBy, Upload: r.Upload, Title: r.Title, Album: r.Album, AddedAt: moment(r.CreatedAt)}
		}
	}
	return held, nil
}

// change is what an edit does to one field of one song; empty is the file's own value.
type change struct {
	Song   library.SongID `db:"song_id"`
	Field  ingest.Field   `db:"field"`
	Before string         `db:"before_value"`
	After  string         `db:"after_value"`
}

// Edit lays values over songs and makes rules, in one transaction, and keeps what was before.
func (s *Ingest) Edit(ctx context.Context, e ingest.Edit) (done ingest.Edited, err error) {
	err = s.write(ctx, func(t *tx) error {
		changes, err := planned(ctx, t, e)
		if err != nil {
			return err
		}
		renamed, err := plannedRules(ctx, t, e.Rules)
		if err != nil || len(changes)+len(renamed) == 0 {
			return err
		}
		if done.ID, err = keepEdit(ctx, t, e, changes, renamed); err != nil {
			return err
		}
		if err := s.newCover(ctx, t, e.Cover); err != nil {
			return err
		}
		songs, freed, err := s.lay(ctx, t, done.ID, changes, renamed)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE edits SET song_count = ? WHERE id = ?", songs, done.ID); err != nil {
			return fmt.Errorf("count edited songs: %w", err)
		}
		old, err := forget(ctx, t, e.Forget)
		done.Songs, done.Freed = songs, ingest.Freed{Keys: append(freed.Keys, old.Keys...)}
		return err
	})
	if err != nil {
		return ingest.Edited{}, fmt.Errorf("edit songs: %w", err)
	}
	return done, nil
}

// planned are the values that the edit really changes.
func planned(ctx context.Context, t *tx, e ingest.Edit) ([]change, error) {
	edits, err := editsOf(ctx, t, e.Songs)
	if err != nil {
		return nil, err
	}
	var changes []change
	for _, id := range e.Songs {
		for field, value := range e.Set {
			if before := edits[id][field]; before != value {
				changes = append(changes, change{id, field, before, value})
			}
		}
		for _, field := range e.Clear {
			if before := edits[id][field]; before != "" {
				changes = append(changes, change{Song: id, Field: field, Before: before})
			}
		}
	}
	return changes, nil
}

func keepEdit(ctx context.Context, t *tx, e ingest.Edit, changes []change, renamed []renaming) (id ingest.EditID, err error) {
	if err := t.get(ctx, &id, "INSERT INTO edits (kind, user_id, at, summary, song_count) VALUES (?, ?, ?, ?, 0) RETURNING id",
		e.Kind, orNull(e.By), millis(e.At), e.Summary); err != nil {
		return 0, fmt.Errorf("keep edit: %w", err)
	}
	rows := make([][]any, len(changes))
	for i, c := range changes {
		rows[i] = []any{id, c.Song, c.Field, orNull(c.Before), orNull(c.After)}
	}
	if err := t.insert(ctx, "INSERT INTO edit_changes (edit_id, song_id, field, before_value, after_value) VALUES ", rows, ""); err != nil {
		return 0, fmt.Errorf("keep changes: %w", err)
	}
	rules := make([][]any, len(renamed))
	for i, r := range renamed {
		rules[i] = []any{id, r.Alias, orNull(r.Before), orNull(r.After)}
	}
	if err := t.insert(ctx, "INSERT INTO edit_rules (edit_id, alias_key, before_names, after_names) VALUES ", rules, ""); err != nil {
		return 0, fmt.Errorf("keep rules: %w", err)
	}
	return id, nil
}

func (s *Ingest) newCover(ctx context.Context, t *tx, c *ingest.Cover) error {
	if c == nil {
		return nil
	}
	_, err := writeCovers(ctx, t, []ingest.Draft{{Cover: c}}, millis(s.clock.Now()))
	if err != nil {
		return fmt.Errorf("write cover: %w", err)
	}
	return nil
}

// lay writes the values and the rules, and then all songs that they change.
func (s *Ingest) lay(ctx context.Context, t *tx, id ingest.EditID, changes []change, renamed []renaming) (int, ingest.Freed, error) {
	var songs []library.SongID
	var set [][]any
	byField := map[ingest.Field][]library.SongID{}
	for _, c := range changes {
		songs = append(songs, c.Song)
		byField[c.Field] = append(byField[c.Field], c.Song)
		if c.After != "" {
			set = append(set, []any{c.Song, c.Field, c.After})
		}
	}
	for field, of := range byField {
		if err := execIn(ctx, t, "DELETE FROM song_edits WHERE field = ? AND song_id IN ", of, field); err != nil {
			return 0, ingest.Freed{}, fmt.Errorf("clear edits: %w", err)
		}
	}
	if err := t.insert(ctx, "INSERT INTO song_edits (song_id, field, value) VALUES ", set, ""); err != nil {
		return 0, ingest.Freed{}, fmt.Errorf("write edits: %w", err)
	}
	under, err := s.rename(ctx, t, renamed)
	if err != nil {
		return 0, ingest.Freed{}, err
	}
	songs = append(songs, under...)
	slices.Sort(songs)
	songs = slices.Compact(songs)
	freed, err := s.recompose(ctx, t, id, songs)
	return len(songs), freed, err
}

// recompose writes songs anew out of what their files say, their edits and the rules.
func (s *Ingest) recompose(ctx context.Context, t *tx, id ingest.EditID, songs []library.SongID) (freed ingest.Freed, err error) {
	rules, err := readRules(ctx, t)
	if err != nil {
		return freed, err
	}
	all, err := states(ctx, t, songs)
	if err != nil {
		return freed, err
	}
	return s.rewrite(ctx, t, id, rules, all)
}

func (s *Ingest) rewrite(ctx context.Context, t *tx, id ingest.EditID, rules rulesFor, all []songState) (ingest.Freed, error) {
	ids, was := make([]library.SongID, len(all)), make([]library.AlbumID, len(all))
	bases, edits := make([]ingest.Draft, len(all)), make([]ingest.Overlay, len(all))
	for i, state := range all {
		ids[i], was[i], bases[i], edits[i] = state.base.ID, state.album, state.base, state.edits
	}
	shown, err := rules.compose(ctx, t, bases, edits)
	if err != nil {
		return ingest.Freed{}, err
	}
	before, err := linksOfSongs(ctx, t, ids)
	if err != nil {
		return ingest.Freed{}, err
	}
	if err := rekey(ctx, t, was, shown); err != nil {
		return ingest.Freed{}, err
	}
	if err := before.unlink(ctx, t); err != nil {
		return ingest.Freed{}, err
	}
	if err := s.changeSongs(ctx, t, shown); err != nil {
		return ingest.Freed{}, err
	}
	if err := keepOrigins(ctx, t, ids, bases, shown); err != nil {
		return ingest.Freed{}, err
	}
	if _, err := follow(ctx, t, ids, was); err != nil {
		return ingest.Freed{}, err
	}
	if id != 0 {
		if err := keepEmptied(ctx, t, id, before.albums); err != nil {
			return ingest.Freed{}, err
		}
	}
	return before.tidy(ctx, t)
}

// keepEmptied keeps the rows of albums without songs as long as the edit can be taken back.
func keepEmptied(ctx context.Context, t *tx, id ingest.EditID, albums []library.AlbumID) error {
	err := execIn(ctx, t, `INSERT INTO edit_albums (edit_id, album_id) SELECT CAST(? AS BIGINT), id FROM albums
		WHERE NOT EXISTS (SELECT 1 FROM songs WHERE songs.album_id = albums.id)
		AND NOT EXISTS (SELECT 1 FROM edit_albums WHERE edit_albums.album_id = albums.id) AND id IN `, albums, id)
	if err != nil {
		return fmt.Errorf("keep emptied albums: %w", err)
	}
	return nil
}

// forget drops edits that are too old or too many, with what only they kept.
func forget(ctx context.Context, t *tx, before time.Time) (ingest.Freed, error) {
	var old []ingest.EditID
	if err := t.list(ctx, &old, `SELECT id FROM edits WHERE at < ? OR id <= COALESCE(
		(SELECT id FROM edits ORDER BY id DESC LIMIT 1 OFFSET ?), 0) ORDER BY id`, millis(before), ingest.KeptEdits); err != nil || len(old) == 0 {
		return ingest.Freed{}, err
	}
	var l links
	var err error
	if l.albums, err = listIn[library.AlbumID](ctx, t, "SELECT album_id FROM edit_albums WHERE edit_id IN ", old, ""); err != nil {
		return ingest.Freed{}, fmt.Errorf("list emptied albums: %w", err)
	}
	for _, value := range []string{"before_value", "after_value"} {
		some, err := listIn[library.CoverID](ctx, t, `SELECT DISTINCT covers.id FROM covers JOIN edit_changes
			ON field = 'cover' AND `+value+` = '"' || covers.hash || '"' WHERE edit_id IN `, old, "")
		if err != nil {
			return ingest.Freed{}, fmt.Errorf("list covers of edits: %w", err)
		}
		l.covers = append(l.covers, some...)
	}
	if l.artists, err = listIn[library.ArtistID](ctx, t, "SELECT DISTINCT artist_id FROM album_artists WHERE album_id IN ", l.albums, ""); err != nil {
		return ingest.Freed{}, fmt.Errorf("list artists of emptied albums: %w", err)
	}
	if err := execIn(ctx, t, "DELETE FROM edits WHERE id IN ", old); err != nil {
		return ingest.Freed{}, fmt.Errorf("forget edits: %w", err)
	}
	return l.tidy(ctx, t)
}

// Collect puts a song on the collection of its album's title; what people chose of it stays.
func (s *Ingest) Collect(ctx context.Context, id library.SongID) (freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		rules, err := readRules(ctx, t)
		if err != nil {
			return err
		}
		all, err := states(ctx, t, []library.SongID{id})
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.Missing("Song")
		}
		all[0].base.Collect()
		freed, err = s.rewrite(ctx, t, 0, rules, all)
		return err
	})
	if err != nil {
		return ingest.Freed{}, fmt.Errorf("put song on its collection: %w", err)
	}
	return freed, nil
}
