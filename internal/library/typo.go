package library

import "unicode/utf8"

// Forgivable is how many letters a word must have for a typo in it to be forgiven.
const Forgivable = 5

// Forgives tells whether one typo in the word may be forgiven: it is long enough, and written with letters, not
// with characters that are words of their own.
func Forgives(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return len(word) >= Forgivable && utf8.RuneCountInString(word) >= Forgivable && !unspaced(first)
}

// Meant tells whether a word can be what one with a typo that is forgiven was meant to be.
func Meant(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return utf8.RuneCountInString(word) >= Forgivable-1 && !unspaced(first)
}

// Nearly returns the shortest beginning of other that word was meant to be, if one typo lies between them: a letter
// too much, missing or wrong, or two changed about. It is empty where there is none, and where other begins with
// the word as it stands.
func Nearly(word, other string) string {
	var typed, meant [maxWord + 1]rune
	w, o := letters(&typed, word), letters(&meant, other)
	same := 0
	for same < len(w) && same < len(o) && w[same] == o[same] {
		same++
	}
	if same == len(w) {
		return ""
	}
	begins := func(typed, meant []rune) bool {
		if len(typed) > len(meant) {
			return false
		}
		for i, r := range typed {
			if meant[i] != r {
				return false
			}
		}
		return true
	}
	switch {
	case begins(w[same+1:], o[same:]): // a letter too much
		return string(o[:len(w)-1])
	case same == len(o):
		return ""
	case begins(w[same+1:], o[same+1:]), // a wrong one
		same+1 < len(w) && same+1 < len(o) && w[same] == o[same+1] && w[same+1] == o[same] && begins(w[same+2:], o[same+2:]):
		return string(o[:len(w)])
	case begins(w[same:], o[same+1:]): // one missing
		return string(o[:len(w)+1])
	}
	return ""
}

func letters(into *[maxWord + 1]rune, word string) []rune {
	n := 0
	for _, r := range word {
		if n == len(into) {
			break
		}
		into[n] = r
		n++
	}
	return into[:n]
}
