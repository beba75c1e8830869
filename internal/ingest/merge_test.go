package ingest_test

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media/mediatest"
)

// artists are all artists that are seen, by name.
func (h *house) artists() map[string]library.Artist {
	h.t.Helper()
	page, err := h.library.ListArtists(h.t.Context(), h.scope(ada), library.ArtistQuery{Paging: library.Paging{Limit: 500}})
	h.must(err)
	all := map[string]library.Artist{}
	for _, a := range page.Artists {
		all[a.Name] = a
	}
	return all
}

func (h *house) artistNames() []string {
	var list []string
	for name := range h.artists() {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func by(title, artist, album string) mediatest.Tags {
	return mediatest.Tags{Title: title, Artists: []string{artist}, AlbumArtists: []string{artist}, Album: album}
}

func TestMergedArtistsStayMergedAndComeApartAgain(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		h.tagged(1, by("One", "Beatles", "Help"))
		h.tagged(2, by("Two", "The Beatles", "Help"))
		h.tagged(3, by("Three", "Beatles, The", "Rain"))
		h.scan()
		artists := h.artists()
		into := artists["The Beatles"].ID
		liked := library.Subject{Kind: library.ArtistSubject, ID: int64(artists["Beatles"].ID)}
		h.must(h.library.Like(ctx, h.scope(ada), liked))
		done, err := h.service.MergeArtists(ctx, identity(ada), h.scope(ada), []library.ArtistID{artists["Beatles"].ID, artists["Beatles, The"].ID}, into)
		h.must(err)
		if a := h.artists(); len(a) != 1 || a["The Beatles"].SongCount != 3 || a["The Beatles"].AlbumCount != 2 || !a["The Beatles"].Liked || a["The Beatles"].ID != into {
			h.t.Errorf("artists are %+v", a)
		}
		if s := h.songs()["One"]; s.Artist != "The Beatles" || s.AlbumID != h.songs()["Two"].AlbumID {
			h.t.Errorf("song is %+v", s)
		}

		// Files that come or change later follow, and so do uploads and edits.
		h.tagged(4, by("Four", "beatles", "Help"))
		h.tagged(1, by("One again", "Beatles", "Help"))
		h.scan()
		h.edit(ingest.Changes{Artists: &[]string{"Beatles, The"}}, h.songs()["Two"].ID)
		_, err = h.upload(bob, mediatest.WAV(by("Five", "Beatles", "Help"), 3*time.Second, 440), nil)
		h.must(err)
		if a := h.artists(); len(a) != 1 || a["The Beatles"].SongCount != 5 {
			h.t.Errorf("artists are %+v", a)
		}

		// What is private is nobody's to rename.
		_, err = h.upload(ada, mediatest.WAV(by("Mine", "Beatles", "Help"), 4*time.Second, 440), ingest.Form{"private": "true"})
		h.must(err)
		if s := h.songs()["Mine"]; s.Artist != "Beatles" {
			h.t.Errorf("private song is %+v", s)
		}

		h.undo(done.ID)
		if got, want := h.artistNames(), []string{"Beatles", "Beatles, The", "The Beatles"}; slices.Equal(got, want) == slices.Equal(got, []string{"Beatles", "Beatles, The"}) {
			h.t.Errorf("artists are %q", got)
		}
		a := h.artists()["Beatles"]
		if a.ID != artists["Beatles"].ID || !a.Liked || h.songs()["One again"].Artist != "Beatles" || h.songs()["Four"].Artist != "beatles" {
			h.t.Errorf("after undo: %+v, %+v", a, h.songs())
		}
	})
}

