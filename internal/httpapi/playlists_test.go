package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
)

func TestPlaylistJourney(t *testing.T) {
	c := newClub(t)
	first, second, third := c.Song(c.shared, time.Minute, c.Cover(33)), c.Song(c.shared, 90500*time.Millisecond, 0), c.Song(c.hidden, time.Minute, 0)

	made := c.call(c.ada, "POST", "/playlists", `{"name":" Sunday ","description":"slow"}`, 201)
	if made.at("message") == "" || made.at("playlist.name") != "Sunday" || made.at("playlist.isPublic") != false || made.at("playlist.mine") != true ||
		made.at("playlist.owner.username") != "ada" || made.at("playlist.songCount") != 0.0 || made.at("playlist.coverHue") != 70.0 {
		t.Errorf("made: %v", made)
	}
	list := fmt.Sprintf("/playlists/%v", made.at("playlist.id"))
	add := fmt.Sprintf(`{"playlistId":%v,"songId":%d}`, made.at("playlist.id"), first)
	c.call(c.ada, "POST", "/playlists/add-song", add, 200)
	if again := c.call(c.ada, "POST", "/playlists/add-song", add, 409); again.at("error") != "Song already in playlist" {
		t.Errorf("again: %v", again)
	}
	c.call(c.ada, "POST", list+"/songs", fmt.Sprintf(`{"songIds":[%d,%d]}`, second, third), 200)
	read := c.call(c.ada, "GET", list, "", 200)
	if read.at("playlist.songCount") != 3.0 || read.at("playlist.duration") != 210.5 || read.at("playlist.coverHue") != 33.0 ||
		!strings.HasPrefix(fmt.Sprint(read.at("playlist.coverUrls.0")), fmt.Sprintf("/api/songs/%d/cover?v=", first)) || read.at("nextCursor") != nil {
		t.Errorf("read: %v", read.at("playlist"))
	}
	entries := []any{read.at("songs.0.entryId"), read.at("songs.1.entryId"), read.at("songs.2.entryId")}
	c.call(c.ada, "PATCH", list+"/songs", fmt.Sprintf(`{"entryIds":[%v],"beforeEntryId":%v}`, entries[2], entries[0]), 200)
	c.call(c.ada, "PATCH", list+"/songs", fmt.Sprintf(`{"entryIds":[%v],"beforeEntryId":null}`, entries[0]), 200)
	c.call(c.ada, "DELETE", fmt.Sprintf("%s/songs/%v", list, entries[1]), "", 200)
	c.call(c.ada, "DELETE", fmt.Sprintf("%s/songs/%v", list, entries[1]), "", 404)
	renamed := c.call(c.ada, "PUT", list, `{"name":"Monday","isPublic":true}`, 200)
	if renamed.at("playlist.name") != "Monday" || renamed.at("playlist.description") != "slow" ||
		renamed.at("songs.0.id") != float64(third) || renamed.at("songs.1.id") != float64(first) {
		t.Errorf("renamed: %v", renamed)
	}
	theirs := c.call(c.bob, "GET", "/playlists", "", 200)
	if theirs.at("total") != 1.0 || theirs.at("playlists.0.songCount") != 1.0 || theirs.at("playlists.0.mine") != false {
		t.Errorf("theirs: %v", theirs)
	}
	c.call(c.bob, "DELETE", list, "", 403)
	c.call(c.ada, "DELETE", list, "", 200)
	c.call(c.ada, "GET", list, "", 404)
}

func TestPlaylistConflictCarriesTheState(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	made := c.call(c.ada, "POST", "/playlists", `{"name":"Sunday"}`, 201)
	list := fmt.Sprintf("/playlists/%v", made.at("playlist.id"))
	c.call(c.ada, "POST", list+"/songs", fmt.Sprintf(`{"songIds":[%d],"revision":1}`, song), 200)
	stale := c.call(c.ada, "PUT", list, `{"name":"Monday","revision":1}`, 409)
	if stale.at("code") != "stale_revision" || stale.at("state.playlist.revision") != 2.0 || stale.at("state.songs.0.id") != float64(song) {
		t.Errorf("got %v", stale)
	}
	c.call(c.ada, "DELETE", list+"?revision=1", "", 409)
	c.call(c.ada, "DELETE", list+"?revision=2", "", 200)
}

func TestPlaylistIsReadInPages(t *testing.T) {
	c := newClub(t)
	made := c.call(c.ada, "POST", "/playlists", `{"name":"Sunday"}`, 201)
	list := fmt.Sprintf("/playlists/%v", made.at("playlist.id"))
	for range 3 {
		c.call(c.ada, "POST", list+"/songs", fmt.Sprintf(`{"songIds":[%d]}`, c.Song(c.shared, time.Minute, 0)), 200)
	}
	front := c.call(c.ada, "GET", list+"?limit=2", "", 200)
	back := c.call(c.ada, "GET", fmt.Sprintf("%s?limit=2&cursor=%v", list, front.at("nextCursor")), "", 200)
	if len(front.at("songs").([]any)) != 2 || len(back.at("songs").([]any)) != 1 || back.at("nextCursor") != nil || back.at("total") != 3.0 {
		t.Errorf("got %v, then %v", front, back)
	}
}

