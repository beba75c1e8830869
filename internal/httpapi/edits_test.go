package httpapi_test

import (
	"bytes"
	"fmt"
	"image/color"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hathor/internal/account"
	"hathor/internal/media/mediatest"
)

// picture sends a cover; named songs go with it as a form, else it is the body itself.
func (d *door) picture(who account.Identity, path, mediaType string, content []byte, ids string) reply {
	d.t.Helper()
	body := bytes.NewReader(content)
	if ids != "" {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		d.must(w.WriteField("ids", ids))
		part, err := w.CreateFormFile("image", "cover.png")
		d.must(err)
		_, err = part.Write(content)
		d.must(err)
		d.must(w.Close())
		body, mediaType = bytes.NewReader(form.Bytes()), w.FormDataContentType()
	}
	r := httptest.NewRequestWithContext(d.t.Context(), http.MethodPut, "/api"+path, body)
	r.Header.Set("Content-Type", mediaType)
	return d.send(who, r)
}

func TestManySongsAreEditedAtOnceAndBack(t *testing.T) {
	eachDoor(t, func(d *door) {
		one := d.expect(d.upload(bob, "1.wav", wav("One", 5)), http.StatusCreated).Song
		two := d.expect(d.upload(bob, "2.wav", wav("Two", 6)), http.StatusCreated).Song
		hers := d.expect(d.upload(cyd, "3.wav", wav("Three", 7)), http.StatusCreated).Song
		both := fmt.Sprintf("[%d,%d]", one.ID, two.ID)
		a := d.expect(d.ask(bob, http.MethodPatch, "/songs", `{"ids":`+both+`,"set":{"album":"New","artists":["Bo","Cy"],"genres":["Jazz","Soul"],"isCompilation":true}}`), http.StatusOK)
		if a.EditID == nil || len(a.Songs) != 2 || a.Songs[0].ID != one.ID || a.Songs[1].Album != "New" {
			d.t.Errorf("answer is %+v", a)
		}
		s := d.expect(d.ask(cyd, http.MethodGet, fmt.Sprintf("/songs/%d", two.ID), ""), http.StatusOK).Song
		if s.Artist != "Bo, Cy" || !slices.Equal(s.Genres, []string{"Jazz", "Soul"}) || len(s.Artists) != 3 || s.Artists[2].Name != "Various Artists" {
			d.t.Errorf("song is %+v", s)
		}
		if again := d.expect(d.ask(bob, http.MethodPatch, "/songs", `{"ids":`+both+`,"set":{"album":"New"}}`), http.StatusOK); again.EditID != nil {
			d.t.Errorf("an edit that changes nothing is kept: %+v", again)
		}

		// A foreign one refuses all, and says which.
		for body, want := range map[string]struct {
			status int
			fields []string
		}{
			fmt.Sprintf(`{"ids":[%d,99999],"set":{"album":"X"}}`, one.ID):               {404, []string{"ids[1]"}},
			fmt.Sprintf(`{"ids":[%d,%d],"set":{"album":"X"}}`, one.ID, hers.ID):         {403, []string{"ids[1]"}},
			fmt.Sprintf(`{"ids":[%d,%d],"set":{"album":"X"}}`, one.ID, one.ID):          {400, []string{"ids[1]"}},
			fmt.Sprintf(`{"ids":[%d],"set":{"year":1800},"clear":["x"]}`, one.ID):       {400, []string{"clear[0]", "year"}},
			fmt.Sprintf(`{"ids":[%d],"set":{"albumKey":"x","cover":"y"}}`, one.ID):      {400, []string{"set.albumKey", "set.cover"}},
			`{"ids":[],"set":{"album":"X"}}`:                                            {400, []string{"ids"}},
			fmt.Sprintf(`{"ids":[%s1],"set":{"album":"X"}}`, strings.Repeat("1,", 500)): {400, []string{"ids"}},
		} {
			if got := d.ask(bob, http.MethodPatch, "/songs", body); got.Status != want.status || !slices.Equal(got.fields(), want.fields) {
				d.t.Errorf("%.80s gives %d %v, want %v", body, got.Status, got.fields(), want)
			}
		}

		// Another's edit of the same field stands in the way of the way back.
		later := d.expect(d.ask(ada, http.MethodPatch, fmt.Sprintf("/songs/%d", two.ID), `{"album":"Hers"}`), http.StatusOK)
		undo := fmt.Sprintf("/edits/%d/undo", *a.EditID)
		refused := d.expect(d.ask(bob, http.MethodPost, undo, ""), http.StatusConflict)
		if refused.Code != "edited_since" || len(refused.Details) != 1 || refused.Details[0].Field != "album" || !strings.Contains(refused.Error, "Two") {
			d.t.Errorf("refused with %+v", refused)
		}
		d.expect(d.ask(cyd, http.MethodPost, undo, ""), http.StatusNotFound)
		d.expect(d.ask(bob, http.MethodPost, fmt.Sprintf("/edits/%d/undo", *later.EditID), ""), http.StatusNotFound)
		d.expect(d.ask(ada, http.MethodPost, fmt.Sprintf("/edits/%d/undo", *later.EditID), ""), http.StatusOK)
		if back := d.expect(d.ask(bob, http.MethodPost, undo, ""), http.StatusOK); len(back.Songs) != 2 || back.Songs[0].Album != one.Album {
			d.t.Errorf("undo gives %+v", back)
		}
		d.expect(d.ask(bob, http.MethodPost, undo, ""), http.StatusConflict)

		mine := d.expect(d.ask(bob, http.MethodGet, "/edits?limit=1", ""), http.StatusOK)
		if mine.Total != 1 || len(mine.Edits) != 1 || mine.Edits[0].UndoneAt == nil || mine.Edits[0].By != "bob" || mine.Edits[0].SongCount != 2 {
			d.t.Errorf("edits are %+v", mine)
		}
		all := d.expect(d.ask(ada, http.MethodGet, "/edits?limit=1", ""), http.StatusOK)
		if all.Total != 2 || all.NextCursor == nil {
			d.t.Fatalf("edits are %+v", all)
		}
		if next := d.expect(d.ask(ada, http.MethodGet, "/edits?limit=1&cursor="+*all.NextCursor, ""), http.StatusOK); next.Edits[0].ID != *a.EditID {
			d.t.Errorf("next page is %+v", next)
		}
		d.expect(d.ask(ada, http.MethodGet, "/edits?cursor=x", ""), http.StatusBadRequest)
	})
}

