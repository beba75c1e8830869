package httpapi_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/httpapi"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
	"hathor/internal/stream"
)

// music is a server with a few songs: 1 in an open folder, 2 an upload of Bob's own, 3 in the folder but
// gone from the disk, 4 marked as missing.
type music struct {
	t       *testing.T
	server  *httptest.Server
	folder  string
	bytes   []byte
	shrunk  *atomic.Int64
	cover   string // hash
	objects objects
	rows    *sqlx.DB
}

var (
	ada = account.Identity{User: 1, Session: 11, Role: account.Admin}
	bob = account.Identity{User: 2, Session: 22, Role: account.Member}
)

func newMusic(t *testing.T) *music {
	t.Helper()
	m := &music{t: t, folder: t.TempDir(), bytes: []byte(strings.Repeat("0123456789", 100)), objects: objects(t.TempDir()), shrunk: &atomic.Int64{}}
	path := t.TempDir() + "/hathor.db"
	db, err := sqlstore.Open(t.Context(), "sqlite://"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.plant(path)
	catalogue := sqlstore.NewCatalogue(db)

	songs := library.NewService(catalogue, clock.System{})
	streams := stream.NewService(stream.Parts{Catalogue: catalogue, Objects: m.objects, Folders: stream.RootedFolders{}, Signer: signer{}, Shrinker: shrinker{m.shrunk}, Resizes: 1})
	handler, err := httpapi.New(httpapi.Services{Version: "test", Library: songs, Stream: streams}, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	m.server = httptest.NewServer(signIn(handler))
	t.Cleanup(m.server.Close)
	return m
}

// signIn takes the identity from a header, as the real gates take it from a token.
func signIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("X-Test-User") {
		case "ada":
			r = r.WithContext(httpapi.WithIdentity(r.Context(), ada))
		case "bob":
			r = r.WithContext(httpapi.WithIdentity(r.Context(), bob))
		}
		next.ServeHTTP(w, r)
	})
}

func (m *music) plant(path string) {
	m.t.Helper()
	var err error
	if m.rows, err = sqlx.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(ON)&_pragma=busy_timeout(5000)"); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = m.rows.Close() })
	if err := os.WriteFile(filepath.Join(m.folder, "one.mp3"), m.bytes, 0o600); err != nil {
		m.t.Fatal(err)
	}
	picture := []byte("\xff\xd8\xff\xe0 a picture")
	sum := sha256.Sum256(picture)
	m.cover = hex.EncodeToString(sum[:])
	m.keep(library.CoverKey(m.cover), picture)
	m.keep("audio/ab/abcdef", m.bytes)
	for id, name := range []string{"ada", "bob"} {
		m.run(`INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at) VALUES (?, ?, ?, ?, '', '', '', 'member', 0)`, id+1, name, name, name)
	}
	m.run("INSERT INTO libraries (id, kind, name, path, owner_id, is_open, created_at) VALUES (1, 'folder', 'Music', ?, NULL, TRUE, 0), (2, 'private', 'Bob', NULL, 2, FALSE, 0)", m.folder)
	m.run("INSERT INTO covers (id, hash, media_type, width, height, hue, created_at) VALUES (1, ?, 'image/jpeg', 900, 900, 10, 0)", m.cover)
	m.run("INSERT INTO artists (id, key, name, sort_name, sort_key, created_at) VALUES (1, 'mo', 'Mø', 'Mø', 'mo', 0), (2, 'bob', 'Bob', 'Bob', 'bob', 0)")
	m.run(`INSERT INTO albums (id, library_id, key, title, title_key, artist, artist_key, year, song_count, duration, cover_id, is_compilation, shuffle, created_at)
		VALUES (1, 1, 'a', 'Open', 'open', 'Mø', 'mo', 0, 3, 0, 1, FALSE, 0, 0), (2, 2, 'b', 'Secret', 'secret', 'Bob', 'bob', 0, 1, 0, 1, FALSE, 0, 0)`)
	m.run("INSERT INTO album_artists (album_id, artist_id, position) VALUES (1, 1, 0), (2, 2, 0)")
	m.song(1, 1, 1, "Ünder \"quotes\"", "one.mp3", "")
	m.song(2, 2, 2, "Secret", "", "audio/ab/abcdef")
	m.song(3, 1, 1, "Vanished", "gone.mp3", "")
	m.song(4, 1, 1, "Missing", "missing.mp3", "")
	m.run("UPDATE songs SET missing_since = 1 WHERE id = 4")
}

