package ingest_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// file is a song's bytes as the store has them now.
func (h *house) file(id library.SongID) (key string, content []byte) {
	h.t.Helper()
	d, err := h.store.Shown(h.t.Context(), id)
	h.must(err)
	f, err := h.disk.Open(h.t.Context(), d.ObjectKey)
	h.must(err)
	defer func() { _ = f.Close() }()
	content, err = io.ReadAll(f)
	h.must(err)
	return d.ObjectKey, content
}

func (h *house) writeTags(ids ...library.SongID) []ingest.Written {
	h.t.Helper()
	results, err := h.service.WriteTags(h.t.Context(), identity(bob), h.scope(bob), ids)
	h.must(err)
	return results
}

func TestTagsAreWrittenIntoUploads(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		for name, content := range map[string][]byte{
			"mp3": mediatest.MP3(tags("Teh song"), time.Second, 440), "flac": mediatest.FLAC(tags("Teh song"), time.Second, 440),
			"wav": mediatest.WAV(tags("Teh song"), time.Second, 440), "ogg": mediatest.Vorbis(tags("Teh song")),
			"opus": mediatest.Opus(tags("Teh song")), "aac": mediatest.AAC(tags("Teh song")), "alac": mediatest.ALAC(tags("Teh song")),
		} {
			done, err := h.upload(bob, content, nil)
			h.must(err)
			id := done.Song
			edited := h.edit(ingest.Changes{Title: of("The song"), Artists: &[]string{"Ada feat. Bo"}, Album: of("夜"), Genres: &[]string{"Jazz", "Soul"}, Year: of(1977), Track: of(3)}, id)
			_, err = h.service.SetCover(ctx, identity(bob), h.scope(bob), []library.SongID{id}, bytes.NewReader(picture(77)))
			h.must(err)
			before := h.song(id)
			key, _ := h.file(id)
			old, err := h.disk.Open(ctx, key) // a stream under way
			h.must(err)
			if got := h.writeTags(id); !got[0].Done || got[0].Reason != "" {
				h.t.Fatalf("%s: %+v", name, got)
			}
			newKey, written := h.file(id)
			read, err := media.NewReader(h.clock).Read(ctx, bytes.NewReader(written), int64(len(written)))
			h.must(err)
			if read.Tags.Title != "The song" || read.Tags.Album != "夜" || !slices.Equal(read.Tags.Genres, []string{"Jazz", "Soul"}) || read.Tags.Year != 1977 || !bytes.Equal(read.Picture, picture(77)) {
				h.t.Errorf("%s: the file says %+v", name, read.Tags)
			}
			after := h.song(id)
			if after.Title != before.Title || after.Artist != before.Artist || after.AlbumID != before.AlbumID || after.Cover.Hash != before.Cover.Hash || after.Size != int64(len(written)) || newKey == key {
				h.t.Errorf("%s: the song was %+v, is %+v", name, before, after)
			}
			if still, err := io.ReadAll(old); err != nil || !bytes.Equal(still, content) {
				h.t.Errorf("%s: the stream under way got other bytes (%v)", name, err)
			}
			h.must(old.Close())
			if _, err := h.disk.Open(ctx, key); fault.KindOf(err) != fault.NotFound {
				h.t.Errorf("%s: the old bytes are still there: %v", name, err)
			}
			if got := h.writeTags(id); got[0].Done || got[0].Reason != "" {
				h.t.Errorf("%s: writing the same again: %+v", name, got)
			}

			// The way back leads to what the old file said.
			h.undo(edited.ID)
			if s := h.song(id); s.Title != "Teh song" || s.Artist != "Ada" || s.Album != "Lines" || s.Year != 2021 {
				h.t.Errorf("%s: after undo: %+v", name, s)
			}
			h.must(h.service.Delete(ctx, identity(bob), h.scope(bob), id))
		}
		if got := h.kept(); len(got) != 0 {
			h.t.Errorf("left %q", got)
		}
	})
}

