package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"hathor/internal/account"
)

// Accounts keeps users and their sessions. It is account's Store.
type Accounts struct {
	db    *DB
	users *memo[account.UserID, account.User] // pages ask for the asking user all the time
}

// NewAccounts returns the accounts of db.
func NewAccounts(db *DB) *Accounts { return &Accounts{db, newMemo[account.UserID, account.User](1000)} }

type userRow struct {
	ID           int64  `db:"id"`
	Username     string `db:"username"`
	Email        string `db:"email"`
	PasswordHash string `db:"password_hash"`
	DisplayName  string `db:"display_name"`
	AvatarURL    string `db:"avatar_url"`
	Role         string `db:"role"`
	CreatedAt    int64  `db:"created_at"`
	DisabledAt   *int64 `db:"disabled_at"`
}

const userColumns = "id, username, email, password_hash, display_name, avatar_url, role, created_at, disabled_at"

func (r userRow) credentials() account.Credentials {
	return account.Credentials{PasswordHash: r.PasswordHash, User: account.User{
		ID: account.UserID(r.ID), Username: r.Username, Email: r.Email, DisplayName: r.DisplayName,
		AvatarURL: r.AvatarURL, Role: account.Role(r.Role), CreatedAt: moment(r.CreatedAt), DisabledAt: momentOrZero(r.DisabledAt),
	}}
}

// AddUser adds an account. Registrations wait for each other, so that exactly one is the first.
func (a *Accounts) AddUser(ctx context.Context, n account.NewUser) (account.User, error) {
	made := n.User
	err := a.db.update(ctx, func(t *tx) error {
		if err := t.lockTable(ctx, "users"); err != nil {
			return err
		}
		var first bool
		if err := t.get(ctx, &first, `SELECT NOT EXISTS (SELECT 1 FROM users)`); err != nil {
			return err
		}
		if first {
			n.Invite = nil // whoever comes first needs none
		}
		invite, err := useInvite(ctx, t, n.Invite)
		if err != nil {
			return err
		}
		if made.Role, err = n.Admit(first, invite); err != nil {
			return err
		}
		if err := taken(ctx, t, made); err != nil {
			return err
		}
		err = t.get(ctx, &made.ID, `INSERT INTO users
			(username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			made.Username, strings.ToLower(made.Username), made.Email, n.PasswordHash, made.DisplayName,
			made.AvatarURL, string(made.Role), millis(made.CreatedAt))
		if err != nil {
			return err
		}
		if err := grantInvited(ctx, t, invite, made.ID); err != nil {
			return err
		}
		return writeEvent(ctx, t, n.Event(made))
	})
	return made, err
}

// taken tells which of the names of u somebody else has.
func taken(ctx context.Context, t *tx, u account.User) error {
	var names []string
	err := t.list(ctx, &names, `SELECT username_key FROM users WHERE username_key = ? OR email = ?`, strings.ToLower(u.Username), u.Email)
	if err != nil || len(names) == 0 {
		return err
	}
	for _, name := range names {
		if name == strings.ToLower(u.Username) {
			return account.ErrUsernameTaken
		}
	}
	return account.ErrEmailTaken
}

// Credentials finds a user by the folded name or the address.
func (a *Accounts) Credentials(ctx context.Context, login string) (account.Credentials, error) {
	var row userRow
	err := a.db.get(ctx, &row, `SELECT `+userColumns+` FROM users WHERE username_key = ? OR email = ?`, login, login)
	return row.credentials(), noUser(err)
}

// CredentialsOf finds a user by id.
func (a *Accounts) CredentialsOf(ctx context.Context, id account.UserID) (account.Credentials, error) {
	var row userRow
	err := a.db.get(ctx, &row, `SELECT `+userColumns+` FROM users WHERE id = ?`, int64(id))
	return row.credentials(), noUser(err)
}

// User finds a user by id, from memory while the database stands still.
func (a *Accounts) User(ctx context.Context, id account.UserID) (account.User, error) {
	state, err := a.db.state(ctx)
	if err != nil {
		return account.User{}, err
	}
	if known, ok := a.users.get(state, id); ok {
		return known, nil
	}
	found, err := a.CredentialsOf(ctx, id)
	if err == nil {
		a.users.put(state, id, found.User)
	}
	return found.User, err
}

// ChangePassword replaces the hash and ends the user's sessions but keep.
func (a *Accounts) ChangePassword(ctx context.Context, id account.UserID, from, to string, keep account.SessionID, e account.Event) ([]account.SessionID, error) {
	var ended []account.SessionID
	err := a.db.update(ctx, func(t *tx) error {
		if err := replaceHash(ctx, t, id, from, to); err != nil {
			return err
		}
		if err := t.list(ctx, &ended, `DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id`, int64(id), int64(keep)); err != nil {
			return err
		}
		return writeEvent(ctx, t, e)
	})
	return ended, err
}

// replaceHash also locks the user's row, so that a sign-in with the old password and a change of it, or the
// disabling of the user, wait for each other.
func replaceHash(ctx context.Context, t *tx, id account.UserID, from, to string) error {
	n, err := t.exec(ctx, `UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ? AND disabled_at IS NULL`, to, int64(id), from)
	if err == nil && n == 0 {
		return account.ErrNoUser
	}
	return err
}

// SetProfile changes what is not nil.
func (a *Accounts) SetProfile(ctx context.Context, id account.UserID, change account.Profile) (account.User, error) {
	var row userRow
	err := a.db.update(ctx, func(t *tx) error {
		return t.get(ctx, &row, `UPDATE users SET display_name = COALESCE(?, display_name), avatar_url = COALESCE(?, avatar_url)
			WHERE id = ? RETURNING `+userColumns, change.DisplayName, change.AvatarURL, int64(id))
	})
	return row.credentials().User, noUser(err)
}

func noUser(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrNoUser
	}
	return err
}
