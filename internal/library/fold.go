package library

import (
	"slices"
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

// Field is where in a song, an album or an artist a word stands.
type Field byte

// The fields, in the order of what a match in them is worth.
const (
	InTitle  Field = 't' // or in an artist's own name
	InArtist Field = 'a'
	InAlbum  Field = 'l'
)

// SearchVersion is the version of SearchText. What was made by another one has to be made anew.
const SearchVersion = 1

// SearchText are the different words of each text, folded (Words), each behind the letter of its Field and parted
// by single spaces. It is what is searched; titles and names are folded whole by Key.
func SearchText(title, artists, album string) string {
	var b strings.Builder
	for _, part := range []struct {
		field Field
		text  string
	}{{InTitle, title}, {InArtist, artists}, {InAlbum, album}} {
		words := Words(part.text)
		for i, word := range words {
			if slices.Contains(words[:i], word) {
				continue
			}
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteByte(byte(part.field))
			b.WriteString(word)
		}
	}
	return b.String()
}

// maxWord is how many letters of a word count.
const maxWord = 40

// Words are the words of a text, folded, each cut behind 40 letters. Scripts that are written without spaces give one
// word a character, so that any piece of a title finds it.
func Words(text string) []string {
	var words []string
	start, letters := -1, 0
	folded := Fold(text)
	flush := func(end int) {
		if start >= 0 {
			words = append(words, folded[start:end])
		}
		start, letters = -1, 0
	}
	cut := false
	for i, r := range folded {
		switch {
		case r == ' ':
			flush(i)
			cut = false
		case unspaced(r):
			flush(i)
			cut = false
			words = append(words, string(r))
		case letters == maxWord:
			flush(i)
			cut = true
		case cut:
		case start < 0:
			start, letters = i, 1
		default:
			letters++
		}
	}
	flush(len(folded))
	return words
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
