// Package account is people: users, their passwords, their sessions, and who is asking.
package account

import "time"

// IDs are database ids, from 1, never used again.
type (
	UserID    int64
	SessionID int64
	KeyID     int64
)

// Role is what a user may do.
type Role string

// The first account is the admin, every other a member.
const (
	Admin  Role = "admin"
	Member Role = "member"
)

// User is an account. The password hash stays inside the store and this package.
type User struct {
	ID          UserID
	Username    string
	Email       string
	DisplayName string
	AvatarURL   string
	Role        Role
	CreatedAt   time.Time
	DisabledAt  time.Time // zero while the user may sign in
}

// Disabled tells whether an admin keeps the user out.
func (u User) Disabled() bool { return !u.DisabledAt.IsZero() }

// Identity is who asks: a user and the session or the API key they ask by. The zero value is nobody.
type Identity struct {
	User    UserID
	Session SessionID // 0 with a key
	Key     KeyID     // 0 with a session
	Scope   Scope     // what the key may do; empty with a session
	Role    Role
	// Cookie tells that the request is signed in by the web client's cookie, so that cross-site rules apply.
	Cookie bool
	// Device is where the request came from, for the audit log.
	Device Device
	// Fresh tells that the session was confirmed within FreshFor: the password was given, and a code where
	// there is a second factor. A key is never fresh.
	Fresh bool
	// LacksFactor tells of an admin without a second factor where the operator requires one.
	LacksFactor bool
}

// Rules tells whether the asker may do what is an admin's.
func (i Identity) Rules() bool { return i.Role == Admin && !i.LacksFactor }

// SignedIn tells whether there is a user at all.
func (i Identity) SignedIn() bool { return i.User != 0 }
