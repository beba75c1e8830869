package account

import (
	"context"
	"time"

	"hathor/internal/fault"
)

// What a store answers for what is not there. Service turns both into answers that do not tell which.
var (
	ErrNoUser    = fault.Missing("User")
	ErrNoSession = fault.Missing("Session")
)

// Store keeps users and sessions.
type Store interface {
	Users
	Sessions
	Devices
}

// Credentials is a user with the hash of the password.
type Credentials struct {
	User
	PasswordHash string
}

// Users keeps accounts.
type Users interface {
	// AddUser adds an account and returns it with its id and role. role decides the role, or refuses, and
	// is told whether this is the very first account; of several first accounts at once only one is told so.
	// A taken name or address is ErrUsernameTaken or ErrEmailTaken.
	AddUser(ctx context.Context, c Credentials, role func(first bool) (Role, error)) (User, error)
	// Credentials finds by user name without case, or by normalised address; ErrNoUser without.
	Credentials(ctx context.Context, login string) (Credentials, error)
	// CredentialsOf finds by id; ErrNoUser without.
	CredentialsOf(ctx context.Context, id UserID) (Credentials, error)
	// ChangePassword replaces the hash and ends all sessions of the user but keep, whose ids it returns. It
	// is ErrNoUser when the hash is not from any more.
	ChangePassword(ctx context.Context, id UserID, from, to string, keep SessionID) ([]SessionID, error)
	// SetProfile changes what is not nil.
	SetProfile(ctx context.Context, id UserID, change Profile) (User, error)
}

// NewSession is a session to be kept. Exactly one of Cookie and Refresh is set: the hash of the token.
type NewSession struct {
	User    UserID
	Device  Device
	Cookie  []byte
	Refresh []byte
	At      time.Time
	Expires time.Time
	// From is the password hash that was checked; the session is refused with ErrNoUser when the password
	// was changed meanwhile. To replaces it, made with today's cost.
	From, To string
}

// Sessions keeps what a request is signed in by.
type Sessions interface {
	AddSession(ctx context.Context, s NewSession) (SessionID, error)
	// Session and SessionByCookie find a living or expired session; ErrNoSession without.
	Session(ctx context.Context, id SessionID) (Session, error)
	SessionByCookie(ctx context.Context, hash []byte) (Session, error)
	// Rotate uses the refresh token from and adds the refresh token to in its family, in one transaction.
	// accept is told when from was first used (now, when never before); its error undoes everything and is
	// returned. ErrNoSession for an unknown token; the session stands beside accept's error.
	Rotate(ctx context.Context, from, to []byte, now time.Time, accept func(s Session, firstUse time.Time) error) (Session, error)
	// Touch notes that a session was seen, and how long it lives now.
	Touch(ctx context.Context, id SessionID, seen, expires time.Time) error
	// Confirm notes when the session was confirmed. It is ErrNoSession when the session has ended, or when
	// the user's password hash is not from any more.
	Confirm(ctx context.Context, id SessionID, from string, at time.Time) error
	// RemoveExpired takes away sessions that ended before now, and refresh tokens used before usedBefore.
	RemoveExpired(ctx context.Context, now, usedBefore time.Time) error
}

// Devices is a user's view of the sessions.
type Devices interface {
	// SessionsOf lists the user's sessions that live at now, last seen first.
	SessionsOf(ctx context.Context, user UserID, now time.Time) ([]Session, error)
	// EndSession ends a session of this user; ErrNoSession when there is none.
	EndSession(ctx context.Context, user UserID, id SessionID) error
	// EndByRefresh ends the session that the refresh token belongs to; ErrNoSession without.
	EndByRefresh(ctx context.Context, hash []byte) (SessionID, error)
	// KnowsAddress tells whether the user has a living session that was started from this address.
	KnowsAddress(ctx context.Context, login, ip string, now time.Time) (bool, error)
}