func TestASplitArtistIsSeveral(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		h.tagged(1, by("One", "Ada & Bo", "Duets"))
		h.tagged(2, by("Two", "Bo", "Alone"))
		h.scan()
		duo := h.artists()["Ada & Bo"]
		h.must(h.library.Rate(ctx, h.scope(ada), library.Subject{Kind: library.ArtistSubject, ID: int64(duo.ID)}, 5))
		done, err := h.service.SplitArtist(ctx, identity(ada), h.scope(ada), duo.ID, []string{" Ada ", "Bo", "ada"})
		h.must(err)
		a := h.artists()
		if len(a) != 2 || a["Ada"].SongCount != 1 || a["Bo"].SongCount != 2 || a["Ada"].Rating != 5 || a["Bo"].Rating != 5 {
			h.t.Errorf("artists are %+v", a)
		}
		if s := h.songs()["One"]; s.Artist != "Ada & Bo" || len(s.Artists) != 4 {
			h.t.Errorf("song is %+v", s)
		}
		h.put("1.wav", mediatest.WAV(by("One again", "Ada & Bo", "Duets"), 100*time.Millisecond, 440))
		h.scan()
		if got := h.artistNames(); !slices.Equal(got, []string{"Ada", "Bo"}) {
			h.t.Errorf("after a rescan: %q", got)
		}
		_, err = h.service.SplitArtist(ctx, identity(ada), h.scope(ada), h.artists()["Ada"].ID, []string{"Ada & Bo", "Cy"})
		if fault.KindOf(err) != fault.Conflict {
			h.t.Errorf("a circle of names: %v", err)
		}
		h.undo(done.ID)
		if got := h.artistNames(); !slices.Equal(got, []string{"Ada & Bo", "Bo"}) {
			h.t.Errorf("after undo: %q", got)
		}
	})
}

func TestMergesAreChecked(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		h.tagged(1, by("One", "Ada", "A"))
		h.tagged(2, by("Two", "Bo", "B"))
		h.scan()
		_, err := h.upload(ada, mediatest.WAV(by("Mine", "Secret", "Mine"), 4*time.Second, 440), ingest.Form{"private": "true"})
		h.must(err)
		songs, artists := h.songs(), h.artists()
		for name, merge := range map[string]func() error{
			"itself": func() error {
				_, err := h.service.MergeArtists(ctx, identity(ada), h.scope(ada), []library.ArtistID{artists["Ada"].ID}, artists["Ada"].ID)
				return err
			},
			"nothing": func() error {
				_, err := h.service.MergeAlbums(ctx, identity(ada), h.scope(ada), nil, songs["One"].AlbumID)
				return err
			},
			"an artist not there": func() error {
				_, err := h.service.MergeArtists(ctx, identity(ada), h.scope(ada), []library.ArtistID{9999}, artists["Ada"].ID)
				return err
			},
			"a private artist": func() error {
				_, err := h.service.MergeArtists(ctx, identity(ada), h.scope(ada), []library.ArtistID{artists["Secret"].ID}, artists["Ada"].ID)
				return err
			},
			"albums of two libraries": func() error {
				_, err := h.service.MergeAlbums(ctx, identity(ada), h.scope(ada), []library.AlbumID{songs["Mine"].AlbumID}, songs["One"].AlbumID)
				return err
			},
			"an album that is foreign": func() error {
				_, err := h.service.MergeAlbums(ctx, identity(bob), h.scope(bob), []library.AlbumID{songs["Mine"].AlbumID}, songs["One"].AlbumID)
				return err
			},
			"a split into nothing new": func() error {
				_, err := h.service.SplitAlbum(ctx, identity(ada), h.scope(ada), []library.SongID{songs["One"].ID}, "a", nil)
				return err
			},
		} {
			want := map[string]fault.Kind{"itself": fault.Invalid, "nothing": fault.Invalid, "albums of two libraries": fault.Conflict, "a split into nothing new": fault.Conflict}[name]
			if want == 0 {
				want = fault.NotFound
			}
			if got := fault.KindOf(merge()); got != want {
				h.t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
		if got := h.artistNames(); !slices.Equal(got, []string{"Ada", "Bo", "Secret"}) {
			h.t.Errorf("something was merged: %q", got)
		}
	})
}

