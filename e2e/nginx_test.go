package e2e

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// proxied is the environment of a program behind an nginx on loopback.
var proxied = []string{throughNginx, "TRUSTED_PROXIES=127.0.0.0/8"}

func TestEveryRouteThroughNginx(t *testing.T) { walk(t, proxied...) }

func TestBadRequestsThroughNginx(t *testing.T) { sendBadRequests(t, proxied...) }

func TestNginxAddsNothingToAnswers(t *testing.T) {
	c, _ := limited(t, proxied...)
	id := c.add(mediatest.WAV(mediatest.Tags{Title: "Line"}, time.Second, 440)).Song.ID
	for _, path := range []string{"/", "/api/songs", "/api/nope", fmt.Sprintf("/api/songs/%d/stream", id)} {
		r := c.ask(http.MethodGet, path, "")
		for _, name := range append([]string{"Content-Type", "Cache-Control", "Date"}, everyAnswer...) {
			if got := r.header.Values(name); len(got) != 1 {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if server := r.header.Get("Server"); server != "nginx" {
			t.Errorf("%s: Server tells %q", path, server)
		}
	}
}

func TestRangesThroughNginx(t *testing.T) {
	c, _ := limited(t, proxied...)
	file := mediatest.WAV(mediatest.Tags{Title: "Line"}, 10*time.Second, 440)
	path := fmt.Sprintf("/api/songs/%d/stream", c.add(file).Song.ID)
	for asked, want := range map[string]struct {
		status      int
		first, last int
	}{
		"bytes=0-0":          {206, 0, 0},
		"bytes=1000-70999":   {206, 1000, 70999},
		"bytes=-500":         {206, len(file) - 500, len(file) - 1},
		"bytes=99999999999-": {416, 0, -1},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+c.token)
		request.Header.Set("Range", asked)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != want.status {
			t.Errorf("%s: got %d, %v", asked, answer.StatusCode, err)
			continue
		}
		if want.status == 206 && (string(body) != string(file[want.first:want.last+1]) || answer.ContentLength != int64(len(body))) {
			t.Errorf("%s: got %d bytes of %q", asked, len(body), answer.Header.Get("Content-Range"))
		}
	}
}

// TestNginxSpoolsNothing sends the largest file there may be, halts amid it both ways, and looks at nginx.
func TestNginxSpoolsNothing(t *testing.T) {
	const size, large = 500_000_000, 48 << 20
	folder := filepath.Join(t.TempDir(), "data")
	p := start(t, folder, "LOG_LEVEL=error")
	f := newFront(t, "nginx.conf", p.url)
	c := register(t, f.url, "anna")
	file := newLongFile(size)
	halfway, goOn := make(chan struct{}), make(chan struct{})
	media, body := file.form(t, func() { close(halfway); <-goOn })
	answered := make(chan reply, 1)
	go func() {
		defer close(answered)
		if r, err := c.sendOnce(http.MethodPost, "/api/songs/upload", media, body); err == nil {
			answered <- r
		}
	}()
	<-halfway
	until(t, time.Minute, func() bool { return staged(t, folder) > size*4/10 }) // the server has it, so nginx passed it on
	if got := f.spooled(t); len(got) > 0 {
		t.Errorf("spooled amid an upload: %v", got)
	}
	close(goOn)
	r, ok := <-answered
	if !ok || r.status != http.StatusCreated {
		t.Fatalf("the upload got %d %.300s", r.status, r.body)
	}
	songs := c.want(http.StatusOK, http.MethodGet, "/api/songs", "")
	stream := begin(t, c, fmt.Sprintf("/api/songs/%s/stream", firstID(t, songs.body)))
	got := sha256.New()
	n, err := io.Copy(got, &stepwise{Reader: stream, look: func() {
		if files := f.spooled(t); len(files) > 0 && !t.Failed() {
			t.Errorf("spooled amid a stream: %v", files)
		}
	}})
	if err != nil || n != size || string(got.Sum(nil)) != string(file.hash.Sum(nil)) {
		t.Errorf("streamed %d bytes, %v; other bytes than were sent?", n, err)
	}
	if got := f.memory(t); got > large {
		t.Errorf("nginx holds %d bytes", got)
	}
}

// stepwise looks around now and then as it reads, which leaves whoever sends time to run ahead.
type stepwise struct {
	io.Reader
	look  func()
	reads int
}

func (s *stepwise) Read(p []byte) (int, error) {
	if s.reads++; s.reads%64 == 0 {
		s.look()
	}
	return s.Reader.Read(p)
}

// longFile is a WAV file of silence that is never in memory whole.
type longFile struct {
	size int64
	head []byte
	hash hash.Hash
}

func newLongFile(size int64) *longFile {
	var head bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(size - 8), []byte("WAVEfmt "), uint32(16),
		uint16(1), uint16(2), uint32(44100), uint32(4 * 44100), uint16(4), uint16(16), // PCM, stereo, 16 bits
		[]byte("data"), uint32(size - 44),
	} {
		_ = binary.Write(&head, binary.LittleEndian, part) // to memory
	}
	return &longFile{size, head.Bytes(), sha256.New()}
}

// form is the file as an upload; amid it, pause is called.
func (f *longFile) form(t *testing.T, pause func()) (media string, body io.Reader) {
	read, write := io.Pipe()
	w := multipart.NewWriter(write)
	go func() {
		part, err := w.CreateFormFile("audio", "long.wav")
		if err == nil {
			err = f.write(io.MultiWriter(part, f.hash), pause)
		}
		if err == nil {
			err = w.Close()
		}
		write.CloseWithError(err)
	}()
	t.Cleanup(func() { _ = read.Close() })
	return w.FormDataContentType(), read
}

