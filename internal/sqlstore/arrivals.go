package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Arrivals is the store of uploads that arrive in pieces.
type Arrivals struct{ db *DB }

// NewArrivals makes the store over an open database.
func NewArrivals(db *DB) *Arrivals { return &Arrivals{db} }

var _ ingest.Arrivals = (*Arrivals)(nil)

type arrivalRow struct {
	ID          ingest.ArrivalID    `db:"id"`
	Owner       account.UserID      `db:"owner_id"`
	File        string              `db:"file"`
	Name        string              `db:"name"`
	Fingerprint string              `db:"fingerprint"`
	Form        string              `db:"form"`
	Size        int64               `db:"size"`
	Received    int64               `db:"received"`
	State       ingest.ArrivalState `db:"state"`
	Code        string              `db:"code"`
	Reason      string              `db:"reason"`
	Notes       string              `db:"notes"`
	Song        *library.SongID     `db:"song_id"`
	CreatedAt   int64               `db:"created_at"`
	ExpiresAt   int64               `db:"expires_at"`
}

const arrivalColumns = "id, owner_id, file, name, fingerprint, form, size, received, state, code, reason, notes, song_id, created_at, expires_at"

func (r arrivalRow) arrival() (ingest.Arrival, error) {
	a := ingest.Arrival{
		ID: r.ID, Owner: r.Owner, File: r.File, Name: r.Name, Fingerprint: r.Fingerprint, Size: r.Size, Offset: r.Received,
		State: r.State, Code: r.Code, Reason: r.Reason, CreatedAt: moment(r.CreatedAt), ExpiresAt: moment(r.ExpiresAt),
	}
	if r.Song != nil {
		a.Song = *r.Song
	}
	if err := errors.Join(json.Unmarshal([]byte(r.Form), &a.Form), json.Unmarshal([]byte(r.Notes), &a.Notes)); err != nil {
		return ingest.Arrival{}, fmt.Errorf("read upload %d: %w", r.ID, err)
	}
	return a, nil
}

