package ingest_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/library"
	"hathor/internal/media/mediatest"
)

const (
	mbidOne = "6f1a0b52-8a3c-4c8e-9c1e-0d5b8f6a7e01"
	mbidTwo = "7e2b0b52-8a3c-4c8e-9c1e-0d5b8f6a7e02"
)

func (h *house) details(title string) (library.Details, library.Lyrics) {
	h.t.Helper()
	id := h.songs()[title].ID
	details, has, err := h.library.Details(h.t.Context(), h.scope(ada), id)
	h.must(err)
	lyrics, err := h.library.Lyrics(h.t.Context(), h.scope(ada), id)
	h.must(err)
	if has != (lyrics != library.Lyrics{}) {
		h.t.Errorf("%s: lyrics %v are %+v", title, has, lyrics)
	}
	return details, lyrics
}

func TestScanKeepsDetails(t *testing.T) {
	eachHouse(t, func(h *house) {
		full := mediatest.Tags{
			Title: "Full", Artists: []string{"Ada"}, Album: "Lines", Date: "2021-05-17", Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2,
			TitleSort: "Full, The", AlbumSort: "Lines, The", TrackMBID: mbidOne, TrackGain: "-6.20 dB", Lyrics: "All night\nlong",
		}
		h.put("full.flac", mediatest.FLAC(full, time.Second, 440))
		h.put("bare.flac", mediatest.FLAC(mediatest.Tags{Title: "Bare", Date: "1999"}, 2*time.Second, 440))
		h.scan()
		gain := -6.2
		want := library.Details{
			Date: "2021-05-17", TrackTotal: 12, DiscTotal: 2, TitleSort: "Full, The", AlbumSort: "Lines, The",
			RecordingMBID: mbidOne, TrackGain: &gain,
		}
		details, lyrics := h.details("Full")
		if diff := cmp.Diff(want, details); diff != "" || lyrics.Plain != "All night\nlong" {
			h.t.Errorf("details differ: %s, lyrics %+v", diff, lyrics)
		}
		if details, lyrics := h.details("Bare"); !details.Empty() || lyrics != (library.Lyrics{}) {
			h.t.Errorf("a bare file says %+v, %+v", details, lyrics)
		}

		// What the file says no more goes.
		h.put("full.flac", mediatest.FLAC(mediatest.Tags{Title: "Full", Lyrics: "[00:01.00]a\n[00:02.00]b"}, time.Second, 440))
		h.scan()
		if details, lyrics := h.details("Full"); !details.Empty() || len(lyrics.Lines()) != 2 || lyrics.Plain != "" {
			h.t.Errorf("it still says %+v, %+v", details, lyrics)
		}
	})
}

func TestLyricsBesideASong(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("one.wav", tone("One", 1))
		h.scan()
		if _, lyrics := h.details("One"); lyrics != (library.Lyrics{}) {
			h.t.Errorf("lyrics out of nothing: %+v", lyrics)
		}
		h.put("one.LRC", []byte("\ufeff[00:01.50]All night\r\n[00:00.50]long\r\n"))
		h.put("other.lrc", []byte("[00:01.50]no song\n[00:02.00]is there"))
		h.expect(h.scan(), [5]int{1, 0, 1, 0, 0})
		if _, lyrics := h.details("One"); lyrics.Text() != "long\nAll night" {
			h.t.Errorf("lyrics are %+v", lyrics)
		}
		h.expect(h.scan(), [5]int{1, 0, 0, 0, 0})
		h.must(os.Remove(h.path("one.LRC")))
		h.expect(h.scan(), [5]int{1, 0, 1, 0, 0})
		if _, lyrics := h.details("One"); lyrics != (library.Lyrics{}) {
			h.t.Errorf("lyrics stay: %+v", lyrics)
		}
	})
}

