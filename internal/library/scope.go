package library

import (
	"context"

	"hathor/internal/account"
)

// Scope tells what the user may hear: open libraries, the user's own, and granted ones. An admin hears no
// more than that. Nobody hears nothing.
func (s *Service) Scope(ctx context.Context, who account.Identity) (Scope, error) {
	if !who.SignedIn() {
		return Scope{}, nil
	}
	libraries, err := s.store.AudibleLibraries(ctx, who.User)
	if err != nil {
		return Scope{}, err
	}
	return Scope{User: who.User, Admin: who.Rules(), Libraries: libraries}, nil
}
