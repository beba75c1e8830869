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

// Store keeps users, and all that they sign in by.
type Store interface {
	Users
	Sessions
	Devices
	Factors
	Keys
	Invites
	Members
	Journal
}

// Credentials is a user with the hash of the password.
type Credentials struct {
	User
	PasswordHash string
}

// NewUser is an account to be added. Admit decides the role, or refuses, inside the transaction: it is told
// whether this is the very first account, and the invitation it comes by, which is used up by that. An
// unknown invitation is ErrInviteInvalid.
type NewUser struct {
	Credentials
	Invite []byte // hash of the token, nil without one
	Admit  func(first bool, by *Invite) (Role, error)
	Event  func(User) Event // what is written down of it
}

// Users keeps accounts.
type Users interface {
	// AddUser adds an account and returns it with its id and role, and writes the event. Of several first
	// accounts at once only one is told so. A taken name or address is ErrUsernameTaken or ErrEmailTaken.
	AddUser(ctx context.Context, n NewUser) (User, error)
	// Credentials finds by user name without case, or by normalised address; ErrNoUser without.
	Credentials(ctx context.Context, login string) (Credentials, error)
	// CredentialsOf finds by id; ErrNoUser without.
	CredentialsOf(ctx context.Context, id UserID) (Credentials, error)
	// User finds by id; ErrNoUser without. What another process has just changed may be answered as it was.
	User(ctx context.Context, id UserID) (User, error)
	// ChangePassword replaces the hash and ends all sessions of the user but keep, whose ids it returns. It
	// is ErrNoUser when the hash is not from any more.
	ChangePassword(ctx context.Context, id UserID, from, to string, keep SessionID, e Event) ([]SessionID, error)
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
	// Proved tells that a code of the second factor was checked. Without it the session is refused with
	// ErrTOTPRequired when the user has one by now.
	Proved bool
	Event  Event // its target becomes the session
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
	// Confirm notes when the session was confirmed. It is ErrNoSession when the session has ended, when the
	// user's password hash is not from any more, or when the user has a second factor that was not proved.
	Confirm(ctx context.Context, id SessionID, from string, proved bool, at time.Time) error
	// RemoveExpired takes away sessions that ended before now, and refresh tokens used before usedBefore.
	RemoveExpired(ctx context.Context, now, usedBefore time.Time) error
}

// Devices is a user's view of the sessions.
type Devices interface {
	// SessionsOf lists the user's sessions that live at now, last seen first.
	SessionsOf(ctx context.Context, user UserID, now time.Time) ([]Session, error)
	// EndSession ends a session of this user; ErrNoSession when there is none.
	EndSession(ctx context.Context, user UserID, id SessionID, e Event) error
	// EndByRefresh ends the session that the refresh token belongs to; ErrNoSession without. The event's
	// actor and target become its user and the session.
	EndByRefresh(ctx context.Context, hash []byte, e Event) (SessionID, error)
	// KnowsAddress tells whether the user has a living session that was started from this address.
	KnowsAddress(ctx context.Context, login, ip string, now time.Time) (bool, error)
}

// Factors keeps second factors, and writes the event of what changes them. A method that finds none, or none
// it may use, answers ErrNoFactor.
type Factors interface {
	Factor(ctx context.Context, user UserID) (Factor, error)
	// StartFactor keeps a sealed secret that is not on yet, instead of one that was started before. It is
	// ErrHasFactor when one is on.
	StartFactor(ctx context.Context, user UserID, sealed []byte, at time.Time) error
	// EnableFactor switches the started factor on, unless its secret is another by now, and returns the
	// sessions that ended.
	EnableFactor(ctx context.Context, f NewFactor) ([]SessionID, error)
	// UseStep notes that the code of a step was used. Of several at once with the same step one succeeds; a
	// step that is not later than the last one used does not.
	UseStep(ctx context.Context, user UserID, sealed []byte, step int64) error
	// UseRecovery uses up a recovery code and tells how many are left, which the event gets as a detail.
	UseRecovery(ctx context.Context, user UserID, hash []byte, e Event) (left int, err error)
	ReplaceRecovery(ctx context.Context, user UserID, hashes [][]byte, e Event) error
	RemoveFactor(ctx context.Context, user UserID, e Event) error
}

// Keys keeps API keys.
type Keys interface {
	// AddKey keeps a key unless the user has most already, which is ErrTooManyKeys. It is ErrNoUser when the
	// user is gone or disabled. The event's target becomes the key.
	AddKey(ctx context.Context, k Key, hash []byte, most int, e Event) (KeyID, error)
	// Key and KeyByHash find a living or expired key; ErrNoKey without.
	Key(ctx context.Context, id KeyID) (Key, error)
	KeyByHash(ctx context.Context, hash []byte) (Key, error)
	// KeysOf lists a user's keys, newest first.
	KeysOf(ctx context.Context, user UserID) ([]Key, error)
	// RemoveKey removes a key of this user; ErrNoKey when there is none. The event gets its name and scope.
	RemoveKey(ctx context.Context, user UserID, id KeyID, e Event) error
	// TouchKey notes that a key was used.
	TouchKey(ctx context.Context, id KeyID, at time.Time) error
}

// Invites keeps invitations by the hashes of their tokens.
type Invites interface {
	// AddInvite keeps an invitation and writes the event, whose target becomes the invitation. A library that
	// is not there, or is somebody's private one, is a validation fault.
	AddInvite(ctx context.Context, maker UserID, n NewInvite, hash []byte, e Event) (Invite, error)
	// Invites lists all of them, newest first.
	Invites(ctx context.Context) ([]Invite, error)
	// InviteByToken finds one by its token's hash; ErrInviteInvalid without.
	InviteByToken(ctx context.Context, hash []byte) (Invite, error)
	// RemoveInvite takes one away; ErrNoInvite without.
	RemoveInvite(ctx context.Context, id InviteID, e Event) error
}

// Members is the admins' view of everybody. Each method that changes something writes the event with it.
type Members interface {
	Housemates(ctx context.Context, q HousemateQuery, now time.Time) ([]Housemate, int, error)
	Housemate(ctx context.Context, id UserID, now time.Time) (Housemate, error)
	// ChangeUser keeps what change returns of the user, unless that is an error. change is told how many other
	// enabled admins there are; nothing can alter that number until the change is kept. The sessions of who is
	// disabled by it end, and their ids come back; the API keys go.
	ChangeUser(ctx context.Context, id UserID, change func(u User, others int) (User, []Event, error)) ([]SessionID, error)
	// SetPassword replaces the hash and ends all sessions of the user, whose ids it returns.
	SetPassword(ctx context.Context, id UserID, hash string, e Event) ([]SessionID, error)
	// EndSessions ends all sessions of the user and returns their ids; ErrNoUser without the user.
	EndSessions(ctx context.Context, id UserID, e Event) ([]SessionID, error)
	// AllSessions lists living sessions of everybody, newest first, and how many there are.
	AllSessions(ctx context.Context, now time.Time, before SessionID, limit int) ([]HouseSession, int, error)
	// EndAnySession ends one session; ErrNoSession without.
	EndAnySession(ctx context.Context, id SessionID, e Event) error
}

// Journal keeps the audit log.
type Journal interface {
	WriteEvent(ctx context.Context, e Event) error
	// Events lists a page, newest first, and how many the filters leave.
	Events(ctx context.Context, q EventQuery) ([]Event, int, error)
	// PruneEvents removes events before oldest, and names and devices of accounts deleted before forgotten.
	PruneEvents(ctx context.Context, oldest, forgotten time.Time) error
}
