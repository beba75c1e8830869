package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

// Policy says who may make an account. The first account can always be made.
type Policy string

// The policies. Without one of these words the policy is Closed.
const (
	Open     Policy = "open"
	ByInvite Policy = "invite"
	Closed   Policy = "closed"
)

// The answers that a caller may have to tell apart.
var (
	ErrInvalidCredentials = fault.New(fault.Unauthenticated, "invalid_credentials", "Invalid credentials")
	ErrUsernameTaken      = fault.New(fault.Conflict, "username_taken", "This username is already taken")
	ErrEmailTaken         = fault.New(fault.Conflict, "email_taken", "This email address is already registered")
	ErrNotSignedIn        = fault.New(fault.Unauthenticated, "not_signed_in", "Please sign in")
	ErrDisabled           = fault.New(fault.Forbidden, "account_disabled", "This account is disabled, please ask an admin")
	errClosed             = fault.New(fault.Forbidden, "registration_closed", "Registration is closed on this server")
	errInviteOnly         = fault.New(fault.Forbidden, "invite_required", "This server takes new members by invitation only")
	errBadRefresh         = fault.New(fault.Unauthenticated, "invalid_refresh_token", "The refresh token is not valid, please sign in")
	errReused             = fault.New(fault.Unauthenticated, "refresh_token_reused", "The refresh token was used before, please sign in")
)

// Settings are what an operator chooses. Secret needs at least 32 bytes.
type Settings struct {
	Secret       []byte
	AccessLife   time.Duration // of an access token, 15 minutes when 0
	Registration Policy
	Cost         Cost          // of a password hash, DefaultCost when zero
	AuditLife    time.Duration // of an event in the audit log, a year when 0
	// RequireAdminFactor keeps an admin without a second factor from all that is the admin's.
	RequireAdminFactor bool
	Others             Announcer // tells other nodes of sessions that end; nil for a single node
}

// Service is all that can be done with accounts. It is safe for concurrent use. Run must run beside it.
type Service struct {
	store    Store
	clock    clock.Clock
	policy   Policy
	strict   bool // Settings.RequireAdminFactor
	hasher   *hasher
	tokens   *accessTokens
	sessions *living[SessionID, Session]
	keys     *living[KeyID, Key]
	seals    *sealer
	signer   *Signer
	// auditLife is how long the audit log keeps an event.
	auditLife time.Duration
}

// NewService returns an error only for settings that cannot work.
func NewService(store Store, c clock.Clock, s Settings) (*Service, error) {
	derived, err := deriveKeys(s.Secret)
	if err != nil {
		return nil, err
	}
	seals, err := newSealer(derived.factor)
	if err != nil {
		return nil, err
	}
	if s.AccessLife <= 0 {
		s.AccessLife = 15 * time.Minute
	}
	if s.Cost == (Cost{}) {
		s.Cost = DefaultCost()
	}
	if s.AuditLife <= 0 {
		s.AuditLife = 365 * 24 * time.Hour
	}
	sessions, keys := livingSessions(store, c), livingKeys(store, c)
	sessions.others = announced[SessionID](s.Others, endedSession)
	keys.others = announced[KeyID](s.Others, endedKey)
	return &Service{
		store: store, clock: c, policy: s.Registration, strict: s.RequireAdminFactor, hasher: newHasher(s.Cost), sessions: sessions, keys: keys,
		tokens: newAccessTokens(derived.access, s.AccessLife, c),
		seals:  seals, auditLife: s.AuditLife,
		signer: &Signer{key: derived.signature, clock: c, sessions: sessions, keys: keys},
	}, nil
}

// Signer makes and checks signed addresses.
func (s *Service) Signer() *Signer { return s.signer }

// Client is who signs in: the web client gets a cookie, any other gets tokens.
type Client struct {
	Web    bool
	Device Device
}

// Grant is a new session and what the client signs its requests with: either Cookie, or Access and Refresh.
type Grant struct {
	User    User
	Session SessionID
	Access  string
	Refresh string
	Cookie  string
}

