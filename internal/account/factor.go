package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"hathor/internal/fault"
)

// setupLife is how long a second factor that was begun waits for its first code.
const setupLife = time.Hour

// The answers about second factors that a caller may have to tell apart.
var (
	ErrTOTPRequired = fault.New(fault.Unauthenticated, "totp_required", "A code of the second factor is needed")
	ErrTOTPInvalid  = fault.New(fault.Unauthenticated, "totp_invalid", "The code is not valid; each works once, and only for a short while")
	ErrNoFactor     = fault.Missing("Second factor")
	ErrHasFactor    = fault.New(fault.Conflict, "factor_enabled", "The second factor is already on")
	errNotStarted   = fault.New(fault.Conflict, "factor_not_started", "Please begin anew: no second factor waits for its first code")
	errOwnFactor    = fault.New(fault.Conflict, "own_factor", "Your own second factor is switched off on your security page, by a code of it")
	errFactorNeeded = fault.New(fault.Conflict, "factor_required", "This server wants admins to have a second factor, so it stays on")
)

// Factor is a user's second factor as it is kept.
type Factor struct {
	Sealed       []byte // the secret, sealed
	StartedAt    time.Time
	Enabled      bool
	RecoveryLeft int
}

// FactorState is what a user may know of the own second factor.
type FactorState struct {
	Enabled      bool
	RecoveryLeft int
	Required     bool // of this user, by the operator
}

// FactorState tells how the asker's second factor stands.
func (s *Service) FactorState(ctx context.Context, who Identity) (FactorState, error) {
	state := FactorState{Required: s.strict && who.Role == Admin}
	f, err := s.store.Factor(ctx, who.User)
	if err != nil && !errors.Is(err, ErrNoFactor) {
		return state, fmt.Errorf("find second factor: %w", err)
	}
	state.Enabled, state.RecoveryLeft = f.Enabled, f.RecoveryLeft
	return state, nil
}

// FactorSetup is what an authenticator app needs to know. It is shown once.
type FactorSetup struct {
	Secret string // for those who type it
	URI    string // for a QR code
}

// StartFactor makes a new secret, which counts only once EnableFactor has seen a code of it. It is
// ErrHasFactor when a second factor is on.
func (s *Service) StartFactor(ctx context.Context, who Identity) (FactorSetup, error) {
	known, err := s.store.CredentialsOf(ctx, who.User)
	if err != nil {
		return FactorSetup{}, fmt.Errorf("find user: %w", err)
	}
	secret := randomBytes(totpSecretBytes)
	if err := s.store.StartFactor(ctx, who.User, s.seals.seal(who.User, secret), s.clock.Now()); err != nil {
		return FactorSetup{}, fmt.Errorf("start second factor: %w", err)
	}
	return FactorSetup{Secret: secretText.EncodeToString(secret), URI: totpURI(known.Username, secret)}, nil
}

// NewFactor is a second factor that a first code was given for.
type NewFactor struct {
	User     UserID
	Sealed   []byte // the secret that the code was of
	Step     int64  // of the code, which is used up
	At       time.Time
	Recovery [][]byte // hashes
	// By is the session that stays as it is. Others must confirm anew before they do what wants a fresh
	// sign-in, or are ended.
	By        SessionID
	EndOthers bool
	Event     Event
}

// EnableFactor switches the second factor on that was started, when the code is one of it, and returns the
// recovery codes, which are shown once. It is a validation fault for a wrong code.
func (s *Service) EnableFactor(ctx context.Context, who Identity, code string, endOthers bool) ([]string, error) {
	f, err := s.store.Factor(ctx, who.User)
	now := s.clock.Now()
	switch {
	case errors.Is(err, ErrNoFactor):
		return nil, errNotStarted
	case err != nil:
		return nil, fmt.Errorf("find second factor: %w", err)
	case f.Enabled:
		return nil, ErrHasFactor
	case absolute(now.Sub(f.StartedAt)) > setupLife:
		return nil, errNotStarted
	}
	secret, err := s.seals.open(who.User, f.Sealed)
	if err != nil {
		return nil, err
	}
	steps := stepsOf(secret, plainCode(code), now)
	if len(steps) == 0 {
		return nil, errWrongCode
	}
	shown, hashes := newRecoveryCodes()
	ended, err := s.store.EnableFactor(ctx, NewFactor{User: who.User, Sealed: f.Sealed, Step: steps[len(steps)-1], At: now,
		Recovery: hashes, By: who.Session, EndOthers: endOthers, Event: s.at(EventBy(who, FactorEnabled, UserTarget(who.User, "")))})
	if errors.Is(err, ErrNoFactor) {
		return nil, errNotStarted // begun anew or enabled meanwhile
	}
	if err != nil {
		return nil, fmt.Errorf("enable second factor: %w", err)
	}
	s.sessions.end(ended...)
	s.forgetUser(who.User)
	slog.InfoContext(ctx, "second factor enabled", slog.Int64("user", int64(who.User)), slog.Int("sessionsEnded", len(ended)))
	return shown, nil
}

