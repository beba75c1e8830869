package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/media/mediatest"
	"hathor/internal/pgtest"
	"hathor/internal/redistest"
)

// livePatience bounds each wait for something that comes over a socket.
const livePatience = 30 * time.Second

// liveHouse is a server, or two that are one, that listen on real ports. A is the first node and B the last.
type liveHouse struct {
	t       *testing.T
	servers []*httptest.Server
	apps    []*app
	redis   *redistest.Server
}

// eachHouse runs a test on one node with SQLite, and on two with one PostgreSQL and one Redis.
func eachHouse(t *testing.T, test func(*testing.T, *liveHouse)) {
	t.Helper()
	t.Run("one node", func(t *testing.T) { test(t, oneNode(t)) })
	t.Run("two nodes", func(t *testing.T) {
		redis, database := redistest.Start(t), pgtest.URL(t)
		h := &liveHouse{t: t, redis: redis}
		for range 2 {
			h.open(&config.Config{DataDir: t.TempDir(), DatabaseURL: database, RedisURL: redis.URL(), JWTSecret: sharedSecret})
		}
		test(t, h)
	})
}

func oneNode(t *testing.T) *liveHouse {
	h := &liveHouse{t: t}
	h.open(&config.Config{DataDir: t.TempDir()})
	return h
}

func (h *liveHouse) open(c *config.Config) {
	h.t.Helper()
	c.Registration, c.MaxFileSize, c.MaxBodySize = config.RegistrationOpen, 1<<20, 10<<20
	c.ClientURL = []config.Origin{"https://app.example.org"}
	a := built(h.t, c)
	server := httptest.NewServer(a.handler)
	h.t.Cleanup(server.Close)
	h.apps, h.servers = append(h.apps, a), append(h.servers, server)
}

func (h *liveHouse) a() string { return h.servers[0].URL }
func (h *liveHouse) b() string { return h.servers[len(h.servers)-1].URL }

// member is somebody who is signed in, at one node.
type member struct {
	h          *liveHouse
	url, token string
	// cookieValue is sent to open a socket, as a browser would.
	cookieValue string
}

