package media

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// line makes one line of safe text: valid UTF-8 in NFC, no control characters, no marks that turn the
// direction of what is shown after them, trimmed, at most maxText bytes.
func line(text string) string { return clean(text, false) }

// paragraphs is line for lyrics: breaks and tabs stay.
func paragraphs(text string) string { return clean(text, true) }

func clean(text string, breaks bool) string {
	text = cut(text)
	if plain(text) {
		return strings.TrimSpace(text)
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	if breaks {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	text = strings.Map(func(r rune) rune { return safeRune(r, breaks) }, text)
	return cut(strings.TrimSpace(norm.NFC.String(text)))
}

// plain tells that nothing has to be done: printable ASCII, as most tags are.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func safeRune(r rune, breaks bool) rune {
	switch {
	case r == '\n' || r == '\t':
		if breaks {
			return r
		}
		return ' '
	case r == '\u2028' || r == '\u2029':
		return ' '
	case unicode.IsControl(r), r == '\uFEFF', r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}

// cut keeps whole runes of the first maxText bytes.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// western reads text that claims to be Latin-1. Windows wrote most of it, so the 32 control characters
// that Latin-1 has in the middle are read as the quotes and dashes that Windows has there.
func western(data []byte) string {
	text := string(data[:min(len(data), maxText)])
	if plain(text) {
		return text
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		return text // clean makes it valid
	}
	return decoded
}

// splitNUL parts the values of one text; empty ones are dropped.
func splitNUL(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == 0 })
}

// infoText reads text whose encoding nobody states: UTF-8 where it is valid, else what Windows wrote.
func infoText(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	return western(data)
}
