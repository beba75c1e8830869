package ingest_test

import (
	"context"
	"database/sql"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// run changes the database itself, for what this package has no door to.
func (h *house) run(query string, args ...any) {
	h.t.Helper()
	raw, err := sql.Open(h.driver, h.source)
	h.must(err)
	defer func() { _ = raw.Close() }()
	_, err = raw.ExecContext(h.t.Context(), query, args...)
	h.must(err)
}

// treasure gives a song plays, a like and a place in a playlist; the ids are numbers of ours.
func (h *house) treasure(id library.SongID) {
	h.t.Helper()
	h.run("INSERT INTO song_marks (user_id, song_id, plays, rating, liked_at) VALUES (1, $1, 7, 4, 5)", id)
	h.run("INSERT INTO playlists (id, owner_id, name, description, is_public, revision, created_at, updated_at) VALUES ($1, 1, 'x', '', FALSE, 1, 0, 0)", id)
	h.run("INSERT INTO playlist_entries (playlist_id, song_id, position, added_at) VALUES ($1, $1, 0, 0)", id)
}

// treasured tells whether the titled song is the one that was given all this.
func (h *house) treasured(title string, id library.SongID) {
	h.t.Helper()
	s := h.songs()[title]
	missing, _, err := h.store.Missing(h.t.Context(), 10, 0)
	h.must(err)
	if s.ID != id || s.Plays != 7 || s.Rating != 4 || !s.Liked {
		h.t.Errorf("%q is %+v, want the song %d with all that hangs on it; missing are %+v", title, s, id, missing)
	}
	var places int
	raw, err := sql.Open(h.driver, h.source)
	h.must(err)
	defer func() { _ = raw.Close() }()
	h.must(raw.QueryRowContext(h.t.Context(), "SELECT COUNT(*) FROM playlist_entries WHERE song_id = $1", id).Scan(&places))
	if places != 1 {
		h.t.Errorf("%q has %d places in playlists", title, places)
	}
}

// flac is a song by Ada of the length, whose sound is its own.
func flac(title, album, recording string, length time.Duration, hz float64) []byte {
	return mediatest.FLAC(mediatest.Tags{Title: title, Artists: []string{"Ada"}, Album: album, TrackMBID: recording}, length, hz)
}

func TestAGoneSongIsKnownAgain(t *testing.T) {
	const length = 3 * time.Second
	for name, c := range map[string]struct {
		before, after []byte
		title         string
		known         bool
	}{
		"by its audio, with other tags":                {flac("One", "X", "", length, 440), flac("Renamed", "Y", "", length, 440), "Renamed", true},
		"by its recording, with other audio and names": {flac("One", "X", mbidOne, length, 440), flac("Renamed", "X", mbidOne, 2*length, 550), "Renamed", true},
		"by name and length, with other audio":         {flac("One", "X", "", length, 440), flac("one!", "X", "", length+time.Second, 550), "one!", true},
		"not by the name alone":                        {flac("One", "X", "", length, 440), flac("One", "X", "", 3*length, 550), "One", false},
		"not by the name against the recordings":       {flac("One", "X", mbidOne, length, 440), flac("One", "X", mbidTwo, length, 550), "One", false},
		"not by the length alone":                      {flac("One", "X", "", length, 440), flac("Two", "X", "", length, 550), "Two", false},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.put("stays.wav", tone("Stays", 1))
				h.put("old/one.flac", c.before)
				h.scan()
				id := h.songs()["One"].ID
				h.treasure(id)
				h.must(os.Remove(h.path("old/one.flac")))
				h.scan()
				if gone := h.gone(); len(gone) != 1 {
					h.t.Fatalf("gone are %q", gone)
				}
				h.put("new/other.flac", c.after)
				h.scan()
				if c.known {
					h.treasured(c.title, id)
				} else if h.songs()[c.title].ID == id {
					h.t.Error("another song was taken for it")
				}
			})
		})
	}
}

