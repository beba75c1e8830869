package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"hathor/internal/fault"
)

// ByBearer tells who holds the access token or the API key. It returns a fault of kind Unauthenticated when
// that is false or has ended, and the store's fault when that cannot be told.
func (s *Service) ByBearer(ctx context.Context, token string) (Identity, error) {
	if isKey(token) {
		key, err := s.keys.byHash(ctx, tokenHash(token))
		return s.identityOfKey(key), err
	}
	user, id, err := s.tokens.read(token)
	if err != nil {
		return Identity{}, err
	}
	session, err := s.sessions.get(ctx, id)
	if fault.KindOf(err) == fault.NotFound || (err == nil && session.User != user) {
		return Identity{}, errBadToken
	}
	return s.identityOf(session, false), err
}

// ByCookie tells who holds the web client's cookie; it returns ErrNotSignedIn when its session has ended.
func (s *Service) ByCookie(ctx context.Context, cookie string) (Identity, error) {
	session, err := s.sessions.byHash(ctx, tokenHash(cookie))
	if errors.Is(err, ErrNoSession) {
		return Identity{}, ErrNotSignedIn
	}
	return s.identityOf(session, true), err
}

// Lives tells whether the session or the key that who asks by has not ended; where that cannot be told, it
// is taken to live.
func (s *Service) Lives(ctx context.Context, who Identity) bool {
	var err error
	if who.Key != 0 {
		_, err = s.keys.get(ctx, who.Key)
	} else {
		_, err = s.sessions.get(ctx, who.Session)
	}
	kind := fault.KindOf(err) // what has ended is not there for sessions, and no credential for keys
	return err == nil || kind != fault.NotFound && kind != fault.Unauthenticated
}

// identityOf is nobody for the zero session.
func (s *Service) identityOf(found Session, cookie bool) Identity {
	if found.ID == 0 {
		return Identity{}
	}
	return Identity{User: found.User, Session: found.ID, Role: found.Role, Cookie: cookie,
		Fresh: found.fresh(s.clock.Now()), LacksFactor: s.lacksFactor(found.Role, found.Factor)}
}

// Tokens are what a client goes on with. Refresh is empty for the web client, whose cookie stays.
type Tokens struct{ Access, Refresh string }

// Refresh gives new tokens for a refresh token, which is used up by that. One that was used up more than
// ReuseGrace ago is taken for stolen: its session ends, and with it every token of the family.
func (s *Service) Refresh(ctx context.Context, refresh string) (Tokens, error) {
	now := s.clock.Now()
	fresh, freshHash := newToken()
	session, err := s.store.Rotate(ctx, tokenHash(refresh), freshHash, now, func(found Session, firstUse time.Time) error {
		if !now.Before(found.ExpiresAt) {
			return errBadRefresh
		}
		if now.Sub(firstUse) > ReuseGrace {
			return errReused
		}
		return nil
	})
	switch {
	case errors.Is(err, ErrNoSession):
		return Tokens{}, errBadRefresh
	case errors.Is(err, errReused):
		slog.WarnContext(ctx, "refresh token used twice: session ended", slog.Int64("user", int64(session.User)), slog.Int64("session", int64(session.ID)))
		stolen := Event{Action: SessionReused, Outcome: Failed, Target: UserTarget(session.User, ""), Device: session.Device}
		if err := s.end(ctx, session.User, session.ID, stolen); err != nil && !errors.Is(err, ErrNoSession) {
			return Tokens{}, err
		}
		return Tokens{}, errReused
	case err != nil:
		return Tokens{}, fmt.Errorf("rotate refresh token: %w", err)
	}
	access, err := s.tokens.make(session.User, session.ID)
	if err != nil {
		return Tokens{}, fmt.Errorf("make access token: %w", err)
	}
	return Tokens{Access: access, Refresh: fresh}, nil
}

// RefreshCookie gives an access token to the web client, for what cannot send its cookie. The cookie stays
// as it is: tabs share it, and it never leaves the browser's keeping.
func (s *Service) RefreshCookie(_ context.Context, who Identity) (Tokens, error) {
	access, err := s.tokens.make(who.User, who.Session)
	if err != nil {
		return Tokens{}, fmt.Errorf("make access token: %w", err)
	}
	return Tokens{Access: access}, nil
}

// Logout ends the session of a refresh token; an unknown one is no error. who need not be signed in.
func (s *Service) Logout(ctx context.Context, who Identity, refresh string) error {
	id, err := s.store.EndByRefresh(ctx, tokenHash(refresh), s.at(Event{Action: SessionEnded, Outcome: Done, Device: who.Device}))
	if errors.Is(err, ErrNoSession) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.sessions.end(id)
	return nil
}

// Sessions lists where the user is signed in, last seen first.
func (s *Service) Sessions(ctx context.Context, who Identity) ([]Session, error) {
	return s.store.SessionsOf(ctx, who.User, s.clock.Now())
}

// EndSession signs one client of the user out: here at once, on other nodes within a second. It is
// ErrNoSession for what is not the user's.
func (s *Service) EndSession(ctx context.Context, who Identity, id SessionID) error {
	return s.end(ctx, who.User, id, EventBy(who, SessionEnded, Target{Kind: "session", ID: int64(id)}))
}

func (s *Service) end(ctx context.Context, user UserID, id SessionID, e Event) error {
	if err := s.store.EndSession(ctx, user, id, s.at(e)); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.sessions.end(id)
	slog.InfoContext(ctx, "session ended", slog.Int64("user", int64(user)), slog.Int64("session", int64(id)))
	return nil
}

// KnowsAddress tells whether this user has a living session that began at this address. Such an address is
// not shut out when strangers fail to sign in as the user.
func (s *Service) KnowsAddress(ctx context.Context, login, ip string) (bool, error) {
	if ip == "" {
		return false, nil
	}
	return s.store.KnowsAddress(ctx, loginKey(login), ip, s.clock.Now())
}

// cleanEvery is how often expired sessions are taken away.
const cleanEvery = time.Hour

// Run writes down when sessions and keys were last seen and takes expired ones away, until ctx ends. Whoever made
// the Service runs it, once.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(cleanEvery)
	defer tick.Stop()
	s.clean(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case t := <-s.sessions.touches:
			if err := s.store.Touch(ctx, t.what.ID, t.seen, expiry(t.what.CreatedAt, t.seen)); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "last use of a session not written", slog.Int64("session", int64(t.what.ID)), slog.Any("error", err))
			}
		case t := <-s.keys.touches:
			if err := s.store.TouchKey(ctx, t.what.ID, t.seen); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "last use of a key not written", slog.Int64("key", int64(t.what.ID)), slog.Any("error", err))
			}
		case <-tick.C:
			s.clean(ctx)
		}
	}
}

// clean keeps used refresh tokens as long as an unused one would have lived, to recognise a stolen one.
func (s *Service) clean(ctx context.Context) {
	now := s.clock.Now()
	s.prune(ctx)
	if err := s.store.RemoveExpired(ctx, now, now.Add(-IdleLife)); err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "expired sessions not removed", slog.Any("error", err))
	}
}
