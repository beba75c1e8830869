package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hathor/internal/library"
)

// wanted are the words of a search.
type wanted struct {
	exact []string
	meant [][]string // for each what it may have been meant to be, too; nil forgives nothing
}

// forgiving adds what the words may have been meant to be; meant stays nil where that is nothing.
func (c *Catalogue) forgiving(ctx context.Context, at epoch, words []string) (wanted, error) {
	w := wanted{exact: words}
	meant := make([][]string, len(words))
	for i, word := range words {
		if !library.Forgives(word) {
			continue
		}
		near, err := c.near(ctx, at, word)
		if err != nil {
			return wanted{}, err
		}
		if len(near) > 0 {
			meant[i], w.meant = near, meant
		}
	}
	return w, nil
}

// in are the groups that dialect.matchArg takes: each word, or what it was meant to be, in one of the fields.
func (w wanted) in(fields string) [][]string {
	groups := make([][]string, len(w.exact))
	for i, word := range w.exact {
		words := []string{word}
		if w.meant != nil {
			words = append(words, w.meant[i]...)
		}
		for _, field := range fields {
			for _, word := range words {
				groups[i] = append(groups[i], string(field)+word)
			}
		}
	}
	return groups
}

// anywhere is the word in any field.
func anywhere(word string) []string { return wanted{exact: []string{word}}.in("tal")[0] }

// What a word of a text is to one that is wanted, the best first. A text has each wanted word in some way.
const (
	sameWord = iota
	beginsWord
	meantWord
	beginsMeant
)

// ranked are the ids of the rows (id, search_text), the best first: those that have the words as they stand
// before those that only begin with them, exact words before forgiven ones, short names before long ones.
func (w wanted) ranked(rows [][]any) []int64 {
	type match struct {
		id          int64
		worth, long int
	}
	matches := make([]match, len(rows))
	for i, row := range rows {
		text, _ := row[1].(string)
		matches[i] = match{id: row[0].(int64), worth: w.worth(text), long: strings.Count(" "+text, " t")}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(a.worth-b.worth, a.long-b.long, cmp.Compare(a.id, b.id))
	})
	ids := make([]int64, len(matches))
	for i, m := range matches {
		ids[i] = m.id
	}
	return ids
}

// worth is the sum of what each word is to the text; less is better.
func (w wanted) worth(text string) (sum int) {
	for i, word := range w.exact {
		best := beginsMeant
		for rest := text; rest != "" && best > sameWord; {
			var token string
			token, rest, _ = strings.Cut(rest, " ")
			switch token = token[1:]; {
			case token == word:
				best = sameWord
			case strings.HasPrefix(token, word):
				best = min(best, beginsWord)
			case w.meant != nil && slices.Contains(w.meant[i], token):
				best = min(best, meantWord)
			}
		}
		sum += best
	}
	return sum
}
