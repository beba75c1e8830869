package library

import "strings"

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

// AudioKey is where the object store keeps the upload with the hash (SHA-256, hexadecimal).
func AudioKey(hash string) string { return objectKey("audio", hash) }

func objectKey(kind, hash string) string { return kind + "/" + hash[:2] + "/" + hash }