// cookie signs in as the web client does.
func (m member) cookie(name string) string {
	m.h.t.Helper()
	body := fmt.Sprintf(`{"username":%q,"password":"Correct1horse","client":"web"}`, name)
	answer, err := http.Post(m.url+"/api/auth/login", "application/json", strings.NewReader(body))
	if err != nil {
		m.h.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	for _, c := range answer.Cookies() {
		return c.Name + "=" + c.Value
	}
	m.h.t.Fatalf("no cookie: %d", answer.StatusCode)
	return ""
}

func (h *liveHouse) register(name string) member {
	h.t.Helper()
	m := member{h: h, url: h.a()}
	got := m.call(http.MethodPost, "/auth/register", fmt.Sprintf(`{"username":%q,"email":"%s@example.org","password":"Correct1horse"}`, name, name), 201)
	m.token = got.text("token")
	return m
}

// at is the same member at another node.
func (m member) at(url string) member { m.url = url; return m }

// heard is JSON that came from the server.
type heard map[string]any

func (s heard) at(path string) any {
	var here any = map[string]any(s)
	for name := range strings.SplitSeq(path, ".") {
		switch v := here.(type) {
		case map[string]any:
			here = v[name]
		case []any:
			var n int
			if _, err := fmt.Sscan(name, &n); err != nil || n >= len(v) {
				return nil
			}
			here = v[n]
		default:
			return nil
		}
	}
	return here
}

func (s heard) text(path string) string { return fmt.Sprint(s.at(path)) }

func (m member) call(method, path, body string, want int) heard {
	m.h.t.Helper()
	r, err := http.NewRequestWithContext(m.h.t.Context(), method, m.url+"/api"+path, strings.NewReader(body))
	if err != nil {
		m.h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	return m.send(r, want)
}

func (m member) send(r *http.Request, want int) heard {
	m.h.t.Helper()
	if m.token != "" {
		r.Header.Set("Authorization", "Bearer "+m.token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		m.h.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		m.h.t.Fatalf("%s %s: got %d %.400s, want %d, %v", r.Method, r.URL.Path, answer.StatusCode, text, want, err)
	}
	var out heard
	_ = json.Unmarshal(text, &out)
	return out
}

// song uploads one and returns its id.
func (m member) song(title string) int64 {
	m.h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("audio", title+".wav")
	if err == nil {
		_, err = part.Write(mediatest.WAV(mediatest.Tags{Title: title}, 2*time.Second, 440))
	}
	if err = errors.Join(err, form.Close()); err != nil {
		m.h.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(m.h.t.Context(), http.MethodPost, m.h.a()+"/api/songs/upload", &body)
	if err != nil {
		m.h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return int64(m.send(r, 201).at("song.id").(float64))
}

func (m member) device(id string) {
	m.h.t.Helper()
	m.call(http.MethodPut, "/playback/devices/"+id, `{"name":"`+id+`","kind":"web"}`, 200)
}

// listener is a connection to the live channel.
type listener struct {
	t      *testing.T
	conn   *websocket.Conn
	unread []heard
	first  heard // the snapshot
}

// dial opens a socket without a word. from is the page's origin, empty for no browser.
func (m member) dial(from string) (*listener, *http.Response, error) {
	header := http.Header{}
	if m.token != "" {
		header.Set("Authorization", "Bearer "+m.token)
	}
	if m.cookieValue != "" {
		header.Set("Cookie", m.cookieValue)
	}
	if from != "" {
		header.Set("Origin", from)
	}
	ctx, cancel := context.WithTimeout(m.h.t.Context(), livePatience)
	defer cancel()
	conn, answer, err := websocket.DefaultDialer.DialContext(ctx, "ws"+strings.TrimPrefix(m.url, "http")+"/api/live", header)
	if err != nil {
		return nil, answer, err
	}
	m.h.t.Cleanup(func() { _ = conn.Close() })
	return &listener{t: m.h.t, conn: conn}, answer, nil
}

// listen connects as a device, or as none, and waits for the beginning.
func (m member) listen(device string) *listener {
	m.h.t.Helper()
	l, _, err := m.dial("")
	if err != nil {
		m.h.t.Fatal(err)
	}
	data := `{}`
	if device != "" {
		data = `{"deviceId":"` + device + `"}`
	}
	l.say(`{"id":1,"connect":{"data":` + data + `}}`)
	l.first = l.await("snapshot", nil)
	return l
}

func (l *listener) say(text string) {
	l.t.Helper()
	if err := l.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		l.t.Fatal(err)
	}
}

// next returns what comes next of any kind: replies and pushes as they are.
func (l *listener) next() (heard, error) {
	if err := l.conn.SetReadDeadline(clock.System{}.Now().Add(livePatience)); err != nil {
		return nil, err
	}
	for len(l.unread) == 0 {
		_, frame, err := l.conn.ReadMessage()
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(frame) {
			var one heard
			if err := json.Unmarshal(line, &one); err != nil {
				return nil, fmt.Errorf("read %q: %w", line, err)
			}
			if len(one) == 0 { // a ping
				l.say(`{}`)
				continue
			}
			l.unread = append(l.unread, one)
		}
	}
	one := l.unread[0]
	l.unread = l.unread[1:]
	return one, nil
}

// message returns the next message of ours.
func (l *listener) message() (heard, error) {
	for {
		one, err := l.next()
		if err != nil {
			return nil, err
		}
		for _, path := range []string{"push.pub.data", "push.message.data"} {
			if data, ok := one.at(path).(map[string]any); ok {
				return data, nil
			}
		}
	}
}

// await returns the next message of the type for which holds is true.
func (l *listener) await(kind string, holds func(heard) bool) heard {
	l.t.Helper()
	for {
		m, err := l.message()
		if err != nil {
			l.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if m.at("type") == kind && (holds == nil || holds(m)) {
			return m
		}
	}
}

// closed reads until the server ends the connection and returns the code.
func (l *listener) closed() int {
	l.t.Helper()
	for {
		_, err := l.next()
		var end *websocket.CloseError
		if errors.As(err, &end) {
			return end.Code
		}
		if err != nil {
			l.t.Fatalf("the connection broke without a word: %v", err)
		}
	}
}
