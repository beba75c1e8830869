package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image/color"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// journal is what a server has answered, and so must still know after it was killed. One goroutine writes
// each of its parts, so that at most one change of a part is unanswered when the server dies.
type journal struct {
	answered atomic.Int64
	serial   int // of uploads ever tried

	songs   map[int64][sha256.Size]byte // by id, the hash of the bytes
	deleted []int64
	unsure  int64 // a song whose deletion was not answered
	fresh   []int64

	marks map[int64]mark
	heard map[int64]bool

	list          int64   // the playlist
	before, after []int64 // its songs, without and with the change that was not answered
	entries       []int64 // its first places, as far as they are known
}

// mark is what the user thinks of a song; unsure while a change is under way.
type mark struct{ liked, unsure bool }

func newJournal(c *client) *journal {
	c.t.Helper()
	j := &journal{songs: map[int64][sha256.Size]byte{}, marks: map[int64]mark{}, heard: map[int64]bool{}}
	first := c.add(tone(0))
	j.songs[first.Song.ID] = sha256.Sum256(tone(0))
	id, err := strconv.ParseInt(newPlaylist(c, "Journal", false), 10, 64)
	if err != nil {
		c.t.Fatal(err)
	}
	j.list = id
	return j
}

// tone is a short song of its own; every third has a cover of its own.
func tone(serial int) []byte {
	tags := mediatest.Tags{Title: fmt.Sprintf("Tone %d", serial), Artists: []string{fmt.Sprintf("Artist %d", serial%7)}, Album: fmt.Sprintf("Album %d", serial%11)}
	if serial%3 == 0 {
		tags.Picture = mediatest.JPEG(30, 30, color.RGBA{R: uint8(serial), G: uint8(serial >> 8), A: 255})
	}
	return mediatest.WAV(tags, 200*time.Millisecond, 300)
}

