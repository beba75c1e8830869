package account

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hathor/internal/fault"
)

// Action names what was done, in words with a dot between the thing and the deed.
type Action string

// What this package writes down. Others name their own in the same manner.
const (
	SessionStarted  Action = "session.start"
	SessionEnded    Action = "session.end"
	SessionReused   Action = "session.reuse" // a used refresh token came back
	Registered      Action = "account.register"
	PasswordChanged Action = "account.password"
	AccountExported Action = "account.export"
	AccountDeleted  Action = "account.delete" // by its owner or an admin
	UserCreated     Action = "user.create"
	UserRenamed     Action = "user.rename"
	RoleChanged     Action = "user.role"
	UserDisabled    Action = "user.disable"
	UserEnabled     Action = "user.enable"
	PasswordSet     Action = "user.password"
	SessionsEnded   Action = "user.sessions"
	InviteMade      Action = "invite.create"
	InviteRevoked   Action = "invite.revoke"
	Confirmed       Action = "session.confirm" // only when it failed
	FactorEnabled   Action = "factor.enable"
	FactorDisabled  Action = "factor.disable"
	CodesReplaced   Action = "factor.codes"
	RecoveryUsed    Action = "factor.recovery"
	FactorRemoved   Action = "user.factor" // by an admin
	KeyCreated      Action = "key.create"
	KeyDeleted      Action = "key.delete"
)

// Outcome tells what came of it.
type Outcome string

// The outcomes.
const (
	Done   Outcome = "ok"
	Failed Outcome = "failed"
)

// Target is what something was done to. The name is the one it had then; of a user it may be left to the store.
type Target struct {
	Kind string // "user", "session", "invite", "library"…
	ID   int64
	Name string
}

// UserTarget is a user as a target.
func UserTarget(id UserID, name string) Target { return Target{"user", int64(id), name} }

// Event is one line of the audit log. It holds no secret: detail is a few plain words for people.
type Event struct {
	ID        int64
	At        time.Time
	Action    Action
	Outcome   Outcome
	Actor     UserID // 0 for nobody signed in, and for the command line
	ActorName string // as it was then; the store knows it
	Target    Target
	Device    Device
	Detail    map[string]string
}

// EventBy is what who did, just now, with success.
func EventBy(who Identity, what Action, to Target) Event {
	return Event{Action: what, Outcome: Done, Actor: who.User, Target: to, Device: who.Device}
}

// With returns the event with one detail more.
func (e Event) With(name, value string) Event {
	detail := map[string]string{name: value}
	for k, v := range e.Detail {
		detail[k] = v
	}
	e.Detail = detail
	return e
}

const longestDetail = 300

// settle gives the event its time and takes out of it what could harm a log or a terminal.
func (e Event) settle(now time.Time) Event {
	e.At, e.Device, e.Target.Name = now, e.Device.clean(), printable(e.Target.Name, longestDetail)
	detail := make(map[string]string, len(e.Detail))
	for name, value := range e.Detail {
		detail[printable(name, longestDetail)] = printable(value, longestDetail)
	}
	e.Detail = detail
	return e
}

// printable drops line ends, escapes and marks that turn text, and cuts what is too long.
func printable(text string, longest int) string {
	kept := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if utf8.RuneCountInString(kept) > longest {
		kept = string([]rune(kept)[:longest])
	}
	return kept
}

// at is the event as the store gets it, together with the deed.
func (s *Service) at(e Event) Event { return e.settle(s.clock.Now()) }

// Stamp gives an event its time and cleans it, for stores of other features that write it with the deed.
func (s *Service) Stamp(e Event) Event { return s.at(e) }

// Audit writes an event that is no part of another transaction. The deed is done whatever comes of it, so a
// failure is only logged.
func (s *Service) Audit(ctx context.Context, e Event) {
	if err := s.store.WriteEvent(context.WithoutCancel(ctx), s.at(e)); err != nil {
		slog.ErrorContext(ctx, "audit event not written", slog.String("action", string(e.Action)), slog.Any("error", err))
	}
}

// EventQuery picks events, newest first. Zero fields do not filter.
type EventQuery struct {
	Action Action // this one, or all that begin with it and a dot
	User   UserID // who did it, or to whom it was done
	From   time.Time
	To     time.Time // not included
	Before int64     // id of the last event of the page before
	Limit  int
}

var actionPattern = regexp.MustCompile(`^[a-z]+(\.[a-z]+)?$`)

// Validate names every wrong field, nil when there is none.
func (q EventQuery) Validate() error {
	var c fault.Checks
	c.Require(q.Action == "" || actionPattern.MatchString(string(q.Action)), "action", "Action must be a word such as session or session.start")
	c.Require(q.From.IsZero() || q.To.IsZero() || q.From.Before(q.To), "to", "The end must come after the beginning")
	return c.Err()
}

// Events returns a page of the audit log and how many events there are in all.
func (s *Service) Events(ctx context.Context, q EventQuery) ([]Event, int, error) {
	if err := q.Validate(); err != nil {
		return nil, 0, err
	}
	events, total, err := s.store.Events(ctx, q)
	if err != nil {
		return nil, 0, fmt.Errorf("read audit log: %w", err)
	}
	return events, total, nil
}

// rememberDeleted is how long the audit log keeps the name and the devices of a deleted account.
const rememberDeleted = 90 * 24 * time.Hour

// prune forgets what is older than the operator wants, and who the long deleted were.
func (s *Service) prune(ctx context.Context) {
	now := s.clock.Now()
	if err := s.store.PruneEvents(ctx, now.Add(-s.auditLife), now.Add(-rememberDeleted)); err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "old audit events not removed", slog.Any("error", err))
	}
}
