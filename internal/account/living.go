package account

import (
	"context"
	"errors"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

const (
	// believedFor is how long a session or key is believed to live without asking the store again, so that one ended
	// on another node stops here within a second.
	believedFor = 900 * time.Millisecond
	// lookupPatience bounds a lookup, which outlives the request that began it.
	lookupPatience = 5 * time.Second
	// forgetAfter is when one that nobody asks for leaves the memory.
	forgetAfter = time.Minute
	// touchEvery is how often a last use is written.
	touchEvery = time.Minute
)

// mortal is what lives until it expires or is ended: a session or a key.
type mortal[ID any] interface {
	ident() ID // zero for nothing
	livesAt(now time.Time) bool
	lastUse() time.Time // as the store has it
}

// source is where the living are looked up; a fault of kind NotFound says that there is no such one.
type source[ID ~int64, T mortal[ID]] struct {
	find   func(ctx context.Context, id ID) (T, error)
	byHash func(ctx context.Context, hash []byte) (T, error)
	// gone is what becomes of a request by one that is no more.
	gone error
}

// living remembers for a moment which sessions, or keys, live. Requests of one that come together share one
// lookup. A failed lookup is an error for all who wait: nobody passes unchecked.
type living[ID ~int64, T mortal[ID]] struct {
	source source[ID, T]
	clock  clock.Clock
	// touches holds what is to be written; when it is full a touch is dropped and a later request offers
	// it again.
	touches chan touch[T]
	// others tells the other nodes of ends; nil where there are none.
	others func(ids ...ID)

	mu     sync.Mutex
	byID   map[ID]*belief[T]
	hashes map[string]ID // the hash of a cookie or a key names the same one for ever
	swept  time.Time
}

// touch is one that was seen.
type touch[T any] struct {
	what T
	seen time.Time
}

// belief is what is held true of one session or key.
type belief[T any] struct {
	ended   bool
	known   T
	checked time.Time     // zero before the first lookup
	touched time.Time     // last touch that was handed on
	looking chan struct{} // closed when the lookup under way is over; nil without
	err     error         // of the last lookup
}

func newLiving[ID ~int64, T mortal[ID]](from source[ID, T], c clock.Clock) *living[ID, T] {
	return &living[ID, T]{source: from, clock: c, touches: make(chan touch[T], 256),
		byID: map[ID]*belief[T]{}, hashes: map[string]ID{}, swept: c.Now()}
}

// get returns the one with the id when it lives, the source's gone when it does not.
func (l *living[ID, T]) get(ctx context.Context, id ID) (T, error) {
	for {
		l.mu.Lock()
		now := l.clock.Now()
		l.sweep(now)
		b := l.byID[id]
		if b == nil {
			b = &belief[T]{}
			l.byID[id] = b
		}
		if !b.checked.IsZero() && absolute(now.Sub(b.checked)) < believedFor {
			found, err := l.judge(b, now)
			l.mu.Unlock()
			return found, err
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
			var none T
			return none, ctx.Err()
		}
		if found, err, over := l.shared(b); over {
			return found, err
		}
	}
}

// look asks the store on behalf of all who wait for b.
func (l *living[ID, T]) look(ctx context.Context, id ID, b *belief[T], began time.Time) (found T, err error) {
	err = errors.New("look up who asks: interrupted") // what waiters get should the store panic
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		b.err = err
		if err == nil || fault.KindOf(err) == fault.NotFound {
			b.known, b.checked = found, began
		}
		close(b.looking)
		b.looking = nil
		if err == nil {
			found, err = l.judge(b, began)
		} else if fault.KindOf(err) == fault.NotFound {
			err = l.source.gone
		}
	}()
	shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookupPatience)
	defer cancel()
	found, err = l.source.find(shared, id)
	return found, err
}

// shared is what a waiter gets from a lookup that is over. When another one was begun meanwhile, the
// waiter has to ask again.
func (l *living[ID, T]) shared(b *belief[T]) (found T, err error, over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.looking != nil {
		return found, nil, false
	}
	if b.err != nil && fault.KindOf(b.err) != fault.NotFound {
		return found, b.err, true
	}
	found, err = l.judge(b, l.clock.Now())
	return found, err, true
}

// judge tells whether what is known lives at now, and hands on that it was seen. The lock is held.
func (l *living[ID, T]) judge(b *belief[T], now time.Time) (T, error) {
	if b.ended || b.known.ident() == 0 || !b.known.livesAt(now) {
		var none T
		return none, l.source.gone
	}
	if now.Sub(b.known.lastUse()) >= touchEvery && now.Sub(b.touched) >= touchEvery {
		select {
		case l.touches <- touch[T]{b.known, now}:
			b.touched = now
		default:
		}
	}
	return b.known, nil
}

// byHash is get by the hash of a cookie or a key.
func (l *living[ID, T]) byHash(ctx context.Context, hash []byte) (T, error) {
	l.mu.Lock()
	id := l.hashes[string(hash)]
	l.mu.Unlock()
	if id == 0 {
		found, err := l.source.byHash(ctx, hash)
		if fault.KindOf(err) == fault.NotFound {
			err = l.source.gone
		}
		if err != nil {
			return found, err
		}
		id = found.ident()
		l.mu.Lock()
		l.hashes[string(hash)] = id
		l.mu.Unlock()
	}
	return l.get(ctx, id)
}

// end makes every node forget some at once; the store has ended them already.
func (l *living[ID, T]) end(ids ...ID) {
	l.drop(ids...)
	if l.others != nil && len(ids) > 0 {
		l.others(ids...)
	}
}

// drop makes this node forget some at once. Lookups that began before and come back later do not revive
// them.
func (l *living[ID, T]) drop(ids ...ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		if b := l.byID[id]; b != nil {
			b.ended = true
			delete(l.byID, id)
		}
	}
}

// forget makes the next request of those that match ask the store, which has changed them. One that is
// being looked up may have been read before the change, so it is forgotten as well.
func (l *living[ID, T]) forget(matches func(T) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, b := range l.byID {
		if b.looking != nil || matches(b.known) {
			delete(l.byID, id)
		}
	}
}

// sweep forgets what nobody asked for lately. The lock is held.
func (l *living[ID, T]) sweep(now time.Time) {
	if absolute(now.Sub(l.swept)) < forgetAfter {
		return
	}
	l.swept = now
	for id, b := range l.byID {
		if b.looking == nil && absolute(now.Sub(b.checked)) >= forgetAfter {
			delete(l.byID, id)
		}
	}
	for hash, id := range l.hashes {
		if l.byID[id] == nil {
			delete(l.hashes, hash)
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
