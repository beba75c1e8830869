package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// shelf is a closed library with one song, and everything by which somebody may come upon the song.
type shelf struct {
	*house
	library string
	song    uploaded
	list    string // a public playlist of the admin's that begins with the song
	signed  string // an address that the other member was given while the library was heard
}

func newShelf(t *testing.T, environment ...string) *shelf {
	t.Helper()
	s := &shelf{house: newHouse(t, environment...)}
	s.library = s.make("Vault", true)
	s.song = s.admin.add(taped("Kept", 4), "libraryId", s.library)
	s.list = newPlaylist(s.admin, "Sunday", true)
	addEntry(s.admin, s.list, text(s.song.Song.ID))
	var signed struct{ URL string }
	s.other.want(http.StatusOK, http.MethodGet, s.at("/api/songs/{song}/stream-url"), "", &signed)
	s.signed = signed.URL
	s.other.want(http.StatusNoContent, http.MethodPut, s.at("/api/songs/{song}/like"), "")
	s.other.want(http.StatusOK, http.MethodPost, "/api/songs/record-listening", fmt.Sprintf(`{"songId":%d}`, s.song.Song.ID))
	return s
}

const vaultWord = "Vltword"

func taped(title string, seconds int) []byte {
	return mediatest.WAV(mediatest.Tags{
		Title: vaultWord + title, Artists: []string{vaultWord + " artist"}, Album: vaultWord + " album", Genres: []string{vaultWord}, Picture: picture(7),
	}, time.Duration(seconds)*time.Second, 330)
}

func (s *shelf) make(name string, open bool) string {
	s.other.t.Helper()
	var made struct{ Library struct{ ID int64 } }
	s.admin.want(http.StatusCreated, http.MethodPost, "/api/libraries", fmt.Sprintf(`{"name":%q,"isOpen":%t}`, name, open), &made)
	return text(made.Library.ID)
}

func (s *shelf) at(path string) string {
	return strings.NewReplacer("{song}", text(s.song.Song.ID), "{album}", text(s.song.Song.AlbumID),
		"{artist}", text(s.song.Song.Artists[0].ID), "{list}", s.list).Replace(path)
}

// heard tells whether each way to the song is open to the member, and fails when they do not agree.
func (s *shelf) heard(want bool) {
	s.other.t.Helper()
	for _, path := range []string{"/api/songs/{song}", "/api/songs/{song}/cover?size=16", "/api/songs/{song}/stream", "/api/albums/{album}", "/api/artists/{artist}",
		"/api/songs/{song}/sound", "/api/songs/{song}/waveform", "/api/songs/{song}/seek-index", "/api/songs/{song}/lyrics", "/api/songs/{song}/stream-url"} {
		if got := s.other.ask(http.MethodGet, s.at(path), "").status; got != map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[want] {
			s.other.t.Errorf("%s: got %d, heard should be %t", path, got, want)
		}
	}
	for _, path := range []string{"/api/songs", "/api/albums", "/api/artists", "/api/genres", "/api/search?q=" + vaultWord, "/api/playlists/{list}", "/api/history", "/api/songs?liked=true"} {
		if got := s.other.want(http.StatusOK, http.MethodGet, s.at(path), ""); bytes.Contains(got.body, []byte(vaultWord)) != want {
			s.other.t.Errorf("%s: heard should be %t: %.300s", path, want, got.body)
		}
	}
	for path, word := range map[string]string{
		"/api/songs/facets": vaultWord, "/api/songs/letters?sort=title": `"V"`, "/api/albums/letters?sort=title": `"V"`, "/api/artists/letters": `"V"`,
	} {
		if got := s.other.want(http.StatusOK, http.MethodGet, path, ""); bytes.Contains(got.body, []byte(word)) != want {
			s.other.t.Errorf("%s: heard should be %t: %.300s", path, want, got.body)
		}
	}
	for _, path := range []string{"/api/library/analysis", "/api/library/analysis/failures", "/api/library/missing", "/api/library/scan", "/api/library/scan/errors"} {
		s.other.want(http.StatusForbidden, http.MethodGet, path, "")
	}
	got := s.nobody.ask(http.MethodGet, s.signed, "").status
	if (got == http.StatusOK) != want {
		s.other.t.Errorf("the signed address gives %d, heard should be %t", got, want)
	}
	var list struct{ Libraries []struct{ ID json.Number } }
	s.other.want(http.StatusOK, http.MethodGet, "/api/libraries", "", &list)
	named := false
	for _, l := range list.Libraries {
		named = named || l.ID.String() == s.library
	}
	if named != want {
		s.other.t.Errorf("the list of libraries is %+v, heard should be %t", list, want)
	}
}