func TestAWrittenFileIsStillTheUpload(t *testing.T) {
	eachHouse(t, func(h *house) {
		content := mediatest.FLAC(tags("Teh song"), time.Second, 440)
		first, err := h.upload(bob, content, nil)
		h.must(err)
		for _, title := range []string{"The song", "The Song, live"} {
			h.edit(ingest.Changes{Title: of(title)}, first.Song)
			if got := h.writeTags(first.Song); !got[0].Done {
				t.Fatalf("%+v", got)
			}
			again, err := h.upload(bob, content, nil)
			h.must(err)
			if !again.Duplicate || again.Song != first.Song {
				t.Errorf("after %q was written, the same upload is %+v", title, again)
			}
		}
		other, err := h.upload(bob, mediatest.FLAC(tags("Another name"), time.Second, 440), nil)
		h.must(err)
		if other.Duplicate {
			t.Error("the same sound under another name is no duplicate")
		}
	})
}

func TestBytesOfTwoSongsStayForTheOther(t *testing.T) {
	eachHouse(t, func(h *house) {
		content := mediatest.FLAC(tags("One"), time.Second, 440)
		private, err := h.upload(ada, content, ingest.Form{"private": "true"})
		h.must(err)
		shared, err := h.upload(bob, content, nil)
		h.must(err)
		if shared.Duplicate {
			h.t.Fatal("they are one song")
		}
		h.edit(ingest.Changes{Title: of("Uno")}, shared.Song)
		h.writeTags(shared.Song)
		if _, still := h.file(private.Song); !bytes.Equal(still, content) {
			h.t.Error("the other song lost its bytes")
		}
	})
}

func TestWritingIsRefusedWholeAndNamed(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.tagged(1, tags("Folder"))
		h.scan()
		done, err := h.upload(bob, mediatest.WAV(tags("Mine"), 2*time.Second, 440), nil)
		h.must(err)
		folder := h.songs()["Folder"].ID
		_, err = h.service.WriteTags(t.Context(), identity(ada), h.scope(ada), []library.SongID{done.Song, folder})
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Conflict || len(f.Details) != 1 || f.Details[0].Field != "ids[1]" || f.Details[0].Message != "Folder" {
			h.t.Errorf("a folder's song: %v", err)
		}
		// A genre that a file cannot keep apart refuses that song alone, and nothing of it is changed.
		h.edit(ingest.Changes{Genres: &[]string{"Rock; Roll"}}, done.Song)
		key, _ := h.file(done.Song)
		got := h.writeTags(done.Song)
		if now, _ := h.file(done.Song); got[0].Done || got[0].Reason == "" || now != key {
			h.t.Errorf("got %+v", got)
		}
		if got := h.kept(); !slices.Equal(got, []string{"audio"}) {
			h.t.Errorf("kept %q", got)
		}
	})
}

func TestWrittenTagsKeepToTheQuota(t *testing.T) {
	eachHouse(t, func(h *house) {
		done, err := h.upload(bob, mediatest.WAV(tags("One"), time.Second, 440), nil)
		h.must(err)
		_, err = h.service.SetCover(t.Context(), identity(bob), h.scope(bob), []library.SongID{done.Song}, bytes.NewReader(picture(77)))
		h.must(err)
		key, before := h.file(done.Song)
		set := func(n int64) {
			h.must(h.store.SetQuota(t.Context(), bob, ingest.Own{Set: true, Quota: ingest.Bytes(n)}))
		}
		set(int64(len(before)))
		if got := h.writeTags(done.Song); got[0].Done || !strings.Contains(got[0].Reason, "quota") {
			h.t.Errorf("past the quota: %+v", got)
		}
		if now, _ := h.file(done.Song); now != key {
			h.t.Error("the file is another one")
		}
		set(1 << 20)
		if got := h.writeTags(done.Song); !got[0].Done {
			h.t.Fatalf("within the quota: %+v", got)
		}
		if _, after := h.file(done.Song); len(after) <= len(before) {
			h.t.Errorf("the file was to grow: %d of %d bytes", len(after), len(before))
		}
	})
}
