package account

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

// everyone has one session, number 7 of user 3.
type everyone struct {
	Sessions
	ended bool
}

func (e *everyone) Session(_ context.Context, id SessionID) (Session, error) {
	if e.ended || id != 7 {
		return Session{}, ErrNoSession
	}
	return Session{ID: 7, User: 3, Role: Member, LastSeenAt: noon, CreatedAt: noon, ExpiresAt: noon.Add(IdleLife)}, nil
}

func newSigner(store Sessions, now clock.Clock) *Signer {
	return &Signer{key: []byte("key"), clock: now, sessions: livingSessions(store, now)}
}

func TestSignedAddresses(t *testing.T) {
	store, now := &everyone{}, clock.NewFake(noon)
	signer := newSigner(store, now)
	who := Identity{User: 3, Session: 7, Role: Member}
	sign := func(who Identity, object string, ttl time.Duration) url.Values {
		query, expires := signer.Sign(who, object, ttl)
		if expires.After(now.Now().Add(LongestSignature)) {
			t.Errorf("lives until %v", expires)
		}
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		return values
	}
	good := sign(who, "song/12", 24*time.Hour)
	got, err := signer.Verify(t.Context(), "song/12", good)
	if err != nil || got != who {
		t.Errorf("got %+v %v", got, err)
	}
	if user, ok := signer.Names(good); !ok || user != 3 {
		t.Errorf("names %d %t", user, ok)
	}
	value := good.Get(SignatureParameter)
	payload, sum, _ := strings.Cut(value, ".")
	other := sign(who, "song/13", time.Hour).Get(SignatureParameter)
	otherPayload, _, _ := strings.Cut(other, ".")
	refused := map[string]url.Values{
		"other object":    {SignatureParameter: {other}},
		"swapped payload": {SignatureParameter: {otherPayload + "." + sum}},
		"cut":             {SignatureParameter: {value[:len(value)-2]}},
		"no sum":          {SignatureParameter: {payload + "."}},
		"no dot":          {SignatureParameter: {payload}},
		"empty":           {SignatureParameter: {""}},
		"none":            {},
		"other user":      sign(Identity{User: 4, Session: 7}, "song/12", time.Hour),
		"other session":   sign(Identity{User: 3, Session: 8}, "song/12", time.Hour),
		"other key":       {SignatureParameter: {signWith(t, "other key", who, now)}},
		"no time":         sign(who, "song/12", 0),
	}
	for name, query := range refused {
		if _, err := signer.Verify(t.Context(), "song/12", query); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s: %v", name, err)
		}
	}
	now.Advance(LongestSignature)
	if _, err := signer.Verify(t.Context(), "song/12", good); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("expired: %v", err)
	}
	fresh := sign(who, "song/12", time.Minute)
	store.ended = true
	now.Advance(time.Second)
	if _, err := signer.Verify(t.Context(), "song/12", fresh); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("ended session: %v", err)
	}
}

// oneKey has key 5 of user 3.
type oneKey struct {
	Keys
	ended bool
}

func (o *oneKey) Key(_ context.Context, id KeyID) (Key, error) {
	if o.ended || id != 5 {
		return Key{}, ErrNoKey
	}
	return Key{ID: 5, User: 3, Role: Member, Scope: Read, LastUsedAt: noon}, nil
}

func TestAnAddressOfAKeyDiesWithIt(t *testing.T) {
	store, now := &oneKey{}, clock.NewFake(noon)
	signer := newSigner(&everyone{}, now)
	signer.keys = livingKeys(store, now)
	verify := func(who Identity) (Identity, error) {
		query, _ := signer.Sign(who, "song/12", time.Hour)
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		return signer.Verify(t.Context(), "song/12", values)
	}
	who := Identity{User: 3, Key: 5, Scope: Read, Role: Member}
	if got, err := verify(who); err != nil || got != who {
		t.Errorf("got %+v %v", got, err)
	}
	for _, other := range []Identity{{User: 4, Key: 5}, {User: 3, Key: 7}, {User: 3}} {
		if _, err := verify(other); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%+v: %v", other, err)
		}
	}
	store.ended = true
	now.Advance(time.Second)
	if _, err := verify(who); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("an ended key: %v", err)
	}
}

func signWith(t *testing.T, key string, who Identity, now clock.Clock) string {
	t.Helper()
	query, _ := (&Signer{key: []byte(key), clock: now}).Sign(who, "song/12", time.Hour)
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values.Get(SignatureParameter)
}

func TestTheSecretIsMadeOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "secret")
	secrets := make([]string, 4)
	var group sync.WaitGroup
	for i := range secrets {
		group.Go(func() {
			secret, err := LoadSecret(path)
			if err != nil {
				t.Error(err)
			}
			secrets[i] = string(secret)
		})
	}
	group.Wait()
	for _, secret := range secrets {
		if secret != secrets[0] || len(secret) < shortestSecret {
			t.Errorf("got %d bytes", len(secret))
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	if other, err := LoadSecret(filepath.Join(t.TempDir(), "secret")); err != nil || string(other) == secrets[0] {
		t.Errorf("another server got the same secret, %v", err)
	}
}

func TestShortSecretsAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadSecret(path); err == nil || strings.Contains(err.Error(), "short\n") {
		t.Errorf("got %v", err)
	}
	if _, err := NewService(nil, clock.NewFake(noon), Settings{Secret: make([]byte, 31)}); err == nil {
		t.Error("a service took a short secret")
	}
}

func TestKeysDiffer(t *testing.T) {
	k, err := deriveKeys(make([]byte, 32))
	if err != nil || string(k.access) == string(k.signature) || len(k.access) != 32 || len(k.signature) != 32 {
		t.Errorf("got %v", err)
	}
}
