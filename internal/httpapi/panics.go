package httpapi

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
)

// recoverPanics turns a panic into a 500 that shows nothing, and logs it with its stack. When the answer
// has begun, the connection is cut, so that nobody takes the half for the whole.
func recoverPanics(s Services) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if problem := recover(); problem != nil {
					s.recovered(w, r, problem)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}

func (s Services) recovered(w http.ResponseWriter, r *http.Request, problem any) {
	answer, _ := w.(*recorder)
	begun := answer != nil && answer.status != 0
	if problem == http.ErrAbortHandler || begun && r.Context().Err() != nil {
		panic(http.ErrAbortHandler) // the client has gone: nobody's fault
	}
	s.Metrics.panicked()
	var stack [64]uintptr
	factsOf(r.Context()).failed = failure{problem, stack[:runtime.Callers(4, stack[:])]} // from where it panicked
	s.Log.LogAttrs(r.Context(), slog.LevelError, "panic in request",
		slog.String("requestId", requestID(r.Context())),
		slog.String("panic", fmt.Sprint(problem)),
		slog.String("stack", string(debug.Stack())),
	)
	if begun {
		panic(http.ErrAbortHandler)
	}
	writeProblem(w, &Problem{Message: errInternal.Message, Code: errInternal.Code, status: http.StatusInternalServerError})
}
