package ingest_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// ids are the ids of the songs that are there, by title.
func (h *house) ids() map[string]library.SongID {
	h.t.Helper()
	ids := map[string]library.SongID{}
	for title, s := range h.songs() {
		ids[title] = s.ID
	}
	return ids
}

// sameIDs tells what songs became of others.
func (h *house) sameIDs(before map[string]library.SongID, titles ...string) {
	h.t.Helper()
	after := h.ids()
	for _, title := range titles {
		if after[title] != before[title] || after[title] == 0 {
			h.t.Errorf("%s was %d and is %d", title, before[title], after[title])
		}
	}
}

// rename moves files by twos: from, to, all at once.
func (h *house) rename(pairs ...string) {
	h.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		h.must(os.Rename(h.path(pairs[i]), h.path(pairs[i])+".moving"))
	}
	for i := 0; i < len(pairs); i += 2 {
		h.must(os.MkdirAll(filepath.Dir(h.path(pairs[i+1])), 0o755))
		h.must(os.Rename(h.path(pairs[i])+".moving", h.path(pairs[i+1])))
	}
}

func (h *house) three() map[string]library.SongID {
	h.t.Helper()
	for n, title := range []string{"A", "B", "C"} {
		h.put("x/"+string(rune('a'+n))+".wav", tone(title, n+1))
	}
	h.put("stays.wav", tone("Stays", 9))
	h.scan()
	before := h.ids()
	h.treasure(before["A"])
	return before
}

// TestFilesThatChangeNamesStayTheirSongs: what hangs on a song goes with its audio, whatever names its file and others take.
func TestFilesThatChangeNamesStayTheirSongs(t *testing.T) {
	for name, c := range map[string]struct {
		moves []string
		stay  []string
		gone  int
		want  [5]int
	}{
		"two swap":                {[]string{"x/a.wav", "x/b.wav", "x/b.wav", "x/a.wav"}, []string{"A", "B", "C"}, 0, [5]int{4, 0, 2, 0, 0}},
		"three rotate":            {[]string{"x/a.wav", "x/b.wav", "x/b.wav", "x/c.wav", "x/c.wav", "x/a.wav"}, []string{"A", "B", "C"}, 0, [5]int{4, 0, 3, 0, 0}},
		"each moves up a place":   {[]string{"x/a.wav", "x/b.wav", "x/b.wav", "x/c.wav", "x/c.wav", "x/d.wav"}, []string{"A", "B", "C"}, 0, [5]int{4, 0, 3, 0, 0}},
		"each moves down a place": {[]string{"x/c.wav", "x/b.wav", "x/b.wav", "x/a.wav", "x/a.wav", "x/0.wav"}, []string{"A", "B", "C"}, 0, [5]int{4, 0, 3, 0, 0}},
		"two swap their folders":  {[]string{"x/a.wav", "stays.wav", "stays.wav", "x/a.wav"}, []string{"A", "Stays"}, 0, [5]int{4, 0, 2, 0, 0}},
		"one takes another's":     {[]string{"x/a.wav", "x/b.wav"}, []string{"A", "C"}, 1, [5]int{3, 0, 1, 1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				before := h.three()
				h.rename(c.moves...)
				h.expect(h.scan(), c.want)
				h.sameIDs(before, c.stay...)
				h.treasured("A", before["A"])
				if gone := h.gone(); len(gone) != c.gone {
					h.t.Errorf("gone are %q", gone)
				}
				h.expect(h.scan(), [5]int{c.want[0], 0, 0, 0, 0})
				h.rename(reversed(c.moves)...)
				h.scan()
				h.sameIDs(before, c.stay...)
				h.treasured("A", before["A"])
			})
		})
	}
}

func reversed(moves []string) []string {
	back := make([]string, len(moves))
	for i := 0; i < len(moves); i += 2 {
		back[i], back[i+1] = moves[i+1], moves[i]
	}
	return back
}

// TestAFileReplacedByAnotherKnownOne copies one song over another: the one that is overwritten is missing, not forgotten.
func TestAFileReplacedByAnotherKnownOne(t *testing.T) {
	eachHouse(t, func(h *house) {
		before := h.three()
		h.treasure(before["B"])
		b, err := os.ReadFile(h.path("x/b.wav"))
		h.must(err)
		h.put("x/b.wav", tone("A", 1))
		h.expect(h.scan(), [5]int{4, 1, 0, 1, 0})
		missing, _, err := h.store.Missing(t.Context(), 10, 0)
		h.must(err)
		if len(missing) != 1 || missing[0].ID != before["B"] || missing[0].Path != "x/b.wav" || missing[0].Plays != 7 {
			h.t.Errorf("missing are %+v", missing)
		}
		h.expect(h.scan(), [5]int{4, 0, 0, 0, 0})
		h.put("x/b.wav", b)
		h.scan()
		h.treasured("B", before["B"])
		h.sameIDs(before, "A", "B")
	})
}