func TestArtistsGoByTheirIDs(t *testing.T) {
	eachHouse(t, func(h *house) {
		by := func(file, title, artist, id string, tenths int) {
			tags := mediatest.Tags{Title: title, Artists: []string{artist}, Extra: map[string]string{}}
			if id != "" {
				tags.Extra["MUSICBRAINZ_ARTISTID"] = id
			}
			h.put(file, mediatest.FLAC(tags, time.Duration(tenths)*100*time.Millisecond, 440))
		}
		artist := func(title string) library.ArtistID { return h.songs()[title].Artists[0].ID }
		by("1.flac", "Plain", "John Williams", "", 1)
		h.scan()
		plain := artist("Plain")
		by("2.flac", "Composer", "john williams", mbidOne, 2)
		by("3.flac", "Guitar", "John Williams", mbidTwo, 3)
		by("4.flac", "Other name", "J. Williams", mbidTwo, 4)
		h.scan()
		if artist("Composer") != plain || artist("Guitar") == plain || artist("Other name") != artist("Guitar") || artist("Plain") != plain {
			h.t.Errorf("artists are %+v", h.songs())
		}

		// A merge of one of them leaves the other alone, and undo puts both back.
		by("5.flac", "Else", "Jo", "", 5)
		h.scan()
		done, err := h.service.MergeArtists(h.t.Context(), identity(ada), h.scope(ada), []library.ArtistID{artist("Guitar")}, artist("Else"))
		h.must(err)
		if artist("Guitar") != artist("Else") || artist("Other name") != artist("Else") || artist("Composer") != plain {
			h.t.Errorf("after the merge: %+v", h.songs())
		}
		h.undo(done.ID)
		if artist("Guitar") == artist("Else") || artist("Guitar") != artist("Other name") || artist("Guitar") == plain {
			h.t.Errorf("after the undo: %+v", h.songs())
		}

		// Two of one name can be merged as well.
		_, err = h.service.MergeArtists(h.t.Context(), identity(ada), h.scope(ada), []library.ArtistID{plain}, artist("Guitar"))
		h.must(err)
		if artist("Plain") != artist("Guitar") || artist("Composer") != artist("Guitar") {
			h.t.Errorf("after the second merge: %+v", h.songs())
		}
	})
}

func TestKindsOfAlbumsAndRoles(t *testing.T) {
	eachHouse(t, func(h *house) {
		put := func(album string, types string, compilation bool, tenths int) {
			h.put(album+".flac", mediatest.FLAC(mediatest.Tags{
				Title: album, Artists: []string{"Ada"}, Album: album, Compilation: compilation,
				Extra: map[string]string{"RELEASETYPE": types},
			}, time.Duration(tenths)*100*time.Millisecond, 440))
		}
		put("None", "", false, 1)
		put("EP", "ep", false, 2)
		put("Live", "album; live", false, 3)
		put("Mark", "", true, 4)
		put("Best", "album; compilation", false, 5)
		put("Film", "album; soundtrack", false, 6)
		put("Story", "other; audiobook", false, 7)
		h.scan()
		want := map[string]library.AlbumKind{
			"None": library.FullAlbum, "EP": library.EP, "Live": library.Live, "Mark": library.Compilation, "Best": library.Compilation,
			"Film": library.Soundtrack, "Story": library.OtherKind,
		}
		for title, kind := range want {
			if got := h.albumOf(title).Kind; got != kind {
				h.t.Errorf("%s is of the kind %q, want %q", title, got, kind)
			}
		}

		h.put("guests.flac", mediatest.FLAC(mediatest.Tags{
			Title: "Guests (feat. Cy)", Artists: []string{"Ada feat. Bo"},
			Extra: map[string]string{"COMPOSER": "Di", "REMIXER": "Ed"},
		}, 800*time.Millisecond, 440))
		h.scan()
		var roles []string
		for _, c := range h.songs()["Guests (feat. Cy)"].Artists {
			roles = append(roles, string(c.Role)+" "+c.Name)
		}
		if want := []string{"artist Ada", "albumArtist Ada", "featured Bo", "featured Cy", "remixer Ed", "composer Di"}; !slices.Equal(roles, want) {
			h.t.Errorf("credits are %q, want %q", roles, want)
		}
	})
}
