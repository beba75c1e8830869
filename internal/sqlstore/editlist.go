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

type editRow struct {
	ID       ingest.EditID
	Kind     ingest.EditKind
	By       account.UserID `db:"user_id"`
	ByName   string         `db:"by_name"`
	At       int64
	Summary  string
	Songs    int   `db:"song_count"`
	UndoneAt int64 `db:"undone_at"`
}

const editColumns = `edits.id, edits.kind, COALESCE(edits.user_id, 0) AS user_id, COALESCE(users.username, '') AS by_name,
	edits.at, edits.summary, edits.song_count, COALESCE(edits.undone_at, 0) AS undone_at
	FROM edits LEFT JOIN users ON users.id = edits.user_id`

// standing is the condition that something is left of an edit: it ends with the songs that it changed.
const standing = `(EXISTS (SELECT 1 FROM edit_changes WHERE edit_changes.edit_id = edits.id)
	OR EXISTS (SELECT 1 FROM edit_rules WHERE edit_rules.edit_id = edits.id))`

func (r editRow) record() ingest.EditRecord {
	e := ingest.EditRecord{
		ID: r.ID, Kind: r.Kind, By: r.By, ByName: r.ByName, At: moment(r.At), Summary: r.Summary, SongCount: r.Songs,
	}
	if r.UndoneAt != 0 {
		e.UndoneAt = moment(r.UndoneAt)
	}
	return e
}

// Edits lists kept edits, the newest first, and counts all of them.
func (s *Ingest) Edits(ctx context.Context, q ingest.EditQuery) ([]ingest.EditRecord, int, error) {
	only := clause{parts: []string{standing}}
	only.and(`(edits.user_id = ? OR (CAST(? AS BOOLEAN) AND NOT EXISTS (SELECT 1 FROM edit_changes JOIN songs ON songs.id = edit_changes.song_id
		WHERE edit_changes.edit_id = edits.id AND NOT `+s.db.heard()+`)))`, q.Scope.User, q.All, heardArg(q.Scope))
	var total int
	if err := s.db.get(ctx, &total, "SELECT COUNT(*) FROM edits"+only.where(), only.args...); err != nil {
		return nil, 0, fmt.Errorf("count edits: %w", err)
	}
	if q.Before != 0 {
		only.and("edits.id < ?", q.Before)
	}
	var rows []editRow
	if err := s.db.list(ctx, &rows, "SELECT "+editColumns+only.where()+" ORDER BY edits.id DESC LIMIT ?", append(only.args, q.Limit)...); err != nil {
		return nil, 0, fmt.Errorf("list edits: %w", err)
	}
	records := make([]ingest.EditRecord, len(rows))
	for i, r := range rows {
		records[i] = r.record()
	}
	return records, total, s.describeEdits(ctx, q.Scope, records)
}

// mostTitles is how many songs an entry of the list names.
const mostTitles = 3

func (s *Ingest) describeEdits(ctx context.Context, scope library.Scope, records []ingest.EditRecord) error {
	ids := make([]ingest.EditID, len(records))
	at := make(map[ingest.EditID]int, len(records))
	for i, r := range records {
		ids[i], at[r.ID] = r.ID, i
	}
	var fields []struct {
		ID    ingest.EditID `db:"edit_id"`
		Field ingest.Field
	}
	if err := s.db.list(ctx, &fields, `SELECT DISTINCT edit_id, field FROM edit_changes WHERE field <> 'albumKey' AND edit_id IN (SELECT id FROM `+
		s.db.dialect.numbered()+` AS asked) ORDER BY edit_id, field`, numberedArg(ids)); err != nil {
		return fmt.Errorf("list edited fields: %w", err)
	}
	for _, f := range fields {
		r := &records[at[f.ID]]
		r.Fields = append(r.Fields, f.Field)
	}
	var titles []struct {
		ID    ingest.EditID `db:"edit_id"`
		Title string
	}
	if err := s.db.list(ctx, &titles, `SELECT edit_id, title FROM (SELECT edit_id, title, ROW_NUMBER() OVER (PARTITION BY edit_id ORDER BY disc, track, id) AS place
		FROM (SELECT DISTINCT edit_changes.edit_id, songs.id, songs.title, songs.disc, songs.track FROM edit_changes
		JOIN songs ON songs.id = edit_changes.song_id WHERE edit_changes.edit_id IN (SELECT id FROM `+s.db.dialect.numbered()+` AS asked)
		AND `+s.db.heard()+`) AS edited) AS placed WHERE place <= ? ORDER BY edit_id, place`, numberedArg(ids), heardArg(scope), mostTitles); err != nil {
		return fmt.Errorf("list edited songs: %w", err)
	}
	for _, title := range titles {
		r := &records[at[title.ID]]
		r.Titles = append(r.Titles, title.Title)
	}
	return nil
}