// Register makes an account and signs it in. It returns a validation fault, ErrUsernameTaken, ErrEmailTaken,
// or a fault of kind Forbidden where the operator takes no new members or the invitation does not work.
func (s *Service) Register(ctx context.Context, r Registration, client Client) (Grant, error) {
	if err := r.Validate(); err != nil {
		return Grant{}, err
	}
	hash, err := s.hasher.hash(ctx, r.Password)
	if err != nil {
		return Grant{}, fmt.Errorf("hash password: %w", err)
	}
	made := Credentials{User: newUser(r, s.clock.Now()), PasswordHash: hash}
	added := NewUser{Credentials: made, Admit: s.admit, Event: func(u User) Event {
		return s.at(EventBy(Identity{User: u.ID, Device: client.Device}, Registered, UserTarget(u.ID, u.Username)).With("role", string(u.Role)))
	}}
	if r.Invite != "" {
		added.Invite = tokenHash(r.Invite)
	}
	if made.User, err = s.store.AddUser(ctx, added); err != nil {
		return Grant{}, fmt.Errorf("add user: %w", err)
	}
	slog.InfoContext(ctx, "account made", slog.Int64("user", int64(made.ID)), slog.String("role", string(made.Role)))
	return s.grant(ctx, made, hash, false, client)
}

func newUser(r Registration, now time.Time) User {
	email, _ := normalEmail(r.Email)
	u := User{Username: strings.TrimSpace(r.Username), Email: email, DisplayName: strings.TrimSpace(r.DisplayName), CreatedAt: now}
	if u.DisplayName == "" {
		u.DisplayName = u.Username
	}
	return u
}

// admit decides inside the store's transaction what a new account becomes.
func (s *Service) admit(first bool, by *Invite) (Role, error) {
	switch {
	case first:
		return Admin, nil
	case by != nil:
		return by.Role, by.Works(s.clock.Now())
	case s.policy == Open:
		return Member, nil
	case s.policy == ByInvite:
		return "", errInviteOnly
	}
	return "", errClosed
}

// Login signs a user in. Whether the user or the password is wrong, the answer is ErrInvalidCredentials
// and takes the same time. Only after a right password is anything said of the second factor:
// ErrTOTPRequired or ErrTOTPInvalid.
func (s *Service) Login(ctx context.Context, l Login, client Client) (Grant, error) {
	if err := l.Validate(); err != nil {
		return Grant{}, err
	}
	known, err := s.store.Credentials(ctx, loginKey(l.Username))
	if err != nil && !errors.Is(err, ErrNoUser) {
		return Grant{}, fmt.Errorf("find user: %w", err)
	}
	hash := known.PasswordHash
	if err != nil {
		hash = s.hasher.dummy
	}
	matches, verifyErr := s.hasher.verify(ctx, hash, l.Password)
	if verifyErr != nil {
		return Grant{}, fmt.Errorf("check password: %w", verifyErr)
	}
	if err != nil || !matches {
		slog.WarnContext(ctx, "sign-in failed", slog.Int64("user", int64(known.ID)), slog.String("ip", client.Device.IP))
		s.auditFailure(ctx, known.User, client, "password")
		return Grant{}, ErrInvalidCredentials
	}
	if known.Disabled() {
		s.auditFailure(ctx, known.User, client, "disabled")
		return Grant{}, ErrDisabled
	}
	proved, err := s.checkFactor(ctx, Identity{User: known.ID, Device: client.Device}, l.Code)
	if errors.Is(err, ErrTOTPInvalid) {
		slog.WarnContext(ctx, "sign-in failed at the second factor", slog.Int64("user", int64(known.ID)), slog.String("ip", client.Device.IP))
		s.auditFailure(ctx, known.User, client, "factor")
	}
	if err != nil {
		return Grant{}, err
	}
	upgraded, err := s.upgraded(ctx, hash, l.Password)
	if err != nil {
		return Grant{}, err
	}
	return s.grant(ctx, known, upgraded, proved, client)
}

