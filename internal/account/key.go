package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

// Scope is what an API key may do.
type Scope string

// The scopes: Read looks and listens, Write does all else that a key may do too.
const (
	Read  Scope = "read"
	Write Scope = "write"
)

const (
	// keyMark begins every key, so that a leaked one can be recognised.
	keyMark = "hk_"
	// keyPrefix is how much of a key its list shows.
	keyPrefix = len(keyMark) + 6
	// mostKeys is how many keys a user may have.
	mostKeys       = 100
	longestKeyName = 100
)

var (
	// ErrNoKey is for a key that is not there, or not the asker's.
	ErrNoKey = fault.Missing("API key")
	// ErrTooManyKeys is for one key more than a user may have.
	ErrTooManyKeys = fault.Newf(fault.Conflict, "too_many_keys", "%d API keys are the most; please delete one first", mostKeys)

	errBadKey = fault.New(fault.Unauthenticated, "invalid_key", "The API key is not valid")
)

// Key is a personal API key: a program's way in that is not the password. Role is the user's role now,
// Factor whether the user has a second factor.
type Key struct {
	ID         KeyID
	User       UserID
	Role       Role
	Factor     bool
	Name       string
	Scope      Scope
	Prefix     string
	CreatedAt  time.Time
	LastUsedAt time.Time // the zero time when never; to the minute
	ExpiresAt  time.Time // the zero time when never
}

func (k Key) ident() KeyID               { return k.ID }
func (k Key) livesAt(now time.Time) bool { return k.ExpiresAt.IsZero() || now.Before(k.ExpiresAt) }
func (k Key) lastUse() time.Time         { return k.LastUsedAt }

func livingKeys(store Keys, c clock.Clock) *living[KeyID, Key] {
	return newLiving(source[KeyID, Key]{store.Key, store.KeyByHash, errBadKey}, c)
}

// isKey tells an API key from an access token.
func isKey(token string) bool { return strings.HasPrefix(token, keyMark) }

// identityOfKey is nobody for the zero key.
func (s *Service) identityOfKey(k Key) Identity {
	if k.ID == 0 {
		return Identity{}
	}
	return Identity{User: k.User, Key: k.ID, Scope: k.Scope, Role: k.Role, LacksFactor: s.lacksFactor(k.Role, k.Factor)}
}

// KeyDraft is a key to be made. A zero ExpiresAt is never.
type KeyDraft struct {
	Name      string
	Scope     Scope
	ExpiresAt time.Time
}

// Validate names every wrong field, nil when there is none.
func (d KeyDraft) Validate(now time.Time) error {
	var c fault.Checks
	name := strings.TrimSpace(d.Name)
	length := utf8.RuneCountInString(name)
	c.Require(length >= 1 && length <= longestKeyName, "name", "Name must be 1-100 characters")
	printable := utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) && !joiner(r) })
	c.Require(printable, "name", "Name must not contain control characters")
	c.Require(d.Scope == Read || d.Scope == Write, "scope", "Scope must be read or write")
	c.Require(d.ExpiresAt.IsZero() || d.ExpiresAt.After(now), "expiresAt", "The end must be in the future")
	return c.Err()
}

// CreateKey makes a key and returns it with its text, which nobody can read again.
func (s *Service) CreateKey(ctx context.Context, who Identity, d KeyDraft) (Key, string, error) {
	now := s.clock.Now()
	if err := d.Validate(now); err != nil {
		return Key{}, "", err
	}
	text, _ := newToken()
	text = keyMark + text
	made := Key{User: who.User, Name: strings.TrimSpace(d.Name), Scope: d.Scope, Prefix: text[:keyPrefix],
		CreatedAt: now, ExpiresAt: d.ExpiresAt.UTC().Truncate(time.Millisecond)}
	event := EventBy(who, KeyCreated, Target{Kind: "key", Name: made.Name}).With("scope", string(made.Scope))
	id, err := s.store.AddKey(ctx, made, tokenHash(text), mostKeys, s.at(event))
	if errors.Is(err, ErrNoUser) {
		return Key{}, "", ErrNotSignedIn // no more
	}
	if err != nil {
		return Key{}, "", fmt.Errorf("add key: %w", err)
	}
	made.ID = id
	slog.InfoContext(ctx, "API key made", slog.Int64("user", int64(who.User)), slog.Int64("key", int64(id)), slog.String("scope", string(d.Scope)))
	return made, text, nil
}

// Keys lists the asker's keys, newest first, expired ones too.
func (s *Service) Keys(ctx context.Context, who Identity) ([]Key, error) {
	return s.store.KeysOf(ctx, who.User)
}

// DeleteKey ends a key of the asker: here at once, on other nodes within a second. It is ErrNoKey for what
// is not the asker's.
func (s *Service) DeleteKey(ctx context.Context, who Identity, id KeyID) error {
	if err := s.store.RemoveKey(ctx, who.User, id, s.at(EventBy(who, KeyDeleted, Target{Kind: "key", ID: int64(id)}))); err != nil {
		return fmt.Errorf("remove key: %w", err)
	}
	s.keys.end(id)
	slog.InfoContext(ctx, "API key deleted", slog.Int64("user", int64(who.User)), slog.Int64("key", int64(id)))
	return nil
}
