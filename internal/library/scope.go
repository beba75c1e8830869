package library

import (
	"context"
	"sync"
	"time"

	"hathor/internal/account"
)

const (
	// scopeLife is how long a scope is believed: a grant that ends, ends everywhere within a second.
	scopeLife = 500 * time.Millisecond
	// maxScopes bounds the memory; beyond it all scopes are read again.
	maxScopes = 10_000
)

// scopes remembers for a moment who may hear what. The zero value is ready.
type scopes struct {
	mu    sync.Mutex
	known map[account.UserID]knownScope
}

type knownScope struct {
	libraries []ID
	until     time.Time
}

// Scope tells what the user may hear: open libraries, the user's own, and granted ones. An admin hears no
// more than that. Nobody hears nothing.
func (s *Service) Scope(ctx context.Context, who account.Identity) (Scope, error) {
	if !who.SignedIn() {
		return Scope{}, nil
	}
	scope := Scope{User: who.User, Admin: who.Role == account.Admin}
	now := s.clock.Now()
	if libraries, ok := s.scopes.get(who.User, now); ok {
		scope.Libraries = libraries
		return scope, nil
	}
	libraries, err := s.store.AudibleLibraries(ctx, who.User)
	if err != nil {
		return Scope{}, err
	}
	s.scopes.put(who.User, knownScope{libraries, now.Add(scopeLife)})
	scope.Libraries = libraries
	return scope, nil
}

// Forget has the user's next scope read anew, after a library was made for the user.
func (s *Service) Forget(user account.UserID) {
	s.scopes.mu.Lock()
	defer s.scopes.mu.Unlock()
	delete(s.scopes.known, user)
}

func (s *scopes) get(user account.UserID, now time.Time) ([]ID, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.known[user]
	if !ok || !now.Before(k.until) {
		return nil, false
	}
	return k.libraries, true
}

func (s *scopes) put(user account.UserID, k knownScope) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) >= maxScopes {
		s.known = map[account.UserID]knownScope{}
	}
	s.known[user] = k
}
