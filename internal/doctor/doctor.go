// Package doctor says what is well with a server's surroundings, what is not, and what to do about it.
package doctor

import "fmt"

// Status is how serious a finding is.
type Status string

// The statuses. A warning is something to look at; with an error something does not work, or is lost.
const (
	OK      Status = "ok"
	Warning Status = "warning"
	Error   Status = "error"
)

// Finding is one thing that was looked at. Next is what to do, where there is something to do.
type Finding struct {
	Check   string `json:"check"`
	Status  Status `json:"status"`
	Message string `json:"message"`
	Next    string `json:"next,omitempty"`
}

// Report collects findings in the order they are made. The zero value is ready.
type Report struct {
	Findings []Finding `json:"findings"`
	Repaired []string  `json:"repaired,omitempty"`
}

// OK notes that something is well.
func (r *Report) OK(check, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{check, OK, fmt.Sprintf(format, args...), ""})
}

// Warn notes something to look at.
func (r *Report) Warn(check, next, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{check, Warning, fmt.Sprintf(format, args...), next})
}

// Fail notes what does not work or is lost.
func (r *Report) Fail(check, next, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{check, Error, fmt.Sprintf(format, args...), next})
}

// Mended notes what was repaired.
func (r *Report) Mended(format string, args ...any) {
	r.Repaired = append(r.Repaired, fmt.Sprintf(format, args...))
}

// Code is the exit code that says the worst of it: 0 all is well, 1 warnings, 2 errors.
func (r *Report) Code() int {
	code := 0
	for _, f := range r.Findings {
		switch f.Status {
		case Error:
			return 2
		case Warning:
			code = 1
		}
	}
	return code
}