func TestCoversAreChosenThroughTheDoor(t *testing.T) {
	eachDoor(t, func(d *door) {
		one := d.expect(d.upload(bob, "1.wav", wav("One", 5)), http.StatusCreated).Song
		two := d.expect(d.upload(bob, "2.wav", wav("Two", 6)), http.StatusCreated).Song
		d.must(os.WriteFile(filepath.Join(d.music, "f.wav"), wav("Folder", 8), 0o644))
		d.expect(d.ask(ada, http.MethodPost, "/library/scan", ""), http.StatusOK)
		d.scanner.Wait()
		green := mediatest.PNG(30, 30, color.RGBA{G: 255, A: 255})
		song, album := fmt.Sprintf("/songs/%d/cover", one.ID), fmt.Sprintf("/albums/%d/cover", *one.AlbumID)
		a := d.expect(d.picture(bob, song, "image/png", green, ""), http.StatusOK)
		if *a.Songs[0].CoverURL == *one.CoverURL {
			d.t.Error("the cover did not change")
		}
		both := d.expect(d.picture(bob, "/songs/cover", "", green, fmt.Sprintf("[%d,%d]", one.ID, two.ID)), http.StatusOK)
		if len(both.Songs) != 2 || both.EditID == nil {
			d.t.Errorf("answer is %+v", both)
		}
		back := d.expect(d.ask(bob, http.MethodDelete, song, ""), http.StatusOK)
		if *back.Songs[0].CoverURL != *one.CoverURL {
			d.t.Error("the file's cover did not come back")
		}
		d.expect(d.ask(nobody, http.MethodDelete, song, ""), http.StatusUnauthorized)
		d.expect(d.ask(cyd, http.MethodDelete, song, ""), http.StatusForbidden)
		for name, got := range map[string]int{
			"nobody":       d.picture(nobody, song, "image/png", green, "").Status,
			"another":      d.picture(cyd, song, "image/png", green, "").Status,
			"no such song": d.picture(bob, "/songs/9999/cover", "image/png", green, "").Status,
			"no album":     d.picture(bob, "/albums/9999/cover", "image/png", green, "").Status,
			"text":         d.picture(bob, song, "text/plain", green, "").Status,
			"no picture":   d.picture(bob, song, "image/png", []byte("text"), "").Status,
			"empty":        d.picture(bob, song, "image/png", nil, "").Status,
			"no ids":       d.picture(bob, "/songs/cover", "", green, "[]").Status,
			"bad ids":      d.picture(bob, "/songs/cover", "", green, "x").Status,
			"ids besides":  d.picture(bob, song, "", green, "[1]").Status,
			"too large":    d.picture(bob, song, "image/png", make([]byte, 18<<20), "").Status,
		} {
			want := map[string]int{"nobody": 401, "another": 403, "no such song": 404, "no album": 404, "text": 415, "no picture": 415,
				"empty": 400, "no ids": 400, "bad ids": 400, "ids besides": 400, "too large": 413}[name]
			if got != want {
				d.t.Errorf("%s: %d, want %d", name, got, want)
			}
		}
		d.expect(d.picture(bob, album, "image/png", green, ""), http.StatusOK)
		d.expect(d.ask(bob, http.MethodDelete, album, ""), http.StatusOK)
	})
}

