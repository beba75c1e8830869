package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/fault"
)

type inviteRow struct {
	ID        int64  `db:"id"`
	Label     string `db:"label"`
	Role      string `db:"role"`
	MaxUses   int    `db:"max_uses"`
	Uses      int    `db:"uses"`
	CreatedAt int64  `db:"created_at"`
	ExpiresAt int64  `db:"expires_at"`
	Maker     int64  `db:"maker"`
	Username  string `db:"username"`
	Name      string `db:"display_name"`
	MakerRole string `db:"maker_role"`
	Disabled  *int64 `db:"disabled_at"`
}

const inviteSelect = `SELECT i.id, i.label, i.role, i.max_uses, i.uses, i.created_at, i.expires_at,
	u.id AS maker, u.username, u.display_name, u.role AS maker_role, u.disabled_at
	FROM invites i JOIN users u ON u.id = i.created_by `

func (r inviteRow) invite() account.Invite {
	return account.Invite{
		ID: account.InviteID(r.ID), Label: r.Label, Role: account.Role(r.Role), MaxUses: r.MaxUses, Uses: r.Uses,
		CreatedAt: moment(r.CreatedAt), ExpiresAt: moment(r.ExpiresAt),
		Maker: account.User{ID: account.UserID(r.Maker), Username: r.Username, DisplayName: r.Name,
			Role: account.Role(r.MakerRole), DisabledAt: momentOrZero(r.Disabled)},
	}
}

// AddInvite keeps an invitation and what it grants.
func (a *Accounts) AddInvite(ctx context.Context, maker account.UserID, n account.NewInvite, hash []byte, e account.Event) (account.Invite, error) {
	var made account.Invite
	err := a.db.update(ctx, func(t *tx) error {
		var id int64
		err := t.get(ctx, &id, `INSERT INTO invites (token_hash, label, role, max_uses, uses, created_by, created_at, expires_at)
			VALUES (?, ?, ?, ?, 0, ?, ?, ?) RETURNING id`,
			hash, n.Label, string(n.Role), n.MaxUses, int64(maker), millis(e.At), millis(n.ExpiresAt))
		if err != nil {
			return err
		}
		if err := grantByInvite(ctx, t, id, n.Libraries); err != nil {
			return err
		}
		var row inviteRow
		if err := t.get(ctx, &row, inviteSelect+`WHERE i.id = ?`, id); err != nil {
			return err
		}
		made = row.invite()
		made.Libraries = n.Libraries
		e.Target.ID = id
		return writeEvent(ctx, t, e)
	})
	return made, err
}

// grantByInvite notes the libraries. Somebody's private one is as unknown as one that is not there.
func grantByInvite(ctx context.Context, t *tx, id int64, libraries []int64) error {
	if len(libraries) == 0 {
		return nil
	}
	n, err := t.exec(ctx, `INSERT INTO invite_libraries (invite_id, library_id)
		SELECT CAST(? AS BIGINT), id FROM libraries WHERE kind <> 'private' AND id IN `+in(len(libraries)), append([]any{id}, args(libraries)...)...)
	if err == nil && int(n) != len(libraries) {
		return fault.Validation(fault.Detail{Field: "libraries", Message: "One of the libraries is not there, or stands there twice"})
	}
	return err
}

// Invites lists all invitations, newest first.
func (a *Accounts) Invites(ctx context.Context) ([]account.Invite, error) {
	var rows []inviteRow
	if err := a.db.list(ctx, &rows, inviteSelect+`ORDER BY i.id DESC`); err != nil {
		return nil, err
	}
	var grants []struct {
		Invite  int64 `db:"invite_id"`
		Library int64 `db:"library_id"`
	}
	if err := a.db.list(ctx, &grants, `SELECT invite_id, library_id FROM invite_libraries ORDER BY library_id`); err != nil {
		return nil, err
	}
	granted := map[int64][]int64{}
	for _, g := range grants {
		granted[g.Invite] = append(granted[g.Invite], g.Library)
	}
	list := make([]account.Invite, len(rows))
	for i, r := range rows {
		list[i] = r.invite()
		list[i].Libraries = granted[r.ID]
	}
	return list, nil
}

// InviteByToken finds an invitation by the hash of its token.
func (a *Accounts) InviteByToken(ctx context.Context, hash []byte) (account.Invite, error) {
	var row inviteRow
	err := a.db.get(ctx, &row, inviteSelect+`WHERE i.token_hash = ?`, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Invite{}, account.ErrInviteInvalid
	}
	return row.invite(), err
}

// RemoveInvite takes an invitation away.
func (a *Accounts) RemoveInvite(ctx context.Context, id account.InviteID, e account.Event) error {
	return a.db.update(ctx, func(t *tx) error {
		err := t.get(ctx, &e.Target.Name, `DELETE FROM invites WHERE id = ? RETURNING label`, int64(id))
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNoInvite
		}
		if err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
}

// useInvite uses the invitation up by one and returns it as it was before; nil without one. A transaction
// that is refused afterwards gives the use back.
func useInvite(ctx context.Context, t *tx, hash []byte) (*account.Invite, error) {
	if hash == nil {
		return nil, nil
	}
	n, err := t.exec(ctx, `UPDATE invites SET uses = uses + 1 WHERE token_hash = ?`, hash)
	if err != nil {
		return nil, fmt.Errorf("use invite: %w", err)
	}
	if n == 0 {
		return nil, account.ErrInviteInvalid
	}
	var row inviteRow
	if err := t.get(ctx, &row, inviteSelect+`WHERE i.token_hash = ?`, hash); err != nil {
		return nil, fmt.Errorf("read invite: %w", err)
	}
	used := row.invite()
	used.Uses--
	return &used, nil
}

// grantInvited gives the new user what the invitation promises.
func grantInvited(ctx context.Context, t *tx, by *account.Invite, to account.UserID) error {
	if by == nil {
		return nil
	}
	_, err := t.exec(ctx, `INSERT INTO library_grants (library_id, user_id)
		SELECT library_id, CAST(? AS BIGINT) FROM invite_libraries WHERE invite_id = ?`, int64(to), int64(by.ID))
	return err
}