// Kept is one edit with the songs it changed fields of.
func (s *Ingest) Kept(ctx context.Context, id ingest.EditID) (ingest.EditRecord, []library.SongID, error) {
	var rows []editRow
	if err := s.db.list(ctx, &rows, "SELECT "+editColumns+" WHERE edits.id = ? AND "+standing, id); err != nil {
		return ingest.EditRecord{}, nil, fmt.Errorf("read edit: %w", err)
	}
	if len(rows) == 0 {
		return ingest.EditRecord{}, nil, fault.Missing("Edit")
	}
	var songs []library.SongID
	if err := s.db.list(ctx, &songs, "SELECT DISTINCT song_id FROM edit_changes WHERE edit_id = ? ORDER BY song_id", id); err != nil {
		return ingest.EditRecord{}, nil, fmt.Errorf("list songs of an edit: %w", err)
	}
	return rows[0].record(), songs, nil
}

var errUndone = fault.New(fault.Conflict, "already_undone", "This edit was taken back already")

// Undo puts back what was before an edit, unless a later one changed the same.
func (s *Ingest) Undo(ctx context.Context, id ingest.EditID, by account.UserID, at time.Time) (done ingest.Edited, err error) {
	err = s.write(ctx, func(t *tx) error {
		touched, err := t.exec(ctx, "UPDATE edits SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", millis(at), orNull(by), id)
		if err != nil {
			return err
		}
		if touched == 0 {
			return errUndone
		}
		if err := refuseOverwritten(ctx, t, id); err != nil {
			return err
		}
		var changes []change
		if err := t.list(ctx, &changes, `SELECT song_id, field, COALESCE(after_value, '') AS before_value,
			COALESCE(before_value, '') AS after_value FROM edit_changes WHERE edit_id = ?`, id); err != nil {
			return err
		}
		var renamed []renaming
		if err := t.list(ctx, &renamed, `SELECT alias_key, COALESCE(after_names, '') AS before_names,
			COALESCE(before_names, '') AS after_names FROM edit_rules WHERE edit_id = ?`, id); err != nil {
			return err
		}
		done.ID = id
		done.Songs, done.Freed, err = s.lay(ctx, t, id, changes, renamed)
		return err
	})
	if err != nil {
		return ingest.Edited{}, fmt.Errorf("undo edit: %w", err)
	}
	return done, nil
}

// mostNamed bounds how many later changes a refusal names.
const mostNamed = 20

// refuseOverwritten names the later edits that changed the same.
func refuseOverwritten(ctx context.Context, t *tx, id ingest.EditID) error {
	var later []struct {
		ID    ingest.EditID `db:"edit_id"`
		Field string
		Title string
	}
	err := t.list(ctx, &later, `SELECT theirs.edit_id, theirs.field, songs.title FROM edit_changes AS mine
		JOIN edit_changes AS theirs ON theirs.song_id = mine.song_id AND theirs.field = mine.field AND theirs.edit_id > mine.edit_id
		JOIN edits ON edits.id = theirs.edit_id AND edits.undone_at IS NULL
		JOIN songs ON songs.id = mine.song_id WHERE mine.edit_id = ? ORDER BY theirs.edit_id DESC, songs.id, theirs.field LIMIT ?`, id, mostNamed)
	if err != nil {
		return fmt.Errorf("look for later edits: %w", err)
	}
	var rules []struct {
		ID    ingest.EditID `db:"edit_id"`
		Alias string        `db:"alias_key"`
	}
	err = t.list(ctx, &rules, `SELECT theirs.edit_id, theirs.alias_key FROM edit_rules AS mine
		JOIN edit_rules AS theirs ON theirs.alias_key = mine.alias_key AND theirs.edit_id > mine.edit_id
		JOIN edits ON edits.id = theirs.edit_id AND edits.undone_at IS NULL WHERE mine.edit_id = ? ORDER BY theirs.edit_id DESC LIMIT ?`, id, mostNamed)
	if err != nil {
		return fmt.Errorf("look for later rules: %w", err)
	}
	var details []fault.Detail
	for _, l := range later {
		details = append(details, fault.Detail{Field: l.Field, Message: fmt.Sprintf("%q was changed again by edit %d", l.Title, l.ID)})
	}
	for _, r := range rules {
		details = append(details, fault.Detail{Field: "artist", Message: fmt.Sprintf("%q was renamed again by edit %d", r.Alias, r.ID)})
	}
	if len(details) == 0 {
		return nil
	}
	refused := fault.New(fault.Conflict, "edited_since", "A later edit changed the same: "+details[0].Message+". Undo that one first")
	refused.Details = slices.Clip(details)
	return refused
}
