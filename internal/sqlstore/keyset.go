package sqlstore

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
	"unicode/utf8"

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
}

// cursor is a place in a listing.
type cursor struct {
	List    uint32 `json:"l"`
	Stretch int    `json:"s"`
	Keys    []any  `json:"k"`
}

func (c cursor) encode() string {
	text, err := json.Marshal(c)
	if err != nil { // strings and numbers always encode
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// fingerprint is what ties a cursor to its list.
func fingerprint(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}

// readCursor checks that the text is a cursor of the list of that name, and nothing more.
func readCursor(text, name string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !utf8.Valid(raw) {
		return cursor{}, library.ErrCursor()
	}
	var c cursor
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	if decoder.Decode(&c) != nil || decoder.More() || c.List != fingerprint(name) {
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

// page reads the ids of one page and the cursor of the next, "" at the end.
func (db *DB) page(ctx context.Context, l listing, p library.Paging) (ids []int64, next string, err error) {
	at, err := l.start(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	skip := p.Offset
	for n := at.Stretch; n < len(l.stretches); n++ {
		s := l.stretches[n]
		only := s.only
		if n == at.Stretch && at.Keys != nil {
			only = only.with(s.after(at.Keys, l.descending))
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
			next = cursor{List: at.List, Stretch: n, Keys: keys}.encode()
		}
		if skip > 0 && n+1 < len(l.stretches) {
			if skip, err = db.stillToSkip(ctx, s, only, skip); err != nil {
				return nil, "", err
			}
		}
	}
	return ids, "", nil
}

// after is the condition that a row stands behind the keys.
func (s stretch) after(keys []any, descending bool) clause {
	sign := ">"
	if descending {
		sign = "<"
	}
	text := fmt.Sprintf("(%s) %s (?%s)", strings.Join(s.keys, ", "), sign, strings.Repeat(", ?", len(keys)-1))
	return clause{parts: []string{text}, args: keys}
}

// stretchRows reads the keys of at most limit rows.
func (db *DB) stretchRows(ctx context.Context, s stretch, only clause, descending bool, limit, skip int) ([][]any, error) {
	direction := ""
	if descending {
		direction = " DESC"
	}
	query := "SELECT " + strings.Join(s.keys, ", ") + " FROM " + s.from + only.where() +
		" ORDER BY " + strings.Join(s.keys, direction+", ") + direction + " LIMIT ? OFFSET ?"
	return db.rows(ctx, query, append(only.args[:len(only.args):len(only.args)], limit, skip)...)
}

// stillToSkip is what is left of an offset behind a stretch that was shorter.
func (db *DB) stillToSkip(ctx context.Context, s stretch, only clause, skip int) (int, error) {
	var count int
	if err := db.get(ctx, &count, "SELECT COUNT(*) FROM "+s.from+only.where(), only.args...); err != nil {
		return 0, err
	}
	return max(0, skip-count), nil
}

// rows reads rows of columns that are known only at run time.
func (db *DB) rows(ctx context.Context, query string, args ...any) (all [][]any, err error) {
	stmt, done, err := db.prepared(ctx, query)
	if err != nil {
		return nil, db.explain(err)
	}
	defer done()
	rows, err := stmt.QueryxContext(ctx, args...)
	if err != nil {
		return nil, db.explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			return nil, db.explain(err)
		}
		all = append(all, values)
	}
	return all, db.explain(rows.Err())
}