func TestMergesThroughTheDoor(t *testing.T) {
	eachDoor(t, func(d *door) {
		one := d.expect(d.upload(bob, "1.wav", wav("One", 5), "artist", "Ada", "album", "A"), http.StatusCreated).Song
		two := d.expect(d.upload(bob, "2.wav", wav("Two", 6), "artist", "Ada & Bo", "album", "B"), http.StatusCreated).Song
		for _, path := range []string{"/artists/merge", "/albums/merge", "/albums/split", "/artists/1/split"} {
			d.expect(d.ask(bob, http.MethodPost, path, `{}`), http.StatusForbidden)
			d.expect(d.ask(nobody, http.MethodPost, path, `{}`), http.StatusUnauthorized)
			d.expect(d.ask(ada, http.MethodPost, path, `{}`), http.StatusBadRequest)
		}
		d.expect(d.ask(ada, http.MethodPost, "/albums/merge", fmt.Sprintf(`{"from":[%d],"into":%d}`, *one.AlbumID, *one.AlbumID)), http.StatusBadRequest)
		d.expect(d.ask(ada, http.MethodPost, "/albums/merge", fmt.Sprintf(`{"from":[9999],"into":%d}`, *one.AlbumID)), http.StatusNotFound)
		merged := d.expect(d.ask(ada, http.MethodPost, "/albums/merge", fmt.Sprintf(`{"from":[%d],"into":%d}`, *two.AlbumID, *one.AlbumID)), http.StatusOK)
		if merged.EditID == nil || merged.SongCount != 1 {
			d.t.Errorf("merged %+v", merged)
		}
		if s := d.ask(bob, http.MethodGet, fmt.Sprintf("/songs/%d", two.ID), "").Song; *s.AlbumID != *one.AlbumID || s.Album != "A" {
			d.t.Errorf("song is %+v", s)
		}
		split := d.expect(d.ask(ada, http.MethodPost, "/albums/split", fmt.Sprintf(`{"songIds":[%d],"title":"Own"}`, two.ID)), http.StatusOK)
		d.expect(d.ask(ada, http.MethodPost, fmt.Sprintf("/edits/%d/undo", *split.EditID), ""), http.StatusOK)
		d.expect(d.ask(ada, http.MethodPost, fmt.Sprintf("/edits/%d/undo", *merged.EditID), ""), http.StatusOK)
		if s := d.ask(bob, http.MethodGet, fmt.Sprintf("/songs/%d", two.ID), "").Song; s.Artist != "Ada & Bo" || s.Album != "B" {
			d.t.Errorf("song is %+v", s)
		}
	})
}

func TestTagsAreWrittenThroughTheDoor(t *testing.T) {
	eachDoor(t, func(d *door) {
		one := d.expect(d.upload(bob, "1.wav", wav("One", 5)), http.StatusCreated).Song
		d.must(os.WriteFile(filepath.Join(d.music, "f.wav"), wav("Folder", 8), 0o644))
		d.expect(d.ask(ada, http.MethodPost, "/library/scan", ""), http.StatusOK)
		d.scanner.Wait()
		folder := d.expect(d.upload(bob, "f.wav", wav("Folder", 8)), http.StatusOK).Song // it is there already
		ids := fmt.Sprintf(`{"ids":[%d]}`, one.ID)
		d.expect(d.ask(bob, http.MethodPatch, fmt.Sprintf("/songs/%d", one.ID), `{"title":"Uno"}`), http.StatusOK)
		a := d.expect(d.ask(bob, http.MethodPost, "/songs/write-tags", ids), http.StatusOK)
		if len(a.Results) != 1 || a.Results[0].Status != "written" || a.Results[0].SongID != one.ID {
			d.t.Errorf("results are %+v", a.Results)
		}
		if again := d.expect(d.ask(bob, http.MethodPost, "/songs/write-tags", ids), http.StatusOK); again.Results[0].Status != "unchanged" {
			d.t.Errorf("results are %+v", again.Results)
		}
		d.expect(d.ask(nobody, http.MethodPost, "/songs/write-tags", ids), http.StatusUnauthorized)
		d.expect(d.ask(cyd, http.MethodPost, "/songs/write-tags", ids), http.StatusForbidden)
		d.expect(d.ask(bob, http.MethodPost, "/songs/write-tags", `{"ids":[99999]}`), http.StatusNotFound)
		d.expect(d.ask(bob, http.MethodPost, "/songs/write-tags", `{"ids":[]}`), http.StatusBadRequest)
		refused := d.expect(d.ask(ada, http.MethodPost, "/songs/write-tags", fmt.Sprintf(`{"ids":[%d,%d]}`, one.ID, folder.ID)), http.StatusConflict)
		if refused.Code != "library_read_only" || !slices.Equal(refused.fields(), []string{"ids[1]"}) {
			d.t.Errorf("refused with %+v", refused)
		}
	})
}
