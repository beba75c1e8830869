package httpapi_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEditOfASong(t *testing.T) {
	eachDoor(t, func(d *door) {
		song := d.expect(d.upload(bob, "x.wav", wav("One", 5)), http.StatusCreated).Song
		path := fmt.Sprintf("/songs/%d", song.ID)
		s := d.expect(d.ask(bob, http.MethodPatch, path,
			`{"title":" Two ","artist":"Bo ft. Cy","album":"Rooms","genre":"Folk","year":2020,"track":4,"disc":2}`), http.StatusOK).Song
		if s.ID != song.ID || s.Title != "Two" || s.Artist != "Bo ft. Cy" || s.Album != "Rooms" || s.Genre != "Folk" || *s.Year != 2020 || *s.Track != 4 || s.CoverURL == nil {
			d.t.Errorf("song is %+v", s)
		}
		if len(s.Artists) != 3 || s.Artists[0].Name != "Bo" || s.Artists[1].Name != "Bo" || s.Artists[2].Name != "Cy" || s.Artists[2].Role != "featured" {
			d.t.Errorf("credits are %+v", s.Artists)
		}
		s = d.expect(d.ask(bob, http.MethodPatch, path, `{"title":"Three"}`), http.StatusOK).Song
		if s.Title != "Three" || s.Album != "Rooms" || *s.Year != 2020 || s.Genre != "Folk" {
			d.t.Errorf("an edit of the title changed more: %+v", s)
		}
		s = d.expect(d.ask(ada, http.MethodPatch, path, `{"album":"","genre":"","year":0,"artist":"","title":"\u202eFour\u2069"}`), http.StatusOK).Song
		if s.AlbumID != nil || s.Genre != "" || s.Year != nil || s.Artist != "" || s.Title != "Four" {
			d.t.Errorf("emptied song is %+v", s)
		}
		s = d.expect(d.ask(bob, http.MethodPatch, path, `{"album":"Back","albumArtist":"Various Artists"}`), http.StatusOK).Song
		if s.AlbumID == nil || len(s.Artists) != 1 || s.Artists[0].Name != "Various Artists" {
			d.t.Errorf("song on a collection is %+v", s)
		}
	})
}

func TestEditIsChecked(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	song := d.expect(d.upload(bob, "x.wav", wav("One", 5)), http.StatusCreated).Song
	path := fmt.Sprintf("/songs/%d", song.ID)
	long := strings.Repeat("x", 256)
	for body, fields := range map[string][]string{
		`{"title":"` + long + `","artist":"` + long + `","genre":"` + long[:51] + `"}`: {"artist", "genre", "title"},
		`{"title":"  "}`:                   {"title"},
		`{"year":1899}`:                    {"year"},
		`{"year":2027}`:                    {"year"},
		`{"track":-1,"disc":10000}`:        {"disc", "track"},
		`{"year":"1999"}`:                  {"year"},
		`{"uploadedBy":1,"libraryId":1}`:   {"libraryId", "uploadedBy"},
		`{"title":5,"plays":7,"genre":[]}`: {"genre", "plays", "title"},
	} {
		a := d.ask(bob, http.MethodPatch, path, body)
		if a.Status != http.StatusBadRequest || !slices.Equal(a.fields(), fields) {
			t.Errorf("%s gives %d %v, want %v", body, a.Status, a.fields(), fields)
		}
	}
	for target, status := range map[string]int{"/songs/0": 400, "/songs/abc": 400, "/songs/99999": 404, "/songs/99999999999999999999": 400} {
		for _, method := range []string{http.MethodPatch, http.MethodDelete} {
			if a := d.ask(bob, method, target, map[string]string{http.MethodPatch: `{"title":"x"}`}[method]); a.Status != status {
				t.Errorf("%s %s gives %d, want %d", method, target, a.Status, status)
			}
		}
	}
}