func TestClosingALibraryHidesAllOfItAndAGrantShowsIt(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		s := newShelf(t, environment...)
		s.heard(true)
		s.admin.want(http.StatusOK, http.MethodPatch, "/api/libraries/"+s.library, `{"isOpen":false}`)
		s.heard(false)
		s.admin.want(http.StatusNotFound, http.MethodGet, s.at("/api/songs/{song}"), "") // an admin hears no more than that
		if got := s.other.upload("x.wav", taped("Late", 5), "libraryId", s.library); got.status != http.StatusNotFound {
			t.Errorf("an upload to a closed library gives %d %s", got.status, got.body)
		}
		grants := "/api/libraries/" + s.library + "/grants"
		s.admin.want(http.StatusOK, http.MethodPut, grants, fmt.Sprintf(`{"userIds":[%d]}`, userOf(s.other)))
		s.heard(true)
		s.other.add(taped("Mine", 6), "libraryId", s.library)
		s.admin.want(http.StatusOK, http.MethodPut, grants, `{"userIds":[]}`)
		s.heard(false)
		s.admin.want(http.StatusConflict, http.MethodDelete, "/api/libraries/"+s.library, "")
		s.admin.want(http.StatusNoContent, http.MethodDelete, "/api/libraries/"+s.library+"?songs=delete", "")
		s.heard(false)
		s.admin.want(http.StatusNotFound, http.MethodDelete, "/api/libraries/"+s.library, "")
		var count struct{ Audio, Covers struct{ Count int } }
		s.admin.want(http.StatusOK, http.MethodGet, "/api/admin/storage/objects", "", &count)
		if count.Audio.Count != 3 || count.Covers.Count != 3 { // those of the house
			t.Errorf("the library left objects behind: %+v", count)
		}
	})
}

func TestAFolderThatIsNotConfiguredAnyMoreCanBeRemoved(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		data, music := filepath.Join(t.TempDir(), "data"), t.TempDir()
		environment = append(environment, "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "LOG_LEVEL=error")
		p := start(t, data, append(environment, "MUSIC_DIRS="+music)...)
		admin := register(t, p.url, "admin")
		id := folderOf(admin, music, true)
		admin.want(http.StatusConflict, http.MethodDelete, "/api/libraries/"+id+"?songs=delete", "")
		p.signal(t, syscall.SIGTERM)
		if err := p.command.Wait(); err != nil {
			t.Fatal(err)
		}
		p = start(t, data, environment...)
		admin = (&client{t: t, url: p.url}).again("admin")
		if folderOf(admin, music, false) != id {
			t.Error("the folder is another library")
		}
		admin.want(http.StatusNoContent, http.MethodDelete, "/api/libraries/"+id, "")
	})
}

// folderOf finds the library of a folder, which the configuration names or not.
func folderOf(admin *client, path string, configured bool) string {
	admin.t.Helper()
	var list struct {
		Libraries []struct {
			ID    int64
			Admin struct {
				Path       string
				Configured bool
			}
		}
	}
	admin.want(http.StatusOK, http.MethodGet, "/api/libraries", "", &list)
	for _, l := range list.Libraries {
		if l.Admin.Path == path && l.Admin.Configured == configured {
			return text(l.ID)
		}
	}
	admin.t.Fatalf("no library of the folder in %+v", list)
	return ""
}

func TestTwoUploadsAtTheEdgeOfAQuota(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		h := newHouse(t, append(environment, "UPLOAD_QUOTA=1MB")...)
		files := [][]byte{taped("One", 2), taped("Two", 2), taped("Three", 2), taped("Four", 2)}
		var before struct{ Used, Quota int64 }
		h.other.want(http.StatusOK, http.MethodGet, "/api/auth/storage", "", &before)
		if before.Used != 0 || before.Quota != 1_000_000 {
			t.Fatalf("at first it is %+v", before)
		}
		room := int64(len(files[0]))*3/2 + 1
		h.admin.want(http.StatusNoContent, http.MethodPut, "/api/users/"+text(userOf(h.other))+"/quota", fmt.Sprintf(`{"bytes":%d}`, room))
		kept := h.uploadTogether(files)
		var after struct{ Used, Quota int64 }
		h.other.want(http.StatusOK, http.MethodGet, "/api/auth/storage", "", &after)
		if kept != 1 || after.Used > room || after.Quota != room {
			t.Errorf("%d files were taken, now it is %+v", kept, after)
		}
		var count struct {
			Unused struct{ Count int }
			Audio  struct{ Count int }
		}
		h.admin.want(http.StatusOK, http.MethodGet, "/api/admin/storage/objects", "", &count)
		if count.Unused.Count != 0 || count.Audio.Count != 4 { // three of the house, one of these
			t.Errorf("there are objects %+v", count)
		}
		h.admin.want(http.StatusNoContent, http.MethodPut, "/api/users/"+text(userOf(h.other))+"/quota", `{"unlimited":true}`)
		h.other.add(taped("Five", 7))
	})
}

// uploadTogether sends the files at once and returns how many were taken; the others must have met the quota.
func (h *house) uploadTogether(files [][]byte) int {
	h.other.t.Helper()
	answers := make(chan reply, len(files))
	var all sync.WaitGroup
	for _, file := range files {
		all.Go(func() { answers <- h.other.upload("x.wav", file) })
	}
	all.Wait()
	close(answers)
	kept := 0
	for got := range answers {
		var problem struct{ Error, Code string }
		if got.status == http.StatusCreated {
			kept++
		} else if err := json.Unmarshal(got.body, &problem); err != nil || got.status != http.StatusRequestEntityTooLarge || problem.Code != "quota_exceeded" || !strings.Contains(problem.Error, "left") {
			h.other.t.Errorf("got %d %s", got.status, got.body)
		}
	}
	return kept
}
