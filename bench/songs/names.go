package songs

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// skewed draws from 0 to n-1, small numbers far more often than large ones.
func skewed(r *rand.Rand, n int) int {
	u := r.Float64()
	return int(u * u * float64(n))
}

// title is a text of one to four words; one in thirty stands in another script.
func title(r *rand.Rand) string {
	if r.IntN(30) == 0 {
		return foreign[r.IntN(len(foreign))] + " " + word(r)
	}
	words := make([]string, 1+r.IntN(4))
	for i := range words {
		if r.IntN(4) == 0 {
			words[i] = word(r)
		} else {
			words[i] = common[skewed(r, len(common))]
		}
	}
	text := strings.Join(words, " ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// word is made up of two to four syllables.
func word(r *rand.Rand) string {
	var w strings.Builder
	for range 2 + r.IntN(3) {
		w.WriteString(syllables[r.IntN(len(syllables))])
	}
	return w.String()
}

func genre(r *rand.Rand) string { return genres[skewed(r, len(genres))] }

// artistNumber draws one of the artists that are known by this album: there are more with every album, and the
// first ones have the most.
func artistNumber(r *rand.Rand, album int) int { return skewed(r, 20+album/3) }

// ArtistName is what the artist of the number is called.
func ArtistName(number int) string {
	r := chance(ofArtist, number)
	switch r.IntN(12) {
	case 0:
		return foreign[r.IntN(len(foreign))] + " " + capital(word(r))
	case 1:
		return "The " + capital(word(r)) + "s"
	case 2:
		return capital(word(r)) + " & " + capital(word(r))
	case 3:
		return "DJ " + capital(word(r))
	}
	return capital(word(r)) + " " + capital(word(r))
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func mbid(r *rand.Rand) string {
	a, b := r.Uint64(), r.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(a), uint16(a>>32), a>>48&0xfff, b&0xfff, b>>16)
}

// fileName is a text that every file system takes as a name.
func fileName(text string) string {
	cleaned := strings.Map(func(c rune) rune {
		if c == '/' || c == '\\' || c == ':' || c == '"' || c == '?' || c == '*' || unicode.IsControl(c) {
			return '_'
		}
		return c
	}, text)
	return strings.Trim(cleaned, ". ")
}
