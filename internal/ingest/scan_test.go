package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

func tags(title string) mediatest.Tags {
	return mediatest.Tags{Title: title, Artists: []string{"Ada"}, AlbumArtists: []string{"Ada"}, Album: "Lines", Date: "2021"}
}

// tone is a short song; tones of other lengths sound different.
func tone(title string, tenths int) []byte {
	return mediatest.WAV(tags(title), time.Duration(tenths)*100*time.Millisecond, 440)
}

func picture(red uint8) []byte { return mediatest.JPEG(40, 40, color.RGBA{R: red, A: 255}) }

func TestScanOfEveryFormat(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("a.mp3", mediatest.MP3(tags("MP3"), time.Second, 440))
		h.put("b.flac", mediatest.FLAC(tags("FLAC"), time.Second, 440))
		h.put("c.WAV", tone("WAV", 10))
		h.put("d.ogg", mediatest.Vorbis(tags("Vorbis")))
		h.put("e.opus", mediatest.Opus(tags("Opus")))
		h.put("f.m4a", mediatest.AAC(tags("AAC")))
		h.put("g.m4a", mediatest.ALAC(tags("ALAC")))
		h.put("notes.txt", []byte("no music"))
		h.expect(h.scan(), [5]int{7, 7, 0, 0, 0})
		songs := h.songs()
		for title, format := range map[string]library.Format{
			"MP3": library.MP3, "FLAC": library.FLAC, "WAV": library.WAV, "Vorbis": library.Vorbis, "Opus": library.Opus,
			"AAC": library.AAC, "ALAC": library.ALAC,
		} {
			s := songs[title]
			if s.Format != format || s.Duration <= 0 || s.Artist != "Ada" || s.Album != "Lines" || s.Year != 2021 {
				h.t.Errorf("%s: %+v", title, s)
			}
		}
		h.expect(h.scan(), [5]int{7, 0, 0, 0, 0})
	})
}

func TestScanFollowsAFolderThroughItsLife(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("one.wav", tone("One", 1))
		h.put("two.wav", tone("Two", 2))
		h.put("three.wav", tone("Three", 3))
		h.expect(h.scan(), [5]int{3, 3, 0, 0, 0})
		before := h.songs()

		// One is moved and retagged at once, Two is retagged in place, Three goes.
		h.must(os.Remove(h.path("one.wav")))
		h.put("moved/first.wav", tone("One again", 1))
		h.put("two.wav", tone("Two again", 2))
		three, err := os.ReadFile(h.path("three.wav"))
		h.must(err)
		gone, err := os.Stat(h.path("three.wav"))
		h.must(err)
		h.must(os.Remove(h.path("three.wav")))
		h.expect(h.scan(), [5]int{2, 0, 2, 1, 0})
		after := h.songs()
		if after["One again"].ID != before["One"].ID || after["Two again"].ID != before["Two"].ID {
			h.t.Errorf("before %v\nafter %v", before, after)
		}
		if three, err := h.library.Song(h.t.Context(), h.scope(ada), before["Three"].ID); err != nil || !three.Missing {
			h.t.Errorf("the vanished song: %+v, %v", three, err)
		}

		// Three comes back as it was.
		h.put("three.wav", three)
		h.must(os.Chtimes(h.path("three.wav"), gone.ModTime(), gone.ModTime()))
		h.expect(h.scan(), [5]int{3, 0, 1, 0, 0})
		if h.songs()["Three"].ID != before["Three"].ID {
			h.t.Error("the song that came back is another one")
		}

		// A copy beside the original is a song of its own.
		h.put("copy.wav", three)
		h.expect(h.scan(), [5]int{4, 1, 0, 0, 0})
	})
}

func TestScanFindsAMissingSongElsewhereLater(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("one.wav", tone("One", 1))
		h.put("other.wav", tone("Other", 2))
		h.scan()
		id := h.songs()["One"].ID
		h.must(os.Remove(h.path("one.wav")))
		h.expect(h.scan(), [5]int{1, 0, 0, 1, 0})
		h.put("later/one.wav", tone("One", 1))
		h.expect(h.scan(), [5]int{2, 0, 1, 0, 0})
		if h.songs()["One"].ID != id {
			h.t.Error("the song lost its id")
		}
	})
}

