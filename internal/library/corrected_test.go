package library_test

import (
	"testing"

	"hathor/internal/library"
)

func TestSearchSaysWhatWasMeant(t *testing.T) {
	song := func(title, artist string) library.Song { return library.Song{Title: title, Artist: artist} }
	found := func(songs ...library.Song) library.Found { return library.Found{Songs: songs} }
	for _, c := range []struct {
		name, text, want string
		found            library.Found
	}{
		{"a typo", "metalica", "Metallica", found(song("One", "Metallica"))},
		{"accents and signs", "bjrok", "Björk", found(song("Jóga", "(Björk)"))},
		{"one word of two", "Slack watre", "Slack Water", found(song("Slack Water", "Ines"))},
		{"the beginning of a word", "metallo", "Metallica", found(song("One", "Metallica"))},
		{"as typed", "slack wat", "", found(song("Slack Water", "Ines"))},
		{"as typed further down", "watre", "", found(song("Water", "A"), song("Watre", "B"))},
		{"an album as typed", "watre", "", library.Found{Songs: []library.Song{song("Water", "A")}, Albums: []library.Album{{Title: "Watre"}}}},
		{"only an artist", "beetles", "Beatles", library.Found{Artists: []library.Artist{{Name: "Beatles"}}}},
		{"nothing found", "watre", "", library.Found{}},
		{"no words", "!!!", "", found(song("!!!", "A"))},
		{"too short to be forgiven", "wtre", "", found(song("Water", "A"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.found.Corrected(c.text); got != c.want {
				t.Errorf("Corrected(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}