func (m *music) song(id, lib, album int, title, path, object string) {
	m.t.Helper()
	m.run(`INSERT INTO songs (id, library_id, album_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track, disc, duration,
		bit_rate, sample_rate, channels, bit_depth, format, size, cover_id, path, object_key, modified_at, content_hash, shuffle, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, 'Mø', 'mo', 'Open', 'open', ?, 0, ?, 1, 1000, 128, 44100, 2, 0, 'mp3', 1000, 1, NULLIF(?, ''), NULLIF(?, ''), 0, x'abcdef', 0, ?, 0)`,
		id, lib, album, title, library.Key(title), library.SearchText(title, "Mø", "Open"), id, path, object, id)
	m.run("INSERT INTO song_artists (song_id, artist_id, role, position) VALUES (?, ?, 'artist', 0)", id, lib)
}

func (m *music) run(query string, args ...any) {
	m.t.Helper()
	if _, err := m.rows.ExecContext(m.t.Context(), query, args...); err != nil {
		m.t.Fatal(err)
	}
}

func (m *music) keep(key string, content []byte) {
	m.t.Helper()
	if err := m.objects.Put(m.t.Context(), key, content); err != nil {
		m.t.Fatal(err)
	}
}

// got is an answer, read whole.
type got struct {
	status int
	header http.Header
	body   string
	json   map[string]any
}

// ask sends a request as the user; headers are "Name: value".
func (m *music) ask(user, method, path, body string, headers ...string) got {
	m.t.Helper()
	request, err := http.NewRequestWithContext(m.t.Context(), method, m.server.URL+path, strings.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	request.Header.Set("X-Test-User", user)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		request.Header.Set(name, value)
	}
	response, err := m.server.Client().Do(request)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		m.t.Fatal(err)
	}
	g := got{status: response.StatusCode, header: response.Header, body: string(content)}
	_ = json.Unmarshal(content, &g.json)
	return g
}

// objects is a store of files in one folder.
type objects string

func (o objects) file(key string) string {
	return filepath.Join(string(o), strings.ReplaceAll(key, "/", "_"))
}

func (o objects) Open(_ context.Context, key string) (stream.File, error) {
	f, err := os.Open(o.file(key))
	if err != nil {
		return nil, fault.Missing("Object").Because(err)
	}
	return f, nil
}

func (o objects) Put(_ context.Context, key string, content []byte) error {
	return os.WriteFile(o.file(key), content, 0o600)
}

// shrinker counts its work.
type shrinker struct{ made *atomic.Int64 }

func (s shrinker) Shrink(_ context.Context, picture []byte, side int) ([]byte, string, error) {
	s.made.Add(1)
	return fmt.Appendf(nil, "\xff\xd8\xff\xe0 %d of %d", side, len(picture)), "image/jpeg", nil
}

// signer signs with the plain words.
type signer struct{}

func (signer) Sign(who account.Identity, object string, ttl time.Duration) (string, time.Time) {
	return url.Values{"signature": {fmt.Sprintf("%d for %s", who.User, object)}}.Encode(), time.Unix(0, 0).UTC().Add(ttl)
}

func (signer) Verify(_ context.Context, object string, query url.Values) (account.Identity, error) {
	for _, who := range []account.Identity{ada, bob} {
		if query.Get("signature") == fmt.Sprintf("%d for %s", who.User, object) {
			return who, nil
		}
	}
	return account.Identity{}, fault.New(fault.Unauthenticated, "bad_signature", "This address has expired")
}
