package account

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

var quick = Cost{Memory: 64, Time: 1, Threads: 1}

func TestDefaultCost(t *testing.T) {
	encoded, err := newHasher(DefaultCost()).hash(t.Context(), "Correct1horse")
	if err != nil || !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("got %q %v", encoded, err)
	}
}

func TestHashes(t *testing.T) {
	h := newHasher(quick)
	one, err := h.hash(t.Context(), "Correct1horse")
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.hash(t.Context(), "Correct1horse")
	if err != nil || one == two {
		t.Errorf("two hashes of one password are the same: %v", err)
	}
	for password, want := range map[string]bool{"Correct1horse": true, "correct1horse": false, "": false, "Correct1horse\x00": false} {
		if got, err := h.verify(t.Context(), one, password); got != want || err != nil {
			t.Errorf("%q: %t %v", password, got, err)
		}
	}
	if h.stale(one) || !newHasher(DefaultCost()).stale(one) {
		t.Error("a hash is stale exactly when its cost is not today's")
	}
	for _, broken := range []string{"", "$", "plain", "$2b$10$abcdefghijklmnopqrstuv", strings.Replace(one, "m=64", "m=99999999", 1),
		strings.Replace(one, "t=1", "t=0", 1), strings.Replace(one, "p=1", "p=0", 1), one[:len(one)-30]} {
		if ok, err := h.verify(t.Context(), broken, "Correct1horse"); ok || err == nil {
			t.Errorf("%q: %t %v", broken, ok, err)
		}
	}
}

func TestTheDummyCostsAsMuchAsAUserAndMatchesNothing(t *testing.T) {
	h := newHasher(quick)
	cost, salt, sum, err := parsePHC(h.dummy)
	if err != nil || cost != quick || len(salt) != saltBytes || len(sum) != hashBytes {
		t.Errorf("the dummy is %q: %v", h.dummy, err)
	}
	if ok, err := h.verify(t.Context(), h.dummy, ""); ok || err != nil {
		t.Errorf("got %t %v", ok, err)
	}
}

// oneUser knows anna only.
type oneUser struct {
	Store
	anna Credentials
}

func (o oneUser) Credentials(_ context.Context, login string) (Credentials, error) {
	if login != "anna" {
		return Credentials{}, ErrNoUser
	}
	return o.anna, nil
}

func (oneUser) WriteEvent(context.Context, Event) error { return nil }

func TestUnknownUsersTakeTheirTurnAtTheHashesToo(t *testing.T) {
	store := &oneUser{}
	s, err := NewService(store, clock.NewFake(noon), Settings{Secret: make([]byte, 32), Cost: quick})
	if err != nil {
		t.Fatal(err)
	}
	if store.anna.PasswordHash, err = s.hasher.hash(t.Context(), "Correct1horse"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"anna", "nobody"} {
		if _, err := s.Login(t.Context(), Login{Username: name, Password: "Wrong1horse"}, Client{}); !errors.Is(err, ErrInvalidCredentials) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range cap(s.hasher.turns) {
		s.hasher.turns <- struct{}{}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{"anna", "nobody"} {
		if _, err := s.Login(gone, Login{Username: name, Password: "Wrong1horse"}, Client{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s was answered without a hash: %v", name, err)
		}
	}
}

func TestTooLongAWaitIsTurnedAway(t *testing.T) {
	h := newHasher(quick)
	h.patience = time.Millisecond
	for range cap(h.turns) {
		h.turns <- struct{}{}
	}
	if _, err := h.hash(t.Context(), "Correct1horse"); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("got %v", err)
	}
	<-h.turns
	if _, err := h.hash(t.Context(), "Correct1horse"); err != nil {
		t.Error(err)
	}
	if len(h.turns) != cap(h.turns)-1 {
		t.Error("a turn was not given back")
	}
}

func TestFewHashesAtATime(t *testing.T) {
	h := newHasher(quick)
	if cap(h.turns) < 1 || uint32(cap(h.turns))*DefaultCost().Memory >= 256*1024 {
		t.Errorf("%d hashes at a time", cap(h.turns))
	}
}
