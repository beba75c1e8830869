package ingest_test

import (
	"slices"
	"testing"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media/mediatest"
)

// TestArtistsAndAlbums scans files whose tags say one thing each, and looks at what they become.
func TestArtistsAndAlbums(t *testing.T) {
	cases := []struct {
		title   string
		tags    mediatest.Tags
		artist  string
		artists []string
		album   string
		by      string
		disc    int
	}{
		{"one", mediatest.Tags{Artists: []string{"Ada feat. Bo"}, Album: "X"}, "Ada feat. Bo", []string{"Ada", "featured Bo"}, "X", "Ada", 0},
		{"two", mediatest.Tags{Artists: []string{"Ada (ft. Bo)"}, Album: "X"}, "Ada (ft. Bo)", []string{"Ada", "featured Bo"}, "X", "Ada", 0},
		{"three", mediatest.Tags{Artists: []string{"Ada", "Bo"}, AlbumArtists: []string{"Ada"}, Album: "X"}, "Ada, Bo", []string{"Ada", "Bo"}, "X", "Ada", 0},
		{"four", mediatest.Tags{Artists: []string{"Sun & Moon"}}, "Sun & Moon", []string{"Sun & Moon"}, "", "", 0},
		{"five", mediatest.Tags{Artists: []string{"Featherweight"}}, "Featherweight", []string{"Featherweight"}, "", "", 0},
		{"six", mediatest.Tags{Artists: []string{"Cy"}, Album: "Hits", Compilation: true}, "Cy", []string{"Cy"}, "Hits", "Various Artists", 0},
		{"seven", mediatest.Tags{Artists: []string{"Di"}, AlbumArtists: []string{"various artists"}, Album: "HITS!"}, "Di", []string{"Di"}, "HITS!", "Various Artists", 0},
		{"eight", mediatest.Tags{Artists: []string{"Ed"}, Album: "Long (Disc 1)", Date: "1990"}, "Ed", []string{"Ed"}, "Long", "Ed", 1},
		{"nine", mediatest.Tags{Artists: []string{"Ed"}, Album: "Long [CD 2]", Date: "1991"}, "Ed", []string{"Ed"}, "Long", "Ed", 2},
		{"ten", mediatest.Tags{Artists: []string{"!!!"}, Album: "???"}, "!!!", []string{"!!!"}, "???", "!!!", 0},
		{"eleven", mediatest.Tags{Artists: []string{"Flo"}, Album: "Same", AlbumMBID: "6f1a0b52-8a3c-4c8e-9c1e-0d5b8f6a7e01"}, "Flo", []string{"Flo"}, "Same", "Flo", 0},
		{"twelve", mediatest.Tags{Artists: []string{"Flo"}, Album: "Same", AlbumMBID: "7e2b0b52-8a3c-4c8e-9c1e-0d5b8f6a7e02"}, "Flo", []string{"Flo"}, "Same", "Flo", 0},
		{"thirteen", mediatest.Tags{}, "", nil, "", "", 0},
	}
	h := newSQLiteHouse(t)
	for i, c := range cases {
		c.tags.Title = c.title
		h.put(c.title+".wav", mediatest.WAV(c.tags, time.Duration(i+1)*50*time.Millisecond, 440))
	}
	h.expect(h.scan(), [5]int{len(cases), len(cases), 0, 0, 0})
	songs := h.songs()
	for _, c := range cases {
		s := songs[c.title]
		var artists []string
		by := ""
		for _, credit := range s.Artists {
			switch credit.Role {
			case library.MainArtist:
				artists = append(artists, credit.Name)
			case library.AlbumArtist:
				by = credit.Name
			default:
				artists = append(artists, string(credit.Role)+" "+credit.Name)
			}
		}
		if c.album != "" && by != c.by {
			t.Errorf("%s: the album is by %q, want %q", c.title, by, c.by)
		}
		if s.Artist != c.artist || !slices.Equal(artists, c.artists) || s.Album != c.album || s.Disc != c.disc || (s.AlbumID == 0) != (c.album == "") {
			t.Errorf("%s: %+v", c.title, s)
		}
	}
	same := func(a, b string) bool { return songs[a].AlbumID == songs[b].AlbumID }
	if !same("one", "two") || !same("one", "three") || !same("eight", "nine") || !same("six", "seven") || same("eleven", "twelve") {
		t.Errorf("albums are parted wrongly: %+v", songs)
	}
	album, _, err := h.library.Album(t.Context(), h.scope(ada), songs["nine"].AlbumID)
	h.must(err)
	if album.Year != 1991 || album.SongCount != 2 || album.IsCompilation {
		t.Errorf("the album of two discs is %+v", album)
	}
	if album, _, err := h.library.Album(t.Context(), h.scope(ada), songs["six"].AlbumID); err != nil || !album.IsCompilation || album.Artist != ingest.VariousArtists {
		t.Errorf("the collection is %+v, %v", album, err)
	}
}