func TestOnlyTheUploaderAndAnAdminChangeASong(t *testing.T) {
	eachDoor(t, func(d *door) {
		song := d.expect(d.upload(bob, "x.wav", wav("One", 5)), http.StatusCreated).Song
		path := fmt.Sprintf("/songs/%d", song.ID)
		d.expect(d.ask(nobody, http.MethodPatch, path, `{"title":"x"}`), http.StatusUnauthorized)
		d.expect(d.ask(nobody, http.MethodDelete, path, ""), http.StatusUnauthorized)
		d.expect(d.ask(cyd, http.MethodPatch, path, `{"title":"x"}`), http.StatusForbidden)
		d.expect(d.ask(cyd, http.MethodDelete, path, ""), http.StatusForbidden)
		d.expect(d.ask(ada, http.MethodDelete, path, ""), http.StatusNoContent)
		d.expect(d.ask(ada, http.MethodDelete, path, ""), http.StatusNotFound)
		if got := d.kept(); got != "[]" {
			d.t.Errorf("left %s", got)
		}
	})
}

func TestAnAdminWhoLacksAFactorChangesNobodysSongs(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	kept := ada
	kept.LacksFactor = true
	song := d.expect(d.upload(bob, "x.wav", wav("One", 5)), http.StatusCreated).Song
	path := fmt.Sprintf("/songs/%d", song.ID)
	d.expect(d.ask(bob, http.MethodPatch, path, `{"title":"Two"}`), http.StatusOK)
	d.expect(d.ask(kept, http.MethodPatch, path, `{"title":"Mine"}`), http.StatusForbidden)
	d.expect(d.ask(kept, http.MethodPost, "/edits/1/undo", ""), http.StatusNotFound)
	d.expect(d.ask(kept, http.MethodDelete, path, ""), http.StatusForbidden)
	if edits := d.expect(d.ask(kept, http.MethodGet, "/edits", ""), http.StatusOK); edits.Total != 0 {
		t.Errorf("%d edits of others are listed", edits.Total)
	}
	own := d.expect(d.upload(kept, "y.wav", wav("Own", 6)), http.StatusCreated).Song
	d.expect(d.ask(kept, http.MethodPatch, fmt.Sprintf("/songs/%d", own.ID), `{"title":"Still mine"}`), http.StatusOK)
}

func TestScanThroughTheDoor(t *testing.T) {
	eachDoor(t, func(d *door) {
		d.must(os.WriteFile(filepath.Join(d.music, "good.wav"), wav("Good", 5), 0o644))
		d.must(os.WriteFile(filepath.Join(d.music, "bad.mp3"), []byte("no music"), 0o644))
		for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete} {
			d.expect(d.ask(bob, method, "/library/scan", ""), http.StatusForbidden)
			d.expect(d.ask(nobody, method, "/library/scan", ""), http.StatusUnauthorized)
		}
		d.expect(d.ask(bob, http.MethodGet, "/library/scan/errors", ""), http.StatusForbidden)
		d.expect(d.ask(ada, http.MethodPost, "/library/scan", ""), http.StatusOK)
		d.scanner.Wait()
		if a := d.expect(d.ask(ada, http.MethodGet, "/library/scan", ""), http.StatusOK); a.Running || a.Seen != 2 || a.Added != 1 {
			d.t.Errorf("state is %+v", a)
		}
		a := d.expect(d.ask(ada, http.MethodGet, "/library/scan/errors", ""), http.StatusOK)
		if a.Total != 1 || a.Errors[0].Path != filepath.Base(d.music)+"/bad.mp3" || a.Errors[0].Reason == "" {
			d.t.Errorf("errors are %+v", a)
		}
		d.expect(d.ask(ada, http.MethodDelete, "/library/scan", ""), http.StatusOK)

		// An upload of a folder's file is that song, and a folder's song is nobody's to delete.
		dup := d.expect(d.upload(bob, "x.wav", wav("Good", 5)), http.StatusOK)
		if !dup.Duplicate || dup.Song.UploadedBy != nil {
			d.t.Errorf("got %+v", dup)
		}
		d.expect(d.ask(ada, http.MethodDelete, fmt.Sprintf("/songs/%d", dup.Song.ID), ""), http.StatusConflict)
		d.expect(d.ask(bob, http.MethodDelete, fmt.Sprintf("/songs/%d", dup.Song.ID), ""), http.StatusForbidden)
		d.expect(d.ask(ada, http.MethodPatch, fmt.Sprintf("/songs/%d", dup.Song.ID), `{"title":"Better"}`), http.StatusOK)
		if _, err := os.Stat(filepath.Join(d.music, "good.wav")); err != nil {
			d.t.Error(err)
		}
	})
}
