package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/color"
	"net/http"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
	"hathor/internal/pgtest"
)

// secret stands in every text of the owner's private things, so that an answer gives itself away.
const secret = "Qqzx"

// house is a server where an owner has private things beside what everybody hears.
type house struct {
	*program
	nobody, admin, owner, other *client
	// mine and none fill the same places of an address or a body: the owner's private things, and none that exist.
	mine, none things
	shared     things // what all may see, of the owner too
}

// things are ids by the name of their place: "{song}", "{album}"…
type things map[string]string

func (h things) fill(text string) string {
	for name, id := range h {
		text = strings.ReplaceAll(text, name, id)
	}
	return text
}

// eachDatabase runs a test on both, with what makes the program use it.
func eachDatabase(t *testing.T, test func(t *testing.T, environment ...string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t) })
	t.Run("postgres", func(t *testing.T) { test(t, "DATABASE_URL="+pgtest.URL(t)) })
}

func newHouse(t *testing.T, environment ...string) *house {
	t.Helper()
	music := t.TempDir()
	environment = append(environment, "MUSIC_DIRS="+music, "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "LOG_LEVEL=error")
	p := start(t, filepath.Join(t.TempDir(), "data"), environment...)
	h := &house{program: p, nobody: &client{t: t, url: p.url}}
	h.admin = register(t, p.url, "admin")
	h.owner = register(t, p.url, "owner")
	h.other = register(t, p.url, "other")
	h.none = things{
		"{song}": "900001", "{album}": "900002", "{artist}": "900003", "{playlist}": "900004", "{entry}": "900005", "{session}": "900006", "{key}": "900007",
		"{genre}": "Nonesuch", "{word}": "nonesuch", "{stranger}": "900008", "{upload}": "900009", "{edit}": "900010", "{library}": "900011", "{device}": "none-0123456789abcdef",
	}
	h.fillPrivate()
	h.fillShared()
	return h
}

func picture(shade uint8) []byte { return mediatest.JPEG(60, 60, color.RGBA{R: shade, A: 255}) }

// fillPrivate gives the owner one of everything: only in the private library, and joined to what is shared.
func (h *house) fillPrivate() {
	file := mediatest.WAV(mediatest.Tags{
		Title: secret + " song", Artists: []string{secret + " artist"}, Album: secret + " album", Genres: []string{secret}, Picture: picture(200),
	}, time.Second, 440)
	done := h.owner.add(file, "private", "true")
	list := newPlaylist(h.owner, secret+" list", false)
	session := h.owner.again("owner")
	h.mine = things{
		"{song}": text(done.Song.ID), "{album}": text(done.Song.AlbumID), "{artist}": text(done.Song.Artists[0].ID),
		"{playlist}": list, "{session}": currentSession(session), "{genre}": secret, "{word}": secret, "{stranger}": "900008",
		"{library}": text(done.Song.LibraryID),
	}
	h.mine["{entry}"] = addEntry(h.owner, list, h.mine["{song}"])
	h.mine["{key}"] = newKey(h.owner, secret+" key")
	h.mine["{upload}"] = h.owner.begin(1000, secret+".wav")
	var edited struct{ EditID int64 }
	h.owner.want(http.StatusOK, http.MethodPatch, h.mine.fill("/api/songs/{song}"), `{"track":3}`, &edited)
	h.mine["{edit}"] = text(edited.EditID)
	h.mine["{device}"] = "desk-0123456789abcdef"
	h.owner.want(http.StatusOK, http.MethodPut, h.mine.fill("/api/playback/devices/{device}"), `{"name":"`+secret+` desk","kind":"web"}`)
	for _, of := range []string{"songs/{song}", "albums/{album}", "artists/{artist}"} {
		h.owner.want(http.StatusNoContent, http.MethodPut, "/api/"+h.mine.fill(of)+"/like", "")
		h.owner.want(http.StatusNoContent, http.MethodPut, "/api/"+h.mine.fill(of)+"/rating", `{"rating":4}`)
	}
	h.owner.want(http.StatusOK, http.MethodPost, "/api/songs/record-listening", h.mine.fill(`{"songId":{song}}`))
	h.owner.want(http.StatusOK, http.MethodPost, "/api/playback/state", h.mine.fill(`{"currentSongId":{song},"queue":[{"songId":{song}}],"queueIndex":0}`))
}

// fillShared adds a song for everybody, a private one by the same artist in the same genre, and a public
// playlist with both.
func (h *house) fillShared() {
	tags := mediatest.Tags{Title: "Night Bus", Artists: []string{"Ada"}, Album: "Lines", Genres: []string{"Jazz"}, Picture: picture(20)}
	done := h.owner.add(mediatest.WAV(tags, 2*time.Second, 440))
	tags.Title, tags.Picture = secret+" demo", picture(100)
	demo := h.owner.add(mediatest.WAV(tags, 3*time.Second, 440), "private", "true")
	list := newPlaylist(h.owner, "For all", true)
	h.shared = things{
		"{song}": text(done.Song.ID), "{album}": text(done.Song.AlbumID), "{artist}": text(done.Song.Artists[0].ID), "{playlist}": list,
		"{entry}": addEntry(h.owner, list, text(done.Song.ID)), "{demo}": text(demo.Song.ID), "{demoAlbum}": text(demo.Song.AlbumID),
	}
	addEntry(h.owner, list, text(demo.Song.ID))
	h.owner.want(http.StatusNoContent, http.MethodPut, h.shared.fill("/api/songs/{song}/like"), "")
	h.owner.want(http.StatusNoContent, http.MethodPut, h.shared.fill("/api/songs/{song}/rating"), `{"rating":5}`)
	h.owner.want(http.StatusOK, http.MethodPost, "/api/songs/record-listening", h.shared.fill(`{"songId":{song}}`))
}

func text(id int64) string { return strconv.FormatInt(id, 10) }

func newPlaylist(c *client, name string, public bool) string {
	c.t.Helper()
	var made struct{ Playlist struct{ ID int64 } }
	c.want(http.StatusCreated, http.MethodPost, "/api/playlists", fmt.Sprintf(`{"name":%q,"description":%q,"isPublic":%t}`, name, name, public), &made)
	return text(made.Playlist.ID)
}

// addEntry puts a song at the end of a playlist and returns the new entry.
func addEntry(c *client, list, song string) string {
	c.t.Helper()
	c.want(http.StatusOK, http.MethodPost, "/api/playlists/"+list+"/songs", `{"songIds":[`+song+`]}`)
	var contents struct{ Songs []struct{ EntryID int64 } }
	c.want(http.StatusOK, http.MethodGet, "/api/playlists/"+list, "", &contents)
	return text(contents.Songs[len(contents.Songs)-1].EntryID)
}

func newKey(c *client, name string) string {
	c.t.Helper()
	var made struct{ APIKey struct{ ID int64 } }
	c.want(http.StatusCreated, http.MethodPost, "/api/auth/api-keys", fmt.Sprintf(`{"name":%q,"scope":"read"}`, name), &made)
	return text(made.APIKey.ID)
}

// begin announces a resumable upload and returns its id.
func (c *client) begin(size int, name string) string {
	c.t.Helper()
	r := c.tus(http.MethodPost, "/api/uploads", nil, "Upload-Length", strconv.Itoa(size),
		"Upload-Metadata", "filename "+base64.StdEncoding.EncodeToString([]byte(name)))
	if r.status != http.StatusCreated {
		c.t.Fatalf("begin upload: got %d %.300s", r.status, r.body)
	}
	return path.Base(r.header.Get("Location"))
}

func userOf(c *client) int64 {
	c.t.Helper()
	var profile struct{ User struct{ ID int64 } }
	c.want(http.StatusOK, http.MethodGet, "/api/auth/profile", "", &profile)
	return profile.User.ID
}

func currentSession(c *client) string {
	c.t.Helper()
	var list struct {
		Sessions []struct {
			ID      int64
			Current bool
		}
	}
	c.want(http.StatusOK, http.MethodGet, "/api/auth/sessions", "", &list)
	for _, s := range list.Sessions {
		if s.Current {
			return text(s.ID)
		}
	}
	c.t.Fatal("no session is the current one")
	return ""
}

// shows tells whether an answer holds anything of the owner's private texts.
func shows(r reply) bool {
	return bytes.Contains(bytes.ToLower(r.body), []byte(strings.ToLower(secret)))
}
