package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
)

// Problem is the body of every error answer.
type Problem struct {
	Message string         `json:"error" doc:"What went wrong, for a person"`
	Code    string         `json:"code,omitempty" doc:"What went wrong, for a program"`
	Details []fault.Detail `json:"details,omitempty" doc:"One entry for every field that is wrong"`
	State   any            `json:"state,omitempty" doc:"The current state, with a conflict"`
	status  int
	headers http.Header
}

func (p *Problem) Error() string { return p.Message }

// GetStatus is what huma answers with.
func (p *Problem) GetStatus() int { return p.status }

// GetHeaders is what huma sends beside the answer.
func (p *Problem) GetHeaders() http.Header { return p.headers }

var statusOf = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.RateLimited:     http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.NoSpace:         http.StatusInsufficientStorage,
	fault.Locked:          http.StatusLocked,
	fault.Precondition:    http.StatusPreconditionFailed,
}

// statusClientGone is for the log alone, which must not count it as the server's failure.
const statusClientGone = 499

var errInternal = fault.New(fault.Internal, "internal", "Internal server error")

// problem translates an error. What is no fault is logged whole and answered as "internal".
func problem(ctx context.Context, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		f = errInternal
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return &Problem{Message: "The client went away", Code: "client_gone", status: statusClientGone}
	}
	p = &Problem{Message: f.Message, Code: f.Code, Details: f.Details, State: f.State, status: statusOf[f.Kind]}
	if p.status >= http.StatusInternalServerError {
		factsOf(ctx).failed.problem = err
		slog.ErrorContext(ctx, "request failed", slog.String("requestId", requestID(ctx)), slog.Any("error", err))
	}
	return p
}

// showState puts the state that a conflict carries into the words of the API.
func showState[S, V any](err error, view func(S) V) error {
	var conflict *fault.Error
	if errors.As(err, &conflict) {
		if current, ok := conflict.State.(S); ok {
			return conflict.WithState(view(current))
		}
	}
	return err
}

// writeError answers a plain handler's error.
func writeError(ctx context.Context, w http.ResponseWriter, err error) {
	writeProblem(w, problem(ctx, err))
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.status)
	_ = json.NewEncoder(w).Encode(p)
}

// settleHuma tells huma once how errors look, and that our lists are never null; it keeps that for the
// whole process.
var settleHuma = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewError = humaError
	huma.ValidateStrictCasing = true
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		p := humaError(status, message, errs...)
		if p.GetStatus() >= http.StatusInternalServerError {
			factsOf(ctx.Context()).failed.problem = errors.Join(append(errs, errors.New(message))...)
			slog.ErrorContext(ctx.Context(), "request failed", slog.String("requestId", requestID(ctx.Context())),
				slog.String("found", message), slog.Any("error", errors.Join(errs...)))
		}
		return p
	}
})

// humaError turns what huma finds wrong with a request into our shape: 422 is never answered, and each
// wrong field stands there once, under its bare name or path.
func humaError(status int, message string, errs ...error) huma.StatusError {
	var found *Problem
	for _, err := range errs {
		if errors.As(err, &found) {
			return found
		}
	}
	if status == http.StatusUnprocessableEntity {
		status = http.StatusBadRequest
	}
	if status >= http.StatusInternalServerError {
		return &Problem{Message: "Internal server error", Code: "internal", status: status}
	}
	if misshapen(errs) {
		return &Problem{Message: "The body is not JSON of the right shape", Code: "invalid_json", status: http.StatusBadRequest}
	}
	p := &Problem{Message: sentence(message), Code: codeOf(status), status: status}
	p.Details = details(errs)
	if len(p.Details) > 0 {
		p.Message, p.Code = "Validation failed", "validation_failed"
	}
	return p
}

// misshapen tells whether the body as a whole is another kind of value: no field of it is right or wrong.
func misshapen(errs []error) bool {
	for _, err := range errs {
		var d huma.ErrorDetailer
		if !errors.As(err, &d) {
			continue
		}
		if e := d.ErrorDetail(); e.Location == "body" && !strings.HasPrefix(e.Message, missingProperty) && e.Message != unknownProperty {
			return true
		}
	}
	return false
}

func codeOf(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// details names each wrong field once. A feature's own words come before those of the schema.
func details(errs []error) []fault.Detail {
	var out []fault.Detail
	seen := map[string]bool{}
	add := func(d fault.Detail) {
		if !seen[d.Field] {
			seen[d.Field] = true
			out = append(out, d)
		}
	}
	for _, err := range errs {
		var f *fault.Error
		if errors.As(err, &f) {
			for _, detail := range f.Details {
				add(detail)
			}
		}
	}
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			add(detailOf(d.ErrorDetail()))
		}
	}
	return out
}

const (
	missingProperty = "expected required property "
	unknownProperty = "unexpected property"
)

// detailOf moves a missing or unknown property from its parent's location to its own name.
func detailOf(e *huma.ErrorDetail) fault.Detail {
	field := bareField(e.Location)
	message := sentence(e.Message)
	if strings.HasPrefix(e.Message, "json: ") {
		message = "Invalid value" // encoding/json speaks of Go types
	}
	if name, ok := strings.CutPrefix(e.Message, missingProperty); ok {
		name = strings.TrimSuffix(name, " to be present")
		return fault.Detail{Field: join(field, name), Message: sentence(name) + " is required"}
	}
	if e.Message == unknownProperty {
		message = "Unknown field"
	}
	if strings.HasPrefix(e.Location, "path.") {
		message = "Invalid ID"
	}
	if field == "" {
		field = "body"
	}
	return fault.Detail{Field: field, Message: message}
}

// bareField drops where a value was found: "body.queue[2].songId" is "queue[2].songId".
func bareField(location string) string {
	for _, part := range []string{"body", "query", "path", "header", "cookie"} {
		if location == part {
			return ""
		}
		if rest, ok := strings.CutPrefix(location, part+"."); ok {
			return rest
		}
	}
	return location
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}
