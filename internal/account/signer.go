package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

const (
	// SignatureParameter is the query parameter that signs an address; logs leave its value out.
	SignatureParameter = "signature"
	// LongestSignature is how long a signed address lives at most.
	LongestSignature = time.Hour
)

// ErrBadSignature is the answer for an address whose signature is false, expired, for something else, or
// of a session or key that ended.
var ErrBadSignature = fault.New(fault.Unauthenticated, "bad_signature", "This address has expired, please ask for a new one")

// Signer makes addresses that work without a header or cookie, for player elements: bound to a user, the
// session or key and one object, for a limited time. An address dies with its session or key. Get it from Service.Signer.
type Signer struct {
	key      []byte
	clock    clock.Clock
	sessions *living[SessionID, Session]
	keys     *living[KeyID, Key]
}

// claim is what a signature says; it travels in the address.
type claim struct {
	User    UserID    `json:"u"`
	Session SessionID `json:"s,omitempty"`
	Key     KeyID     `json:"k,omitempty"` // instead of the session
	Object  string    `json:"o"`
	Expires int64     `json:"e"` // Unix seconds
}

// Sign returns the query string, "signature=…", that opens object to who for ttl, at most LongestSignature.
// object names what is opened and what for, such as "song/12/stream"; Verify wants the same.
func (s *Signer) Sign(who Identity, object string, ttl time.Duration) (query string, expires time.Time) {
	expires = s.clock.Now().Add(min(ttl, LongestSignature)).Truncate(time.Second)
	payload, _ := json.Marshal(claim{who.User, who.Session, who.Key, object, expires.Unix()}) // numbers and a string always encode
	encoded := base64.RawURLEncoding.EncodeToString(payload)
	value := encoded + "." + base64.RawURLEncoding.EncodeToString(s.sum(encoded))
	return url.Values{SignatureParameter: {value}}.Encode(), expires
}

// Verify tells who was given the address. It returns ErrBadSignature when the query does not open object
// now, and the store's fault when that cannot be told.
func (s *Signer) Verify(ctx context.Context, object string, query url.Values) (Identity, error) {
	c, ok := s.read(query)
	if !ok || c.Object != object {
		return Identity{}, ErrBadSignature
	}
	who, err := s.holder(ctx, c)
	if kind := fault.KindOf(err); err != nil && kind != fault.NotFound && kind != fault.Unauthenticated {
		return Identity{}, err
	}
	if err != nil || who.User != c.User {
		return Identity{}, ErrBadSignature
	}
	return who, nil
}

// holder is whom the session or the key of the claim belongs to, as long as it lives.
func (s *Signer) holder(ctx context.Context, c claim) (Identity, error) {
	if c.Key != 0 {
		key, err := s.keys.get(ctx, c.Key)
		return Identity{User: key.User, Key: key.ID, Scope: key.Scope, Role: key.Role}, err
	}
	session, err := s.sessions.get(ctx, c.Session)
	return Identity{User: session.User, Session: session.ID, Role: session.Role}, err
}

// Names tells whom a genuine, unexpired signature names, whatever it opens, so that its requests can be
// counted for that user. It proves no right to anything.
func (s *Signer) Names(query url.Values) (UserID, bool) {
	c, ok := s.read(query)
	return c.User, ok
}

func (s *Signer) read(query url.Values) (claim, bool) {
	encoded, signature, _ := strings.Cut(query.Get(SignatureParameter), ".")
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(given, s.sum(encoded)) {
		return claim{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return claim{}, false
	}
	var c claim
	if err := json.Unmarshal(payload, &c); err != nil {
		return claim{}, false
	}
	return c, s.clock.Now().Unix() < c.Expires
}

func (s *Signer) sum(encoded string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(encoded))
	return mac.Sum(nil)
}