// write changes things until the server is gone or stop ends. It returns when all writers have.
func (j *journal) write(c *client, stop <-chan struct{}) {
	known := slices.Sorted(maps.Keys(j.songs))
	known = known[max(0, len(known)-20):]
	var all sync.WaitGroup
	for _, step := range []func(*client, []int64, int) bool{j.uploadOrDelete, j.editList, j.markSong, j.listen} {
		all.Go(func() {
			for n := 0; step(c, known, n); n++ {
				j.answered.Add(1)
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	all.Wait()
}

// attempt sends a change; false when it was not answered. Any answer but these is a failure of the test.
func attempt(c *client, method, path, body string, statuses ...int) bool {
	r, err := c.sendOnce(method, "/api"+path, "application/json", strings.NewReader(body))
	if err != nil {
		return false
	}
	if !slices.Contains(statuses, r.status) {
		c.t.Errorf("%s %s %s: got %d %.300s", method, path, body, r.status, r.body)
		return false
	}
	return true
}

// uploadOrDelete deletes every fourth of the songs it has uploaded itself since the start.
func (j *journal) uploadOrDelete(c *client, _ []int64, n int) bool {
	if n%4 == 3 {
		id := j.fresh[len(j.fresh)-1]
		j.unsure = id
		if !attempt(c, http.MethodDelete, fmt.Sprintf("/songs/%d", id), "", http.StatusNoContent) {
			return false
		}
		delete(j.songs, id)
		j.fresh = j.fresh[:len(j.fresh)-1]
		j.deleted, j.unsure = append(j.deleted, id), 0
		return true
	}
	j.serial++
	file := tone(j.serial)
	media, body := form(c.t, "tone.wav", file)
	r, err := c.sendOnce(http.MethodPost, "/api/songs/upload", media, bytes.NewReader(body))
	if err != nil {
		return false
	}
	var done uploaded
	if err := json.Unmarshal(r.body, &done); err != nil || r.status != http.StatusCreated {
		c.t.Errorf("upload: got %d %.300s, %v", r.status, r.body, err)
		return false
	}
	j.songs[done.Song.ID] = sha256.Sum256(file)
	j.fresh = append(j.fresh, done.Song.ID)
	return true
}

// editList adds to the end of the playlist, and at times moves its first song there or removes it.
func (j *journal) editList(c *client, known []int64, n int) bool {
	method, path, body := http.MethodPost, fmt.Sprintf("/playlists/%d/songs", j.list), ""
	switch {
	case n%5 == 3 && len(j.entries) > 0:
		method, body = http.MethodPatch, fmt.Sprintf(`{"entryIds":[%d]}`, j.entries[0])
		j.after, j.entries = append(slices.Clone(j.before[1:]), j.before[0]), j.entries[1:]
	case n%5 == 4 && len(j.entries) > 0:
		method, path = http.MethodDelete, fmt.Sprintf("%s/%d", path, j.entries[0])
		j.after, j.entries = j.before[1:], j.entries[1:]
	default:
		song := known[n%len(known)]
		body = fmt.Sprintf(`{"songIds":[%d],"allowDuplicates":true}`, song)
		j.after = append(slices.Clone(j.before), song)
	}
	if !attempt(c, method, path, body, http.StatusOK) {
		return false
	}
	j.before = j.after
	return true
}

func (j *journal) markSong(c *client, known []int64, n int) bool {
	id, like := known[n%len(known)], n/len(known)%2 == 0
	method := map[bool]string{true: http.MethodPut, false: http.MethodDelete}[like]
	j.marks[id] = mark{unsure: true}
	if !attempt(c, method, fmt.Sprintf("/songs/%d/like", id), "", http.StatusNoContent) {
		return false
	}
	j.marks[id] = mark{liked: like}
	return true
}

func (j *journal) listen(c *client, known []int64, n int) bool {
	id := known[n%len(known)]
	if !attempt(c, http.MethodPost, "/songs/record-listening", fmt.Sprintf(`{"songId":%d}`, id), http.StatusOK) {
		return false
	}
	j.heard[id] = true
	return true
}

// check compares all that was answered with what the server says, and settles what was unsure.
func (j *journal) check(t *testing.T, c *client) {
	t.Helper()
	liked := j.checkSongs(t, c)
	for id, m := range j.marks {
		if !m.unsure && liked[id] != m.liked && j.songs[id] != [sha256.Size]byte{} {
			t.Errorf("song %d: liked is %t, answered was %t", id, liked[id], m.liked)
		}
	}
	var history []int64
	pages(c, "/api/history?limit=500", func(page listed) {
		for _, l := range page.Listens {
			history = append(history, l.Song.ID)
		}
	})
	for id := range j.heard {
		if _, there := j.songs[id]; there && !slices.Contains(history, id) {
			t.Errorf("the listen to song %d is lost", id)
		}
	}
	j.checkList(t, c)
}

func (j *journal) checkList(t *testing.T, c *client) {
	t.Helper()
	var songs, entries []int64
	pages(c, fmt.Sprintf("/api/playlists/%d?limit=500", j.list), func(page listed) {
		for _, s := range page.Songs {
			songs, entries = append(songs, s.ID), append(entries, s.EntryID)
		}
	})
	if !slices.Equal(songs, j.before) && !slices.Equal(songs, j.after) {
		t.Errorf("the playlist is %v, answered was %v, under way was %v", songs, j.before, j.after)
	}
	j.before, j.entries = songs, entries
}

// checkSongs returns which songs are liked.
func (j *journal) checkSongs(t *testing.T, c *client) map[int64]bool {
	t.Helper()
	there, liked := map[int64]bool{}, map[int64]bool{}
	pages(c, "/api/songs?limit=500", func(page listed) {
		for _, s := range page.Songs {
			there[s.ID], liked[s.ID] = true, s.Liked
		}
	})
	for id := range j.songs {
		if !there[id] && id != j.unsure {
			t.Errorf("song %d is lost", id)
		}
	}
	for _, id := range j.deleted {
		if there[id] {
			t.Errorf("song %d is there again", id)
		}
	}
	if !there[j.unsure] {
		delete(j.songs, j.unsure)
	}
	for _, id := range j.fresh { // of this round
		hash, ok := j.songs[id]
		if !ok {
			continue
		}
		r := c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/stream", id), "")
		if sha256.Sum256(r.body) != hash {
			t.Errorf("the bytes of song %d are not those that were sent", id)
		}
	}
	j.fresh, j.unsure = nil, 0
	return liked
}

type listedSong struct {
	ID      int64
	EntryID int64 // in a playlist
	Liked   bool
}

// listed is a page of songs or listens.
type listed struct {
	Songs      []listedSong
	Listens    []struct{ Song listedSong }
	NextCursor *string
}

func pages(c *client, path string, visit func(listed)) {
	c.t.Helper()
	for next := path; next != ""; {
		var page listed
		c.want(http.StatusOK, http.MethodGet, next, "", &page)
		visit(page)
		next = ""
		if page.NextCursor != nil {
			next = path + "&cursor=" + *page.NextCursor
		}
	}
}