// auditFailure writes down a sign-in that failed. What was typed is kept nowhere: it may be a password.
func (s *Service) auditFailure(ctx context.Context, u User, client Client, reason string) {
	e := Event{Action: SessionStarted, Outcome: Failed, Device: client.Device}
	if u.ID != 0 {
		e.Target = UserTarget(u.ID, u.Username)
	}
	s.Audit(ctx, e.With("reason", reason))
}

// upgraded is the hash as it should be today: made anew when the cost has changed.
func (s *Service) upgraded(ctx context.Context, hash, password string) (string, error) {
	if !s.hasher.stale(hash) {
		return hash, nil
	}
	better, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("hash password anew: %w", err)
	}
	return better, nil
}

// grant starts a session for a user whose password was checked against c.PasswordHash, and the second
// factor where proved.
func (s *Service) grant(ctx context.Context, c Credentials, hash string, proved bool, client Client) (Grant, error) {
	now := s.clock.Now()
	token, tokenHash := newToken()
	begun := NewSession{User: c.ID, Device: client.Device.clean(), At: now, Expires: expiry(now, now), From: c.PasswordHash, To: hash, Proved: proved,
		Event: s.at(Event{Action: SessionStarted, Outcome: Done, Actor: c.ID, Device: client.Device})}
	if client.Web {
		begun.Cookie = tokenHash
	} else {
		begun.Refresh = tokenHash
	}
	id, err := s.store.AddSession(ctx, begun)
	if errors.Is(err, ErrNoUser) {
		return Grant{}, ErrInvalidCredentials
	}
	if err != nil {
		return Grant{}, fmt.Errorf("add session: %w", err)
	}
	slog.InfoContext(ctx, "signed in", slog.Int64("user", int64(c.ID)), slog.Int64("session", int64(id)), slog.String("ip", client.Device.IP))
	g := Grant{User: c.User, Session: id}
	if client.Web {
		g.Cookie = token
		return g, nil
	}
	g.Refresh = token
	if g.Access, err = s.tokens.make(c.ID, id); err != nil {
		return Grant{}, fmt.Errorf("make access token: %w", err)
	}
	return g, nil
}

// ChangePassword needs the current password and ends the user's other sessions.
func (s *Service) ChangePassword(ctx context.Context, who Identity, p PasswordChange) error {
	if err := p.Validate(); err != nil {
		return err
	}
	known, err := s.store.CredentialsOf(ctx, who.User)
	if err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	matches, err := s.hasher.verify(ctx, known.PasswordHash, p.Current)
	if err != nil {
		return fmt.Errorf("check password: %w", err)
	}
	if !matches {
		return errWrongPassword
	}
	hash, err := s.hasher.hash(ctx, p.New)
	if err != nil {
		return fmt.Errorf("hash password: %w", err)
	}
	ended, err := s.store.ChangePassword(ctx, who.User, known.PasswordHash, hash, who.Session,
		s.at(EventBy(who, PasswordChanged, UserTarget(who.User, known.Username))))
	if errors.Is(err, ErrNoUser) {
		return errWrongPassword
	}
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	s.sessions.end(ended...)
	slog.InfoContext(ctx, "password changed", slog.Int64("user", int64(who.User)), slog.Int("sessionsEnded", len(ended)))
	return nil
}

// Profile returns the asking user.
func (s *Service) Profile(ctx context.Context, who Identity) (User, error) {
	return s.store.User(ctx, who.User)
}

// UpdateProfile changes what is not nil and returns the user as it is then.
func (s *Service) UpdateProfile(ctx context.Context, who Identity, change Profile) (User, error) {
	if err := change.Validate(); err != nil {
		return User{}, err
	}
	if change.DisplayName != nil {
		trimmed := strings.TrimSpace(*change.DisplayName)
		change.DisplayName = &trimmed
	}
	return s.store.SetProfile(ctx, who.User, change)
}
