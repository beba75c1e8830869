package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"hathor/internal/account"
)

type housemateRow struct {
	userRow
	LastSeenAt *int64 `db:"last_seen_at"`
	Factor     bool   `db:"factor"`
	Sessions   int    `db:"sessions"`
	Songs      int    `db:"songs"`
	Stored     int64  `db:"stored"`
}

// housemateSelect takes the moment at which sessions must live.
const housemateSelect = `SELECT ` + userColumns + `, last_seen_at,
	EXISTS (SELECT 1 FROM factors WHERE factors.user_id = users.id AND factors.enabled_at IS NOT NULL) AS factor,
	(SELECT COUNT(*) FROM sessions WHERE sessions.user_id = users.id AND sessions.expires_at > ?) AS sessions,
	(SELECT COUNT(*) FROM songs WHERE songs.uploaded_by = users.id AND songs.object_key IS NOT NULL) AS songs,
	(SELECT CAST(COALESCE(SUM(songs.size), 0) AS BIGINT) FROM songs WHERE songs.uploaded_by = users.id AND songs.object_key IS NOT NULL) AS stored
	FROM users`

func (r housemateRow) housemate() account.Housemate {
	return account.Housemate{User: r.credentials().User, Factor: r.Factor, Sessions: r.Sessions, LastSeenAt: momentOrZero(r.LastSeenAt),
		Songs: r.Songs, Stored: r.Stored}
}

// Housemates lists users by name.
func (a *Accounts) Housemates(ctx context.Context, q account.HousemateQuery, now time.Time) ([]account.Housemate, int, error) {
	var only clause
	if q.Search != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Search) + "%"
		only.and(`(username_key LIKE ? ESCAPE '\' OR email LIKE ? ESCAPE '\' OR LOWER(display_name) LIKE ? ESCAPE '\')`, like, like, like)
	}
	var total int
	if err := a.db.get(ctx, &total, "SELECT COUNT(*) FROM users"+only.where(), only.args...); err != nil {
		return nil, 0, err
	}
	if q.After != "" {
		only.and("username_key > ?", q.After)
	}
	var rows []housemateRow
	err := a.db.list(ctx, &rows, housemateSelect+only.where()+" ORDER BY username_key LIMIT ?",
		append(append([]any{millis(now)}, only.args...), q.Limit)...)
	list := make([]account.Housemate, len(rows))
	for i, r := range rows {
		list[i] = r.housemate()
	}
	return list, total, err
}

// Housemate finds one user.
func (a *Accounts) Housemate(ctx context.Context, id account.UserID, now time.Time) (account.Housemate, error) {
	var row housemateRow
	err := a.db.get(ctx, &row, housemateSelect+" WHERE id = ?", millis(now), int64(id))
	return row.housemate(), noUser(err)
}

// lockAdmins returns the user and how many other enabled admins there are. Until the transaction ends nobody
// else changes who is an admin.
func lockAdmins(ctx context.Context, t *tx, id account.UserID) (account.User, int, error) {
	if err := t.lockTable(ctx, "users"); err != nil {
		return account.User{}, 0, err
	}
	var row userRow
	if err := t.get(ctx, &row, `SELECT `+userColumns+` FROM users WHERE id = ?`, int64(id)); err != nil {
		return account.User{}, 0, noUser(err)
	}
	var others int
	err := t.get(ctx, &others, `SELECT COUNT(*) FROM users WHERE role = 'admin' AND disabled_at IS NULL AND id <> ?`, int64(id))
	return row.credentials().User, others, err
}

