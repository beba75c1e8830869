package sqlstore

import "hathor/internal/library"

// markedOr is an order of albums or artists: by their own columns, or by what the listener did. A text of marks
// binds the user and answers subject_id and mark for each that has one; all others follow by id, as zero.
func markedOr(table string, columns map[string][]string, marks map[string]string, scope library.Scope, sort library.Sort, only clause) []stretch {
	by, ok := marks[sort.By()]
	if !ok {
		return []stretch{{from: table, only: only, keys: columns[sort.By()]}}
	}
	user := clause{args: []any{scope.User}}
	rest := clause{parts: []string{"NOT EXISTS (SELECT 1 FROM (" + by + ") AS marks WHERE marks.subject_id = " + table + ".id)"}, args: user.args}
	both := []stretch{
		{from: "(" + by + ") AS marks JOIN " + table + " ON " + table + ".id = marks.subject_id", only: user.with(only), keys: []string{"marks.mark", table + ".id"}},
		{from: table, only: rest.with(only), keys: []string{table + ".id"}},
	}
	if !sort.Descending() {
		both[0], both[1] = both[1], both[0]
	}
	return both
}
