package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"hathor/internal/account"
	"hathor/internal/fault"
)

var errCrossSite = fault.New(fault.Forbidden, "cross_site", "Requests from other sites are not allowed")

// gates are what every request below /api passes, outermost first: who asks, from which site, how often.
func (s Services) gates(next http.Handler) (http.Handler, error) {
	if s.Accounts == nil {
		return next, nil // nobody can be signed in
	}
	sites, err := crossSite(s.Settings.Origins)
	if err != nil {
		return nil, err
	}
	return authenticate(s.Accounts, sites(s.limits.requests(next))), nil
}

// authenticate finds out who asks. It refuses nobody: the routes' rules do, and public routes stay open to
// one whose token has expired.
func authenticate(accounts *account.Service, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := factsOf(r.Context())
		f.who, f.refusal = whoAsks(accounts, r)
		f.who.Device = f.client.device()
		next.ServeHTTP(w, r)
	})
}

// device is what a session or the audit log notes of the client.
func (c client) device() account.Device { return account.Device{UserAgent: c.userAgent, IP: c.ip} }

func whoAsks(accounts *account.Service, r *http.Request) (account.Identity, error) {
	if token, ok := bearer(r); ok {
		return accounts.ByBearer(r.Context(), token)
	}
	cookie, err := r.Cookie(cookieName(clientOf(r.Context()).secure))
	if err != nil {
		return account.Identity{}, nil
	}
	return accounts.ByCookie(r.Context(), cookie.Value)
}

func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// crossSite refuses what another site's page makes a browser send with its cookie, sign-in included. A
// bearer token is no cookie: no other site can add it.
func crossSite(origins []string) (func(http.Handler) http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("allowed origin: %w", err)
		}
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, exempt := bearer(r)
			if err := protection.Check(checkedAs(r)); err != nil && !exempt {
				writeError(r.Context(), w, errCrossSite)
				return
			}
			next.ServeHTTP(w, r)
		})
	}, nil
}

// checkedAs is the request as its site is judged. A socket is opened by a GET, which any site's page may send with
// the cookie, and unlike other answers could then read: it is judged as what changes something.
func checkedAs(r *http.Request) *http.Request {
	if r.Method != http.MethodGet || !strings.HasPrefix(r.URL.Path, "/api/live") {
		return r
	}
	strict := *r
	strict.Method = http.MethodPost
	return &strict
}

// cookieName is the name that the browser itself protects wherever there is TLS.
func cookieName(secure bool) string {
	if secure {
		return "__Host-" + sessionCookie
	}
	return sessionCookie
}

// newCookie holds the session for the web client. Its end is the session's: the server decides.
func newCookie(ctx context.Context, value string) http.Cookie {
	secure := clientOf(ctx).secure
	return http.Cookie{
		Name: cookieName(secure), Value: value, Path: "/", MaxAge: int(account.LongestLife.Seconds()),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
}

// goneCookie takes the cookie away.
func goneCookie(ctx context.Context) http.Cookie {
	cookie := newCookie(ctx, "")
	cookie.MaxAge = -1
	return cookie
}
