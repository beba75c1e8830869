package account

import (
	"context"
	"errors"
	"sync"
	"time"

	"hathor/internal/clock"
)

const (
	// freshFor is how long a session is believed to live without asking the store again, so that one ended
	// on another node stops here within a second.
	freshFor = 900 * time.Millisecond
	// lookupPatience bounds a lookup, which outlives the request that began it.
	lookupPatience = 5 * time.Second
	// forgetAfter is when a session that nobody asks for leaves the memory.
	forgetAfter = time.Minute
	// touchEvery is how often a session's last use is written.
	touchEvery = time.Minute
)

// living remembers for a moment which sessions live. Requests of one session that come together share one
// lookup. A failed lookup is an error for all who wait: nobody passes unchecked.
type living struct {
	store Sessions
	clock clock.Clock
	// touches holds what is to be written; when it is full a touch is dropped and a later request offers
	// it again.
	touches chan touch
	// others tells the other nodes of ends; nil where there are none.
	others func(ids ...SessionID)

	mu      sync.Mutex
	byID    map[SessionID]*belief
	cookies map[string]SessionID // a cookie's hash names the same session for ever
	swept   time.Time
}

// touch is a session that was seen.
type touch struct {
	id            SessionID
	seen, expires time.Time
}

// belief is what is held true of one session.
type belief struct {
	ended   bool
	session Session
	checked time.Time     // zero before the first lookup
	touched time.Time     // last touch that was handed on
	looking chan struct{} // closed when the lookup under way is over; nil without
	err     error         // of the last lookup
}

func newLiving(store Sessions, c clock.Clock) *living {
	return &living{store: store, clock: c, touches: make(chan touch, 256),
		byID: map[SessionID]*belief{}, cookies: map[string]SessionID{}, swept: c.Now()}
}

// get returns the session when it lives, ErrNoSession when it does not.
func (l *living) get(ctx context.Context, id SessionID) (Session, error) {
	for {
		l.mu.Lock()
		now := l.clock.Now()
		l.sweep(now)
		b := l.byID[id]
		if b == nil {
			b = &belief{}
			l.byID[id] = b
		}
		if !b.checked.IsZero() && absolute(now.Sub(b.checked)) < freshFor {
			session, err := l.judge(b, now)
			l.mu.Unlock()
			return session, err
		}
		if b.looking == nil {
			b.looking = make(chan struct{})
			l.mu.Unlock()
			return l.look(ctx, id, b, now)
		}
		looking := b.looking
		l.mu.Unlock()
		select {
		case <-looking:
		case <-ctx.Done():
			return Session{}, ctx.Err()
		}
		if session, err, over := l.shared(b); over {
			return session, err
		}
	}
}

// look asks the store for the session on behalf of all who wait for b.
func (l *living) look(ctx context.Context, id SessionID, b *belief, began time.Time) (session Session, err error) {
	err = errors.New("look up session: interrupted") // what waiters get should the store panic
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		b.err = err
		if err == nil || errors.Is(err, ErrNoSession) {
			b.session, b.checked = session, began
		}
		close(b.looking)
		b.looking = nil
		if err == nil {
			session, err = l.judge(b, began)
		}
	}()
	shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookupPatience)
	defer cancel()
	session, err = l.store.Session(shared, id)
	return session, err
}

// shared is what a waiter gets from a lookup that is over. When another one was begun meanwhile, the
// waiter has to ask again.
func (l *living) shared(b *belief) (Session, error, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.looking != nil {
		return Session{}, nil, false
	}
	if b.err != nil {
		return Session{}, b.err, true
	}
	session, err := l.judge(b, l.clock.Now())
	return session, err, true
}

// judge tells whether the session lives at now, and hands on that it was seen. The lock is held.
func (l *living) judge(b *belief, now time.Time) (Session, error) {
	s := b.session
	if b.ended || s.ID == 0 || !now.Before(s.ExpiresAt) {
		return Session{}, ErrNoSession
	}
	if now.Sub(s.LastSeenAt) >= touchEvery && now.Sub(b.touched) >= touchEvery {
		select {
		case l.touches <- touch{s.ID, now, expiry(s.CreatedAt, now)}:
			b.touched = now
		default:
		}
	}
	return s, nil
}

// byCookie is get by the hash of a cookie.
func (l *living) byCookie(ctx context.Context, hash []byte) (Session, error) {
	l.mu.Lock()
	id := l.cookies[string(hash)]
	l.mu.Unlock()
	if id == 0 {
		found, err := l.store.SessionByCookie(ctx, hash)
		if err != nil {
			return Session{}, err
		}
		id = found.ID
		l.mu.Lock()
		l.cookies[string(hash)] = id
		l.mu.Unlock()
	}
	return l.get(ctx, id)
}

// end makes every node forget a session at once; the store has ended it already.
func (l *living) end(ids ...SessionID) {
	l.drop(ids...)
	if l.others != nil && len(ids) > 0 {
		l.others(ids...)
	}
}

// drop makes this node forget a session at once. Lookups that began before and come back later do not
// revive it.
func (l *living) drop(ids ...SessionID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		if b := l.byID[id]; b != nil {
			b.ended = true
			delete(l.byID, id)
		}
	}
}

// sweep forgets what nobody asked for lately. The lock is held.
func (l *living) sweep(now time.Time) {
	if absolute(now.Sub(l.swept)) < forgetAfter {
		return
	}
	l.swept = now
	for id, b := range l.byID {
		if b.looking == nil && absolute(now.Sub(b.checked)) >= forgetAfter {
			delete(l.byID, id)
		}
	}
	for hash, id := range l.cookies {
		if l.byID[id] == nil {
			delete(l.cookies, hash)
		}
	}
}

// absolute lets a clock that was set back end a belief as surely as one that went on.
func absolute(d time.Duration) time.Duration {
	if d < 0 {
		return -d
	}
	return d
}