// ChangeUser keeps what change makes of the user.
func (a *Accounts) ChangeUser(ctx context.Context, id account.UserID, change func(account.User, int) (account.User, []account.Event, error)) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := a.db.update(ctx, func(t *tx) error {
		before, others, err := lockAdmins(ctx, t, id)
		if err != nil {
			return err
		}
		next, events, err := change(before, others)
		if err != nil || len(events) == 0 {
			return err
		}
		_, err = t.exec(ctx, `UPDATE users SET role = ?, display_name = ?, disabled_at = ? WHERE id = ?`,
			string(next.Role), next.DisplayName, millisOrNull(next.DisabledAt), int64(id))
		if err != nil {
			return err
		}
		if next.Disabled() {
			if ended, err = endSessions(ctx, t, id); err != nil {
				return err
			}
			if _, err := t.exec(ctx, `DELETE FROM api_keys WHERE user_id = ?`, int64(id)); err != nil {
				return err
			}
		}
		for _, e := range events {
			if err := writeEvent(ctx, t, e); err != nil {
				return err
			}
		}
		return nil
	})
	return ended, err
}

func endSessions(ctx context.Context, t *tx, id account.UserID) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := t.list(ctx, &ended, `DELETE FROM sessions WHERE user_id = ? RETURNING id`, int64(id))
	return ended, err
}

// SetPassword replaces the hash and ends the user's sessions.
func (a *Accounts) SetPassword(ctx context.Context, id account.UserID, hash string, e account.Event) ([]account.SessionID, error) {
	return a.endingSessions(ctx, id, e, func(t *tx) (int64, error) {
		return t.exec(ctx, `UPDATE users SET password_hash = ? WHERE id = ?`, hash, int64(id))
	})
}

// EndSessions ends all sessions of the user, whose row it locks so that no sign-in slips through.
func (a *Accounts) EndSessions(ctx context.Context, id account.UserID, e account.Event) ([]account.SessionID, error) {
	return a.endingSessions(ctx, id, e, func(t *tx) (int64, error) {
		return t.exec(ctx, `UPDATE users SET role = role WHERE id = ?`, int64(id))
	})
}

// endingSessions runs a statement on the user's row and ends the user's sessions.
func (a *Accounts) endingSessions(ctx context.Context, id account.UserID, e account.Event, do func(*tx) (int64, error)) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := a.db.update(ctx, func(t *tx) error {
		n, err := do(t)
		if err == nil && n == 0 {
			return account.ErrNoUser
		}
		if err != nil {
			return err
		}
		if ended, err = endSessions(ctx, t, id); err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
	return ended, err
}

// AllSessions lists living sessions of everybody, newest first.
func (a *Accounts) AllSessions(ctx context.Context, now time.Time, before account.SessionID, limit int) ([]account.HouseSession, int, error) {
	var total int
	if err := a.db.get(ctx, &total, `SELECT COUNT(*) FROM sessions WHERE expires_at > ?`, millis(now)); err != nil {
		return nil, 0, err
	}
	only := clause{}
	only.and("s.expires_at > ?", millis(now))
	if before != 0 {
		only.and("s.id < ?", int64(before))
	}
	var rows []struct {
		sessionRow
		Username    string `db:"username"`
		DisplayName string `db:"display_name"`
	}
	err := a.db.list(ctx, &rows, strings.Replace(sessionSelect, "SELECT ", "SELECT u.username, u.display_name, ", 1)+
		only.where()+` ORDER BY s.id DESC LIMIT ?`, append(only.args, limit)...)
	list := make([]account.HouseSession, len(rows))
	for i, r := range rows {
		list[i] = account.HouseSession{Session: r.session(), Username: r.Username, DisplayName: r.DisplayName}
	}
	return list, total, err
}

// EndAnySession ends one session, whoever's.
func (a *Accounts) EndAnySession(ctx context.Context, id account.SessionID, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		var user int64
		err := t.get(ctx, &user, `DELETE FROM sessions WHERE id = ? RETURNING user_id`, int64(id))
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNoSession
		}
		if err != nil {
			return err
		}
		if err := t.get(ctx, &e.Target.Name, `SELECT username FROM users WHERE id = ?`, user); err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
}

func momentOrZero(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return moment(*ms)
}

func millisOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return millis(t)
}