func TestScanOfWhatIsNoMusic(t *testing.T) {
	eachHouse(t, func(h *house) {
		outside := t.TempDir() + "/secret.wav"
		h.must(os.WriteFile(outside, tone("Secret", 1), 0o644))
		h.put("good.wav", tone("Good", 1))
		h.put("picture.mp3", picture(9))
		h.put("page.mp3", []byte("<!doctype html><title>x</title>"))
		h.put("list.mp3", []byte("#EXTM3U\n#EXT-X-TARGETDURATION:1\n/etc/passwd\n"))
		h.put("empty.flac", nil)
		h.put("short.flac", mediatest.FLAC(tags("Short"), time.Second, 440)[:60])
		h.must(os.Symlink(outside, h.path("link.wav")))
		h.must(os.Symlink("good.wav", h.path("inner.wav")))
		h.must(os.Symlink("/", h.path("root")))
		h.must(os.Symlink("nowhere.wav", h.path("broken.wav")))
		h.must(syscall.Mkfifo(h.path("pipe.wav"), 0o644))
		h.put("bad\xff.wav", tone("Bad name", 1))
		h.put("strange \u202e\n'\"<b>.wav", mediatest.WAV(mediatest.Tags{}, 100*time.Millisecond, 440))
		h.put(strings.Repeat("x", 250)+".wav", mediatest.WAV(mediatest.Tags{}, 200*time.Millisecond, 440))
		state := h.scan()
		h.expect(state, [5]int{8, 3, 0, 0, 10})
		if got, want := h.titles(), []string{"Good", "strange  '\"<b>", strings.Repeat("x", 250)}; !slices.Equal(got, want) {
			h.t.Errorf("songs are %q, want %q", got, want)
		}
		problems := h.problems()
		for _, name := range []string{"picture.mp3", "page.mp3", "list.mp3", "empty.flac", "short.flac", "bad\uFFFD.wav", "link.wav", "root", "broken.wav", "pipe.wav"} {
			if problems[name] == "" {
				h.t.Errorf("%s is not listed in %q", name, problems)
			}
		}
		if len(problems) != 10 {
			h.t.Errorf("problems are %q", problems)
		}

		// What is mended leaves the list.
		h.put("empty.flac", mediatest.FLAC(tags("Mended"), time.Second, 440))
		h.scan()
		if _, still := h.problems()["empty.flac"]; still {
			h.t.Error("a mended file is still listed")
		}
	})
}

func TestScanFindsCovers(t *testing.T) {
	eachHouse(t, func(h *house) {
		own := tags("Own")
		own.Picture = picture(1)
		bad := tags("Bad")
		bad.Picture = []byte("\xff\xd8\xff\xe0 no picture")
		h.put("a/own.wav", mediatest.WAV(own, time.Second, 440))
		h.put("a/beside.wav", tone("Beside", 1))
		h.put("a/Folder.JPG", picture(3))
		h.put("a/COVER.png", mediatest.PNG(30, 30, color.RGBA{G: 9, A: 255}))
		h.put("b/bad.wav", mediatest.WAV(bad, 900*time.Millisecond, 440))
		h.put("c/CD 2/disc.wav", tone("Disc", 3))
		h.put("c/front.jpg", picture(4))
		h.put("d/none.wav", tone("None", 4))
		h.put("d/other.jpg", picture(5))
		h.expect(h.scan(), [5]int{5, 5, 0, 0, 1})
		songs := h.songs()
		if songs["Own"].Cover == nil || songs["Beside"].Cover == nil || songs["Disc"].Cover == nil ||
			songs["Own"].Cover.Hash == songs["Beside"].Cover.Hash {
			h.t.Errorf("covers: %+v", songs)
		}
		if songs["Bad"].Cover != nil || songs["None"].Cover != nil {
			h.t.Errorf("covers out of nothing: %+v %+v", songs["Bad"].Cover, songs["None"].Cover)
		}
		if why := h.problems()["b/bad.wav"]; !strings.Contains(why, "cover was left out") {
			h.t.Errorf("the bad cover is not explained: %q", h.problems())
		}
		if got := h.kept(); !slices.Equal(got, []string{"covers", "covers", "covers"}) {
			h.t.Errorf("kept %q", got)
		}

		// A cover that comes later is a change of its songs, and the old one goes.
		h.put("a/cover.jpg", picture(7))
		h.expect(h.scan(), [5]int{5, 0, 2, 0, 1})
		if now := h.songs()["Beside"].Cover; now == nil || now.Hash == songs["Beside"].Cover.Hash {
			h.t.Errorf("cover is still %+v", now)
		}
		if got := h.kept(); len(got) != 3 {
			h.t.Errorf("kept %q", got)
		}
	})
}

// TestABrokenCoverIsTakenOffAfterTheScan has a picture whose header is good.
func TestABrokenCoverIsTakenOffAfterTheScan(t *testing.T) {
	eachHouse(t, func(h *house) {
		broken := tags("Broken")
		broken.Picture = picture(3)[:400]
		h.put("a/broken.wav", mediatest.WAV(broken, time.Second, 440))
		h.put("b/good.wav", mediatest.WAV(retagged("Good"), 2*time.Second, 440))
		h.expect(h.scan(), [5]int{2, 2, 0, 0, 1})
		songs := h.songs()
		if songs["Broken"].Cover != nil || songs["Good"].Cover == nil || songs["Good"].Cover.Hue == 70 {
			h.t.Errorf("covers are %+v and %+v", songs["Broken"].Cover, songs["Good"].Cover)
		}
		if why := h.problems()["a/broken.wav"]; !strings.Contains(why, "cover was left out") || len(h.kept()) != 1 {
			h.t.Errorf("the problem is %q, kept are %q", why, h.kept())
		}
		h.expect(h.scan(), [5]int{2, 0, 0, 0, 1})
		if len(h.problems()) != 1 {
			h.t.Errorf("problems after another scan: %q", h.problems())
		}
	})
}

