package account

import (
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

// What our access tokens say they are; a token that says anything else is refused.
const (
	tokenIssuer   = "hathor"
	tokenAudience = "hathor-api"
	tokenType     = "at+jwt"
)

var errBadToken = fault.New(fault.Unauthenticated, "invalid_token", "The access token is not valid, please sign in")

// accessTokens makes and reads the short-lived tokens of clients that are not the web client. A token only
// names a session; whether that lives is asked each time.
type accessTokens struct {
	key    []byte
	life   time.Duration
	clock  clock.Clock
	parser *jwt.Parser
}

type accessClaims struct {
	jwt.RegisteredClaims
	Session SessionID `json:"sid"`
}

func newAccessTokens(key []byte, life time.Duration, c clock.Clock) *accessTokens {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(tokenIssuer),
		jwt.WithAudience(tokenAudience), jwt.WithExpirationRequired(), jwt.WithTimeFunc(c.Now), jwt.WithStrictDecoding())
	return &accessTokens{key: key, life: life, clock: c, parser: parser}
}

func (a *accessTokens) make(user UserID, session SessionID) (string, error) {
	now := a.clock.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, accessClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: tokenIssuer, Audience: jwt.ClaimStrings{tokenAudience}, Subject: strconv.FormatInt(int64(user), 10),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(a.life)),
		},
		Session: session,
	})
	token.Header["typ"] = tokenType
	return token.SignedString(a.key)
}

// read returns whom the token names, or errBadToken.
func (a *accessTokens) read(text string) (UserID, SessionID, error) {
	var claims accessClaims
	token, err := a.parser.ParseWithClaims(text, &claims, func(*jwt.Token) (any, error) { return a.key, nil })
	if err != nil {
		return 0, 0, errBadToken.Because(err)
	}
	user, err := strconv.ParseInt(claims.Subject, 10, 64)
	if token.Header["typ"] != tokenType || err != nil || user < 1 || claims.Session < 1 {
		return 0, 0, errBadToken
	}
	return UserID(user), claims.Session, nil
}
