package httpapi

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
)

// record writes one log line and counts each request once it is over, and bounds how long a client may
// stall. It is the only wrapper around a stream's writer.
func record(s Services) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun := s.Clock.Now()
			r, end := s.follow(r)
			f := factsOf(r.Context())
			answer := newRecorder(w, s.Settings.Patience)
			answer.allowWrite(0)
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = &patientBody{ReadCloser: r.Body, control: answer.control, patience: s.Settings.Patience}
			}
			s.Metrics.begin()
			defer func() {
				answer.allowWrite(s.Settings.Patience) // for what the server still holds
				took := s.Clock.Now().Sub(begun)
				s.Metrics.end(r.Method, routeOf(r), answer.status, took)
				logRequest(s.Log, r, f, answer, took)
				s.followed(r, f, end, answer.status)
			}()
			next.ServeHTTP(answer, r)
		})
	}
}

// requestMessage is the line of every request.
const requestMessage = "request"

func logRequest(log *slog.Logger, r *http.Request, f *facts, answer *recorder, took time.Duration) {
	level := slog.LevelInfo
	if answer.status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	attributes := []slog.Attr{
		slog.String("method", r.Method),
		slog.String("url", loggable(r.URL)),
		slog.Int("status", answer.status),
		slog.Float64("duration", took.Seconds()),
		slog.Int64("bytes", answer.bytes),
		slog.String("userAgent", cut(r.UserAgent(), 300)),
		slog.String("ip", f.client.ip),
		slog.String("requestId", f.id),
		slog.Int64("userId", int64(f.who.User)),
	}
	if f.trace != "" {
		attributes = append(attributes, slog.String("traceId", f.trace))
	}
	log.LogAttrs(r.Context(), level, requestMessage, attributes...)
}

// routeOf is the pattern of the route that answered, which has no ids in it.
func routeOf(r *http.Request) string {
	routes := chi.RouteContext(r.Context())
	if routes == nil || len(routes.RoutePatterns) == 0 {
		return "none"
	}
	return routes.RoutePatterns[len(routes.RoutePatterns)-1]
}

// loggable is the address with every parameter that lets somebody in, or may, taken out.
func loggable(u *url.URL) string {
	if u.RawQuery == "" {
		return cut(u.EscapedPath(), 2000)
	}
	parts := strings.FieldsFunc(u.RawQuery, func(c rune) bool { return c == '&' || c == ';' })
	for i, part := range parts {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err != nil || secretName(plain) {
			parts[i] = name + "=-"
		}
	}
	return cut(u.EscapedPath()+"?"+strings.Join(parts, "&"), 2000)
}

// secretName errs on the side of silence. The one-letter names are OpenSubsonic's password, token and salt.
func secretName(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "p", "t", "s", "code", "state", "invite", "key", "cf_connect":
		return true
	}
	for _, part := range []string{"token", "sig", "pass", "secret", "apikey", "api_key", "api-key", "auth", "session", "credential"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func cut(text string, most int) string {
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