func TestScanOfAFolderThatIsAway(t *testing.T) {
	for _, away := range []string{"empty", "gone"} {
		t.Run(away, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.put("one.wav", tone("One", 1))
				h.scan()
				h.must(os.RemoveAll(h.music))
				if away == "empty" {
					h.must(os.Mkdir(h.music, 0o755))
				}
				state := h.scan()
				if state.Missing != 0 || state.Failed != 1 || len(h.songs()) != 1 || len(h.problems()) != 1 {
					h.t.Errorf("state %+v, songs %v, problems %v", state, h.titles(), h.problems())
				}
			})
		})
	}
}

// TestScanKnowsAMovedAndRetaggedFile gives a file another place, other tags and a cover at once.
func TestScanKnowsAMovedAndRetaggedFile(t *testing.T) {
	for name, file := range formats() {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.put("old/song"+name, file(tags("Before")))
				h.expect(h.scan(), [5]int{1, 1, 0, 0, 0})
				id := h.songs()["Before"].ID
				h.must(os.Remove(h.path("old/song" + name)))
				h.put("new/other name"+name, file(retagged("After")))
				h.expect(h.scan(), [5]int{1, 0, 1, 0, 0})
				if song := h.songs()["After"]; song.ID != id || song.Cover == nil {
					h.t.Errorf("song %d is now %+v", id, song)
				}
			})
		})
	}
}

// formats makes the same audio under any tags, by the endings of files.
func formats() map[string]func(mediatest.Tags) []byte {
	of := func(file func(mediatest.Tags, time.Duration, float64) []byte) func(mediatest.Tags) []byte {
		return func(tags mediatest.Tags) []byte { return file(tags, 600*time.Millisecond, 440) }
	}
	return map[string]func(mediatest.Tags) []byte{
		".mp3": of(mediatest.MP3), ".flac": of(mediatest.FLAC), ".wav": of(mediatest.WAV), ".m4a": mediatest.AAC,
	}
}

// retagged are tags with all that tags has and much more.
func retagged(title string) mediatest.Tags {
	t := tags(title)
	t.Lyrics = strings.Repeat("la ", 3000)
	t.Picture = picture(7)
	t.Genres, t.Track = []string{"Dub"}, 4
	return t
}

// fussy is a reader that can panic, or wait to be let go.
type fussy struct {
	ingest.Reader
	reading chan struct{}
}

func (f *fussy) Read(ctx context.Context, r io.ReaderAt, size int64) (ingest.File, error) {
	head := make([]byte, 4)
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return ingest.File{}, err
	}
	switch {
	case bytes.Equal(head, []byte("BANG")):
		panic("hostile file")
	case bytes.Equal(head, []byte("WAIT")):
		f.reading <- struct{}{}
		<-ctx.Done()
		return ingest.File{}, ctx.Err()
	}
	return f.Reader.Read(ctx, r, size)
}

func TestScanOutlivesAPanic(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.build(&fussy{Reader: media.NewReader(h.clock)})
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		h.put("bang.mp3", []byte("BANG"))
		h.put("good.wav", tone("Good", 1))
		h.expect(h.scan(), [5]int{2, 1, 0, 0, 1})
		if h.problems()["bang.mp3"] == "" {
			h.t.Errorf("problems are %q", h.problems())
		}
	})
}

func TestOneScanAtATimeAndStop(t *testing.T) {
	eachHouse(t, func(h *house) {
		reader := &fussy{Reader: media.NewReader(h.clock), reading: make(chan struct{})}
		h.put("one.wav", tone("One", 1))
		h.scan()
		h.build(reader)
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		h.must(os.Remove(h.path("one.wav")))
		h.put("wait.mp3", []byte("WAIT"))

		h.must(h.scanner.Start(t.Context(), false))
		<-reader.reading
		if !h.scanner.State().Running {
			h.t.Error("a running scan does not say so")
		}
		if err := h.scanner.Start(t.Context(), false); fault.KindOf(err) != fault.Conflict {
			h.t.Errorf("a second scan: %v", err)
		}
		h.scanner.Stop()
		h.scanner.Wait()
		if state := h.scanner.State(); state.Running || state.Missing != 0 || len(h.songs()) != 1 {
			h.t.Errorf("after the stop: %+v, %q", state, h.titles())
		}

		h.must(h.scanner.Start(t.Context(), false))
		<-reader.reading
		h.scanner.Close()
		if err := h.scanner.Start(t.Context(), false); fault.KindOf(err) != fault.Unavailable {
			h.t.Errorf("a scan after the end: %v", err)
		}
	})
}
