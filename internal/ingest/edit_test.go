package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media/mediatest"
)

// edit changes songs as the admin.
func (h *house) edit(c ingest.Changes, ids ...library.SongID) ingest.Edited {
	h.t.Helper()
	done, err := h.service.Edit(h.t.Context(), identity(ada), h.scope(ada), ids, c, nil)
	h.must(err)
	return done
}

func (h *house) undo(id ingest.EditID) {
	h.t.Helper()
	_, _, err := h.service.Undo(h.t.Context(), identity(ada), h.scope(ada), id)
	h.must(err)
}

func (h *house) song(id library.SongID) library.Song {
	h.t.Helper()
	song, err := h.library.Song(h.t.Context(), h.scope(ada), id)
	h.must(err)
	return song
}

func of[T any](value T) *T { return &value }

// tagged is a file of the folder; n makes its sound its own.
func (h *house) tagged(n int, t mediatest.Tags) {
	h.t.Helper()
	h.put(fmt.Sprintf("%d.wav", n), mediatest.WAV(t, time.Duration(n)*100*time.Millisecond, 440))
}

func TestEditsSurviveRescansFieldByField(t *testing.T) {
	eachHouse(t, func(h *house) {
		file := mediatest.Tags{Title: "Teh Lines", Artists: []string{"Ada"}, AlbumArtists: []string{"Ada"}, Album: "Lines", Genres: []string{"Pop"}, Date: "2001", Track: 3}
		h.tagged(1, file)
		h.scan()
		id := h.songs()["Teh Lines"].ID
		edited := h.edit(ingest.Changes{Title: of("The Lines"), Genres: &[]string{"Jazz", "Soul"}, Artists: &[]string{"Ada", "Bo"}}, id)

		// The file changes: what nobody edited follows it, the rest stays.
		file.Title, file.Date, file.Genres, file.Album = "Lines (remastered)", "2024", []string{"Rock"}, "Lines II"
		h.tagged(1, file)
		h.expect(h.scan(), [5]int{1, 0, 1, 0, 0})
		s := h.song(id)
		if s.Title != "The Lines" || !slices.Equal(s.Genres, []string{"Jazz", "Soul"}) || s.Artist != "Ada, Bo" || s.Year != 2024 || s.Album != "Lines II" || s.Track != 3 {
			h.t.Errorf("after the rescan: %+v", s)
		}

		// What is given back is the file's of now.
		_, err := h.service.Edit(h.t.Context(), identity(ada), h.scope(ada), []library.SongID{id}, ingest.Changes{}, []ingest.Field{"genres"})
		h.must(err)
		if s := h.song(id); !slices.Equal(s.Genres, []string{"Rock"}) || s.Title != "The Lines" {
			h.t.Errorf("after clearing genres: %+v", s)
		}

		// The first edit cannot be taken back past the clearing of one of its fields.
		_, _, err = h.service.Undo(h.t.Context(), identity(ada), h.scope(ada), edited.ID)
		if fault.KindOf(err) != fault.Conflict {
			h.t.Errorf("undo of an overwritten edit: %v", err)
		}
		h.undo(edited.ID + 1)
		h.undo(edited.ID)
		if s := h.song(id); s.Title != "Lines (remastered)" || s.Artist != "Ada" || !slices.Equal(s.Genres, []string{"Rock"}) {
			h.t.Errorf("after undo: %+v", s)
		}
	})
}

func TestAMovedFileKeepsItsEdits(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("old/1.wav", tone("One", 1))
		h.scan()
		id := h.songs()["One"].ID
		h.edit(ingest.Changes{Title: of("First"), Year: of(1988)}, id)
		h.must(os.Mkdir(h.path("new"), 0o755))
		h.must(os.Rename(h.path("old/1.wav"), h.path("new/one.wav")))
		h.expect(h.scan(), [5]int{1, 0, 1, 0, 0})
		if s := h.song(id); s.Title != "First" || s.Year != 1988 {
			h.t.Errorf("song is %+v", s)
		}
	})
}