func (f *longFile) write(to io.Writer, pause func()) error {
	if _, err := to.Write(f.head); err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	paused := false
	for left := f.size - int64(len(f.head)); left > 0; left -= int64(len(block)) {
		if !paused && left < f.size/2 {
			paused = true
			pause()
		}
		if _, err := to.Write(block[:min(left, int64(len(block)))]); err != nil {
			return err
		}
	}
	return nil
}

// staged is how much of an upload the server has written.
func staged(t *testing.T, folder string) int64 {
	t.Helper()
	var sum int64
	for _, name := range objects(t, folder) {
		if info, err := os.Stat(filepath.Join(folder, "objects", name)); err == nil {
			sum += info.Size()
		}
	}
	return sum
}

func firstID(t *testing.T, body []byte) string {
	t.Helper()
	_, after, ok := strings.Cut(string(body), `"id":`)
	if !ok {
		t.Fatalf("no song in %.300s", body)
	}
	return after[:strings.IndexAny(after, ",}")]
}

// TestAddressThroughNginx: the address is the listener's, whatever the listener says it is.
func TestAddressThroughNginx(t *testing.T) {
	c, _ := limited(t, proxied...)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 77)}}
	there := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	defer there.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/api/auth/login",
		strings.NewReader(`{"username":"anna","password":"`+password+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Forwarded-For", "203.0.113.9")
	answer, err := there.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status)
	}
	sessions := c.want(http.StatusOK, http.MethodGet, "/api/auth/sessions", "")
	if text := string(sessions.body); !strings.Contains(text, `"ip":"127.0.0.77"`) || strings.Contains(text, "203.0.113.9") {
		t.Errorf("got %s", text)
	}
}

// TestSocketThroughNginx upgrades a connection to a server that says back what it hears.
func TestSocketThroughNginx(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "websocket" || r.Header.Get("Connection") != "upgrade" {
			w.WriteHeader(http.StatusUpgradeRequired)
			return
		}
		connection, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = connection.Close() }()
		_, _ = rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
		_ = rw.Flush()
		_, _ = io.Copy(connection, rw)
	}))
	defer echo.Close()
	f := newFront(t, "nginx.conf", echo.URL)
	for _, path := range []string{"/api/live", "/api/connection/websocket", "/anything"} {
		connection, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = connection.Close() })
		_, _ = fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", path)
		in := bufio.NewReader(connection)
		answer, err := http.ReadResponse(in, nil)
		if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
			t.Fatalf("%s: got %v %v", path, answer, err)
		}
		for _, word := range []string{"one\n", "two\n"} { // the second comes back though nothing else is sent
			_, _ = io.WriteString(connection, word)
			if got, err := in.ReadString('\n'); err != nil || got != word {
				t.Errorf("%s: said %q, heard %q %v", path, word, got, err)
			}
		}
	}
}

// TestNginxHasErrorsOfOurShape: nobody answers behind it, or it refuses by itself.
func TestNginxHasErrorsOfOurShape(t *testing.T) {
	f := newFront(t, "nginx.conf", "http://127.0.0.1:"+freePort(t))
	c := &client{t: t, url: f.url}
	r, err := c.sendOnce(http.MethodGet, "/api/songs", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, r, http.StatusServiceUnavailable)
	refuses(t, c.ask("TRACE", "/api/songs", ""), http.StatusMethodNotAllowed)
	refuses(t, c.ask(http.MethodGet, "/api/songs/1%00", ""), http.StatusBadRequest)
	connection, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	_, _ = io.WriteString(connection, "POST /api/songs/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	refuses(t, reply{http.MethodPost, answer.StatusCode, answer.Header, body}, http.StatusRequestEntityTooLarge)
}

// TestTLSOfNginx serves HTTP/2 with the protection that TLS brings, each header once.
func TestTLSOfNginx(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_LEVEL=error", "TRUSTED_PROXIES=127.0.0.1")
	f := newFront(t, "nginx-tls.conf", p.url)
	trust := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer trust.CloseIdleConnections()
	answer, err := trust.Get("https://127.0.0.1:" + f.tlsPort + "/api/auth/session")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.ProtoMajor != 2 || answer.StatusCode != http.StatusOK {
		t.Errorf("got %s %s", answer.Proto, answer.Status)
	}
	if got := answer.Header.Values("Strict-Transport-Security"); len(got) != 1 {
		t.Errorf("Strict-Transport-Security: %q", got)
	}
	register(t, p.url, "anna")
	signIn, err := trust.Post("https://127.0.0.1:"+f.tlsPort+"/api/auth/login", "application/json",
		strings.NewReader(`{"username":"anna","password":"`+password+`","client":"web"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = signIn.Body.Close()
	if cookies := signIn.Cookies(); len(cookies) != 1 || !strings.HasPrefix(cookies[0].Name, "__Host-") || !cookies[0].Secure {
		t.Errorf("got %s and cookies %v", signIn.Status, cookies)
	}
	plain, err := trust.Get(f.url + "/albums?sort=year")
	if err != nil {
		t.Fatal(err)
	}
	_ = plain.Body.Close()
	if got := plain.Header.Get("Location"); plain.StatusCode != http.StatusPermanentRedirect || got != "https://127.0.0.1/albums?sort=year" {
		t.Errorf("plain http leads to %s %q", plain.Status, got)
	}
}