// TestTheBestMatchIsTaken moves three songs at once of which two look alike.
func TestTheBestMatchIsTaken(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("stays.wav", tone("Stays", 1))
		h.put("a/1.flac", flac("Intro", "First", "", 3*time.Second, 440))
		h.put("b/1.flac", flac("Intro", "Second", "", 3*time.Second, 550))
		h.scan()
		page, err := h.library.ListSongs(h.t.Context(), h.scope(ada), library.SongQuery{Paging: library.Paging{Limit: 10}})
		h.must(err)
		ids := map[string]library.SongID{}
		for _, s := range page.Songs {
			ids[s.Album] = s.ID
		}
		h.must(os.RemoveAll(h.path("a")))
		h.must(os.RemoveAll(h.path("b")))
		// The first comes encoded anew, the second as it was, both under names that sort the other way.
		h.put("x/1.flac", flac("Intro", "First", "", 3*time.Second, 660))
		h.put("y/1.flac", flac("Intro", "Second", "", 3*time.Second, 550))
		h.expect(h.scan(), [5]int{3, 0, 2, 0, 0})
		page, err = h.library.ListSongs(h.t.Context(), h.scope(ada), library.SongQuery{Paging: library.Paging{Limit: 10}})
		h.must(err)
		for _, s := range page.Songs {
			if s.Album != "Lines" && ids[s.Album] != s.ID {
				h.t.Errorf("the song of %s was %d and is %d", s.Album, ids[s.Album], s.ID)
			}
		}
	})
}

func TestTwoPresentFilesAreTwoSongs(t *testing.T) {
	eachHouse(t, func(h *house) {
		one := flac("One", "X", mbidOne, 3*time.Second, 440)
		h.put("a/one.flac", one)
		h.scan()
		h.put("b/one.flac", one)
		h.put("c/one.flac", flac("One", "X", mbidOne, 3*time.Second, 550))
		h.expect(h.scan(), [5]int{3, 2, 0, 0, 0})
	})
}

func TestMissingSongsAreListedAndCleaned(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("stays.wav", tone("Stays", 1))
		h.put("x/one.wav", tone("One", 2))
		h.put("x/two.wav", tone("Two", 3))
		h.scan()
		songs := h.songs()
		h.treasure(songs["One"].ID)
		two, err := os.ReadFile(h.path("x/two.wav"))
		h.must(err)
		h.must(os.RemoveAll(h.path("x")))
		h.scan()
		list, total, err := h.store.Missing(t.Context(), 1, 0)
		h.must(err)
		if total != 2 || len(list) != 1 || list[0].Path != "x/one.wav" || list[0].Plays != 7 || list[0].Playlists != 1 || list[0].Since.IsZero() {
			h.t.Errorf("missing are %d: %+v", total, list)
		}
		removed, _, err := h.store.RemoveMissing(t.Context(), []library.SongID{songs["One"].ID, songs["Stays"].ID})
		h.must(err)
		if _, total, _ = h.store.Missing(t.Context(), 1, 0); removed != 1 || total != 1 || h.songs()["Stays"].ID == 0 {
			h.t.Errorf("%d were removed, %d are missing, there are %q", removed, total, h.titles())
		}
		removed, _, err = h.store.RemoveMissing(t.Context(), nil)
		h.must(err)
		if removed != 1 {
			h.t.Errorf("%d were removed", removed)
		}
		// Who comes back after that is new.
		h.put("x/two.wav", two)
		h.expect(h.scan(), [5]int{2, 1, 0, 0, 0})
		if h.songs()["Two"].ID == songs["Two"].ID {
			h.t.Error("an id was used twice")
		}
	})
}

// counting counts the files that are read, and lets only so many be.
type counting struct {
	ingest.Reader
	reads atomic.Int64
	stop  func()
	after int64
}

func (c *counting) Read(ctx context.Context, r io.ReaderAt, size int64) (ingest.File, error) {
	if n := c.reads.Add(1); c.stop != nil && n > c.after {
		c.stop()
		<-ctx.Done()
		return ingest.File{}, ctx.Err()
	}
	return c.Reader.Read(ctx, r, size)
}

