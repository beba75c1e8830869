package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"hathor/internal/account"
)

type keyRow struct {
	ID         int64         `db:"id"`
	UserID     int64         `db:"user_id"`
	Role       string        `db:"role"`
	Factor     bool          `db:"factor"`
	Name       string        `db:"name"`
	Scope      string        `db:"scope"`
	Prefix     string        `db:"prefix"`
	CreatedAt  int64         `db:"created_at"`
	LastUsedAt sql.NullInt64 `db:"last_used_at"`
	ExpiresAt  sql.NullInt64 `db:"expires_at"`
}

const keySelect = `SELECT k.id, k.user_id, u.role, ` + hasFactor + ` AS factor, k.name, k.scope, k.prefix, k.created_at, k.last_used_at, k.expires_at
	FROM api_keys k JOIN users u ON u.id = k.user_id `

func (r keyRow) key() account.Key {
	if r.ID == 0 {
		return account.Key{}
	}
	return account.Key{
		ID: account.KeyID(r.ID), User: account.UserID(r.UserID), Role: account.Role(r.Role), Factor: r.Factor,
		Name: r.Name, Scope: account.Scope(r.Scope), Prefix: r.Prefix, CreatedAt: moment(r.CreatedAt),
		LastUsedAt: momentOrNever(r.LastUsedAt), ExpiresAt: momentOrNever(r.ExpiresAt),
	}
}

func momentOrNever(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return moment(ms.Int64)
}

// AddKey keeps a key. The user's row is locked, so that many at once are counted one after the other, and none
// slips through while the user is being disabled.
func (a *Accounts) AddKey(ctx context.Context, k account.Key, hash []byte, most int, e account.Event) (account.KeyID, error) {
	var id account.KeyID
	err := a.db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE users SET role = role WHERE id = ? AND disabled_at IS NULL`, int64(k.User))
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrNoUser
		}
		var have int
		if err := t.get(ctx, &have, `SELECT count(*) FROM api_keys WHERE user_id = ?`, int64(k.User)); err != nil {
			return err
		}
		if have >= most {
			return account.ErrTooManyKeys
		}
		expires := sql.NullInt64{Int64: millis(k.ExpiresAt), Valid: !k.ExpiresAt.IsZero()}
		if err := t.get(ctx, &id, `INSERT INTO api_keys (user_id, hash, prefix, name, scope, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			int64(k.User), hash, k.Prefix, k.Name, string(k.Scope), millis(k.CreatedAt), expires); err != nil {
			return err
		}
		e.Target.ID = int64(id)
		return writeEvent(ctx, t, e)
	})
	return id, err
}

// Key finds a key by id.
func (a *Accounts) Key(ctx context.Context, id account.KeyID) (account.Key, error) {
	var row keyRow
	err := a.db.get(ctx, &row, keySelect+`WHERE k.id = ?`, int64(id))
	return row.key(), noKey(err)
}

// KeyByHash finds a key by what it is kept as.
func (a *Accounts) KeyByHash(ctx context.Context, hash []byte) (account.Key, error) {
	var row keyRow
	err := a.db.get(ctx, &row, keySelect+`WHERE k.hash = ?`, hash)
	return row.key(), noKey(err)
}

// KeysOf lists a user's keys, newest first.
func (a *Accounts) KeysOf(ctx context.Context, user account.UserID) ([]account.Key, error) {
	var rows []keyRow
	err := a.db.list(ctx, &rows, keySelect+`WHERE k.user_id = ? ORDER BY k.id DESC`, int64(user))
	out := make([]account.Key, len(rows))
	for i, row := range rows {
		out[i] = row.key()
	}
	return out, err
}

// RemoveKey removes a key of this user.
func (a *Accounts) RemoveKey(ctx context.Context, user account.UserID, id account.KeyID, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		var gone struct{ Name, Scope string }
		if err := t.get(ctx, &gone, `DELETE FROM api_keys WHERE id = ? AND user_id = ? RETURNING name, scope`, int64(id), int64(user)); err != nil {
			return noKey(err)
		}
		e.Target.Name = gone.Name
		return writeEvent(ctx, t, e.With("scope", gone.Scope))
	})
}

// TouchKey notes a use. A key that another node saw later keeps the later time.
func (a *Accounts) TouchKey(ctx context.Context, id account.KeyID, at time.Time) error {
	_, err := a.db.exec(ctx, `UPDATE api_keys SET last_used_at = ? WHERE id = ? AND COALESCE(last_used_at, 0) < ?`,
		millis(at), int64(id), millis(at))
	return err
}

func noKey(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrNoKey
	}
	return err
}