func arrivalsOf(rows []arrivalRow) ([]ingest.Arrival, error) {
	all := make([]ingest.Arrival, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = row.arrival(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

const stillOpen = "state IN ('receiving', 'processing')"

// AddArrival counts and writes in one transaction, for which others wait.
func (s *Arrivals) AddArrival(ctx context.Context, a ingest.Arrival, mostOpen int) (id ingest.ArrivalID, err error) {
	form, err := json.Marshal(a.Form)
	if err != nil {
		return 0, fmt.Errorf("add upload: %w", err)
	}
	err = s.db.update(ctx, func(t *tx) error {
		if err := t.lockTable(ctx, "uploads"); err != nil {
			return err
		}
		var open int
		if err := t.get(ctx, &open, "SELECT COUNT(*) FROM uploads WHERE owner_id = ? AND "+stillOpen, a.Owner); err != nil {
			return err
		}
		if open >= mostOpen {
			return ingest.ErrManyArrivals
		}
		return t.get(ctx, &id, `INSERT INTO uploads (owner_id, file, name, fingerprint, form, size, received, state, code, reason, notes, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, 0, ?, '', '', '[]', ?, ?) RETURNING id`,
			a.Owner, a.File, a.Name, a.Fingerprint, string(form), a.Size, a.State, millis(a.CreatedAt), millis(a.ExpiresAt))
	})
	if err != nil {
		return 0, fmt.Errorf("add upload: %w", err)
	}
	return id, nil
}

// Arrival reads one of the owner's.
func (s *Arrivals) Arrival(ctx context.Context, owner account.UserID, id ingest.ArrivalID) (ingest.Arrival, error) {
	var row arrivalRow
	err := s.db.get(ctx, &row, "SELECT "+arrivalColumns+" FROM uploads WHERE id = ? AND owner_id = ?", id, owner)
	if errors.Is(err, sql.ErrNoRows) {
		return ingest.Arrival{}, fault.Missing("Upload")
	}
	if err != nil {
		return ingest.Arrival{}, fmt.Errorf("read upload: %w", err)
	}
	return row.arrival()
}

// ListArrivals reads a page, newest first.
func (s *Arrivals) ListArrivals(ctx context.Context, owner account.UserID, q ingest.ArrivalQuery) (page ingest.ArrivalPage, err error) {
	all := clause{parts: []string{"owner_id = ?"}, args: []any{owner}}
	if q.State != "" {
		all = all.with(clause{parts: []string{"state = ?"}, args: []any{q.State}})
	}
	if err := s.db.get(ctx, &page.Total, "SELECT COUNT(*) FROM uploads"+all.where(), all.args...); err != nil {
		return page, fmt.Errorf("count uploads: %w", err)
	}
	if q.Before != 0 {
		all = all.with(clause{parts: []string{"id < ?"}, args: []any{q.Before}})
	}
	var rows []arrivalRow
	query := "SELECT " + arrivalColumns + " FROM uploads" + all.where() + " ORDER BY id DESC LIMIT ?"
	if err := s.db.list(ctx, &rows, query, append(all.args[:len(all.args):len(all.args)], q.Limit+1)...); err != nil {
		return page, fmt.Errorf("list uploads: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		page.Next = rows[q.Limit-1].ID
	}
	page.Arrivals, err = arrivalsOf(rows)
	return page, err
}

// Advance notes how far an upload without an outcome is. One that is gone is fault.NotFound.
func (s *Arrivals) Advance(ctx context.Context, a ingest.Arrival) error {
	n, err := s.db.exec(ctx, "UPDATE uploads SET received = ?, state = ?, expires_at = ? WHERE id = ? AND "+stillOpen,
		a.Offset, a.State, millis(a.ExpiresAt), a.ID)
	if err != nil {
		return fmt.Errorf("advance upload: %w", err)
	}
	if n == 0 {
		return fault.Missing("Upload")
	}
	return nil
}

// Settle notes the outcome.
func (s *Arrivals) Settle(ctx context.Context, a ingest.Arrival) error {
	if a.Notes == nil {
		a.Notes = []string{}
	}
	notes, err := json.Marshal(a.Notes)
	if err != nil {
		return fmt.Errorf("settle upload: %w", err)
	}
	// The song may have been deleted by now.
	_, err = s.db.exec(ctx, `UPDATE uploads SET state = ?, code = ?, reason = ?, notes = ?, expires_at = ?,
		song_id = (SELECT id FROM songs WHERE id = ?) WHERE id = ?`,
		a.State, a.Code, a.Reason, string(notes), millis(a.ExpiresAt), a.Song, a.ID)
	if err != nil {
		return fmt.Errorf("settle upload: %w", err)
	}
	return nil
}

// RemoveArrival forgets an upload; one that is not there is no error.
func (s *Arrivals) RemoveArrival(ctx context.Context, id ingest.ArrivalID) error {
	if _, err := s.db.exec(ctx, "DELETE FROM uploads WHERE id = ?", id); err != nil {
		return fmt.Errorf("remove upload: %w", err)
	}
	return nil
}

// Expire forgets what has expired, except for what has all its bytes and no outcome, and lists the rest that
// has none, oldest first.
func (s *Arrivals) Expire(ctx context.Context, now time.Time) ([]ingest.Arrival, error) {
	var rows []arrivalRow
	err := s.db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "DELETE FROM uploads WHERE expires_at <= ? AND state <> 'processing'", millis(now)); err != nil {
			return err
		}
		return t.list(ctx, &rows, "SELECT "+arrivalColumns+" FROM uploads WHERE "+stillOpen+" ORDER BY id")
	})
	if err != nil {
		return nil, fmt.Errorf("expire uploads: %w", err)
	}
	return arrivalsOf(rows)
}