// NewRecoveryCodes replaces all recovery codes by new ones, which are shown once.
func (s *Service) NewRecoveryCodes(ctx context.Context, who Identity) ([]string, error) {
	shown, hashes := newRecoveryCodes()
	if err := s.store.ReplaceRecovery(ctx, who.User, hashes, s.at(EventBy(who, CodesReplaced, UserTarget(who.User, "")))); err != nil {
		return nil, fmt.Errorf("replace recovery codes: %w", err)
	}
	slog.InfoContext(ctx, "recovery codes replaced", slog.Int64("user", int64(who.User)))
	return shown, nil
}

// DisableFactor switches the asker's second factor off, which takes a code of it. An admin cannot where the
// operator requires one.
func (s *Service) DisableFactor(ctx context.Context, who Identity, code string) error {
	if s.strict && who.Role == Admin {
		return errFactorNeeded
	}
	event := EventBy(who, FactorDisabled, UserTarget(who.User, ""))
	switch has, err := s.checkFactor(ctx, who, code); {
	case err == nil && !has:
		return ErrNoFactor
	case errors.Is(err, ErrTOTPInvalid), errors.Is(err, ErrTOTPRequired):
		event.Outcome = Failed
		s.Audit(ctx, event.With("reason", "factor"))
		return errWrongCode
	case err != nil:
		return err
	}
	return s.removeFactor(ctx, who.User, event)
}

// RemoveFactor takes another's second factor away without a code, as an admin does for one who has lost the
// phone and the recovery codes. It is ErrNoFactor when there is none or no such user, and a conflict for the
// asker's own, which goes by a code alone. Whoever calls decides who may.
func (s *Service) RemoveFactor(ctx context.Context, who Identity, user UserID) error {
	if who.User == user {
		return errOwnFactor
	}
	return s.removeFactor(ctx, user, EventBy(who, FactorRemoved, UserTarget(user, "")))
}

func (s *Service) removeFactor(ctx context.Context, user UserID, e Event) error {
	if err := s.store.RemoveFactor(ctx, user, s.at(e)); err != nil {
		return fmt.Errorf("remove second factor: %w", err)
	}
	s.forgetUser(user)
	slog.InfoContext(ctx, "second factor removed", slog.Int64("user", int64(user)))
	return nil
}

// forgetUser makes this node see at once what changed about the user; others see it within a second.
func (s *Service) forgetUser(user UserID) {
	s.sessions.forget(func(found Session) bool { return found.User == user })
	s.keys.forget(func(found Key) bool { return found.User == user })
}

// checkFactor uses up the code when the user has a second factor, and tells whether that is so. It is
// ErrTOTPRequired without a code, ErrTOTPInvalid for one that is wrong or was used.
func (s *Service) checkFactor(ctx context.Context, who Identity, code string) (has bool, err error) {
	f, err := s.store.Factor(ctx, who.User)
	if errors.Is(err, ErrNoFactor) || (err == nil && !f.Enabled) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find second factor: %w", err)
	}
	plain := plainCode(code)
	switch {
	case plain == "":
		err = ErrTOTPRequired
	case isTOTP(plain):
		err = s.useTOTP(ctx, who.User, f, plain)
	case isRecovery(plain):
		err = s.useRecovery(ctx, who, plain)
	default:
		err = ErrTOTPInvalid
	}
	return true, err
}

func (s *Service) useTOTP(ctx context.Context, user UserID, f Factor, code string) error {
	secret, err := s.seals.open(user, f.Sealed)
	if err != nil {
		return err
	}
	for _, step := range stepsOf(secret, code, s.clock.Now()) {
		err := s.store.UseStep(ctx, user, f.Sealed, step)
		if err == nil {
			return nil
		}
		if !errors.Is(err, ErrNoFactor) {
			return fmt.Errorf("use code: %w", err)
		}
	}
	return ErrTOTPInvalid
}

func (s *Service) useRecovery(ctx context.Context, who Identity, code string) error {
	left, err := s.store.UseRecovery(ctx, who.User, tokenHash(code), s.at(EventBy(who, RecoveryUsed, UserTarget(who.User, ""))))
	if errors.Is(err, ErrNoFactor) {
		return ErrTOTPInvalid
	}
	if err != nil {
		return fmt.Errorf("use recovery code: %w", err)
	}
	slog.InfoContext(ctx, "recovery code used", slog.Int64("user", int64(who.User)), slog.Int("left", left))
	return nil
}

// lacksFactor tells whether a user of this role would have to set up a second factor first.
func (s *Service) lacksFactor(role Role, has bool) bool {
	return s.strict && role == Admin && !has
}
