package sqlstore

import (
	"strconv"

	"hathor/internal/library"
)

// numberedArg is the argument of dialect.numbered: the ids as a JSON array. As one argument of a constant
// statement, ten thousand ids cost no more statements than one.
func numberedArg[T ~int64](ids []T) string {
	text := make([]byte, 0, 2+8*len(ids))
	text = append(text, '[')
	for i, id := range ids {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(id), 10)
	}
	return string(append(text, ']'))
}

// heard is a condition on songs that holds for those of a scope. It takes one argument: heardArg.
func (db *DB) heard() string {
	return "songs.library_id IN (SELECT id FROM " + db.dialect.numbered() + " AS libraries_heard)"
}

func heardArg(scope library.Scope) string { return numberedArg(scope.Libraries) }
