package account

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"hathor/internal/fault"
)

// ErrLastAdmin is the answer to what would leave nobody to run the server.
var ErrLastAdmin = fault.New(fault.Conflict, "last_admin", "This is the last admin, and a server needs one: make somebody else an admin first")

var errFirstIsAdmin = fault.New(fault.Conflict, "first_is_admin", "The first account is the admin's")

// Housemate is a user in the eyes of an admin.
type Housemate struct {
	User
	Factor     bool      // has a second factor
	Sessions   int       // that live now
	LastSeenAt time.Time // zero when never signed in
	Songs      int       // uploaded, wherever they are kept
	Stored     int64     // bytes of them
}

// HousemateQuery picks users by name. After is the user name of the last one of the page before.
type HousemateQuery struct {
	Search string
	After  string
	Limit  int
}

// Users returns a page of all users, by user name, and how many match.
func (s *Service) Users(ctx context.Context, q HousemateQuery) ([]Housemate, int, error) {
	q.Search, q.After = loginKey(q.Search), loginKey(q.After)
	return s.store.Housemates(ctx, q, s.clock.Now())
}

// User returns one of them; ErrNoUser without.
func (s *Service) User(ctx context.Context, id UserID) (Housemate, error) {
	return s.store.Housemate(ctx, id, s.clock.Now())
}

// UserNamed finds a user by name or address; ErrNoUser without.
func (s *Service) UserNamed(ctx context.Context, login string) (User, error) {
	found, err := s.store.Credentials(ctx, loginKey(login))
	return found.User, err
}

// MemberChange is what an admin changes of a user. What is nil stays as it is.
type MemberChange struct {
	Role        *Role
	Disabled    *bool
	DisplayName *string
}

// Validate names every wrong field, nil when there is none.
func (m MemberChange) Validate() error {
	var c fault.Checks
	c.Require(m.Role == nil || *m.Role == Admin || *m.Role == Member, "role", "Role must be admin or member")
	if m.DisplayName != nil {
		checkDisplayName(&c, *m.DisplayName)
		c.Require(strings.TrimSpace(*m.DisplayName) != "", "displayName", "Display name must not be empty")
	}
	return c.Err()
}

// MayLose tells whether the server can do without this user as an admin, given how many other enabled admins
// there are: ErrLastAdmin when not. It is asked inside the transaction that takes the user away.
func MayLose(u User, others int) error {
	if u.Role == Admin && !u.Disabled() && others == 0 {
		return ErrLastAdmin
	}
	return nil
}

// ChangeUser changes a user's role, name, or whether the user may sign in. Disabling ends every session, here
// at once and on other nodes within a second, and takes the API keys away. ErrLastAdmin when nobody would be left to run the server.
func (s *Service) ChangeUser(ctx context.Context, who Identity, id UserID, change MemberChange) error {
	if err := change.Validate(); err != nil {
		return err
	}
	ended, err := s.store.ChangeUser(ctx, id, func(u User, others int) (User, []Event, error) {
		next, events := change.apply(who, u, s.clock.Now())
		if next.Role != Admin || next.Disabled() {
			if err := MayLose(u, others); err != nil {
				return u, nil, err
			}
		}
		for i := range events {
			events[i] = s.at(events[i])
		}
		return next, events, nil
	})
	if err != nil {
		return fmt.Errorf("change user: %w", err)
	}
	s.sessions.end(ended...)
	s.forgetUser(id)
	slog.InfoContext(ctx, "user changed", slog.Int64("user", int64(id)), slog.Int64("by", int64(who.User)), slog.Int("sessionsEnded", len(ended)))
	return nil
}

// apply returns the user after the change, and what is to be written down of it.
func (m MemberChange) apply(who Identity, u User, now time.Time) (User, []Event) {
	var events []Event
	of := UserTarget(u.ID, u.Username)
	if m.Role != nil && *m.Role != u.Role {
		events = append(events, EventBy(who, RoleChanged, of).With("from", string(u.Role)).With("to", string(*m.Role)))
		u.Role = *m.Role
	}
	if m.DisplayName != nil && strings.TrimSpace(*m.DisplayName) != u.DisplayName {
		u.DisplayName = strings.TrimSpace(*m.DisplayName)
		events = append(events, EventBy(who, UserRenamed, of))
	}
	switch {
	case m.Disabled == nil || *m.Disabled == u.Disabled():
	case *m.Disabled:
		u.DisabledAt = now
		events = append(events, EventBy(who, UserDisabled, of))
	default:
		u.DisabledAt = time.Time{}
		events = append(events, EventBy(who, UserEnabled, of))
	}
	return u, events
}

// SetPassword gives a user another password and ends all sessions of the user.
func (s *Service) SetPassword(ctx context.Context, who Identity, id UserID, password string) error {
	var c fault.Checks
	checkPassword(&c, "password", password)
	if err := c.Err(); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return fmt.Errorf("hash password: %w", err)
	}
	ended, err := s.store.SetPassword(ctx, id, hash, s.at(EventBy(who, PasswordSet, UserTarget(id, ""))))
	if err != nil {
		return fmt.Errorf("set password: %w", err)
	}
	s.sessions.end(ended...)
	return nil
}

// EndSessionsOf signs a user out everywhere and returns from how many places.
func (s *Service) EndSessionsOf(ctx context.Context, who Identity, id UserID) (int, error) {
	ended, err := s.store.EndSessions(ctx, id, s.at(EventBy(who, SessionsEnded, UserTarget(id, ""))))
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	s.sessions.end(ended...)
	return len(ended), nil
}

// CreateUser makes an account without signing it in, whatever the policy. An empty role is the admin's for
// the very first account and the member's for any other.
func (s *Service) CreateUser(ctx context.Context, who Identity, r Registration, role Role) (User, error) {
	if err := r.Validate(); err != nil {
		return User{}, err
	}
	hash, err := s.hasher.hash(ctx, r.Password)
	if err != nil {
		return User{}, fmt.Errorf("hash password: %w", err)
	}
	return s.store.AddUser(ctx, NewUser{
		Credentials: Credentials{User: newUser(r, s.clock.Now()), PasswordHash: hash},
		Event: func(u User) Event {
			return s.at(EventBy(who, UserCreated, UserTarget(u.ID, u.Username)).With("role", string(u.Role)))
		},
		Admit: func(first bool, _ *Invite) (Role, error) {
			switch {
			case first && role == Member:
				return "", errFirstIsAdmin
			case first || role == Admin:
				return Admin, nil
			}
			return Member, nil
		},
	})
}

// Ended makes this node forget sessions that a store has ended together with something else.
func (s *Service) Ended(ids ...SessionID) { s.sessions.end(ids...) }

// AllSessions returns a page of everybody's sessions, newest first, and how many there are. before is the id
// of the last one of the page before, 0 for the first page.
func (s *Service) AllSessions(ctx context.Context, before SessionID, limit int) ([]HouseSession, int, error) {
	return s.store.AllSessions(ctx, s.clock.Now(), before, limit)
}

// HouseSession is a session with its user's names.
type HouseSession struct {
	Session
	Username    string
	DisplayName string
}

// EndAnySession signs one client of any user out; ErrNoSession without.
func (s *Service) EndAnySession(ctx context.Context, who Identity, id SessionID) error {
	if err := s.store.EndAnySession(ctx, id, s.at(EventBy(who, SessionEnded, Target{Kind: "session", ID: int64(id)}))); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.sessions.end(id)
	return nil
}
