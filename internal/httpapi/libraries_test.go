package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hathor/internal/account"
	"hathor/internal/httpapi"
)

var freshAda = account.Identity{User: 1, Role: account.Admin, Fresh: true}

// text is the whole body of an answer.
func (d *door) text(who account.Identity, path string) string {
	d.t.Helper()
	w := httptest.NewRecorder()
	httpapi.SignedInAs(who, d.handler).ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, "/api"+path, nil))
	return w.Body.String()
}

func TestLibrariesAreShownByWhoAsks(t *testing.T) {
	eachDoor(t, func(d *door) {
		d.expect(d.upload(bob, "x.wav", wav("Secret", 5), "private", "true"), http.StatusCreated)
		if got := d.text(cyd, "/libraries"); strings.Contains(got, "admin") || strings.Contains(got, d.music) || strings.Contains(got, "private") {
			d.t.Errorf("a member sees %s", got)
		}
		own := d.text(bob, "/libraries")
		if !strings.Contains(own, `"kind":"private","songCount":1,`) || !strings.Contains(own, `"isOwn":true,"isHeard":true,"mayUpload":true`) {
			d.t.Errorf("the owner sees %s", own)
		}
		got := d.text(ada, "/libraries")
		for _, want := range []string{`"path":"` + d.music, `"configured":true`, `"kind":"private","songCount":null,`, `"isHeard":false,"mayUpload":false`, `"owner":{"id":2,"username":"bob"}`} {
			if !strings.Contains(got, want) {
				d.t.Errorf("%s is missing in what the admin sees: %s", want, got)
			}
		}
	})
}

func TestLibrariesRefuseWhatIsWrong(t *testing.T) {
	eachDoor(t, func(d *door) {
		for _, c := range []struct {
			method, path, body string
			fields             []string
		}{
			{"POST", "/libraries", `{"name":""}`, []string{"name"}},
			{"POST", "/libraries", `{"name":"   "}`, []string{"name"}},
			{"POST", "/libraries", `{"name":"` + strings.Repeat("é", 101) + `","isOpen":"yes","path":"/etc"}`, []string{"isOpen", "name", "path"}},
			{"PATCH", "/libraries/1", `{"name":" ","isOpen":true}`, []string{"name"}},
			{"PUT", "/libraries/1/grants", `{"userIds":[2,99,98]}`, []string{"userIds[1]", "userIds[2]"}},
			{"PUT", "/libraries/1/grants", `{}`, []string{"userIds"}},
			{"PUT", "/users/2/quota", `{"bytes":-1}`, []string{"bytes"}},
			{"PUT", "/users/2/quota", `{"bytes":5,"unlimited":true}`, []string{"bytes"}},
			{"PUT", "/users/0/quota", `{"bytes":5}`, []string{"id"}},
		} {
			a := d.ask(freshAda, c.method, c.path, c.body)
			if a.Status != http.StatusBadRequest || !slices.Equal(a.fields(), c.fields) {
				d.t.Errorf("%s %s %s: got %d %v, want %v", c.method, c.path, c.body, a.Status, a.fields(), c.fields)
			}
		}
		d.expect(d.ask(freshAda, "PUT", "/users/99/quota", `{"bytes":5}`), http.StatusNotFound)
		d.expect(d.ask(freshAda, "PATCH", "/libraries/99", `{"name":"x"}`), http.StatusNotFound)
		d.expect(d.ask(bob, "POST", "/libraries", `{"name":"x"}`), http.StatusForbidden)
		d.expect(d.ask(ada, "DELETE", "/libraries/1", ""), http.StatusForbidden) // not fresh
	})
}

func TestUploadGoesWhereItIsSent(t *testing.T) {
	eachDoor(t, func(d *door) {
		made := d.expect(d.ask(ada, "POST", "/libraries", `{"name":" Tapes ","isOpen":true}`), http.StatusCreated)
		var tapes, folder int64
		for _, l := range d.ask(ada, "GET", "/libraries", "").Libraries {
			switch {
			case l.Name == "Tapes":
				tapes = l.ID
			case l.Kind == "folder":
				folder = l.ID
			}
		}
		if made.Status != http.StatusCreated || tapes == 0 {
			d.t.Fatalf("made %+v", made)
		}
		id := func(n int64) string { return strconv.FormatInt(n, 10) }
		s := d.expect(d.upload(bob, "x.wav", wav("One", 5), "libraryId", id(tapes)), http.StatusCreated).Song
		if s.LibraryID != tapes {
			d.t.Errorf("it went to %d", s.LibraryID)
		}
		d.expect(d.upload(bob, "x.wav", wav("Two", 6), "libraryId", id(folder)), http.StatusForbidden)
		d.expect(d.upload(bob, "x.wav", wav("Two", 6), "libraryId", "999"), http.StatusNotFound)
		for _, wrong := range []string{"0", "-1", "one", "1.5"} {
			if a := d.upload(bob, "x.wav", wav("Two", 6), "libraryId", wrong); a.Status != http.StatusBadRequest || !slices.Equal(a.fields(), []string{"libraryId"}) {
				d.t.Errorf("%s gives %d %v", wrong, a.Status, a.fields())
			}
		}
		a := d.expect(d.upload(bob, "x.wav", wav("Two", 6), "libraryId", id(tapes), "private", "true"), http.StatusBadRequest)
		if !slices.Equal(a.fields(), []string{"libraryId"}) {
			d.t.Errorf("both give %v", a.fields())
		}
		if got := d.kept(); got != "[audio:1 covers:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

func TestQuotaRefusesEarlyAndLeavesNothing(t *testing.T) {
	eachDoor(t, func(d *door) {
		file := wav("One", 5)
		quota := func(who, body string) {
			d.expect(d.ask(ada, "PUT", "/users/"+who+"/quota", body), http.StatusNoContent)
		}
		quota("2", `{"bytes":`+strconv.Itoa(len(file)-1)+`}`)
		for _, form := range [][]string{nil, {"private", "true"}} {
			a := d.expect(d.upload(bob, "x.wav", file, form...), http.StatusRequestEntityTooLarge)
			if a.Code != "quota_exceeded" || !strings.Contains(a.Error, "left") {
				d.t.Errorf("got %s %q", a.Code, a.Error)
			}
		}
		if got := d.kept(); got != "[]" {
			d.t.Errorf("kept %s", got)
		}
		quota("2", `{"bytes":`+strconv.Itoa(len(file))+`}`)
		d.expect(d.upload(bob, "x.wav", file), http.StatusCreated)
		if got := d.text(bob, "/auth/storage"); got != `{"used":`+strconv.Itoa(len(file))+`,"quota":`+strconv.Itoa(len(file))+"}\n" {
			d.t.Errorf("storage is %s", got)
		}
		d.expect(d.upload(bob, "x.wav", wav("Two", 6)), http.StatusRequestEntityTooLarge)
		d.expect(d.upload(ada, "x.wav", wav("Two", 6)), http.StatusCreated) // no default, and an admin
		quota("1", `{"bytes":0}`)
		d.expect(d.upload(ada, "x.wav", wav("Three", 7)), http.StatusRequestEntityTooLarge)
		quota("1", `{"unlimited":true}`)
		d.expect(d.upload(ada, "x.wav", wav("Three", 7)), http.StatusCreated)
	})
}
