package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"hathor/internal/account"
)

type sessionRow struct {
	ID         int64  `db:"id"`
	UserID     int64  `db:"user_id"`
	Role       string `db:"role"`
	UserAgent  string `db:"user_agent"`
	IP         string `db:"ip"`
	CreatedAt  int64  `db:"created_at"`
	LastSeenAt int64  `db:"last_seen_at"`
	ExpiresAt  int64  `db:"expires_at"`
	Confirmed  int64  `db:"confirmed_at"`
	Factor     bool   `db:"factor"`
}

// hasFactor tells whether the user u has a second factor.
const hasFactor = `EXISTS (SELECT 1 FROM factors f WHERE f.user_id = u.id AND f.enabled_at IS NOT NULL)`

const sessionSelect = `SELECT s.id, s.user_id, u.role, s.user_agent, s.ip, s.created_at, s.last_seen_at, s.expires_at,
	s.confirmed_at, ` + hasFactor + ` AS factor FROM sessions s JOIN users u ON u.id = s.user_id `

func (r sessionRow) session() account.Session {
	if r.ID == 0 {
		return account.Session{}
	}
	return account.Session{
		ID: account.SessionID(r.ID), User: account.UserID(r.UserID), Role: account.Role(r.Role),
		Device:    account.Device{UserAgent: r.UserAgent, IP: r.IP},
		CreatedAt: moment(r.CreatedAt), LastSeenAt: moment(r.LastSeenAt), ExpiresAt: moment(r.ExpiresAt),
		ConfirmedAt: moment(r.Confirmed), Factor: r.Factor,
	}
}

// AddSession keeps a new session, unless the password was changed since it was checked, or a second factor
// was enabled.
func (a *Accounts) AddSession(ctx context.Context, s account.NewSession) (account.SessionID, error) {
	var id account.SessionID
	err := a.db.update(ctx, func(t *tx) error {
		if err := replaceHash(ctx, t, s.User, s.From, s.To); err != nil {
			return err
		}
		if err := proved(ctx, t, s); err != nil {
			return err
		}
		err := t.get(ctx, &id, `INSERT INTO sessions (user_id, cookie_hash, user_agent, ip, created_at, last_seen_at, expires_at, confirmed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			int64(s.User), blobOrNull(s.Cookie), s.Device.UserAgent, s.Device.IP, millis(s.At), millis(s.At), millis(s.Expires), millis(s.At))
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE users SET last_seen_at = ? WHERE id = ?`, millis(s.At), int64(s.User)); err != nil {
			return err
		}
		s.Event.Target = account.Target{Kind: "session", ID: int64(id)}
		if err := writeEvent(ctx, t, s.Event); err != nil || s.Refresh == nil {
			return err
		}
		return addRefresh(ctx, t, s.Refresh, id, s.At)
	})
	return id, err
}

// proved refuses a session without a code of the second factor that the user has. The user's row is locked,
// so that a sign-in and the enabling wait for each other.
func proved(ctx context.Context, t *tx, s account.NewSession) error {
	var missing bool
	err := t.get(ctx, &missing, `SELECT `+hasFactor+` FROM users u WHERE u.id = ?`, int64(s.User))
	if err == nil && missing && !s.Proved {
		return account.ErrTOTPRequired
	}
	return err
}

// blobOrNull keeps an absent value from becoming an empty one.
func blobOrNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

