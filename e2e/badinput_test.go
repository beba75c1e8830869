package e2e

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"image/color"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// objects lists the files that a server keeps, staged ones included.
func objects(t testing.TB, folder string) []string {
	t.Helper()
	root := filepath.Join(folder, "objects")
	var list []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(root, path) // below root by construction
			list = append(list, name)
		}
		if errors.Is(err, fs.ErrNotExist) && path != root {
			return nil // gone since its folder was read
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// limited starts a server for one user without the limits that tests would meet.
func limited(t *testing.T, environment ...string) (*client, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	p := start(t, folder, append(environment, "RATE_LIMIT_AUTH=off", "LOG_LEVEL=error")...)
	return register(t, p.url, "anna"), folder
}

// problem is the contract's shape of an error.
type problem struct {
	Error, Code string
	Details     []struct{ Field, Message string }
}

// refuses expects a clear 4xx answer, which names the fields where there are any.
func refuses(t *testing.T, r reply, status int, fields ...string) {
	t.Helper()
	var p problem
	if err := json.Unmarshal(r.body, &p); err != nil || r.status != status || p.Error == "" || p.Code == "" {
		t.Errorf("got %d %.300s, want %d: %v", r.status, r.body, status, err)
	}
	for _, d := range p.Details {
		if !slices.Contains(fields, d.Field) || d.Message == "" {
			t.Errorf("details name %+v, want %v", d, fields)
		}
	}
	if len(fields) != len(p.Details) {
		t.Errorf("got %+v, want the fields %v", p.Details, fields)
	}
	if inside := []string{"sql", "goroutine", "/internal/", ".go:", "huma", "tmp"}; slices.ContainsFunc(inside, func(word string) bool {
		return strings.Contains(strings.ToLower(p.Error), word)
	}) {
		t.Errorf("the error shows an inside: %q", p.Error)
	}
}

func TestBadRequests(t *testing.T) { eachDatabase(t, sendBadRequests) }

func sendBadRequests(t *testing.T, environment ...string) {
	c, folder := limited(t, environment...)
	long := strings.Repeat("n", 300)
	nested := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	for _, b := range []struct {
		name, method, path, body string
		status                   int
		fields                   []string
	}{
		{"limit -1", "GET", "/songs?limit=-1", "", 400, []string{"limit"}},
		{"limit 0", "GET", "/albums?limit=0", "", 400, []string{"limit"}},
		{"limit 1e9", "GET", "/songs?limit=1e9", "", 400, []string{"limit"}},
		{"limit 1000000000", "GET", "/history?limit=1000000000", "", 400, []string{"limit"}},
		{"two wrong", "GET", "/songs?limit=-1&sort=up", "", 400, []string{"limit", "sort"}},
		{"cursor", "GET", "/songs?cursor=%2e%2e%2f", "", 400, []string{"cursor"}},
		{"offset -1", "GET", "/songs?offset=-1", "", 400, []string{"offset"}},
		{"unknown parameter", "GET", "/songs?colour=red", "", 400, []string{"colour"}},
		{"id 0", "GET", "/songs/0", "", 400, []string{"id"}},
		{"id abc", "GET", "/songs/abc", "", 400, []string{"id"}},
		{"id 1e3", "GET", "/albums/1e3", "", 400, []string{"id"}},
		{"id beyond 64 bits", "GET", "/artists/99999999999999999999", "", 400, []string{"id"}},
		{"id -1 of a stream", "GET", "/songs/-1/stream", "", 400, []string{"id"}},
		{"id abc of a cover", "GET", "/albums/abc/cover", "", 400, []string{"id"}},
		{"id ../", "GET", "/songs/..%2f..%2fetc%2fpasswd/stream", "", 400, []string{"id"}},
		{"id abc of a playlist", "DELETE", "/playlists/abc", "", 400, []string{"id"}},
		{"id 0 of a session", "DELETE", "/auth/sessions/0", "", 400, []string{"id"}},
		{"NUL in the path", "GET", "/songs/1%00", "", 400, nil},
		{"NUL in a search", "GET", "/search?q=a%00b", "", 400, nil},
		{"no UTF-8 in a search", "GET", "/songs?search=%ff", "", 400, nil},
		{"isPublic as text", "POST", "/playlists", `{"name":"x","isPublic":"false"}`, 400, []string{"isPublic"}},
		{"isPublic as number", "POST", "/playlists", `{"name":"x","isPublic":0}`, 400, []string{"isPublic"}},
		{"unknown field", "POST", "/playlists", `{"name":"x","owner":1}`, 400, []string{"owner"}},
		{"wrong case", "POST", "/playlists", `{"Name":"x"}`, 400, []string{"name", "Name"}},
		{"300 characters", "POST", "/playlists", `{"name":"` + long + `"}`, 400, []string{"name"}},
		{"NUL in a name", "POST", "/playlists", `{"name":"a\u0000b"}`, 400, []string{"name"}},
		{"no name", "POST", "/playlists", `{"name":" "}`, 400, []string{"name"}},
		{"right-to-left name", "PUT", "/auth/profile", `{"displayName":"\u202egnp.exe"}`, 400, []string{"displayName"}},
		{"long display name", "PUT", "/auth/profile", `{"displayName":"` + long + `"}`, 400, []string{"displayName"}},
		{"hostile avatar", "PUT", "/auth/profile", `{"avatarUrl":"javascript:alert(1)"}`, 400, []string{"avatarUrl"}},
		{"user ../", "POST", "/auth/register", `{"username":"../etc","email":"a@b.cc","password":"Correct1horse"}`, 400, []string{"username"}},
		{"user NUL", "POST", "/auth/register", `{"username":"a\u0000bc","email":"a@b.cc","password":"Correct1horse"}`, 400, []string{"username"}},
		{"user right-to-left", "POST", "/auth/register", `{"username":"\u202eabc","email":"a@b.cc","password":"Correct1horse"}`, 400, []string{"username"}},
		{"user of 300", "POST", "/auth/register", `{"username":"` + long + `","email":"a@b.cc","password":"Correct1horse"}`, 400, []string{"username"}},
		{"all wrong", "POST", "/auth/register", `{"username":"x","email":"x","password":"x"}`, 400, []string{"username", "email", "password"}},
		{"100,000 arrays", "POST", "/playlists", nested, 400, nil},
		{"100,000 arrays in a field", "POST", "/playlists", `{"name":` + nested + `}`, 400, nil},
		{"100,000 arrays at the door", "POST", "/auth/login", nested, 413, nil},
		{"no JSON", "POST", "/playlists", `{"name"`, 400, nil},
		{"two values", "POST", "/playlists", `{"name":"x"}{"name":"y"}`, 400, nil},
		{"a field twice", "POST", "/playlists", `{"name":"x","name":"y"}`, 400, nil},
		{"a list", "POST", "/playlists", `[]`, 400, nil},
		{"null", "POST", "/playlists", `null`, 400, nil},
		{"ids in a body", "POST", "/playlists/add-song", `{"playlistId":0,"songId":"abc"}`, 400, []string{"playlistId", "songId"}},
		{"a deep place", "POST", "/playback/state", `{"queue":[{"songId":1},{"songId":0}]}`, 400, []string{"queue[1].songId"}},
		{"volume", "POST", "/playback/state", `{"volume":1.5}`, 400, []string{"volume"}},
		{"rating", "PUT", "/songs/1/rating", `{"rating":6}`, 400, []string{"rating"}},
		{"no route", "GET", "/no/such/route", "", 404, nil},
	} {
		t.Run(b.name, func(t *testing.T) {
			refuses(t, c.ask(b.method, "/api"+b.path, b.body), b.status, b.fields...)
			c.want(http.StatusOK, http.MethodGet, "/api/auth/profile", "")
		})
	}
	if got := objects(t, folder); len(got) > 0 {
		t.Errorf("left on the disk: %q", got)
	}
	c.want(http.StatusCreated, http.MethodPost, "/api/playlists", `{"name":"Good","isPublic":false}`)
}

// good is a tagged song of its own for each length.
func good(seconds int) []byte {
	return mediatest.MP3(mediatest.Tags{Title: "Good", Artists: []string{"Ada"}}, time.Duration(seconds)*time.Second, 440)
}

func TestFilesThatAreNoMusic(t *testing.T) {
	c, folder := limited(t, "MAX_FILE_SIZE=20000000")
	next := 1
	for _, b := range []struct {
		name    string
		content []byte
		status  int
	}{
		{"a PNG", mediatest.PNG(9, 9, color.White), 415},
		{"an HTML page", []byte("<!doctype html><script>alert(1)</script>"), 415},
		{"an HLS playlist", []byte("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1/x\n"), 415},
		{"empty", nil, 415},
		{"an MP3 cut in its tag", good(1)[:40], 415},
		{"a FLAC cut short", half(mediatest.FLAC(mediatest.Tags{}, time.Second, 440)), 415},
		{"an M4A cut short", half(mediatest.AAC(mediatest.Tags{})), 415},
		{"an Ogg cut short", half(mediatest.Vorbis(mediatest.Tags{})), 415},
		{"a WAV cut short", half(mediatest.WAV(mediatest.Tags{}, time.Second, 440)), 415},
		{"a WAV cut in its head", mediatest.WAV(mediatest.Tags{}, time.Second, 440)[:30], 415},
		{"a tag of 10 MB alone", tagOf(10<<20, nil), 415},
		{"a tag of 17 MB before music", tagOf(17<<20, good(1)), 415},
		{"nothing but noughts", make([]byte, 1<<20), 415},
		{"too large", make([]byte, 20_500_000), 413},
	} {
		t.Run(b.name, func(t *testing.T) {
			before := objects(t, folder)
			refuses(t, c.upload("song.mp3", b.content), b.status)
			if after := objects(t, folder); !slices.Equal(after, before) {
				t.Errorf("left on the disk: %q", after)
			}
			c.add(good(next))
			next++
		})
	}
	c.add(tagOf(10<<20, good(next))) // large covers make such tags: within bounds they are read
}

// TestUploadThatBreaksOff leaves nothing of what had arrived.
func TestUploadThatBreaksOff(t *testing.T) {
	c, folder := limited(t)
	media, body := form(t, "song.wav", mediatest.WAV(mediatest.Tags{}, 10*time.Second, 440))
	rest, uploading := io.Pipe()
	broken := errors.New("the line broke")
	failed := make(chan error, 1)
	go func() {
		_, err := c.sendOnce(http.MethodPost, "/api/songs/upload", media, rest)
		failed <- err
	}()
	if _, err := uploading.Write(half(body)); err != nil {
		t.Fatal(err)
	}
	until(t, 10*time.Second, func() bool { return len(objects(t, folder)) == 1 })
	if err := uploading.CloseWithError(broken); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	until(t, 10*time.Second, func() bool { return len(objects(t, folder)) == 0 })
	c.add(good(1))
}

func half(file []byte) []byte { return file[:len(file)/2] }

// tagOf is an ID3v2.4 tag with padding of that size, and what comes after it.
func tagOf(size int, audio []byte) []byte {
	n := uint32(size)
	head := append([]byte("ID3\x04\x00\x00"), byte(n>>21&0x7f), byte(n>>14&0x7f), byte(n>>7&0x7f), byte(n&0x7f))
	return slices.Concat(head, make([]byte, size), audio)
}

// bomb is a PNG that claims 30,000 pixels a side.
func bomb() []byte {
	picture := mediatest.PNG(1, 1, color.White)
	binary.BigEndian.PutUint32(picture[16:], 30_000)
	binary.BigEndian.PutUint32(picture[20:], 30_000)
	binary.BigEndian.PutUint32(picture[29:], crc32.ChecksumIEEE(picture[12:29]))
	return picture
}

// TestBombsAsCovers sees such files refused with the reason, and nothing left of them.
func TestBombsAsCovers(t *testing.T) {
	c, folder := limited(t)
	tags := mediatest.Tags{Title: "Bomb", Artists: []string{"Ada"}, Album: "Lines", Picture: bomb()}
	for _, file := range [][]byte{mediatest.MP3(tags, time.Second, 440), mediatest.FLAC(tags, time.Second, 440), mediatest.AAC(tags), mediatest.Vorbis(tags)} {
		refuses(t, c.upload("bomb.audio", file), http.StatusRequestEntityTooLarge)
		if got := objects(t, folder); len(got) != 0 {
			t.Errorf("on the disk: %q", got)
		}
	}
	c.add(good(1))
}

// TestHostileFileNames sees that a name which climbs, turns its text or never ends is refused with a reason, and
// that every other one is at most a title.
func TestHostileFileNames(t *testing.T) {
	c, folder := limited(t)
	for _, name := range []string{
		"../../../../etc/cron.d/song.wav", `..\..\windows\song.wav`, "..", "\u202egnp.wav", strings.Repeat("n", 300) + ".wav",
	} {
		refuses(t, c.upload(name, good(1)), 400, "audio")
	}
	for i, n := range []struct{ name, title string }{
		{"Low Water/song.wav", "song"}, {"a..b.wav", "a..b"}, {"\u200fطريق.wav", "طريق"}, {strings.Repeat("n", 250) + ".wav", strings.Repeat("n", 250)},
	} {
		r := c.upload(n.name, mediatest.WAV(mediatest.Tags{}, time.Duration(i+1)*time.Second, 440))
		var done uploaded
		if err := json.Unmarshal(r.body, &done); err != nil || r.status != http.StatusCreated || done.Song.Title != n.title {
			t.Errorf("%q: got %d %.300s, want the title %q", n.name, r.status, r.body, n.title)
		}
	}
	refuses(t, c.upload("song.wav", good(1), "title", strings.Repeat("n", 300)), 400, "title")
	refuses(t, c.upload("song.wav", good(1), "owner", "1"), 400, "owner")
	media, body := form(t, "a_b.wav", good(2))
	r := c.send(http.MethodPost, "/api/songs/upload", media, bytes.NewReader(bytes.Replace(body, []byte("a_b.wav"), []byte("a\x00b.wav"), 1)))
	refuses(t, r, 400)
	for _, name := range objects(t, folder) {
		if !strings.HasPrefix(name, "audio"+string(os.PathSeparator)) {
			t.Errorf("on the disk: %q", name)
		}
	}
	if got := objects(t, folder); len(got) != 4 {
		t.Errorf("on the disk: %q", got)
	}
	c.add(good(3))
}
