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
		return errPassword
	}
	err = s.store.Confirm(ctx, who.Session, known.PasswordHash, s.clock.Now())
	if errors.Is(err, ErrNoSession) {
		return ErrNotSignedIn
	}
	if err != nil {
		return fmt.Errorf("confirm session: %w", err)
	}
	s.living.forget(who.Session)
	slog.InfoContext(ctx, "session confirmed", slog.Int64("user", int64(who.User)), slog.Int64("session", int64(who.Session)))
	return nil
}

// What is wrong with a proof, by the field it came in.
var (
	errWrongPassword = fault.Validation(fault.Detail{Field: "currentPassword", Message: "Current password is wrong"})
	errPassword      = fault.Validation(fault.Detail{Field: "password", Message: "The password is wrong"})
)

// IsFailedProof tells whether a user who is signed in gave a wrong password or code, a failed sign-in of
// sorts.
func IsFailedProof(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && (f == errWrongPassword || f == errPassword)
}