// TestAStoppedScanGoesOnWhereItWas also stands for a process that dies: what is in the database is all that
// the next one has.
func TestAStoppedScanGoesOnWhereItWas(t *testing.T) {
	eachHouse(t, func(h *house) {
		const songs = 40
		for n := range songs {
			h.tagged(n+1, mediatest.Tags{Title: string(rune('A' + n)), Artists: []string{"Ada"}, AlbumArtists: []string{"Ada"}, Album: "Lines"})
		}
		reader := &counting{Reader: media.NewReader(h.clock), after: 23}
		h.build(reader)
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		reader.stop = h.scanner.Stop
		h.scanner.SetBatch(5)
		h.scan()
		written := len(h.songs())
		if written == 0 || written == songs {
			h.t.Fatalf("%d songs were written before the stop", written)
		}

		rest := &counting{Reader: media.NewReader(h.clock)}
		h.build(rest)
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		h.expect(h.scan(), [5]int{songs, songs - written, 0, 0, 0})
		if n := rest.reads.Load(); n != int64(songs-written) {
			h.t.Errorf("%d files were read, want the %d that were left", n, songs-written)
		}
		h.expect(h.scan(), [5]int{songs, 0, 0, 0, 0})
		if n := rest.reads.Load(); n != int64(songs-written) {
			h.t.Error("unchanged files were read again")
		}
		h.must(h.scanner.Start(t.Context(), true))
		h.scanner.Wait()
		if n := rest.reads.Load(); n != int64(songs-written+songs) {
			h.t.Error("a scan of everything again did not read everything")
		}
	})
}

// refusing reads nothing while there is a reason not to.
type refusing struct {
	ingest.Reader
	because error
}

func (r *refusing) Read(ctx context.Context, file io.ReaderAt, size int64) (ingest.File, error) {
	if r.because != nil {
		return ingest.File{}, r.because
	}
	return r.Reader.Read(ctx, file, size)
}

func TestAFileThatWasNotReadableIsTriedAgain(t *testing.T) {
	for _, because := range []error{fs.ErrPermission, syscall.EIO, ingest.ErrNotNow} {
		t.Run(because.Error(), func(t *testing.T) {
			h := newSQLiteHouse(t)
			h.put("one.wav", tone("One", 1))
			reader := &refusing{media.NewReader(h.clock), because}
			h.build(reader)
			h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
			h.expect(h.scan(), [5]int{1, 0, 0, 0, 1})
			reader.because = nil
			h.expect(h.scan(), [5]int{1, 1, 0, 0, 0})
		})
	}
}

func TestABadFileIsReadOnceAndStaysListed(t *testing.T) {
	h := newSQLiteHouse(t)
	h.put("bad.mp3", []byte("<!doctype html>"))
	h.put("good.wav", tone("Good", 1))
	h.expect(h.scan(), [5]int{2, 1, 0, 0, 1})
	reader := &counting{Reader: media.NewReader(h.clock)}
	h.build(reader)
	h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
	h.expect(h.scan(), [5]int{2, 0, 0, 0, 1})
	if reader.reads.Load() != 0 || len(h.problems()) != 1 {
		t.Errorf("%d files were read, problems %q", reader.reads.Load(), h.problems())
	}
}

// TestAForgottenFolderThatComesBackIsRead takes a folder out of the configuration, forgets its songs, and names it again.
func TestAForgottenFolderThatComesBackIsRead(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("x/one.wav", tone("One", 1))
		h.scan()
		h.must(h.scanner.EnsureLibraries(t.Context(), nil))
		removed, _, err := h.store.RemoveMissing(t.Context(), nil)
		h.must(err)
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		h.expect(h.scan(), [5]int{1, 1, 0, 0, 0})
		if removed != 1 || h.songs()["One"].ID == 0 {
			h.t.Errorf("%d were removed, there are %q", removed, h.titles())
		}
	})
}