// TestAFileThatIsMadeAnewKeepsItsSong: other audio that is no other song's, or the same song's, leaves its file's song.
func TestAFileThatIsMadeAnewKeepsItsSong(t *testing.T) {
	eachHouse(t, func(h *house) {
		before := h.three()
		h.put("x/a.wav", tone("A", 5))
		h.expect(h.scan(), [5]int{4, 0, 1, 0, 0})
		h.treasured("A", before["A"])
		h.put("y/better.wav", tone("A", 6))
		h.scan()
		h.put("x/a.wav", tone("A", 6)) // the better one of the two
		h.expect(h.scan(), [5]int{5, 0, 1, 0, 0})
		if gone := h.gone(); len(gone) != 0 {
			h.t.Errorf("gone are %q", gone)
		}
	})
}

// TestFilesSwapWhileOneFolderIsNotQuiet swaps files of two folders of which one is scanned before the other.
func TestFilesSwapWhileOneFolderIsNotQuiet(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("x/a.wav", tone("A", 1))
		h.put("y/b.wav", tone("B", 2))
		h.scan()
		before := h.ids()
		events := told{make(chan ingest.Heard, 1)}
		h.follow(ingest.Following{Events: events, Settle: 5 * time.Second})
		heard := <-events.heard
		h.rename("x/a.wav", "y/b.wav", "y/b.wav", "x/a.wav")
		heard.File("x/a.wav")
		h.until("the one is scanned", func() bool { s := h.scanner.State(); return s.Seen == 1 && !s.Running })
		heard.File("y/b.wav")
		h.until("the other is scanned", func() bool { return len(h.songs()) == 2 && len(h.gone()) == 0 })
		h.sameIDs(before, "A", "B")
	})
}

// second adds another folder to the libraries.
func (h *house) second() string {
	h.t.Helper()
	other := h.t.TempDir()
	h.must(h.scanner.EnsureLibraries(h.t.Context(), []string{h.music, other}))
	return other
}

// TestAFileMovesBetweenLibraries both in one scan and in two, there and back.
func TestAFileMovesBetweenLibraries(t *testing.T) {
	for name, between := range map[string]bool{"in one scan": false, "in a later scan": true} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				other := h.second()
				h.put("stays.wav", tone("Stays", 1))
				h.put("x/a.flac", flac("A", "Album of A", "", 2*time.Second, 440))
				h.must(os.WriteFile(filepath.Join(other, "rests.wav"), tone("Rests", 3), 0o644))
				h.scan()
				before := h.songs()["A"]
				h.treasure(before.ID)
				album := before.AlbumID
				move := func(from, to string) {
					content, err := os.ReadFile(from)
					h.must(err)
					h.must(os.Remove(from))
					if between {
						h.scan()
					}
					h.must(os.MkdirAll(filepath.Dir(to), 0o755))
					h.must(os.WriteFile(to, content, 0o644))
					state := h.scan()
					if state.Added != 0 || state.Missing != 0 || state.Updated != 1 {
						h.t.Errorf("the scan did %+v", state)
					}
				}
				move(h.path("x/a.flac"), filepath.Join(other, "new", "a.flac"))
				h.treasured("A", before.ID)
				if s := h.songs()["A"]; s.LibraryID == before.LibraryID || s.AlbumID != album {
					h.t.Errorf("it was %+v and is %+v", before, s)
				}
				move(filepath.Join(other, "new", "a.flac"), h.path("x/again.flac"))
				h.treasured("A", before.ID)
				if s := h.songs()["A"]; s.LibraryID != before.LibraryID {
					h.t.Errorf("it is %+v", s)
				}
			})
		})
	}
}

// TestAFolderThatIsReachedByAnotherNameKeepsItsSongs names another folder in the configuration, into which all has moved.
func TestAFolderThatIsReachedByAnotherNameKeepsItsSongs(t *testing.T) {
	eachHouse(t, func(h *house) {
		before := h.three()
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		h.must(os.Rename(h.music, elsewhere))
		h.music = elsewhere
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{elsewhere}))
		h.expect(h.scan(), [5]int{4, 0, 4, 0, 0})
		h.sameIDs(before, "A", "B", "C", "Stays")
		h.treasured("A", before["A"])
	})
}

// TestALibraryThatIsAwayLosesNothingToAnother: its songs are not missing, so a copy elsewhere is a song of its own.
func TestALibraryThatIsAwayLosesNothingToAnother(t *testing.T) {
	eachHouse(t, func(h *house) {
		other := h.second()
		before := h.three()
		first := h.songs()["A"].LibraryID
		away := h.music + "-away"
		h.must(os.Rename(h.music, away))
		h.must(os.WriteFile(filepath.Join(other, "a.wav"), tone("A", 1), 0o644))
		h.scan()
		h.must(os.Rename(away, h.music))
		h.scan()
		a, err := h.library.Song(h.t.Context(), h.scope(ada), before["A"])
		h.must(err)
		if len(h.gone()) != 0 || a.LibraryID != first || h.ids()["A"] == 0 {
			h.t.Errorf("gone are %q, it is %+v", h.gone(), a)
		}
	})
}
