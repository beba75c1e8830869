package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// askForShared looks at what all may see: nothing private shines through it, and only its owner changes it.
func (h *house) askForShared(t *testing.T) {
	h.tryToChangeShared(t)
	for name, c := range map[string]*client{"other": h.other, "admin": h.admin} {
		var songs struct {
			Songs []struct {
				ID     json.Number
				Liked  bool
				Rating float64
				Plays  int
			}
			Total int
		}
		c.want(http.StatusOK, http.MethodGet, "/api/songs", "", &songs)
		if songs.Total != 1 || len(songs.Songs) != 1 || songs.Songs[0].Liked || songs.Songs[0].Rating != 0 || songs.Songs[0].Plays != 0 {
			t.Errorf("%s sees %+v", name, songs)
		}
		var list struct {
			Playlist struct {
				SongCount int
				Duration  float64
				CoverURLs []string
			}
			Songs []any
			Total int
		}
		got := c.want(http.StatusOK, http.MethodGet, h.shared.fill("/api/playlists/{playlist}"), "", &list)
		p := list.Playlist
		if p.SongCount != 1 || p.Duration != 2 || len(p.CoverURLs) != 1 || len(list.Songs) != 1 || list.Total != 1 || shows(got) {
			t.Errorf("%s sees in the public playlist %s", name, got.body)
		}
		for path, want := range map[string]string{
			"/api/artists":          `"songCount":1,`,
			"/api/artists/{artist}": `"albumCount":1,"songCount":1,`,
			"/api/genres":           `{"genres":[{"name":"Jazz","songCount":1}]}`,
			"/api/history":          `"listens":[]`,
			"/api/albums":           `"total":1`,
			"/api/songs?liked=true": `"total":0`,
		} {
			got := c.want(http.StatusOK, http.MethodGet, h.shared.fill(path), "")
			if shows(got) || !strings.Contains(string(got.body), want) {
				t.Errorf("%s: %s sees %s, want %s", path, name, got.body, want)
			}
		}
	}
}

// tryToChangeShared is refused with 403: these things may be known of. An admin may change songs, not lists.
func (h *house) tryToChangeShared(t *testing.T) {
	for _, a := range []struct {
		method, path, body string
		adminMay           bool
	}{
		{"PATCH", "/api/songs/{song}", `{"title":"Mine now"}`, true},
		{"PATCH", "/api/songs", `{"ids":[{song}],"set":{"title":"Mine now"}}`, true},
		{"DELETE", "/api/songs/{song}/cover", "", true},
		{"DELETE", "/api/songs/{song}", "", true},
		{"PUT", "/api/playlists/{playlist}", `{"name":"Mine now"}`, false},
		{"DELETE", "/api/playlists/{playlist}", "", false},
		{"POST", "/api/playlists/{playlist}/songs", `{"songIds":[{song}],"allowDuplicates":true}`, false},
		{"PATCH", "/api/playlists/{playlist}/songs", `{"entryIds":[{entry}]}`, false},
		{"DELETE", "/api/playlists/{playlist}/songs/{entry}", "", false},
		{"POST", "/api/playlists/add-song", `{"playlistId":{playlist},"songId":{song}}`, false},
	} {
		h.other.want(http.StatusForbidden, a.method, h.shared.fill(a.path), h.shared.fill(a.body))
		if !a.adminMay {
			h.admin.want(http.StatusForbidden, a.method, h.shared.fill(a.path), h.shared.fill(a.body))
		}
	}
}

