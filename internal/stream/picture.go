// Package stream gives out what the catalogue holds: songs by range, covers by size, and the signed
// addresses a player element can follow.
package stream

import "context"

// Shrinker makes a cover of at most side by side pixels, keeping its shape and never enlarging. It
// answers the encoded picture and its media type, or the error of a context that ended meanwhile.
type Shrinker interface {
	Shrink(ctx context.Context, picture []byte, side int) (image []byte, mediaType string, err error)
}
