package account

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"hathor/internal/clock"
)

// gatedSessions answers lookups by id when the test lets it.
type gatedSessions struct {
	Sessions
	asked chan SessionID      // receives every lookup
	reply chan func() Session // its answer; a zero session is ErrNoSession
	fail  error
}

func newGated() *gatedSessions {
	return &gatedSessions{asked: make(chan SessionID), reply: make(chan func() Session)}
}

func (g *gatedSessions) Session(_ context.Context, id SessionID) (Session, error) {
	g.asked <- id
	s := (<-g.reply)()
	if g.fail != nil {
		return Session{}, g.fail
	}
	if s.ID == 0 {
		return Session{}, ErrNoSession
	}
	return s, nil
}

func alive(id SessionID) func() Session {
	return func() Session {
		return Session{ID: id, User: 1, CreatedAt: noon, LastSeenAt: noon, ExpiresAt: noon.Add(IdleLife)}
	}
}

func TestRequestsOfASessionShareOneLookup(t *testing.T) {
	store := newGated()
	lives := livingSessions(store, clock.NewFake(noon))
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			if s, err := lives.get(t.Context(), 7); err != nil || s.ID != 7 {
				t.Errorf("got %+v %v", s, err)
			}
		})
	}
	<-store.asked
	store.reply <- alive(7) // a second lookup would wait for ever
	group.Wait()
}

func TestLookupsAreRepeatedAfterAMoment(t *testing.T) {
	store, now := newGated(), clock.NewFake(noon)
	lives := livingSessions(store, now)
	answer := func(s func() Session) (Session, error) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			<-store.asked
			store.reply <- s
		}()
		defer func() { <-done }()
		return lives.get(t.Context(), 7)
	}
	if _, err := answer(alive(7)); err != nil {
		t.Fatal(err)
	}
	now.Advance(believedFor - time.Millisecond)
	if _, err := lives.get(t.Context(), 7); err != nil { // a lookup would wait for ever
		t.Error(err)
	}
	now.Advance(time.Millisecond)
	if _, err := answer(func() Session { return Session{} }); !errors.Is(err, ErrNoSession) {
		t.Errorf("ended elsewhere: %v", err)
	}
	now.Advance(-time.Hour)
	if _, err := answer(alive(7)); err != nil {
		t.Errorf("after the clock was set back: %v", err)
	}
	now.Advance(believedFor)
	store.fail = errors.New("away")
	if _, err := answer(alive(7)); err == nil || errors.Is(err, ErrNoSession) {
		t.Errorf("store away: %v", err)
	}
	store.fail = nil
	if _, err := answer(alive(7)); err != nil {
		t.Errorf("store back: %v", err)
	}
}

func TestALateLookupDoesNotReviveAnEndedSession(t *testing.T) {
	store := newGated()
	lives := livingSessions(store, clock.NewFake(noon))
	result := make(chan error)
	go func() {
		_, err := lives.get(t.Context(), 7)
		result <- err
	}()
	<-store.asked
	lives.end(7)
	store.reply <- alive(7)
	if err := <-result; !errors.Is(err, ErrNoSession) {
		t.Errorf("got %v", err)
	}
}

func TestAGoneRequestDoesNotCancelTheLookupOfOthers(t *testing.T) {
	store := newGated()
	lives := livingSessions(store, clock.NewFake(noon))
	first, cancel := context.WithCancel(t.Context())
	results := make(chan error, 2)
	go func() {
		_, err := lives.get(first, 7)
		results <- err
	}()
	<-store.asked
	cancel()
	waiting, stop := context.WithCancel(t.Context())
	stop()
	if _, err := lives.get(waiting, 7); !errors.Is(err, context.Canceled) {
		t.Errorf("a waiter that went away got %v", err)
	}
	store.reply <- alive(7)
	if err := <-results; err != nil {
		t.Error(err)
	}
	if _, err := lives.get(t.Context(), 7); err != nil {
		t.Error(err)
	}
}

func TestUseIsWrittenOnceAMinute(t *testing.T) {
	store, now := newGated(), clock.NewFake(noon)
	lives := livingSessions(store, now)
	go func() {
		for range store.asked {
			store.reply <- alive(7)
		}
	}()
	defer close(store.asked)
	for range 120 {
		if _, err := lives.get(t.Context(), 7); err != nil {
			t.Fatal(err)
		}
		now.Advance(time.Second)
	}
	if got := len(lives.touches); got != 1 {
		t.Fatalf("%d writes", got)
	}
	if got := <-lives.touches; got.what.ID != 7 || !got.seen.Equal(noon.Add(time.Minute)) {
		t.Errorf("got %+v", got)
	}
}

func TestTheMemoryForgets(t *testing.T) {
	store, now := newGated(), clock.NewFake(noon)
	lives := livingSessions(store, now)
	go func() {
		for id := range store.asked {
			store.reply <- alive(id)
		}
	}()
	defer close(store.asked)
	for id := SessionID(1); id <= 100; id++ {
		if _, err := lives.get(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		lives.hashes[string(rune(id))] = id
	}
	now.Advance(forgetAfter)
	if _, err := lives.get(t.Context(), 101); err != nil {
		t.Fatal(err)
	}
	if len(lives.byID) != 1 || len(lives.hashes) != 0 {
		t.Errorf("%d sessions and %d cookies are remembered", len(lives.byID), len(lives.hashes))
	}
}
