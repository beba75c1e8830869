package sqlstore

import "strings"

// clause is a condition under construction: texts joined by AND, and the arguments they bind.
type clause struct {
	parts []string
	args  []any
	along bool // most rows that are met along an order fulfil it, which databases should know
}

func (c *clause) and(text string, args ...any) {
	c.parts = append(c.parts, text)
	c.args = append(c.args, args...)
}

// with returns c and other; neither changes.
func (c clause) with(other clause) clause {
	return clause{
		parts: append(append(make([]string, 0, len(c.parts)+len(other.parts)), c.parts...), other.parts...),
		args:  append(append(make([]any, 0, len(c.args)+len(other.args)), c.args...), other.args...),
		along: c.along || other.along,
	}
}

// where is the clause as a WHERE, or nothing.
func (c clause) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// oneOf is "(?,?,…)" and its arguments. The number of places is a power of two, the last id repeated, so
// that there are few texts to prepare; no ids are "(NULL)", which nothing is one of.
func oneOf[T ~int64](ids []T) (string, []any) {
	if len(ids) == 0 {
		return "(NULL)", nil
	}
	places := powerOfTwo(len(ids))
	args := make([]any, places)
	for i := range args {
		args[i] = int64(ids[min(i, len(ids)-1)])
	}
	return "(?" + strings.Repeat(",?", places-1) + ")", args
}

// powerOfTwo is the next one that is not less than n; 0 for nothing.
func powerOfTwo(n int) int {
	places := min(n, 1)
	for places < n {
		places *= 2
	}
	return places
}
