package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playlist"
)

// playlistEdit is a playlist whose row this transaction has locked.
type playlistEdit struct {
	ctx   context.Context
	tx    *tx
	scope library.Scope
	id    playlist.ID
	at    time.Time
	head  playlist.Head
}

// Edit begins by growing the revision: that write locks the row on either database, so that the next edit
// waits and then sees what this one did.
func (p *Playlists) Edit(ctx context.Context, scope library.Scope, id playlist.ID, at time.Time, change func(playlist.Edit) error) error {
	return p.db.update(ctx, func(t *tx) error {
		e := &playlistEdit{ctx: ctx, tx: t, scope: scope, id: id, at: at}
		if err := e.lock(); err != nil {
			return err
		}
		return change(e)
	})
}

func (e *playlistEdit) lock() error {
	var row struct {
		Owner    account.UserID `db:"owner_id"`
		Name     string         `db:"name"`
		Text     string         `db:"description"`
		Public   bool           `db:"is_public"`
		Revision int64          `db:"revision"`
	}
	err := e.tx.get(e.ctx, &row, `
		UPDATE playlists SET revision = revision + 1, updated_at = ? WHERE id = ?
		RETURNING owner_id, name, description, is_public, revision`, millis(e.at), e.id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Missing("Playlist")
	}
	if err != nil {
		return fmt.Errorf("lock playlist: %w", err)
	}
	e.head = playlist.Head{
		Owner: row.Owner, Revision: row.Revision - 1,
		About: playlist.Description{Name: row.Name, Text: row.Text, Public: row.Public},
	}
	return e.tx.get(e.ctx, &e.head.Entries, "SELECT COUNT(*) FROM playlist_entries WHERE playlist_id = ?", e.id)
}

func (e *playlistEdit) Head() playlist.Head { return e.head }

func (e *playlistEdit) Describe(as playlist.Description) error {
	_, err := e.tx.exec(e.ctx, "UPDATE playlists SET name = ?, description = ?, is_public = ? WHERE id = ?",
		as.Name, as.Text, as.Public, e.id)
	return err
}

func (e *playlistEdit) Delete() error {
	_, err := e.tx.exec(e.ctx, "DELETE FROM playlists WHERE id = ?", e.id)
	return err
}

func (e *playlistEdit) Present(songs []library.SongID) ([]library.SongID, error) {
	var present []library.SongID
	err := e.tx.list(e.ctx, &present, `
		SELECT DISTINCT song_id FROM playlist_entries
		WHERE playlist_id = ? AND song_id IN (SELECT id FROM `+e.tx.db.dialect.numbered()+` AS wanted)`,
		e.id, numberedArg(songs))
	return present, err
}

func (e *playlistEdit) Add(songs []library.SongID, before playlist.EntryID) error {
	first, step, err := e.room(before, nil, len(songs))
	if err != nil {
		return err
	}
	added, err := e.tx.exec(e.ctx, `
		INSERT INTO playlist_entries (playlist_id, song_id, position, added_by, added_at)
		SELECT CAST(? AS BIGINT), songs.id, CAST(? AS BIGINT) + wanted.place * CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT)
		FROM `+e.tx.db.dialect.numbered()+` AS wanted JOIN songs ON songs.id = wanted.id
		WHERE `+e.tx.db.heard(),
		e.id, first, step, e.scope.User, millis(e.at), numberedArg(songs), heardArg(e.scope))
	if err != nil {
		return fmt.Errorf("add entries: %w", err)
	}
	if added != int64(len(songs)) {
		return fault.Missing("Song")
	}
	return nil
}

func (e *playlistEdit) Move(entries []playlist.EntryID, before playlist.EntryID) error {
	first, step, err := e.room(before, entries, len(entries))
	if err != nil {
		return err
	}
	moved, err := e.tx.exec(e.ctx, `
		UPDATE playlist_entries SET position = CAST(? AS BIGINT) + wanted.place * CAST(? AS BIGINT)
		FROM `+e.tx.db.dialect.numbered()+` AS wanted, songs
		WHERE playlist_entries.id = wanted.id AND playlist_entries.playlist_id = ?
		AND songs.id = playlist_entries.song_id AND `+e.tx.db.heard(),
		first, step, numberedArg(entries), e.id, heardArg(e.scope))
	if err != nil {
		return fmt.Errorf("move entries: %w", err)
	}
	if moved != int64(len(entries)) {
		return fault.Missing("Entry")
	}
	return nil
}

func (e *playlistEdit) Remove(entry playlist.EntryID) error {
	removed, err := e.tx.exec(e.ctx, `
		DELETE FROM playlist_entries WHERE id = ? AND playlist_id = ?
		AND EXISTS (SELECT 1 FROM songs WHERE songs.id = playlist_entries.song_id AND `+e.tx.db.heard()+")",
		entry, e.id, heardArg(e.scope))
	if err != nil {
		return fmt.Errorf("remove entry: %w", err)
	}
	if removed == 0 {
		return fault.Missing("Entry")
	}
	return nil
}

// room finds positions for count entries before an entry, those in moving counted as gone. Where the joint
// is used up, it renumbers the playlist once.
func (e *playlistEdit) room(before playlist.EntryID, moving []playlist.EntryID, count int) (first, step int64, err error) {
	for range 2 {
		prev, next, err := e.joint(before, moving)
		if err != nil {
			return 0, 0, err
		}
		first, step, ok := playlist.Spread(prev, next, count)
		if ok {
			return first, step, nil
		}
		if err := e.renumber(); err != nil {
			return 0, 0, fmt.Errorf("renumber entries: %w", err)
		}
	}
	return 0, 0, fmt.Errorf("no room for %d entries in a renumbered playlist", count)
}

// joint returns the positions on both sides of the place before an entry, nil at an end of the playlist.
func (e *playlistEdit) joint(before playlist.EntryID, moving []playlist.EntryID) (prev, next *int64, err error) {
	end := int64(math.MaxInt64)
	if before != 0 {
		if next, err = e.position(before); err != nil {
			return nil, nil, err
		}
		end = *next
	}
	err = e.tx.get(e.ctx, &prev, `
		SELECT MAX(position) FROM playlist_entries WHERE playlist_id = ? AND position < ?
		AND id NOT IN (SELECT id FROM `+e.tx.db.dialect.numbered()+` AS gone)`,
		e.id, end, numberedArg(moving))
	if err != nil {
		return nil, nil, fmt.Errorf("find the entry before: %w", err)
	}
	return prev, next, nil
}

func (e *playlistEdit) position(of playlist.EntryID) (*int64, error) {
	var position int64
	err := e.tx.get(e.ctx, &position, `
		SELECT position FROM playlist_entries JOIN songs ON songs.id = playlist_entries.song_id
		WHERE playlist_entries.id = ? AND playlist_id = ? AND `+e.tx.db.heard(), of, e.id, heardArg(e.scope))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("Entry")
	}
	if err != nil {
		return nil, fmt.Errorf("find entry: %w", err)
	}
	return &position, nil
}

func (e *playlistEdit) renumber() error {
	_, err := e.tx.exec(e.ctx, `
		UPDATE playlist_entries SET position = renumbered.position FROM (
			SELECT id, ROW_NUMBER() OVER (ORDER BY position, id) * CAST(? AS BIGINT) AS position
			FROM playlist_entries WHERE playlist_id = ?) AS renumbered
		WHERE playlist_entries.id = renumbered.id`, int64(playlist.Gap), e.id)
	return err
}