func TestAnAlbumThatMovesKeepsItsMarks(t *testing.T) {
	eachHouse(t, func(h *house) {
		var ids []library.SongID
		for n := 1; n <= 3; n++ {
			h.tagged(n, mediatest.Tags{Title: fmt.Sprint(n), Artists: []string{"Ada"}, AlbumArtists: []string{"Ada"}, Album: "Lines", Track: n})
		}
		h.tagged(4, mediatest.Tags{Title: "4", Artists: []string{"Bo"}, AlbumArtists: []string{"Bo"}, Album: "Other"})
		h.scan()
		songs := h.songs()
		for n := 1; n <= 3; n++ {
			ids = append(ids, songs[fmt.Sprint(n)].ID)
		}
		lines, other := songs["1"].AlbumID, songs["4"].AlbumID
		like := library.Subject{Kind: library.AlbumSubject, ID: int64(lines)}
		h.must(h.library.Like(h.t.Context(), h.scope(ada), like))
		h.must(h.library.Rate(h.t.Context(), h.scope(ada), like, 4))

		// All go to a new name: it is the same album, with the same id.
		renamed := h.edit(ingest.Changes{Album: of("New Lines"), Compilation: of(true)}, ids...)
		album, list, err := h.library.Album(h.t.Context(), h.scope(ada), lines)
		h.must(err)
		if album.Title != "New Lines" || !album.Liked || album.Rating != 4 || len(list) != 3 || album.Artist != ingest.VariousArtists || !album.IsCompilation {
			h.t.Errorf("renamed album is %+v with %d songs", album, len(list))
		}
		h.undo(renamed.ID)

		// All go to an album that is there: it gets the marks, and the way back brings the old one with its own.
		joined := h.edit(ingest.Changes{Album: of("Other"), Artists: &[]string{"Bo"}}, ids...)
		album, _, err = h.library.Album(h.t.Context(), h.scope(ada), other)
		h.must(err)
		if album.SongCount != 4 || !album.Liked || album.Rating != 4 {
			h.t.Errorf("joined album is %+v", album)
		}
		if _, _, err := h.library.Album(h.t.Context(), h.scope(ada), lines); fault.KindOf(err) != fault.NotFound {
			h.t.Errorf("the empty album is seen: %v", err)
		}
		h.undo(joined.ID)
		album, _, err = h.library.Album(h.t.Context(), h.scope(ada), lines)
		h.must(err)
		if album.Title != "Lines" || album.SongCount != 3 || !album.Liked || h.song(ids[0]).AlbumID != lines {
			h.t.Errorf("album after undo is %+v", album)
		}
	})
}

func TestEditsAreAllOrNothing(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.tagged(1, tags("One"))
		h.scan()
		folder := h.songs()["One"].ID
		done, err := h.upload(bob, mediatest.WAV(tags("Mine"), 2*time.Second, 440), nil)
		h.must(err)
		mine := done.Song
		for name, ids := range map[string][]library.SongID{
			"a folder's":    {mine, folder},
			"one not there": {mine, 99999},
		} {
			_, err := h.service.Edit(h.t.Context(), identity(bob), h.scope(bob), ids, ingest.Changes{Title: of("X")}, nil)
			var f *fault.Error
			if !errors.As(err, &f) || len(f.Details) != 1 || f.Details[0].Field != "ids[1]" {
				h.t.Errorf("%s: %v", name, err)
			}
		}
		if h.song(mine).Title != "Mine" {
			h.t.Error("half an edit was done")
		}
	})
}

// Whatever is set, cleared and taken back in whatever order: in the end the files' values stand there.
// TestAnEditEndsWithItsSongs keeps what was done in a private library from the admin also when its songs are gone.
func TestAnEditEndsWithItsSongs(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		mine, err := h.upload(bob, mediatest.FLAC(tags("Mine"), time.Second, 440), ingest.Form{"private": "true"})
		h.must(err)
		done, err := h.service.Edit(ctx, identity(bob), h.scope(bob), []library.SongID{mine.Song}, ingest.Changes{Title: of("Still mine")}, nil)
		h.must(err)
		h.must(h.service.Delete(ctx, identity(bob), h.scope(bob), mine.Song))
		for _, user := range []account.UserID{bob, ada} {
			if list, total, err := h.service.Edits(ctx, identity(user), h.scope(user), 0, 10); err != nil || total != 0 || len(list) != 0 {
				t.Errorf("%d is shown %+v of %d (%v)", user, list, total, err)
			}
			if _, _, err := h.service.Undo(ctx, identity(user), h.scope(user), done.ID); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%d takes back what is gone: %v", user, err)
			}
		}
	})
}

