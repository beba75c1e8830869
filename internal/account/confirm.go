package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"hathor/internal/fault"
)

// Confirmation is the proof that whoever sits at a session is its user.
type Confirmation struct {
	Password string
	Code     string // of the second factor; not looked at without one
}

// Validate names what is missing.
func (c Confirmation) Validate() error {
	var checks fault.Checks
	checks.Require(c.Password != "", "password", "Password is required")
	return checks.Err()
}

// Confirm makes the session fresh for FreshFor: on this node at once, on others within a second. Where the
// proof is wrong, the validation fault names its field, because the asker is signed in already.
func (s *Service) Confirm(ctx context.Context, who Identity, c Confirmation) error {
	if err := c.Validate(); err != nil {
		return err
	}
	known, err := s.store.CredentialsOf(ctx, who.User)
	if err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	matches, err := s.hasher.verify(ctx, known.PasswordHash, c.Password)
	if err != nil {
		return fmt.Errorf("check password: %w", err)
	}
	if !matches {
		slog.WarnContext(ctx, "confirmation failed", slog.Int64("user", int64(who.User)), slog.Int64("session", int64(who.Session)))
		s.auditDoubt(ctx, who, "password")
		return errPassword
	}
	proved, err := s.checkFactor(ctx, who, c.Code)
	if errors.Is(err, ErrTOTPInvalid) {
		s.auditDoubt(ctx, who, "factor")
	}
	if err != nil {
		return atField(err)
	}
	err = s.store.Confirm(ctx, who.Session, known.PasswordHash, proved, s.clock.Now())
	if errors.Is(err, ErrNoSession) {
		return ErrNotSignedIn
	}
	if err != nil {
		return fmt.Errorf("confirm session: %w", err)
	}
	s.sessions.forget(func(found Session) bool { return found.ID == who.Session })
	slog.InfoContext(ctx, "session confirmed", slog.Int64("user", int64(who.User)), slog.Int64("session", int64(who.Session)))
	return nil
}

// auditDoubt writes down that somebody at a session could not prove to be its user.
func (s *Service) auditDoubt(ctx context.Context, who Identity, reason string) {
	e := EventBy(who, Confirmed, UserTarget(who.User, ""))
	e.Outcome = Failed
	s.Audit(ctx, e.With("reason", reason))
}

// What is wrong with a proof, by the field it came in.
var (
	errWrongPassword = fault.Validation(fault.Detail{Field: "currentPassword", Message: "Current password is wrong"})
	errPassword      = fault.Validation(fault.Detail{Field: "password", Message: "The password is wrong"})
	errTOTP          = fault.Validation(fault.Detail{Field: "totp", Message: ErrTOTPInvalid.Message})
	errWrongCode     = fault.Validation(fault.Detail{Field: "code", Message: ErrTOTPInvalid.Message})
	errNoTOTP        = &fault.Error{Kind: fault.Invalid, Code: ErrTOTPRequired.Code, Message: ErrTOTPRequired.Message,
		Details: []fault.Detail{{Field: "totp", Message: ErrTOTPRequired.Message}}}
)

// atField turns what a sign-in would say of a code into what one who is signed in is told.
func atField(err error) error {
	switch {
	case errors.Is(err, ErrTOTPRequired):
		return errNoTOTP
	case errors.Is(err, ErrTOTPInvalid):
		return errTOTP
	}
	return err
}

// IsFailedProof tells whether a user who is signed in gave a wrong password or code, a failed sign-in of
// sorts.
func IsFailedProof(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && (f == errWrongPassword || f == errPassword || f == errTOTP || f == errWrongCode)
}

// IsFailedSignIn tells whether Login failed because something that proves who signs in was wrong. That a
// code is missing is no failure: the password was right.
func IsFailedSignIn(err error) bool {
	return errors.Is(err, ErrInvalidCredentials) || errors.Is(err, ErrTOTPInvalid)
}
