package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/jmoiron/sqlx"

	"hathor/internal/library"
)

// A list is sorted by one stretch or two, one after the other: what a listener has played by the number of
// plays, and then everything else by id. Within a stretch the keys are unique (the last is the id), so that
// "after these keys" is a place that neither equal values nor new rows can blur.
type stretch struct {
	from string
	only clause
	keys []string // the columns it is sorted by; a name ending in _key is text, any other a number
}

// listing is everything that makes a list the list it is.
type listing struct {
	name       string // of the list, its filters and its order: what a cursor must match
	stretches  []stretch
	descending bool
	own        bool // whether it depends on the listener's marks
}

// cursor is a place in a listing.
type cursor struct {
	List    uint32 `json:"l"`
	Stretch int    `json:"s"`
	Keys    []any  `json:"k"`
}

func (c cursor) encode() string { return library.EncodeCursor(c) }

// fingerprint is what ties a cursor to its list.
func fingerprint(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}

// readCursor checks that the text is a cursor of the list of that name, and nothing more.
func readCursor(text, name string) (cursor, error) {
	var c cursor
	if err := library.DecodeCursor(text, &c); err != nil {
		return cursor{}, err
	}
	if c.List != fingerprint(name) {
		return cursor{}, library.ErrCursor()
	}
	return c, nil
}

// start is where a page begins: at the front, or behind the cursor.
func (l listing) start(text string) (cursor, error) {
	if text == "" {
		return cursor{List: fingerprint(l.name)}, nil
	}
	c, err := readCursor(text, l.name)
	if err != nil {
		return cursor{}, err
	}
	if c.Stretch < 0 || c.Stretch >= len(l.stretches) || len(c.Keys) != len(l.stretches[c.Stretch].keys) {
		return cursor{}, library.ErrCursor()
	}
	for i, key := range l.stretches[c.Stretch].keys {
		if c.Keys[i], err = keyValue(key, c.Keys[i]); err != nil {
			return cursor{}, err
		}
	}
	return c, nil
}

// keyValue checks a value that a client hands back to us.
func keyValue(key string, value any) (any, error) {
	if text, ok := value.(string); ok && strings.HasSuffix(key, "_key") && !strings.ContainsRune(text, 0) {
		return text, nil
	}
	if number, ok := value.(json.Number); ok && !strings.HasSuffix(key, "_key") {
		if n, err := number.Int64(); err == nil {
			return n, nil
		}
	}
	return nil, library.ErrCursor()
}

// page reads the ids of one page and the cursor of the next, "" at the end. from is a place before the page's
// offset, which need not be the front.
func (db *DB) page(ctx context.Context, l listing, p library.Paging, from place) (ids []int64, next string, err error) {
	at, err := l.start(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	behind, skip := l.behind(), p.Offset
	if from.keys != nil {
		at.Stretch, at.Keys = from.stretch, from.keys
		behind, skip = behind+"=", p.Offset-from.offset
	}
	for n := at.Stretch; n < len(l.stretches); n++ {
		s := l.stretches[n]
		only := s.only
		if n == at.Stretch && at.Keys != nil {
			only = only.with(s.after(at.Keys, behind))
		}
		rows, err := db.stretchRows(ctx, s, only, l.descending, p.Limit+1-len(ids), skip)
		if err != nil {
			return nil, "", err
		}
		for _, keys := range rows {
			if len(ids) == p.Limit {
				return ids, next, nil
			}
			ids = append(ids, keys[len(keys)-1].(int64))
			if len(ids) == p.Limit {
				next = cursor{List: at.List, Stretch: n, Keys: keys}.encode()
			}
		}
		if skip > 0 && n+1 < len(l.stretches) {
			if skip, err = db.stillToSkip(ctx, s, only, skip); err != nil {
				return nil, "", err
			}
		}
	}
	return ids, "", nil
}

// behind compares keys with those of a row before them.
func (l listing) behind() string {
	if l.descending {
		return "<"
	}
	return ">"
}

// after is the condition that a row stands behind the keys, or at them.
func (s stretch) after(keys []any, behind string) clause {
	text := fmt.Sprintf("(%s) %s (?%s)", strings.Join(s.keys, ", "), behind, strings.Repeat(", ?", len(keys)-1))
	return clause{parts: []string{text}, args: keys}
}

func (s stretch) order(descending bool) string {
	direction := ""
	if descending {
		direction = " DESC"
	}
	return "ORDER BY " + strings.Join(s.keys, direction+", ") + direction
}

// stretchRows reads the keys of at most limit rows.
func (db *DB) stretchRows(ctx context.Context, s stretch, only clause, descending bool, limit, skip int) ([][]any, error) {
	query := "SELECT " + strings.Join(s.keys, ", ") + " FROM " + s.from + only.where() + " " + s.order(descending) + " LIMIT ? OFFSET ?"
	if only.along {
		query = db.dialect.along(query)
	}
	return db.rows(ctx, query, append(only.args[:len(only.args):len(only.args)], limit, skip)...)
}

// stillToSkip is what is left of an offset behind a stretch that was shorter.
func (db *DB) stillToSkip(ctx context.Context, s stretch, only clause, skip int) (int, error) {
	count, err := db.length(ctx, s, only)
	return max(0, skip-count), err
}

// length counts a stretch.
func (db *DB) length(ctx context.Context, s stretch, only clause) (count int, err error) {
	err = db.get(ctx, &count, "SELECT COUNT(*) FROM "+s.from+only.where(), only.args...)
	return count, err
}

// rows reads rows of columns that are known only at run time.
func (db *DB) rows(ctx context.Context, query string, args ...any) (all [][]any, err error) {
	err = db.each(ctx, func(rows *sqlx.Rows) error {
		values, err := rows.SliceScan()
		all = append(all, values)
		return err
	}, query, args...)
	return all, err
}
