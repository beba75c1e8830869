package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// search is where a list is searched: the table, the column of its names, the fields, and what of it is listed.
type search struct {
	table, key, fields string
	only               clause
}

// maxProbed is how many words a search may have that is asked row by row.
const maxProbed = 3

// searchFilter adds the condition that all words of a search stand in the text, or, where it has no words, that
// the name begins with it: "!!!" is a title too. Where nothing that is listed has the words as they stand, a typo
// in each is forgiven.
func (c *Catalogue) searchFilter(ctx context.Context, at epoch, f *filter, s search, text string) error {
	if text == "" {
		return nil
	}
	words := library.Words(text)
	if len(words) == 0 {
		from, to := beginning(text)
		f.both(s.key+" >= ? AND "+s.key+" < ?", from, to)
		return nil
	}
	w, err := c.asked(ctx, at, s, words)
	if err != nil {
		return err
	}
	match, arg := c.db.dialect.matches(s.table), c.db.dialect.matchArg(w.in(s.fields), nil)
	f.matched, f.rest = arg, f.probing.with(clause{})
	f.driving.and(match, arg)
	if len(words) > maxProbed || w.meant != nil {
		f.probing.and(match, arg)
		return nil
	}
	for _, word := range words { // words hold letters and digits only, so no wildcard needs escaping; the _ is the field's
		f.probing.and("(' ' || "+s.table+".search_text) LIKE ?", "% _"+word+"%")
	}
	return nil
}

// asked are the words, forgiving where nothing has them as they stand.
func (c *Catalogue) asked(ctx context.Context, at epoch, s search, words []string) (wanted, error) {
	w, err := c.forgiving(ctx, at, words)
	if err != nil || w.meant == nil {
		return w, err
	}
	exact := wanted{exact: words}
	from, match := c.db.dialect.matching(s.table)
	only := clause{parts: []string{match}, args: []any{c.db.dialect.matchArg(exact.in(s.fields), nil)}}
	only = only.with(s.only)
	found, err := c.counted(ctx, at, filter{name: fmt.Sprintf("any %s|%q|%v", s.table, words, only.args)},
		"SELECT COUNT(*) AS n, 0 AS span FROM (SELECT 1 FROM "+from+only.where()+" LIMIT 1) AS one", only.args)
	if err != nil || found.N > 0 {
		return exact, err
	}
	return w, nil
}

// beginning are the bounds of all keys that begin with the key of text.
func beginning(text string) (from, to string) {
	key := library.Key(text)
	return key, key + "\U0010FFFF"
}
