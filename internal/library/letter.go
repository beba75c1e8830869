package library

import (
	"unicode"
	"unicode/utf8"
)

// Letter is where the names with one first letter begin in a list: Offset counts rows from 0.
type Letter struct {
	Letter string
	Offset int
}

// Letters is the alphabet of a list, in its order. Total is how many rows the list has.
type Letters struct {
	Letters []Letter
	Total   int
}

// The letters for names that have none: those that stand before the alphabets, names in Chinese characters,
// and symbols behind all alphabets.
const (
	beforeLetters = "#"
	hanLetter     = "漢"
	behindLetters = "…"
)

// LetterOf is the letter that a key (Key) stands under. Keys of one letter stand together in their order.
func LetterOf(key string) string {
	r, _ := utf8.DecodeRuneInString(key)
	switch {
	case unicode.Is(unicode.Han, r):
		return hanLetter
	case unicode.IsLetter(r):
		return string(unicode.ToUpper(r))
	case r < 'a':
		return beforeLetters
	}
	return behindLetters
}
