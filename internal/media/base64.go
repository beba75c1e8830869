package media

import (
	"encoding/base64"
	"encoding/binary"
)

// base64Bad marks what is no letter of base64.
const base64Bad = 1 << 31

// base64Values holds what a letter is worth at each of the four places of a group.
var base64Values = func() (table [4][256]uint32) {
	for place := range table {
		for c := range table[place] {
			table[place][c] = base64Bad
		}
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		for value, c := range []byte(letters) {
			table[place][c] = uint32(value) << (18 - 6*place)
		}
	}
	return table
}()

// unpackBase64 decodes the text in its own place, since most of what reading an Ogg file with a cover costs is
// spent here. The text is lost. What is not plain (padding, breaks) is left to the standard library.
func unpackBase64(text []byte) ([]byte, bool) {
	at, n := 0, 0
	for ; len(text)-at >= 8; at, n = at+8, n+6 {
		s := text[at : at+8 : at+8]
		high := base64Values[0][s[0]] | base64Values[1][s[1]] | base64Values[2][s[2]] | base64Values[3][s[3]]
		low := base64Values[0][s[4]] | base64Values[1][s[5]] | base64Values[2][s[6]] | base64Values[3][s[7]]
		if (high|low)&base64Bad != 0 {
			break
		}
		binary.BigEndian.PutUint64(text[n:], uint64(high)<<40|uint64(low)<<16) // never beyond what was read
	}
	rest, ok := fromBase64(text[at:])
	return text[:n+copy(text[n:], rest)], ok
}

func fromBase64(text []byte) ([]byte, bool) {
	encoding := base64.StdEncoding
	if len(text)%4 != 0 {
		encoding = base64.RawStdEncoding
	}
	data := make([]byte, encoding.DecodedLen(len(text)))
	n, err := encoding.Decode(data, text)
	return data[:n], err == nil
}
