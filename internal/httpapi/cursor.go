package httpapi

import "hathor/internal/library"

// writeCursor is a place in a list as clients hand it back, null at the end.
func writeCursor[T any](place *T) *string {
	if place == nil {
		return nil
	}
	cursor := library.EncodeCursor(place)
	return &cursor
}

// readCursor is nil for an empty cursor: the first page.
func readCursor[T comparable](cursor string) (*T, error) {
	if cursor == "" {
		return nil, nil
	}
	place := new(T)
	if err := library.DecodeCursor(cursor, place); err != nil {
		return nil, err
	}
	if *place == *new(T) {
		return nil, library.ErrCursor()
	}
	return place, nil
}
