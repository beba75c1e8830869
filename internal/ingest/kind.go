package ingest

import (
	"strings"

	"hathor/internal/library"
)

// kinds are MusicBrainz' release types, those first that say most: what is a live album is live.
var kinds = []struct {
	words []string
	kind  library.AlbumKind
}{
	{[]string{"live"}, library.Live},
	{[]string{"soundtrack"}, library.Soundtrack},
	{[]string{"compilation"}, library.Compilation},
	{[]string{"audiobook", "audio drama", "spokenword", "interview", "broadcast", "other"}, library.OtherKind},
	{[]string{"ep"}, library.EP},
	{[]string{"single"}, library.Single},
	{[]string{"album"}, library.FullAlbum},
}

// kindOf is the kind of album that release types name, empty where they name none. Some files have all
// types in one text.
func kindOf(types []string) library.AlbumKind {
	said := map[string]bool{}
	for _, text := range types {
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(";/,+", r) }) {
			said[strings.TrimSpace(word)] = true
		}
	}
	for _, k := range kinds {
		for _, word := range k.words {
			if said[word] {
				return k.kind
			}
		}
	}
	return ""
}

// AlbumKind is what the draft makes its album: what the file says, or a compilation by its mark. Empty
// leaves an album what it is.
func (d *Draft) AlbumKind() library.AlbumKind {
	if d.Compilation && (d.Kind == "" || d.Kind == library.FullAlbum) {
		return library.Compilation
	}
	return d.Kind
}
