package library

import (
	"strconv"
	"strings"
)

// Key is a text as its *_key column holds it: folded, or in plain lower case where folding leaves
// nothing ("!!!" is a name too). Equal keys are the same artist, genre or title.
func Key(text string) string {
	if folded := Fold(text); folded != "" {
		return folded
	}
	return strings.ToLower(strings.TrimSpace(text))
}

// CoverKey is where the object store keeps the cover with the hash (SHA-256, hexadecimal).
func CoverKey(hash string) string { return objectKey("covers", hash) }

// CoverSides are the sizes that smaller copies of covers are made in, in pixels, smallest first.
func CoverSides() []int { return []int{64, 128, 256, 384, 512, 768, 1024} }

// ShrunkKey is where the object store keeps a smaller copy of the cover, one of CoverSides high and wide.
func ShrunkKey(hash string, side int) string {
	return objectKey("shrunk", hash) + "-" + strconv.Itoa(side)
}

// AudioKey is where the object store keeps the upload with the hash (SHA-256, hexadecimal).
func AudioKey(hash string) string { return objectKey("audio", hash) }

func objectKey(kind, hash string) string { return kind + "/" + hash[:2] + "/" + hash }
