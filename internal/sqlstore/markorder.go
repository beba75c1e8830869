package sqlstore

import (
	"fmt"

	"hathor/internal/library"
)

// order is how albums or artists can be sorted: by columns of their own, or by what the listener did. A text of
// marks binds the user and answers subject_id and mark for each that has one; all others follow by id, as zero.
type order struct {
	table   string
	columns map[string][]string
	marks   map[string]string
}

// list is the list of a filter, asked by only, in one of the orders.
func (o order) list(scope library.Scope, f filter, sort library.Sort, only clause) listing {
	l := listing{name: f.name + "|" + string(sort), descending: sort.Descending(), own: f.own}
	by, ok := o.marks[sort.By()]
	if !ok {
		l.stretches = []stretch{{from: o.table, only: only, keys: o.columns[sort.By()]}}
		return l
	}
	l.own = true
	user := clause{args: []any{scope.User}}
	rest := clause{parts: []string{"NOT EXISTS (SELECT 1 FROM (" + by + ") AS marks WHERE marks.subject_id = " + o.table + ".id)"}, args: user.args}
	l.stretches = stretchesBy(sort, stretch{
		from: fmt.Sprintf("(%s) AS marks JOIN %s ON %s.id = marks.subject_id", by, o.table, o.table),
		only: user.with(only), keys: []string{"marks.mark", o.table + ".id"},
	}, stretch{from: o.table, only: rest.with(only), keys: []string{o.table + ".id"}})
	return l
}

// stretchesBy puts the marked before the rest where the list descends, and behind it where it ascends.
func stretchesBy(sort library.Sort, marked, rest stretch) []stretch {
	if sort.Descending() {
		return []stretch{marked, rest}
	}
	return []stretch{rest, marked}
}