func TestAlbumsMergeAndSplit(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		release := by("One", "Ada", "Lines")
		release.AlbumMBID = "0f0f0f0f-1111-2222-3333-444444444444"
		h.tagged(1, release)
		h.tagged(2, by("Two", "Ada", "Lines (Bonus)"))
		h.tagged(3, by("Three", "Ada", "Lines (Bonus)"))
		h.scan()
		songs := h.songs()
		into, from := songs["One"].AlbumID, songs["Two"].AlbumID
		h.must(h.library.Like(ctx, h.scope(ada), library.Subject{Kind: library.AlbumSubject, ID: int64(from)}))
		done, err := h.service.MergeAlbums(ctx, identity(ada), h.scope(ada), []library.AlbumID{from}, into)
		h.must(err)
		album, list, err := h.library.Album(ctx, h.scope(ada), into)
		h.must(err)
		if len(list) != 3 || album.SongCount != 3 || !album.Liked || album.Title != "Lines" {
			h.t.Errorf("merged album is %+v with %d songs", album, len(list))
		}
		h.tagged(2, by("Two again", "Ada", "Lines (Bonus)"))
		h.scan()
		if s := h.songs()["Two again"]; s.AlbumID != into {
			h.t.Errorf("after a rescan: %+v", s)
		}
		split, err := h.service.SplitAlbum(ctx, identity(ada), h.scope(ada), []library.SongID{songs["Three"].ID}, "Apart", &[]string{"Bo"})
		h.must(err)
		if s := h.songs()["Three"]; s.AlbumID == into || s.Album != "Apart" || s.Artist != "Ada" {
			h.t.Errorf("split song is %+v", s)
		}
		h.undo(split.ID)
		h.undo(done.ID)
		if s := h.songs(); s["Three"].AlbumID != from || s["Two again"].AlbumID != from || s["Three"].Album != "Lines (Bonus)" {
			h.t.Errorf("after undo: %+v", s)
		}
	})
}

func TestChosenCoversOutliveRescansAndAreSweptAtTheEnd(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		file := by("One", "Ada", "Lines")
		file.Picture = picture(1)
		h.tagged(1, file)
		h.scan()
		id := h.songs()["One"].ID
		own := h.song(id).Cover.Hash
		chosen := mediatest.PNG(50, 50, color.RGBA{G: 200, A: 255})
		first, err := h.service.SetCover(ctx, identity(ada), h.scope(ada), []library.SongID{id}, bytes.NewReader(chosen))
		h.must(err)
		mine := h.song(id).Cover.Hash
		file.Title, file.Picture = "One again", picture(2)
		h.tagged(1, file)
		h.scan()
		if s := h.song(id); s.Cover.Hash != mine || mine == own || s.Title != "One again" {
			h.t.Errorf("after the rescan: %+v", s)
		}
		second, err := h.service.SetCover(ctx, identity(ada), h.scope(ada), []library.SongID{id}, bytes.NewReader(picture(9)))
		h.must(err)
		h.undo(second.ID)
		if h.song(id).Cover.Hash != mine {
			h.t.Error("the cover before is not back")
		}
		h.undo(first.ID)
		if now := h.song(id).Cover.Hash; now == mine || now == own {
			h.t.Error("the file's own new cover is not there")
		}
		if got := h.kept(); len(got) != 3 { // the file's, and two that can be had again
			h.t.Errorf("kept %q", got)
		}

		// When the edits are forgotten, so are their covers.
		h.clock.Advance(100 * 24 * time.Hour)
		h.edit(ingest.Changes{Title: of("X")}, id)
		if got := h.kept(); len(got) != 1 {
			h.t.Errorf("kept %q", got)
		}
		for name, content := range map[string][]byte{"text": []byte("no picture"), "gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")} {
			_, err := h.service.SetCover(ctx, identity(ada), h.scope(ada), []library.SongID{id}, bytes.NewReader(content))
			if fault.KindOf(err) != fault.Unsupported {
				h.t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestEditsAreListedAndForgotten(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.tagged(1, tags("One"))
		h.scan()
		id := h.songs()["One"].ID
		for i := range 5 {
			h.edit(ingest.Changes{Year: of(2000 + i)}, id)
		}
		list, total, err := h.service.Edits(t.Context(), identity(ada), h.scope(ada), 0, 3)
		h.must(err)
		if total != 5 || len(list) != 3 || list[0].ID <= list[1].ID || list[0].ByName != "ada" || fmt.Sprint(list[0].Titles, list[0].Fields) != "[One] [year]" {
			h.t.Errorf("%d edits: %+v", total, list)
		}
		none, total, err := h.service.Edits(t.Context(), identity(bob), h.scope(bob), 0, 3)
		h.must(err)
		if total != 0 || len(none) != 0 {
			h.t.Errorf("bob sees %+v", none)
		}
		if _, _, err := h.service.Undo(t.Context(), identity(bob), h.scope(bob), list[0].ID); fault.KindOf(err) != fault.NotFound {
			h.t.Errorf("undo by another: %v", err)
		}
		h.clock.Advance(91 * 24 * time.Hour)
		h.edit(ingest.Changes{Year: of(1999)}, id)
		if _, total, _ = h.service.Edits(t.Context(), identity(ada), h.scope(ada), 0, 3); total != 1 {
			h.t.Errorf("%d edits are kept", total)
		}
	})
}
