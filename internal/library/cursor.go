package library

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// EncodeCursor is a place in a list as clients hand it back; they are not meant to read it. A place is made of numbers
// and texts, which always encode.
func EncodeCursor(place any) string {
	text, err := json.Marshal(place)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// DecodeCursor reads a place of the kind that was encoded; numbers of no declared type become json.Number. Whatever is
// no such place is ErrCursor. Whether it is one of this list is for the caller to see.
func DecodeCursor(cursor string, place any) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || !utf8.Valid(text) {
		return ErrCursor()
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if decoder.Decode(place) != nil || decoder.More() {
		return ErrCursor()
	}
	return nil
}