func TestEveryWayBackLeadsToTheFile(t *testing.T) {
	eachHouse(t, func(h *house) {
		for n := 1; n <= 3; n++ {
			h.tagged(n, mediatest.Tags{Title: fmt.Sprint(n), Artists: []string{"Ada"}, Album: "Lines", Genres: []string{"Pop"}, Date: "2001", Track: n})
		}
		h.scan()
		var ids []library.SongID
		before := h.songs()
		for _, s := range before {
			ids = append(ids, s.ID)
		}
		slices.Sort(ids)
		rapid.Check(t, func(r *rapid.T) { h.wander(r, ids) })
		for title, want := range before {
			got := h.song(want.ID)
			want.AlbumID, got.AlbumID = 0, 0
			if fmt.Sprintf("%+v", names(got)) != fmt.Sprintf("%+v", names(want)) || got.Title != title {
				h.t.Errorf("song %s\n is %+v\nwas %+v", title, got, want)
			}
		}
	})
}

// names leaves out ids of artists: they may have been made anew.
func names(s library.Song) library.Song {
	s.Artists = slices.Clone(s.Artists)
	for i := range s.Artists {
		s.Artists[i].ID = 0
	}
	return s
}

func (h *house) wander(r *rapid.T, ids []library.SongID) {
	var open []ingest.EditID
	for range rapid.IntRange(1, 8).Draw(r, "steps") {
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(r, "songs")
		c, unset := ingest.Changes{}, []ingest.Field(nil)
		switch rapid.IntRange(0, 7).Draw(r, "what") {
		case 0:
			c.Title = of(rapid.StringMatching(`[A-C]`).Draw(r, "title"))
		case 1:
			c.Artists = of(rapid.SliceOfN(rapid.SampledFrom([]string{"Bo", "Cy ft. Di", "Various Artists"}), 0, 2).Draw(r, "artists"))
		case 2:
			c.Album = of(rapid.SampledFrom([]string{"", "Lines", "Other"}).Draw(r, "album"))
		case 3:
			c.AlbumArtists = of(rapid.SliceOfN(rapid.SampledFrom([]string{"Ada", "Various Artists"}), 0, 2).Draw(r, "album artists"))
		case 4:
			c.Compilation, c.Year = of(rapid.Bool().Draw(r, "compilation")), of(1999)
		case 5:
			unset = []ingest.Field{"title", "artists", "album"}
		case 6:
			h.undoAny(r, &open)
			continue
		case 7:
			c.Genres = of([]string{"Jazz", "Soul"})
		}
		done, err := h.service.Edit(h.t.Context(), identity(ada), h.scope(ada), some, c, unset)
		if err != nil {
			r.Fatal(err)
		}
		if done.ID != 0 {
			open = append(open, done.ID)
		}
	}
	if rapid.Bool().Draw(r, "clear") {
		if _, err := h.service.Edit(h.t.Context(), identity(ada), h.scope(ada), ids, ingest.Changes{},
			[]ingest.Field{"title", "artists", "album", "albumArtists", "genres", "year", "isCompilation"}); err != nil {
			r.Fatal(err)
		}
		return
	}
	for i := len(open) - 1; i >= 0; i-- {
		if _, _, err := h.service.Undo(h.t.Context(), identity(ada), h.scope(ada), open[i]); err != nil {
			r.Fatal(err)
		}
	}
}

// undoAny takes one of the edits back, or is told that a later one stands above it.
func (h *house) undoAny(r *rapid.T, open *[]ingest.EditID) {
	if len(*open) == 0 {
		return
	}
	at := rapid.IntRange(0, len(*open)-1).Draw(r, "undo")
	_, _, err := h.service.Undo(h.t.Context(), identity(ada), h.scope(ada), (*open)[at])
	switch {
	case err == nil:
		*open = slices.Delete(*open, at, at+1)
	case fault.KindOf(err) != fault.Conflict || at == len(*open)-1:
		r.Fatalf("undo: %v", err)
	}
}
