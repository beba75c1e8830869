package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"hathor/internal/account"
)

type factorRow struct {
	Secret       []byte `db:"secret"`
	StartedAt    int64  `db:"started_at"`
	Enabled      bool   `db:"enabled"`
	RecoveryLeft int    `db:"recovery_left"`
}

// Factor returns a user's second factor, also one that is only started.
func (a *Accounts) Factor(ctx context.Context, user account.UserID) (account.Factor, error) {
	var row factorRow
	err := a.db.get(ctx, &row, `SELECT secret, started_at, enabled_at IS NOT NULL AS enabled,
		(SELECT count(*) FROM recovery_codes r WHERE r.user_id = factors.user_id) AS recovery_left
		FROM factors WHERE user_id = ?`, int64(user))
	return account.Factor{Sealed: row.Secret, StartedAt: moment(row.StartedAt), Enabled: row.Enabled, RecoveryLeft: row.RecoveryLeft}, noFactor(err)
}

// StartFactor keeps a secret until its first code.
func (a *Accounts) StartFactor(ctx context.Context, user account.UserID, sealed []byte, at time.Time) error {
	n, err := a.db.exec(ctx, `INSERT INTO factors (user_id, secret, started_at, last_step) VALUES (?, ?, ?, 0)
		ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, started_at = excluded.started_at
		WHERE factors.enabled_at IS NULL`, int64(user), sealed, millis(at))
	if err == nil && n == 0 {
		return account.ErrHasFactor
	}
	return err
}

// EnableFactor switches a factor on. The user's row is locked first, as a sign-in does.
func (a *Accounts) EnableFactor(ctx context.Context, f account.NewFactor) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := a.db.update(ctx, func(t *tx) error {
		if err := lockUser(ctx, t, f.User); err != nil {
			return err
		}
		n, err := t.exec(ctx, `UPDATE factors SET enabled_at = ?, last_step = ? WHERE user_id = ? AND secret = ? AND enabled_at IS NULL`,
			millis(f.At), f.Step, int64(f.User), f.Sealed)
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrNoFactor
		}
		if err := addRecovery(ctx, t, f.User, f.Recovery); err != nil {
			return err
		}
		if err := writeEvent(ctx, t, f.Event); err != nil {
			return err
		}
		if f.EndOthers {
			return t.list(ctx, &ended, `DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id`, int64(f.User), int64(f.By))
		}
		_, err = t.exec(ctx, `UPDATE sessions SET confirmed_at = 0 WHERE user_id = ? AND id <> ?`, int64(f.User), int64(f.By))
		return err
	})
	return ended, err
}

// lockUser makes transactions that change what the user signs in by wait for each other.
func lockUser(ctx context.Context, t *tx, user account.UserID) error {
	n, err := t.exec(ctx, `UPDATE users SET role = role WHERE id = ?`, int64(user))
	if err == nil && n == 0 {
		return account.ErrNoUser
	}
	return err
}

func addRecovery(ctx context.Context, t *tx, user account.UserID, hashes [][]byte) error {
	if _, err := t.exec(ctx, `DELETE FROM recovery_codes WHERE user_id = ?`, int64(user)); err != nil {
		return err
	}
	for _, hash := range hashes { // ten
		if _, err := t.exec(ctx, `INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)`, int64(user), hash); err != nil {
			return err
		}
	}
	return nil
}

// UseStep uses up a step and all before it, in one statement: the databases let one of several succeed.
func (a *Accounts) UseStep(ctx context.Context, user account.UserID, sealed []byte, step int64) error {
	n, err := a.db.exec(ctx, `UPDATE factors SET last_step = ? WHERE user_id = ? AND secret = ? AND enabled_at IS NOT NULL AND last_step < ?`,
		step, int64(user), sealed, step)
	if err == nil && n == 0 {
		return account.ErrNoFactor
	}
	return err
}

// UseRecovery takes a recovery code away.
func (a *Accounts) UseRecovery(ctx context.Context, user account.UserID, hash []byte, e account.Event) (left int, err error) {
	err = a.db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?`, int64(user), hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrNoFactor
		}
		if err := t.get(ctx, &left, `SELECT count(*) FROM recovery_codes WHERE user_id = ?`, int64(user)); err != nil {
			return err
		}
		return writeEvent(ctx, t, e.With("left", strconv.Itoa(left)))
	})
	return left, err
}

// ReplaceRecovery replaces all recovery codes of a factor that is on.
func (a *Accounts) ReplaceRecovery(ctx context.Context, user account.UserID, hashes [][]byte, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE factors SET last_step = last_step WHERE user_id = ? AND enabled_at IS NOT NULL`, int64(user))
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrNoFactor
		}
		if err := addRecovery(ctx, t, user, hashes); err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
}

// RemoveFactor takes a factor away, with its recovery codes.
func (a *Accounts) RemoveFactor(ctx context.Context, user account.UserID, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `DELETE FROM factors WHERE user_id = ? AND enabled_at IS NOT NULL`, int64(user))
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrNoFactor
		}
		return writeEvent(ctx, t, e)
	})
}

func noFactor(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrNoFactor
	}
	return err
}