func TestPlaylistBadInput(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	made := c.call(c.ada, "POST", "/playlists", `{"name":"Sunday"}`, 201)
	list := fmt.Sprintf("/playlists/%v", made.at("playlist.id"))
	many := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("%d,", song), 100_000), ",")
	cases := []struct {
		method, path, body string
		status             int
		field              any
	}{
		{"POST", "/playlists", `{"name":""}`, 400, "name"},
		{"POST", "/playlists", `{"name":"   "}`, 400, "name"},
		{"POST", "/playlists", `{"name":"a\nb"}`, 400, "name"},
		{"POST", "/playlists", `{}`, 400, "name"},
		{"POST", "/playlists", `{"name":"` + strings.Repeat("é", 101) + `"}`, 400, "name"},
		{"POST", "/playlists", `{"name":"a","description":"` + strings.Repeat("x", 501) + `"}`, 400, "description"},
		{"POST", "/playlists", `{"name":"a","isPublic":"false"}`, 400, "isPublic"},
		{"POST", "/playlists", `{"name":"a","isPublic":1}`, 400, "isPublic"},
		{"POST", "/playlists", `{"name":"a","colour":"red"}`, 400, "colour"},
		{"POST", "/playlists", `[]`, 400, nil},
		{"GET", "/playlists?limit=0", "", 400, "limit"},
		{"GET", "/playlists?limit=501", "", 400, "limit"},
		{"GET", "/playlists?cursor=nonsense", "", 400, "cursor"},
		{"GET", "/playlists?cursor=e30", "", 400, "cursor"},
		{"GET", "/history?cursor=eyJNaW5lIjp0cnVlLCJJRCI6MX0", "", 400, "cursor"},
		{"GET", "/playlists/0", "", 400, "id"},
		{"GET", "/playlists/x", "", 400, "id"},
		{"GET", "/playlists/99999999999999999999", "", 400, "id"},
		{"GET", "/playlists/9223372036854775807", "", 404, nil},
		{"POST", "/playlists/add-song", `{"playlistId":0,"songId":1}`, 400, "playlistId"},
		{"POST", list + "/songs", `{"songIds":[]}`, 400, "songIds"},
		{"POST", list + "/songs", `{"songIds":null}`, 400, "songIds"},
		{"POST", list + "/songs", `{"songIds":[0]}`, 400, "songIds[0]"},
		{"POST", list + "/songs", `{"songIds":["1"]}`, 400, "songIds[0]"},
		{"POST", list + "/songs", `{"songIds":[1.5]}`, 400, "songIds[0]"},
		{"POST", list + "/songs", `{"songIds":[` + many + `]}`, 400, "songIds"},
		{"POST", list + "/songs", `{"songIds":[9223372036854775807]}`, 404, nil},
		{"PATCH", list + "/songs", `{"entryIds":[1,1]}`, 400, "entryIds[1]"},
		{"PATCH", list + "/songs", `{"entryIds":[1],"beforeEntryId":1}`, 400, "entryIds[0]"},
		{"PATCH", list + "/songs", `{"entryIds":[77]}`, 404, nil},
		{"DELETE", list + "/songs/0", "", 400, "entryId"},
		{"PUT", list, `{"name":""}`, 400, "name"},
	}
	for _, k := range cases {
		t.Run(fmt.Sprintf("%s %s %.30s", k.method, k.path, k.body), func(t *testing.T) {
			if got := (&club{t: t, handler: c.handler}).call(c.ada, k.method, k.path, k.body, k.status); got.field() != k.field {
				t.Errorf("names %v, want %v: %.300v", got.field(), k.field, got)
			}
		})
	}
	c.call(c.ada, "POST", list+"/songs", `{"songIds":[1e300]}`, 400)
}

func TestListsNeedSigningIn(t *testing.T) {
	c := newClub(t)
	for _, route := range [][2]string{
		{"GET", "/playlists"}, {"POST", "/playlists"}, {"GET", "/playlists/1"}, {"PUT", "/playlists/1"}, {"DELETE", "/playlists/1"},
		{"POST", "/playlists/add-song"}, {"POST", "/playlists/1/songs"}, {"PATCH", "/playlists/1/songs"}, {"DELETE", "/playlists/1/songs/1"},
		{"GET", "/playback/state"}, {"POST", "/playback/state"}, {"POST", "/songs/record-listening"}, {"GET", "/history"},
	} {
		c.call(account.Identity{}, route[0], route[1], "", 401)
	}
}
