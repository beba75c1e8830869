package library

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// Corrected is the text of a search as it was meant, where a typo was forgiven: its words as the best of what was
// found spells them. It is empty where something that was found has all words as they were typed.
func (f Found) Corrected(text string) string {
	typed := Words(text)
	var best []string
	for texts := range f.texts() {
		if words := wordsOf(texts); !slices.ContainsFunc(typed, func(word string) bool { return !begun(words, word) }) {
			return ""
		}
		if best == nil {
			best = texts
		}
	}
	return meantBy(best, text)
}

// texts are, for each that was found, the texts that it was searched by; the best first.
func (f Found) texts() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, song := range f.Songs {
			if !yield(append(names(song.Artists), song.Title, song.Artist, song.Album)) {
				return
			}
		}
		for _, album := range f.Albums {
			if !yield(append(names(album.Artists), album.Title, album.Artist)) {
				return
			}
		}
		for _, artist := range f.Artists {
			if !yield([]string{artist.Name}) {
				return
			}
		}
	}
}

func names(credits []Credit) []string {
	all := make([]string, len(credits), len(credits)+4)
	for i, credit := range credits {
		all[i] = credit.Name
	}
	return all
}

func wordsOf(texts []string) []string {
	var words []string
	for _, text := range texts {
		words = append(words, Words(text)...)
	}
	return words
}

func begun(words []string, word string) bool {
	return slices.ContainsFunc(words, func(other string) bool { return strings.HasPrefix(other, word) })
}

// meantBy are the words of text as the texts spell them, empty where one of them is in none, not even nearly.
func meantBy(texts []string, text string) string {
	words := wordsOf(texts)
	var meant []string
	for _, word := range Words(text) {
		if begun(words, word) {
			meant = append(meant, spelled([]string{text}, word))
			continue
		}
		near := slices.IndexFunc(words, func(other string) bool { return Forgives(word) && Nearly(word, other) != "" })
		if near < 0 {
			return ""
		}
		meant = append(meant, spelled(texts, words[near]))
	}
	return strings.Join(meant, " ")
}

// spelled is a folded word as it stands in one of the texts, with its accents and capitals.
func spelled(texts []string, word string) string {
	for _, text := range texts {
		for piece := range strings.FieldsSeq(text) {
			if words := Words(piece); len(words) == 1 && words[0] == word {
				return strings.TrimFunc(piece, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
			}
		}
	}
	return word
}
