package httpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"hathor/internal/library"
)

// writeCursor is a place in a list as clients hand it back, null at the end. They are not meant to read it.
func writeCursor[T any](place *T) *string {
	if place == nil {
		return nil
	}
	text, err := json.Marshal(place)
	if err != nil { // places are numbers, and these always encode
		return nil
	}
	cursor := base64.RawURLEncoding.EncodeToString(text)
	return &cursor
}

// readCursor is nil for an empty cursor: the first page.
func readCursor[T comparable](cursor string) (*T, error) {
	if cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, library.ErrCursor()
	}
	var place *T
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&place); err != nil || place == nil || *place == *new(T) {
		return nil, library.ErrCursor()
	}
	return place, nil
}