// askByFilters names the owner's private things wherever a request may name one beside its path.
func (h *house) askByFilters(t *testing.T) {
	for name, c := range map[string]*client{"other": h.other, "admin": h.admin} {
		list := newPlaylist(c, "Try", false)
		for _, a := range []struct{ method, path, body string }{
			{"GET", "/api/songs?artistId={artist}", ""},
			{"GET", "/api/songs?albumId={album}", ""},
			{"GET", "/api/songs?genre={genre}", ""},
			{"GET", "/api/songs?search={word}", ""},
			{"GET", "/api/albums?artistId={artist}", ""},
			{"GET", "/api/albums?search={word}", ""},
			{"GET", "/api/albums?genre={genre}", ""},
			{"GET", "/api/artists?search={word}", ""},
			{"GET", "/api/search?q={word}", ""},
			{"GET", "/api/songs/{song}/cover?size=16&v=0123456789abcdef", ""},
			{"POST", "/api/playlists/add-song", `{"playlistId":` + list + `,"songId":{song}}`},
			{"POST", "/api/playlists/" + list + "/songs", `{"songIds":[{song}]}`},
			{"PATCH", "/api/playlists/" + list + "/songs", `{"entryIds":[{entry}]}`},
			{"DELETE", "/api/playlists/" + list + "/songs/{entry}", ""},
			{"POST", "/api/playback/state", `{"queue":[{"songId":{song}}]}`},
		} {
			mine := c.ask(a.method, h.mine.fill(a.path), h.mine.fill(a.body))
			none := c.ask(a.method, h.none.fill(a.path), h.none.fill(a.body))
			if mine.status != none.status || string(mine.body) != string(none.body) {
				t.Errorf("%s %s as %s: got %d %s, what is not there gets %d %s", a.method, a.path, name, mine.status, mine.body, none.status, none.body)
			}
		}
	}
}

// useSignedAddress uses an address that was made for the owner's private song in every way but the right one.
func (h *house) useSignedAddress(t *testing.T) {
	session := h.owner.again("owner")
	var signed struct{ URL string }
	session.want(http.StatusOK, http.MethodGet, h.mine.fill("/api/songs/{song}/stream-url"), "", &signed)
	h.nobody.want(http.StatusOK, http.MethodGet, signed.URL, "")
	cover := strings.Replace(signed.URL, "/stream?", "/cover?", 1)
	h.nobody.want(http.StatusOK, http.MethodGet, cover, "")
	mine, demo := h.mine.fill("/songs/{song}/"), h.shared.fill("/songs/{demo}/")
	at, err := url.Parse(signed.URL)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"of another song":    strings.Replace(signed.URL, mine, demo, 1),
		"of another cover":   strings.Replace(cover, mine, demo, 1),
		"for the song's row": strings.Replace(signed.URL, "/stream?", "?", 1),
		"for a new address":  strings.Replace(signed.URL, "/stream?", "/stream-url?", 1),
		"without signature":  at.Path,
		"forged":             at.Path + "?signature=" + strings.Repeat("A", len(at.Query().Get("signature"))),
		"cut":                signed.URL[:len(signed.URL)-1],
	} {
		if got := h.nobody.ask(http.MethodGet, path, ""); got.status != http.StatusUnauthorized && got.status != http.StatusForbidden {
			t.Errorf("%s: got %d %.200s", name, got.status, got.body)
		}
	}
	for _, c := range []*client{h.other, h.admin} { // their own session counts, not the address
		c.want(http.StatusNotFound, http.MethodGet, signed.URL, "")
		c.want(http.StatusNotFound, http.MethodGet, cover, "")
	}
	session.want(http.StatusNoContent, http.MethodPost, "/api/auth/logout", `{"refreshToken":"`+session.refresh+`"}`)
	until(t, 2*time.Second, func() bool { // a session that has ended stops working within one
		return h.nobody.ask(http.MethodGet, signed.URL, "").status == http.StatusUnauthorized
	})
	h.nobody.want(http.StatusUnauthorized, http.MethodGet, cover, "")
}

// until waits for a condition, and fails when it does not come.
func until(t testing.TB, patience time.Duration, ok func() bool) {
	t.Helper()
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	for end := time.Now().Add(patience); !ok(); <-ticks.C {
		if time.Now().After(end) {
			t.Fatalf("not so within %v", patience)
		}
	}
}
