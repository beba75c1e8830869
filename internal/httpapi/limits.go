package httpapi

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
)

// Limits are the operator's limits on requests; a zero Rate switches one off.
type Limits struct {
	Anonymous Rate // requests of an address that is not signed in
	Auth      Rate // failed sign-ins and registrations of an address, failed sign-ins to an account
	User      Rate // requests of a user; streams and covers are counted apart
}

var (
	errTooMany         = fault.New(fault.RateLimited, "rate_limited", "Too many requests, please try again later.")
	errTooManyAttempts = fault.New(fault.RateLimited, "too_many_attempts", "Too many authentication attempts, please try again later.")
)

// limits counts requests. Each Rate has a limiter of its own for each thing that is counted.
type limits struct {
	anonymous, address, account, user, media *limiter
	signer                                   *account.Signer
}

// newLimits counts with shared where several nodes do so together. What guards passwords refuses when
// shared is away; the rest goes on with this node's own counts, so that music does.
func newLimits(rates Limits, signer *account.Signer, c clock.Clock, shared Counter) *limits {
	l := &limits{
		anonymous: newLimiter("anonymous", rates.Anonymous, c), address: newLimiter("auth", rates.Auth, c),
		account: newLimiter("account", rates.Auth, c), user: newLimiter("user", rates.User, c),
		media: newLimiter("media", rates.User, c), signer: signer,
	}
	for _, one := range []*limiter{l.anonymous, l.address, l.account, l.user, l.media} {
		one.shared = shared
	}
	l.address.strict, l.account.strict = true, true
	return l
}

// requests limits every request below /api but those about health. It stands behind authenticate.
func (l *limits) requests(next http.Handler) http.Handler {
	attempts := l.attempts(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if path == "/api/health" || strings.HasPrefix(path, "/api/health/") {
			next.ServeHTTP(w, r)
			return
		}
		stands := l.takeRequest(r)
		stands.describe(w.Header())
		if stands.refused {
			writeError(r.Context(), w, errTooMany)
			return
		}
		if r.Method == http.MethodPost && guessable(path) {
			attempts.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// guessable tells the routes at which somebody could try out names, passwords or invitations.
func guessable(path string) bool {
	return path == "/api/auth/login" || path == "/api/auth/register" || path == "/api/auth/invites/check"
}

// failed tells whether an answer of such a route counts as an attempt. A registration always does.
func failed(r *http.Request, status int) bool {
	switch r.URL.Path {
	case "/api/auth/login":
		return factsOf(r.Context()).failedSignIn
	case "/api/auth/invites/check":
		return status == http.StatusForbidden
	}
	return true
}

// takeRequest counts the request for its user, for the user its signed address names, or for its address.
func (l *limits) takeRequest(r *http.Request) standing {
	user := identity(r.Context()).User
	media := strings.HasSuffix(r.URL.Path, "/stream") || strings.HasSuffix(r.URL.Path, "/cover")
	if user == 0 && media {
		user, _ = l.signer.Names(r.URL.Query())
	}
	key := strconv.FormatInt(int64(user), 10)
	switch {
	case user == 0:
		return l.anonymous.take(r.Context(), clientOf(r.Context()).bucket())
	case media:
		return l.media.take(r.Context(), key)
	}
	return l.user.take(r.Context(), key)
}

// attempts limits sign-ins, registrations and looks at invitations of an address. An attempt is counted before
// it is made, so that many at once do not slip through; one that is none in the end is given back.
func (l *limits) attempts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := clientOf(r.Context()).bucket()
		stands := l.address.take(r.Context(), key)
		if err := stands.err(errTooManyAttempts); err != nil {
			stands.describe(w.Header())
			writeError(r.Context(), w, err)
			return
		}
		settle := func(status int) {
			if !failed(r, status) {
				stands = l.address.giveBack(r.Context(), key)
			}
			stands.describe(w.Header())
		}
		next.ServeHTTP(&settlingWriter{ResponseWriter: w, settle: settle}, r)
	})
}

// settlingWriter tells the status before the header goes out.
type settlingWriter struct {
	http.ResponseWriter
	settle  func(status int)
	settled bool
}

// WriteHeader settles once; a body without a status is a 200.
func (s *settlingWriter) WriteHeader(status int) {
	if !s.settled {
		s.settled = true
		s.settle(status)
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write settles with 200 when no status came before.
func (s *settlingWriter) Write(p []byte) (int, error) {
	if !s.settled {
		s.WriteHeader(http.StatusOK)
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (s *settlingWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// describe adds the standard RateLimit headers (draft-ietf-httpapi-ratelimit-headers), several limits in
// one line, and when to come back after a refusal.
func (s standing) describe(h http.Header) {
	if s.limiter == nil {
		return
	}
	item := make([]byte, 0, 64)
	item = append(append(item, s.limiter.quoted...), ";r="...)
	item = append(strconv.AppendInt(item, int64(s.remaining), 10), ";t="...)
	item = strconv.AppendInt(item, int64(wholeSeconds(s.reset)), 10)
	addItem(h, "Ratelimit", []string{string(item)})
	addItem(h, s.limiter.policy.name, s.limiter.policy.values)
	if s.refused {
		h.Set("Retry-After", strconv.Itoa(wholeSeconds(s.reset)))
	}
}

// addItem adds to the one line of a header, whose name is in the canonical form.
func addItem(h http.Header, name string, item []string) {
	if have := h[name]; len(have) > 0 {
		item = []string{have[0] + ", " + item[0]}
	}
	h[name] = item
}

// wholeSeconds rounds up: coming back a moment early would be refused again.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
