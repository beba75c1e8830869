package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hathor/internal/account"
)

// writer is a database or a transaction.
type writer interface {
	exec(ctx context.Context, query string, args ...any) (int64, error)
}

// writeEvent adds a line to the audit log, with the names that the users have now.
func writeEvent(ctx context.Context, w writer, e account.Event) error {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return fmt.Errorf("encode audit detail: %w", err)
	}
	user := int64(0)
	if e.Target.Kind == "user" {
		user = e.Target.ID
	}
	_, err = w.exec(ctx, `INSERT INTO audit
		(at, action, outcome, actor_id, actor_name, target_kind, target_id, target_name, ip, user_agent, detail)
		VALUES (?, ?, ?, ?, COALESCE((SELECT username FROM users WHERE id = ?), ?), ?, ?,
		COALESCE((SELECT username FROM users WHERE id = ?), ?), ?, ?, ?)`,
		millis(e.At), string(e.Action), string(e.Outcome), orNull(int64(e.Actor)), int64(e.Actor), e.ActorName,
		e.Target.Kind, orNull(e.Target.ID), user, e.Target.Name, e.Device.IP, e.Device.UserAgent, string(detail))
	if err != nil {
		return fmt.Errorf("write audit event: %w", err)
	}
	return nil
}

// WriteEvent adds a line to the audit log.
func (a *Accounts) WriteEvent(ctx context.Context, e account.Event) error {
	return writeEvent(ctx, a.db, e)
}

type eventRow struct {
	ID         int64  `db:"id"`
	At         int64  `db:"at"`
	Action     string `db:"action"`
	Outcome    string `db:"outcome"`
	Actor      int64  `db:"actor"`
	ActorName  string `db:"actor_name"`
	TargetKind string `db:"target_kind"`
	TargetID   int64  `db:"target"`
	TargetName string `db:"target_name"`
	IP         string `db:"ip"`
	UserAgent  string `db:"user_agent"`
	Detail     string `db:"detail"`
}

func (r eventRow) event() (account.Event, error) {
	e := account.Event{
		ID: r.ID, At: moment(r.At), Action: account.Action(r.Action), Outcome: account.Outcome(r.Outcome),
		Actor: account.UserID(r.Actor), ActorName: r.ActorName,
		Target: account.Target{Kind: r.TargetKind, ID: r.TargetID, Name: r.TargetName},
		Device: account.Device{IP: r.IP, UserAgent: r.UserAgent},
	}
	if err := json.Unmarshal([]byte(r.Detail), &e.Detail); err != nil {
		return e, fmt.Errorf("decode audit detail: %w", err)
	}
	return e, nil
}

// Events lists a page of the audit log, newest first, and how many the filters leave.
func (a *Accounts) Events(ctx context.Context, q account.EventQuery) ([]account.Event, int, error) {
	only := eventFilter(q)
	var total int
	if err := a.db.get(ctx, &total, "SELECT COUNT(*) FROM audit"+only.where(), only.args...); err != nil {
		return nil, 0, err
	}
	if q.Before != 0 {
		only.and("id < ?", q.Before)
	}
	var rows []eventRow
	err := a.db.list(ctx, &rows, `SELECT id, at, action, outcome, COALESCE(actor_id, 0) AS actor, actor_name, target_kind,
		COALESCE(target_id, 0) AS target, target_name, ip, user_agent, detail
		FROM audit`+only.where()+` ORDER BY id DESC LIMIT ?`, append(only.args, q.Limit)...)
	if err != nil {
		return nil, 0, err
	}
	events := make([]account.Event, len(rows))
	for i, r := range rows {
		if events[i], err = r.event(); err != nil {
			return nil, 0, err
		}
	}
	return events, total, nil
}

func eventFilter(q account.EventQuery) (only clause) {
	if q.Action != "" {
		only.and("(action = ? OR action LIKE ?)", string(q.Action), string(q.Action)+".%")
	}
	if q.User != 0 {
		only.and("(actor_id = ? OR (target_kind = 'user' AND target_id = ?))", int64(q.User), int64(q.User))
	}
	if !q.From.IsZero() {
		only.and("at >= ?", millis(q.From))
	}
	if !q.To.IsZero() {
		only.and("at < ?", millis(q.To))
	}
	return only
}

// longDeleted picks the ids of accounts that were deleted before a moment.
const longDeleted = `(SELECT target_id FROM audit WHERE action = 'account.delete' AND at < ?)`

// PruneEvents removes old events, and who the accounts were that are long deleted.
func (a *Accounts) PruneEvents(ctx context.Context, oldest, forgotten time.Time) error {
	return a.db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM audit WHERE at < ?`, millis(oldest)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE audit SET actor_name = '', ip = '', user_agent = ''
			WHERE (actor_name <> '' OR ip <> '' OR user_agent <> '') AND actor_id IN `+longDeleted, millis(forgotten)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `UPDATE audit SET target_name = '' WHERE target_name <> '' AND target_kind = 'user'
			AND target_id IN `+longDeleted, millis(forgotten))
		return err
	})
}
