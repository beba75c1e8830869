package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"
	"unicode"
)

// How long things live. A session that is not used for IdleLife ends, and so does any after LongestLife,
// however busy; then the user signs in again. A refresh token that was used before may be used again for
// ReuseGrace, because a client may lose an answer or ask twice at once; later it is taken for stolen. A
// session is fresh, which dangerous acts want, for FreshFor after it was confirmed.
const (
	IdleLife    = 30 * 24 * time.Hour
	LongestLife = 365 * 24 * time.Hour
	ReuseGrace  = 10 * time.Second
	FreshFor    = 15 * time.Minute
)

// Device is what is known of the client behind a session.
type Device struct {
	UserAgent string
	IP        string
}

const longestUserAgent = 300

// clean drops what cannot be shown and cuts what is too long.
func (d Device) clean() Device {
	kept := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(d.UserAgent, ""))
	if runes := []rune(kept); len(runes) > longestUserAgent {
		kept = string(runes[:longestUserAgent])
	}
	return Device{UserAgent: kept, IP: d.IP}
}

// Session is one signed-in client. Role is the user's role now, Factor whether the user has a second factor.
type Session struct {
	ID          SessionID
	User        UserID
	Role        Role
	Factor      bool
	Device      Device
	CreatedAt   time.Time
	LastSeenAt  time.Time
	ExpiresAt   time.Time
	ConfirmedAt time.Time // when the user last proved to be the one; the zero time when that counts no more
}

// fresh tells whether the session was confirmed lately. A clock that was set back makes nothing fresh.
func (s Session) fresh(now time.Time) bool {
	age := now.Sub(s.ConfirmedAt)
	return age >= 0 && age < FreshFor
}

// expiry is how long a session lives that began at start and was seen at seen.
func expiry(start, seen time.Time) time.Time {
	idle, longest := seen.Add(IdleLife), start.Add(LongestLife)
	if idle.After(longest) {
		return longest
	}
	return idle
}

// newToken returns 256 random bits for a client and their hash for the store.
func newToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails: the program ends instead
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, tokenHash(token)
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
