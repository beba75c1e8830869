package httpapi

import (
	"encoding/base64"
	"encoding/json"

	"hathor/internal/fault"
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
func readCursor[T any](cursor string) (*T, error) {
	if cursor == "" {
		return nil, nil
	}
	wrong := fault.Validation(fault.Detail{Field: "cursor", Message: "Not a cursor of this list"})
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, wrong
	}
	var place *T
	if err := json.Unmarshal(text, &place); err != nil || place == nil {
		return nil, wrong
	}
	return place, nil
}
