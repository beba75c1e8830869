package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"hathor/internal/fault"
)

// Tracer follows requests. It wraps no writer, so that files still go out as files.
type Tracer interface {
	// Request begins; id is empty for a request that is not followed, end is called once.
	Request(ctx context.Context, header http.Header, method string, trusted bool) (_ context.Context, id string, end func(route, request string, status int))
}

// follow begins the trace of a request, where there is tracing; end is called once, by followed.
func (s Services) follow(r *http.Request) (_ *http.Request, end func(route, request string, status int)) {
	if s.Tracer == nil {
		return r, nil
	}
	f := factsOf(r.Context())
	ctx, id, end := s.Tracer.Request(r.Context(), r.Header, knownMethod(r.Method), f.client.proxied)
	f.trace = id
	return r.WithContext(ctx), end
}

// followed tells the tracer of the end, and the reporter of what failed.
func (s Services) followed(r *http.Request, f *facts, end func(route, request string, status int), status int) {
	if end != nil {
		end(routeOf(r), f.id, status)
	}
	if s.Report != nil && f.ours(status) {
		s.Report(f.incident(knownMethod(r.Method), routeOf(r), status))
	}
}

// ours tells whether the answer is a failure of the server's own. To be full or away for a while (503) is
// said on purpose.
func (f *facts) ours(status int) bool {
	return len(f.failed.stack) > 0 || status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable
}

func (f *facts) incident(method, route string, status int) fault.Incident {
	i := fault.Incident{
		Problem: http.StatusText(status), Kind: "status", Panic: len(f.failed.stack) > 0, Stack: f.failed.stack,
		Method: method, Route: route, Status: status, Request: f.id, Trace: f.trace, User: int64(f.who.User),
	}
	if f.failed.problem != nil {
		i.Problem, i.Kind = fmt.Sprint(f.failed.problem), fmt.Sprintf("%T", innermost(f.failed.problem))
	}
	return i
}

// innermost is the error that the others were wrapped around.
func innermost(problem any) any {
	err, ok := problem.(error)
	for ok {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
	return problem
}