func addRefresh(ctx context.Context, t *tx, hash []byte, id account.SessionID, at time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES (?, ?, ?)`, hash, int64(id), millis(at))
	return err
}

// Session finds a session by id.
func (a *Accounts) Session(ctx context.Context, id account.SessionID) (account.Session, error) {
	var row sessionRow
	err := a.db.get(ctx, &row, sessionSelect+`WHERE s.id = ?`, int64(id))
	return row.session(), noSession(err)
}

// SessionByCookie finds the web client's session.
func (a *Accounts) SessionByCookie(ctx context.Context, hash []byte) (account.Session, error) {
	var row sessionRow
	err := a.db.get(ctx, &row, sessionSelect+`WHERE s.cookie_hash = ?`, hash)
	return row.session(), noSession(err)
}

// Rotate uses up one refresh token and adds the next. The session's row is locked first, as it is when a
// session ends, so that the two wait for each other in one order.
func (a *Accounts) Rotate(ctx context.Context, from, to []byte, now time.Time, accept func(account.Session, time.Time) error) (account.Session, error) {
	var row sessionRow
	err := a.db.update(ctx, func(t *tx) error {
		var id account.SessionID
		err := t.get(ctx, &id, `UPDATE sessions SET last_seen_at = last_seen_at
			WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = ?) RETURNING id`, from)
		if err != nil {
			return err
		}
		var usedAt int64
		err = t.get(ctx, &usedAt, `UPDATE refresh_tokens SET used_at = COALESCE(used_at, ?) WHERE hash = ? RETURNING used_at`, millis(now), from)
		if err != nil {
			return err
		}
		if err := t.get(ctx, &row, sessionSelect+`WHERE s.id = ?`, int64(id)); err != nil {
			return err
		}
		if err := accept(row.session(), moment(usedAt)); err != nil {
			return err
		}
		return addRefresh(ctx, t, to, id, now)
	})
	return row.session(), noSession(err)
}

// Touch notes a use. A session that another node saw later keeps the later time. The user's row comes before
// the session's, as where all sessions of a user end.
func (a *Accounts) Touch(ctx context.Context, id account.SessionID, seen, expires time.Time) error {
	return a.db.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE users SET last_seen_at = ? WHERE id = (SELECT user_id FROM sessions WHERE id = ?)
			AND (last_seen_at IS NULL OR last_seen_at < ?)`, millis(seen), int64(id), millis(seen))
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE id = ? AND last_seen_at < ?`,
			millis(seen), millis(expires), int64(id), millis(seen))
		return err
	})
}

// Confirm notes that the user proved to be the one again.
func (a *Accounts) Confirm(ctx context.Context, id account.SessionID, from string, proved bool, at time.Time) error {
	n, err := a.db.exec(ctx, `UPDATE sessions SET confirmed_at = ? WHERE id = ? AND user_id IN
		(SELECT u.id FROM users u WHERE u.password_hash = ? AND (? OR NOT `+hasFactor+`))`,
		millis(at), int64(id), from, proved)
	if err == nil && n == 0 {
		return account.ErrNoSession
	}
	return err
}

// RemoveExpired takes away what is over.
func (a *Accounts) RemoveExpired(ctx context.Context, now, usedBefore time.Time) error {
	if _, err := a.db.exec(ctx, `DELETE FROM sessions WHERE expires_at <= ?`, millis(now)); err != nil {
		return err
	}
	_, err := a.db.exec(ctx, `DELETE FROM refresh_tokens WHERE used_at < ?`, millis(usedBefore))
	return err
}

// SessionsOf lists a user's living sessions, last seen first.
func (a *Accounts) SessionsOf(ctx context.Context, user account.UserID, now time.Time) ([]account.Session, error) {
	var rows []sessionRow
	err := a.db.list(ctx, &rows, sessionSelect+`WHERE s.user_id = ? AND s.expires_at > ? ORDER BY s.last_seen_at DESC, s.id DESC`,
		int64(user), millis(now))
	out := make([]account.Session, len(rows))
	for i, row := range rows {
		out[i] = row.session()
	}
	return out, err
}

// EndSession ends a session of this user.
func (a *Accounts) EndSession(ctx context.Context, user account.UserID, id account.SessionID, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `DELETE FROM sessions WHERE id = ? AND user_id = ?`, int64(id), int64(user))
		if err == nil && n == 0 {
			return account.ErrNoSession
		}
		if err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
}

// EndByRefresh ends the session of a refresh token.
func (a *Accounts) EndByRefresh(ctx context.Context, hash []byte, e account.Event) (account.SessionID, error) {
	var gone struct {
		ID   account.SessionID `db:"id"`
		User account.UserID    `db:"user_id"`
	}
	err := a.db.update(ctx, func(t *tx) error {
		err := t.get(ctx, &gone, `DELETE FROM sessions
			WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = ?) RETURNING id, user_id`, hash)
		if err != nil {
			return err
		}
		e.Actor, e.Target = gone.User, account.Target{Kind: "session", ID: int64(gone.ID)}
		return writeEvent(ctx, t, e)
	})
	return gone.ID, noSession(err)
}

// KnowsAddress tells whether a living session of the user began at the address.
func (a *Accounts) KnowsAddress(ctx context.Context, login, ip string, now time.Time) (bool, error) {
	var known bool
	err := a.db.get(ctx, &known, `SELECT EXISTS (SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE (u.username_key = ? OR u.email = ?) AND s.ip = ? AND s.expires_at > ?)`, login, login, ip, millis(now))
	return known, err
}

func noSession(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrNoSession
	}
	return err
}
