package library

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain are letters that Unicode does not take apart, with what people type for them.
var plain = map[rune]string{
	'ø': "o", 'ł': "l", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n",
}

// Fold makes a text comparable: lower case, without accents, punctuation as single spaces, ligatures and
// letters such as ø, ł, ß, æ as people type them without. What sorts, compares and is searched is folded.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range norm.NFKD.String(text) {
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if as, ok := plain[r]; ok {
			b.WriteString(as)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// SearchText folds the texts into words parted by single spaces. Scripts that are written without spaces
// give one word a character, so that any piece of a title finds it.
func SearchText(texts ...string) string {
	var b strings.Builder
	for _, word := range Words(strings.Join(texts, " ")) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// Words are the words of a search, folded as SearchText folds what is searched.
func Words(text string) []string {
	var words []string
	start := -1
	folded := Fold(text)
	flush := func(end int) {
		if start >= 0 {
			words = append(words, folded[start:end])
			start = -1
		}
	}
	for i, r := range folded {
		switch {
		case r == ' ':
			flush(i)
		case unspaced(r):
			flush(i)
			words = append(words, string(r))
		case start < 0:
			start = i
		}
	}
	flush(len(folded))
	return words
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
