package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

var errStore = errors.New("the store is broken")

// upload sends a file through the service as the door does.
func (h *house) upload(user account.UserID, content []byte, form ingest.Form) (ingest.Uploaded, error) {
	h.t.Helper()
	scope := h.scope(user)
	staged, err := h.service.Receive(h.t.Context(), identity(user), bytes.NewReader(content))
	h.must(err)
	defer func() { h.must(staged.Discard()) }()
	return h.service.Upload(h.t.Context(), identity(user), scope, ingest.Upload{File: staged, Name: "file.wav", Form: form})
}

// brokenCatalogue fails to write rows.
type brokenCatalogue struct{ ingest.Catalogue }

func (brokenCatalogue) Add(context.Context, ingest.Draft, []library.ID) (library.SongID, bool, error) {
	return 0, false, errStore
}

// fullObjects has no room for audio.
type fullObjects struct{ ingest.Objects }

func (f fullObjects) Stage(ctx context.Context, r io.Reader, limit int64) (ingest.Staged, error) {
	staged, err := f.Objects.Stage(ctx, r, limit)
	return fullStaged{staged}, err
}

type fullStaged struct{ ingest.Staged }

func (fullStaged) Commit(context.Context, string) error {
	return fault.New(fault.NoSpace, "disk_full", "The server's disk is full")
}

func TestNothingIsLeftOfAnUploadThatFails(t *testing.T) {
	cases := map[string]struct {
		breakIt func(*house, *ingest.Parts)
		is      func(error) bool
	}{
		"row": {func(h *house, p *ingest.Parts) { p.Catalogue = brokenCatalogue{h.store} },
			func(err error) bool { return errors.Is(err, errStore) }},
		"object": {func(h *house, p *ingest.Parts) { p.Objects = fullObjects{h.disk} },
			func(err error) bool { return fault.KindOf(err) == fault.NoSpace }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				parts := h.parts(media.NewReader(h.clock))
				c.breakIt(h, &parts)
				working := h.service
				h.service = ingest.NewService(parts)
				song := tags("One")
				song.Picture = picture(1)
				content := mediatest.WAV(song, time.Second, 440)
				if _, err := h.upload(bob, content, nil); !c.is(err) {
					h.t.Errorf("got %v", err)
				}
				if got := h.kept(); len(got) > 0 {
					h.t.Errorf("left %q", got)
				}
				h.service = working
				if _, err := h.upload(bob, content, nil); err != nil {
					h.t.Errorf("the next one: %v", err)
				}
				if got := h.kept(); !slices.Equal(got, []string{"audio", "covers"}) {
					h.t.Errorf("kept %q", got)
				}
			})
		})
	}
}

func TestSameAudioWithOtherTagsIsADuplicate(t *testing.T) {
	for name, file := range formats() {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				first, err := h.upload(bob, file(tags("One")), nil)
				h.must(err)
				again := file(retagged("One"))
				same, err := h.upload(bob, again, nil)
				h.must(err)
				if !same.Duplicate || same.Song != first.Song {
					h.t.Errorf("the same audio and names give %+v, want %+v", same, first)
				}
				other, err := h.upload(bob, again, ingest.Form{"album": "Best of Lines"})
				h.must(err)
				if other.Duplicate || other.Song == first.Song {
					h.t.Errorf("the same audio on another album gives %+v", other)
				}
			})
		})
	}
}

func TestOneOtherSampleIsOtherAudio(t *testing.T) {
	eachHouse(t, func(h *house) {
		// soundKey does not look at where it is.
		long := mediatest.WAV(tags("Long"), 10*time.Second, 440)
		kept, err := h.upload(bob, long, nil)
		h.must(err)
		damaged := slices.Clone(long)
		damaged[200_000] ^= 1
		mended, err := h.upload(bob, damaged, nil)
		h.must(err)
		if mended.Duplicate || mended.Song == kept.Song {
			h.t.Errorf("other audio of the same name gives %+v", mended)
		}
	})
}

func TestUploadOfAFoldersSong(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("one.wav", tone("One", 5))
		h.scan()
		id := h.songs()["One"].ID
		for name, form := range map[string]ingest.Form{"as it is": nil, "under another title": {"title": "Other"}} {
			if same, err := h.upload(bob, tone("One", 5), form); err != nil || !same.Duplicate || same.Song != id {
				h.t.Errorf("%s: %+v, %v", name, same, err)
			}
		}
		if got := h.kept(); len(got) > 0 {
			h.t.Errorf("kept %q", got)
		}
	})
}

// A database that knows none of the files is more likely the wrong one than the files are all leftovers.
func TestSweepKeepsTheFilesOfAnotherDatabase(t *testing.T) {
	eachHouse(t, func(h *house) {
		key := library.AudioKey(strings.Repeat("ab", 32))
		h.must(h.disk.Put(t.Context(), key, []byte("another database's")))
		if n, err := h.service.Sweep(t.Context(), 0); n != 0 || err == nil {
			h.t.Errorf("swept %d, %v", n, err)
		}
		if got := h.kept(); !slices.Equal(got, []string{"audio"}) {
			h.t.Errorf("kept %q", got)
		}
	})
}

func TestSweep(t *testing.T) {
	eachHouse(t, func(h *house) {
		_, err := h.upload(bob, tone("One", 5), nil)
		h.must(err)
		for _, key := range []string{library.AudioKey(strings.Repeat("ab", 32)), library.CoverKey(strings.Repeat("cd", 32))} {
			h.must(h.disk.Put(t.Context(), key, []byte("left behind")))
		}
		if n, err := h.service.Sweep(t.Context(), 100*365*24*time.Hour); n != 0 || err != nil {
			h.t.Errorf("young ones: %d, %v", n, err)
		}
		if n, err := h.service.Sweep(t.Context(), 0); n != 2 || err != nil {
			h.t.Errorf("swept %d, %v", n, err)
		}
		if got := h.kept(); !slices.Equal(got, []string{"audio"}) {
			h.t.Errorf("kept %q", got)
		}
	})
}
