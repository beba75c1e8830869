package account

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestAccessTokens(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	now := clock.NewFake(noon)
	tokens := newAccessTokens(key, 15*time.Minute, now)
	good := func() accessClaims {
		return accessClaims{Session: 7, RegisteredClaims: jwt.RegisteredClaims{
			Issuer: tokenIssuer, Audience: jwt.ClaimStrings{tokenAudience}, Subject: "3", ExpiresAt: jwt.NewNumericDate(noon.Add(time.Minute))}}
	}
	cases := []struct {
		name   string
		method jwt.SigningMethod
		key    any
		kind   string
		change func(*accessClaims)
		ok     bool
	}{
		{"good", jwt.SigningMethodHS256, key, tokenType, func(*accessClaims) {}, true},
		{"other key", jwt.SigningMethodHS256, key[1:], tokenType, func(*accessClaims) {}, false},
		{"none", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, tokenType, func(*accessClaims) {}, false},
		{"other algorithm", jwt.SigningMethodHS512, key, tokenType, func(*accessClaims) {}, false},
		{"other type", jwt.SigningMethodHS256, key, "JWT", func(*accessClaims) {}, false},
		{"other audience", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Audience = jwt.ClaimStrings{"other"} }, false},
		{"no audience", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Audience = nil }, false},
		{"other issuer", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Issuer = "other" }, false},
		{"expired", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.ExpiresAt = jwt.NewNumericDate(noon) }, false},
		{"endless", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.ExpiresAt = nil }, false},
		{"no user", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Subject = "" }, false},
		{"user zero", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Subject = "0" }, false},
		{"no session", jwt.SigningMethodHS256, key, tokenType, func(c *accessClaims) { c.Session = 0 }, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			claims := good()
			c.change(&claims)
			made := jwt.NewWithClaims(c.method, claims)
			made.Header["typ"] = c.kind
			text, err := made.SignedString(c.key)
			if err != nil {
				t.Fatal(err)
			}
			user, session, err := tokens.read(text)
			if c.ok && (err != nil || user != 3 || session != 7) {
				t.Errorf("got %d %d %v", user, session, err)
			}
			if !c.ok && fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("got %d %d %v", user, session, err)
			}
		})
	}
}

func TestAccessTokensLiveAsLongAsSet(t *testing.T) {
	now := clock.NewFake(noon)
	tokens := newAccessTokens([]byte("0123456789abcdef0123456789abcdef"), 15*time.Minute, now)
	text, err := tokens.make(3, 7)
	if err != nil {
		t.Fatal(err)
	}
	now.Advance(15*time.Minute - time.Second)
	if _, _, err := tokens.read(text); err != nil {
		t.Error(err)
	}
	now.Advance(time.Second)
	if _, _, err := tokens.read(text); err == nil {
		t.Error("the token outlived its life")
	}
}
