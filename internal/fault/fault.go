// Package fault gives every expected error a kind, a word for machines and a sentence for people.
//
// Features return faults; front doors turn the kind into their protocol's answer. An error without
// a kind is a bug or a broken dependency: outside it says "internal", inside the log says everything.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what went wrong in terms every front door can translate.
type Kind int

// The kinds, in no particular order. The zero value is Internal, so that a forgotten kind shows nothing.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooLarge
	Unsupported
	RateLimited
	Unavailable
	NoSpace
	Locked
	Precondition
)

// Detail names one wrong field of a request. Field is the bare name or a path such as "queue[2].songId".
type Detail struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is an expected failure. Message is shown to people and must hold no secret and no inside.
type Error struct {
	Kind    Kind
	Code    string
	Message string
	Details []Detail
	// State is what a conflict answers beside the message: the current state, ready to be encoded.
	State any
	cause error
}

func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.cause }

// New makes a fault. code is a machine_word, message a sentence for a person.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// Newf is New with a formatted message.
func Newf(kind Kind, code, format string, args ...any) *Error {
	return New(kind, code, fmt.Sprintf(format, args...))
}

// Because returns a copy of e that carries the cause for the log. The cause is never shown outside.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// WithState returns a copy of e that carries the current state, for conflicts.
func (e *Error) WithState(state any) *Error {
	c := *e
	c.State = state
	return &c
}

// Is makes errors.Is compare by kind and code, so that copies made by Because still match.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && t.Code == e.Code
}

// Missing is the answer for what is not there or not the asker's to know of.
func Missing(what string) *Error {
	return Newf(NotFound, "not_found", "%s not found", what)
}

// Validation is the answer for a request with wrong fields, all of them named.
func Validation(details ...Detail) *Error {
	return &Error{Kind: Invalid, Code: "validation_failed", Message: "Validation failed", Details: details}
}

// KindOf returns the kind of err, Internal when it has none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Checks collects wrong fields, so that an answer names all of them at once. The zero value is ready.
type Checks struct{ details []Detail }

// Require notes the field as wrong unless ok.
func (c *Checks) Require(ok bool, field, message string) {
	if !ok {
		c.details = append(c.details, Detail{Field: field, Message: message})
	}
}

// Err returns nil when nothing was wrong.
func (c *Checks) Err() error {
	if len(c.details) == 0 {
		return nil
	}
	return Validation(c.details...)
}
