package ingest_test

import (
	"os"
	"testing"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media/mediatest"
)

// loose is a song of an album that names nobody; its length is its own.
func (h *house) loose(file, title, artist string, track int) {
	h.t.Helper()
	h.put(file, mediatest.WAV(mediatest.Tags{Title: title, Artists: []string{artist}, Album: "Summer", Track: track},
		time.Duration(track)*50*time.Millisecond, 440))
}

// albumOf is the album that the titled song is on.
func (h *house) albumOf(title string) library.Album {
	h.t.Helper()
	song := h.songs()[title]
	album, _, err := h.library.Album(h.t.Context(), h.scope(ada), song.AlbumID)
	h.must(err)
	return album
}

// isOn tells whether the song is on an album of so many songs by the artist.
func (h *house) isOn(title, artist string, songs int) {
	h.t.Helper()
	if a := h.albumOf(title); a.Artist != artist || a.SongCount != songs || a.IsCompilation != (artist == ingest.VariousArtists) {
		h.t.Errorf("%s is on %+v, want one of %d by %s", title, a, songs, artist)
	}
}

func TestScanFindsCollections(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.loose("mix/1.wav", "One", "Ada", 1)
		h.loose("mix/2.wav", "Two", "Bo feat. Ada", 2)
		h.loose("mix/3.wav", "Three", "Cy", 3)
		h.loose("elsewhere/4.wav", "Four", "Di", 4)
		h.put("mix/own.wav", mediatest.WAV(mediatest.Tags{Title: "Own", Artists: []string{"Ed"}, AlbumArtists: []string{"Ed"}, Album: "Summer"}, time.Second, 440))
		h.expect(h.scan(), [5]int{5, 5, 0, 0, 0})
		for _, title := range []string{"One", "Two", "Three"} {
			h.isOn(title, ingest.VariousArtists, 3)
		}
		h.isOn("Four", "Di", 1)
		h.isOn("Own", "Ed", 1)
		h.expect(h.scan(), [5]int{5, 0, 0, 0, 0})
	})
}

func TestAnAddedFileMakesACollection(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.loose("mix/1.wav", "One", "Ada", 1)
		h.loose("mix/2.wav", "Two", "Bo", 2)
		h.loose("mix/5.wav", "Five", "Bo", 5)
		h.scan()
		h.isOn("One", "Ada", 1)
		h.isOn("Two", "Bo", 2)
		before := h.songs()
		one, five, other := "One (live)", "Winter", "Fay"
		h.edit(ingest.Changes{Title: &one}, before["One"].ID)
		h.edit(ingest.Changes{Album: &five, AlbumArtists: &[]string{other}}, before["Five"].ID)

		// The third artist comes: what is there joins, and keeps what was changed of it.
		h.loose("mix/3.wav", "Three", "Cy", 3)
		h.expect(h.scan(), [5]int{4, 1, 2, 0, 0})
		for _, title := range []string{"One (live)", "Two", "Three"} {
			h.isOn(title, ingest.VariousArtists, 3)
		}
		h.isOn("Five", "Fay", 1)
		if after := h.songs(); after["One (live)"].ID != before["One"].ID || after["Two"].ID != before["Two"].ID {
			h.t.Errorf("before %v\nafter %v", before, after)
		}
		h.expect(h.scan(), [5]int{4, 0, 0, 0, 0})

		// Fewer artists do not part it again, and who comes later joins it.
		h.must(os.Remove(h.path("mix/3.wav")))
		h.loose("mix/4.wav", "Four", "Ada", 4)
		h.expect(h.scan(), [5]int{4, 1, 0, 1, 0})
		h.isOn("Four", ingest.VariousArtists, 4) // the missing one counts

		// A file that says whose it is leaves.
		h.put("mix/2.wav", mediatest.WAV(mediatest.Tags{Title: "Two", Artists: []string{"Bo"}, AlbumArtists: []string{"Bo"}, Album: "Summer"}, 100*time.Millisecond, 440))
		h.expect(h.scan(), [5]int{4, 0, 1, 0, 0})
		h.isOn("Two", "Bo", 1)
		h.isOn("Four", ingest.VariousArtists, 3)
	})
}

func TestASongBesideAMarkedCollectionJoinsIt(t *testing.T) {
	eachHouse(t, func(h *house) {
		marked := mediatest.Tags{Title: "Marked", Artists: []string{"Ada"}, Album: "Summer", Compilation: true}
		h.put("mix/marked.wav", mediatest.WAV(marked, time.Second, 440))
		h.loose("mix/1.wav", "One", "Bo", 1)
		h.scan()
		h.isOn("One", ingest.VariousArtists, 2)
		h.loose("mix/2.wav", "Two", "Cy", 2)
		h.scan()
		h.isOn("Two", ingest.VariousArtists, 3)
	})
}
