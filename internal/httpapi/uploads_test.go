package httpapi_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/color"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"hathor/internal/media/mediatest"
)

func lines(title string) mediatest.Tags {
	return mediatest.Tags{
		Title: title, Artists: []string{"Ada"}, Album: "Lines", Genres: []string{"Jazz"}, Date: "2021", Track: 3,
		Picture: mediatest.JPEG(40, 40, color.RGBA{R: 200, A: 255}),
	}
}

func wav(title string, tenths int) []byte {
	return mediatest.WAV(lines(title), time.Duration(tenths)*100*time.Millisecond, 440)
}

func TestUploadOfEveryFormat(t *testing.T) {
	eachDoor(t, func(d *door) {
		for format, file := range map[string][]byte{
			"mp3": mediatest.MP3(lines("mp3"), time.Second, 440), "flac": mediatest.FLAC(lines("flac"), time.Second, 440),
			"wav": wav("wav", 10), "ogg": mediatest.Vorbis(lines("ogg")), "opus": mediatest.Opus(lines("opus")),
			"m4a": mediatest.AAC(lines("m4a")), "alac": mediatest.ALAC(lines("alac")),
		} {
			a := d.expect(d.upload(bob, "any.name", file), http.StatusCreated)
			s := a.Song
			if s.Format != format || s.Title != format || s.Artist != "Ada" || s.Album != "Lines" || s.Genre != "Jazz" || *s.Year != 2021 ||
				s.Duration <= 0 || s.Size != int64(len(file)) || s.CoverURL == nil || *s.UploadedBy != int64(bob.User) || a.Duplicate {
				d.t.Errorf("%s: %+v", format, a)
			}
		}
		if got := d.kept(); got != "[audio:7 covers:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

func TestUploadFieldsWinOverTags(t *testing.T) {
	eachDoor(t, func(d *door) {
		s := d.expect(d.upload(bob, "x.wav", wav("Tag", 5), "title", " Mine ", "artist", "Me feat. You", "album", "Ours",
			"genre", "Rock", "year", "1999", "duration", "9999"), http.StatusCreated).Song
		if s.Title != "Mine" || s.Artist != "Me feat. You" || s.Album != "Ours" || !slices.Equal(s.Genres, []string{"Rock"}) || *s.Year != 1999 || s.Duration != 0.5 {
			d.t.Errorf("song is %+v", s)
		}
		s = d.expect(d.upload(bob, "x.wav", wav("Tag", 6), "title", "", "year", "", "album", " "), http.StatusCreated).Song
		if s.Title != "Tag" || *s.Year != 2021 || s.Album != "Lines" {
			d.t.Errorf("empty fields changed the song: %+v", s)
		}
	})
}

func TestUploadNamesEveryWrongField(t *testing.T) {
	eachDoor(t, func(d *door) {
		long := strings.Repeat("é", 256)
		a := d.expect(d.upload(bob, "x.wav", wav("x", 5), "title", long, "artist", long, "album", long, "genre", long[:102],
			"year", "1899", "duration", "0", "private", "yes", "owner", "1"), http.StatusBadRequest)
		want := []string{"album", "artist", "duration", "genre", "owner", "private", "title", "year"}
		if a.Code != "validation_failed" || !slices.Equal(a.fields(), want) {
			d.t.Errorf("got %s %v, want %v", a.Code, a.fields(), want)
		}
		for _, wrong := range []string{"2027", "0", "19x9", "1999.5", "-1", "99999999999999999999"} {
			if a := d.upload(bob, "x.wav", wav("x", 5), "year", wrong); a.Status != http.StatusBadRequest || !slices.Equal(a.fields(), []string{"year"}) {
				d.t.Errorf("year %s gives %d %v", wrong, a.Status, a.fields())
			}
		}
		if a := d.upload(bob, "", nil, "title", "x"); a.Status != http.StatusBadRequest || !slices.Equal(a.fields(), []string{"audio"}) {
			d.t.Errorf("no file gives %d %v", a.Status, a.fields())
		}
		if got := d.kept(); got != "[]" {
			d.t.Errorf("kept %s", got)
		}
		d.expect(d.upload(bob, "x.wav", wav("x", 5)), http.StatusCreated)
	})
}

func TestUploadOfWhatIsNoAudio(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	huge := append([]byte("ID3\x04\x00\x00\x05\x00\x00\x00"), make([]byte, 1<<20)...)
	for name, content := range map[string][]byte{
		"png":   mediatest.PNG(9, 9, color.White),
		"html":  []byte("<!doctype html><script>alert(1)</script>"),
		"hls":   []byte("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1/x\n"),
		"empty": {},
		"cut":   mediatest.FLAC(lines("x"), time.Second, 440)[:900],
		"zip":   append([]byte("PK\x03\x04"), make([]byte, 100)...),
		"tag":   huge,
		"zeros": make([]byte, 5000),
	} {
		t.Run(name, func(t *testing.T) {
			a := d.upload(bob, "song.mp3", content)
			if a.Status != http.StatusUnsupportedMediaType || a.Error == "" {
				t.Errorf("got %d %q", a.Status, a.Error)
			}
		})
	}
	if got := d.kept(); got != "[]" {
		t.Errorf("kept %s", got)
	}
	d.expect(d.upload(bob, "song.mp3", mediatest.MP3(lines("good"), time.Second, 440)), http.StatusCreated)
}

func TestUploadOfHostileNames(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	for i, c := range []struct{ name, title string }{ // without a title the name is refused
		{"../../etc/passwd.wav", ""},
		{`..\windows\song.wav`, ""},
		{"a\x00b.wav", ""},
		{"\u202egnp.wav", ""},
		{strings.Repeat("n", 300) + ".wav", ""},
		{"", "Untitled"},
		{`C:\music\Night Bus.wav`, "Night Bus"},
		{"....", "Untitled"},
		{"\xff\xfe.wav", "Untitled"},
		{`<img src=x onerror=alert(1)>.wav`, `<img src=x onerror=alert(1)>`},
	} {
		file := mediatest.WAV(mediatest.Tags{}, time.Duration(i+1)*100*time.Millisecond, 440)
		body, contentType := rawForm(c.name, file)
		a := d.send(bob, d.formRequest(bytes.NewReader(body), contentType))
		refused := a.Status == http.StatusBadRequest
		if refused != (c.title == "") || !refused && (a.Status != http.StatusCreated || a.Song.Title != c.title) {
			t.Errorf("%q gives %d %q, title %q", c.name, a.Status, a.Error, a.Song.Title)
		}
	}
	for i, title := range []string{"a\x00b", "a\u202eb", "a\xffb"} {
		a := d.expect(d.upload(bob, "x.wav", wav("x", 20+i), "title", title), http.StatusCreated)
		if a.Song.Title != "ab" {
			t.Errorf("title %q became %q", title, a.Song.Title)
		}
	}
}

// rawForm is a form whose file has a name no well-behaved client sends.
func rawForm(name string, content []byte) (body []byte, contentType string) {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name)
	head := "--edge\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"" + quoted + "\"\r\n\r\n"
	return slices.Concat([]byte(head), content, []byte("\r\n--edge--\r\n")), "multipart/form-data; boundary=edge"
}

func TestUploadOfABadCover(t *testing.T) {
	eachDoor(t, func(d *door) {
		tags := lines("x")
		tags.Picture = []byte("\x89PNG\r\n\x1a\nrubbish")
		a := d.expect(d.upload(bob, "x.flac", mediatest.FLAC(tags, time.Second, 440)), http.StatusCreated)
		if a.Song.CoverURL != nil || len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "The cover was left out: ") {
			d.t.Errorf("got %v, notes %q", a.Song.CoverURL, a.Notes)
		}
		tags.Picture = bomb()
		a = d.expect(d.upload(bob, "y.flac", mediatest.FLAC(tags, 2*time.Second, 440)), http.StatusRequestEntityTooLarge)
		if !strings.Contains(a.Error, "30000 by 30000 pixels") {
			d.t.Errorf("refused with %q", a.Error)
		}
		if got := d.kept(); got != "[audio:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

// bomb is a PNG that claims 30,000 pixels a side.
func bomb() []byte {
	picture := mediatest.PNG(1, 1, color.White)
	copy(picture[16:], []byte{0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30})
	binary.BigEndian.PutUint32(picture[29:], crc32.ChecksumIEEE(picture[12:29]))
	return picture
}

func TestDuplicates(t *testing.T) {
	eachDoor(t, func(d *door) {
		first := d.expect(d.upload(bob, "x.wav", wav("One", 5)), http.StatusCreated).Song
		again := d.expect(d.upload(cyd, "y.wav", wav("One", 5), "title", "Other"), http.StatusOK)
		if !again.Duplicate || again.Song.ID != first.ID || again.Song.Title != "One" {
			d.t.Errorf("the same file gives %+v", again)
		}
		other := d.expect(d.upload(bob, "x.wav", wav("Two", 5)), http.StatusCreated).Song
		if other.ID == first.ID {
			d.t.Error("the same audio under another title is the same song")
		}
		if got := d.kept(); got != "[audio:2 covers:1]" {
			d.t.Errorf("kept %s", got)
		}
	})
}

func TestPrivateUploadsAreNobodyElses(t *testing.T) {
	eachDoor(t, func(d *door) {
		mine := d.expect(d.upload(bob, "x.wav", wav("One", 5), "private", "true"), http.StatusCreated).Song
		theirs := d.expect(d.upload(cyd, "x.wav", wav("One", 5)), http.StatusCreated)
		if theirs.Duplicate || theirs.Song.ID == mine.ID || theirs.Song.LibraryID == mine.LibraryID {
			d.t.Errorf("a private song shows: %+v", theirs)
		}
		if got := d.kept(); got != "[audio:1 covers:1]" {
			d.t.Errorf("identical bytes are kept as %s", got)
		}
		again := d.expect(d.upload(bob, "x.wav", wav("One", 5), "private", "true"), http.StatusOK)
		if again.Song.ID != mine.ID && again.Song.ID != theirs.Song.ID {
			d.t.Errorf("again gives %+v", again)
		}
		for _, method := range []string{http.MethodDelete, http.MethodPatch} {
			for _, who := range []struct {
				name   string
				status int
			}{{"cyd", d.ask(cyd, method, fmt.Sprintf("/songs/%d", mine.ID), `{"title":"x"}`).Status}, {"ada", d.ask(ada, method, fmt.Sprintf("/songs/%d", mine.ID), `{"title":"x"}`).Status}} {
				if who.status != http.StatusNotFound {
					d.t.Errorf("%s by %s gives %d", method, who.name, who.status)
				}
			}
		}
		libraries := d.ask(bob, http.MethodGet, "/libraries", "").Libraries
		if len(libraries) != 3 || libraries[0].Kind != "uploads" || libraries[1].Kind != "private" || libraries[1].SongCount != 1 || libraries[2].Kind != "folder" {
			d.t.Errorf("libraries are %+v", libraries)
		}
		if len(d.ask(cyd, http.MethodGet, "/libraries", "").Libraries) != 2 {
			d.t.Error("another's private library is listed")
		}
		d.expect(d.ask(bob, http.MethodDelete, fmt.Sprintf("/songs/%d", mine.ID), ""), http.StatusNoContent)
		if got := d.kept(); got != "[audio:1 covers:1]" {
			d.t.Errorf("bytes that another song uses: %s", got)
		}
		d.expect(d.ask(cyd, http.MethodDelete, fmt.Sprintf("/songs/%d", theirs.Song.ID), ""), http.StatusNoContent)
		if got := d.kept(); got != "[]" {
			d.t.Errorf("left %s", got)
		}
	})
}

func TestFirstPrivateUploadIsThereAtOnce(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	mine := d.expect(d.upload(bob, "x.wav", wav("One", 5), "private", "true"), http.StatusCreated).Song
	d.clock.Advance(-time.Second) // as far as the next request moves it on: the scope from before is not yet old
	d.expect(d.ask(bob, http.MethodPatch, fmt.Sprintf("/songs/%d", mine.ID), `{"title":"x"}`), http.StatusOK)
}

func TestRaceOfEqualUploads(t *testing.T) {
	eachDoor(t, func(d *door) {
		var all sync.WaitGroup
		answers := make(chan reply, 6)
		for range cap(answers) {
			all.Go(func() { answers <- d.upload(bob, "x.wav", wav("One", 5)) })
		}
		all.Wait()
		close(answers)
		ids, created := map[int64]bool{}, 0
		for a := range answers {
			ids[a.Song.ID] = true
			if a.Status == http.StatusCreated {
				created++
			}
		}
		if len(ids) != 1 || created != 1 || d.kept() != "[audio:1 covers:1]" {
			d.t.Errorf("songs %v, %d created, kept %s", ids, created, d.kept())
		}
	})
}

func TestUploadTooLarge(t *testing.T) {
	d := newSQLiteDoor(t, 1<<20)
	stream := &counted{Reader: io.MultiReader(strings.NewReader("--edge\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"x\"\r\n\r\n"), zeros{})}
	a := d.send(bob, d.formRequest(stream, "multipart/form-data; boundary=edge"))
	if a.Status != http.StatusRequestEntityTooLarge || stream.n > 2<<20 {
		t.Errorf("got %d %q after %d bytes", a.Status, a.Error, stream.n)
	}
	announced := d.formRequest(strings.NewReader(""), "multipart/form-data; boundary=edge")
	announced.ContentLength = 3 << 20
	if a := d.send(bob, announced); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("an announced one gives %d", a.Status)
	}
	if got := d.kept(); got != "[]" {
		t.Errorf("kept %s", got)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func TestUploadOfABrokenForm(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	body, contentType := rawForm("x.wav", wav("x", 5))
	for name, r := range map[string]*http.Request{
		"cut short":    d.formRequest(bytes.NewReader(body[:len(body)/2]), contentType),
		"client gone":  d.formRequest(io.MultiReader(bytes.NewReader(body[:len(body)/2]), iotest.ErrReader(io.ErrUnexpectedEOF)), contentType),
		"no boundary":  d.formRequest(bytes.NewReader(body), "multipart/form-data"),
		"other parts":  d.formRequest(bytes.NewReader(body), strings.Replace(contentType, "form-data", "mixed", 1)),
		"no form":      d.formRequest(bytes.NewReader(body), "application/json"),
		"no file":      d.formRequest(strings.NewReader("--edge--\r\n"), contentType),
		"two files":    d.formRequest(bytes.NewReader(slices.Concat(bytes.TrimSuffix(body, []byte("--\r\n")), []byte("\r\n"), body[len("--edge\r\n"):])), contentType),
		"many fields":  d.formRequest(strings.NewReader(strings.Repeat("--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n", 50)+"--edge--\r\n"), contentType),
		"a long field": d.formRequest(strings.NewReader("--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n"+strings.Repeat("x", 1<<20)+"\r\n--edge--\r\n"), contentType),
	} {
		if a := d.send(bob, r); a.Status < 400 || a.Status >= 500 || a.Error == "" {
			t.Errorf("%s gives %d %q", name, a.Status, a.Error)
		}
		if got := d.kept(); got != "[]" {
			t.Errorf("%s leaves %s", name, got)
		}
	}
	d.expect(d.send(bob, d.formRequest(bytes.NewReader(body), contentType)), http.StatusCreated)
	if a := d.send(nobody, d.formRequest(bytes.NewReader(body), contentType)); a.Status != http.StatusUnauthorized {
		t.Errorf("a stranger's upload gives %d", a.Status)
	}
}
