package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/household"
	"hathor/internal/library"
)

// Household takes accounts out of the database, and reads what is a user's own.
type Household struct {
	db     *DB
	ingest *Ingest
}

// NewHousehold is the store of departures and exports in db.
func NewHousehold(db *DB, clock clock.Clock) *Household { return &Household{db, NewIngest(db, clock)} }

// Remove deletes the account. The user's row goes first: whatever else refers to it waits for that, and not
// the other way round. Most of what is the user's own goes with the row.
func (h *Household) Remove(ctx context.Context, id account.UserID, uploads household.Uploads, may func(account.User, int) (account.Event, error)) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := h.ingest.write(ctx, func(t *tx) error {
		u, others, err := lockAdmins(ctx, t, id)
		if err != nil {
			return err
		}
		event, err := may(u, others)
		if err != nil {
			return err
		}
		if err := writeEvent(ctx, t, event); err != nil {
			return err
		}
		if ended, err = endSessions(ctx, t, id); err != nil {
			return err
		}
		return removeUser(ctx, t, id, uploads)
	})
	return ended, err
}

// removeUser deletes the user, the songs that go along, and what nothing refers to afterwards.
func removeUser(ctx context.Context, t *tx, id account.UserID, uploads household.Uploads) error {
	var songs []library.SongID
	query := `SELECT id FROM songs WHERE library_id IN (SELECT id FROM libraries WHERE owner_id = ?)`
	bound := []any{int64(id)}
	if uploads == household.DeleteUploads {
		query += ` OR (uploaded_by = ? AND object_key IS NOT NULL)`
		bound = append(bound, int64(id))
	}
	if err := t.list(ctx, &songs, query, bound...); err != nil {
		return fmt.Errorf("list songs of the account: %w", err)
	}
	before, err := linksOfSongs(ctx, t, songs)
	if err != nil {
		return err
	}
	keys, err := listIn[string](ctx, t, "SELECT DISTINCT object_key FROM songs WHERE object_key IS NOT NULL AND id IN ", songs, "")
	if err != nil {
		return fmt.Errorf("list objects of the account: %w", err)
	}
	texts, err := listIn[string](ctx, t, "SELECT search_text FROM songs WHERE id IN ", songs, "")
	if err != nil {
		return fmt.Errorf("list texts of the account: %w", err)
	}
	if _, err := t.exec(ctx, `DELETE FROM users WHERE id = ?`, int64(id)); err != nil {
		return fmt.Errorf("delete user: %w", err)
	}
	if err := execIn(ctx, t, "DELETE FROM songs WHERE id IN ", songs); err != nil {
		return fmt.Errorf("delete songs of the account: %w", err)
	}
	freed, err := before.tidy(ctx, t)
	if err != nil {
		return err
	}
	if len(songs) > 0 {
		if err := forgetWords(ctx, t, texts); err != nil {
			return err
		}
	}
	var rows [][]any
	for _, key := range append(keys, freed.Keys...) {
		rows = append(rows, []any{key})
	}
	return t.insert(ctx, "INSERT INTO freed_objects (key) VALUES ", rows, "ON CONFLICT (key) DO NOTHING")
}

// Freed lists objects that deleted accounts have left behind.
func (h *Household) Freed(ctx context.Context, n int) ([]string, error) {
	var keys []string
	err := h.db.list(ctx, &keys, `SELECT key FROM freed_objects ORDER BY key LIMIT ?`, n)
	return keys, err
}

// Forget takes objects off that list.
func (h *Household) Forget(ctx context.Context, keys []string) error {
	return h.db.update(ctx, func(t *tx) error {
		return execIn(ctx, t, "DELETE FROM freed_objects WHERE key IN ", keys)
	})
}
