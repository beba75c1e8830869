package httpapi_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/household"
	"hathor/internal/httpapi"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// The people of these tests. Ada is the admin.
var (
	nobody = account.Identity{}
	cyd    = account.Identity{User: 3, Role: account.Member}
)

const maxFile = 8 << 20

// door is the REST API over real stores, asked by whoever a test likes.
type door struct {
	t       *testing.T
	handler http.Handler
	objects string
	music   string
	scanner *ingest.Scanner
	// accounts only keeps the audit log here: tests say themselves who asks.
	accounts *account.Service
	service  *ingest.Service
	inbox    *ingest.Inbox
	clock    *clock.Fake
}

func eachDoor(t *testing.T, test func(d *door)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(newSQLiteDoor(t, maxFile)) })
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		test(newDoor(t, url, "pgx", url, maxFile))
	})
}

func newSQLiteDoor(t *testing.T, limit int64) *door {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hathor.db")
	return newDoor(t, "sqlite://"+path, "sqlite", path, limit)
}

func newDoor(t *testing.T, url, driver, source string, limit int64) *door {
	t.Helper()
	return openDoor(t, t.TempDir(), url, driver, source, limit, 0)
}

// openDoor is a door over a folder of objects that is there.
func openDoor(t *testing.T, objects, url, driver, source string, limit int64, patience time.Duration) *door {
	t.Helper()
	d := &door{t: t, objects: objects, music: t.TempDir(), clock: clock.NewFake(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))}
	db, err := sqlstore.Open(t.Context(), url)
	d.must(err)
	t.Cleanup(func() { _ = db.Close() })
	d.must(db.Migrate(t.Context()))
	d.people(driver, source)
	disk, err := blob.OpenDisk(d.objects)
	d.must(err)
	t.Cleanup(func() { _ = disk.Close() })
	store := sqlstore.NewIngest(db, d.clock)
	d.accounts, err = account.NewService(sqlstore.NewAccounts(db), d.clock, account.Settings{
		Secret: []byte(secret), Registration: account.Open, Cost: account.Cost{Memory: 64, Time: 1, Threads: 1},
	})
	d.must(err)
	d.service = ingest.NewService(ingest.Parts{
		Objects: disk, Catalogue: store, Journal: store, Names: store, Files: store, Tags: media.NewWriter(d.clock), Libraries: store, Reader: media.NewReader(d.clock),
		Inspector: media.NewPictures(2), Clock: d.clock, MaxFileSize: limit,
	})
	songs := library.NewService(sqlstore.NewCatalogue(db), d.clock)
	d.inbox = ingest.NewInbox(ingest.InboxParts{
		Service: d.service, Scopes: songs, Arrivals: sqlstore.NewArrivals(db), Partials: disk.Partials(), Clock: d.clock,
	})
	d.scanner = ingest.NewScanner(d.service, store)
	t.Cleanup(d.scanner.Close)
	d.must(d.scanner.EnsureLibraries(t.Context(), []string{d.music}))
	people := sqlstore.NewHousehold(db, d.clock)
	members := household.NewService(household.Parts{
		Accounts: d.accounts, Departures: people, Belongings: people, Objects: disk, Releaser: d.service, Scopes: songs, Clock: d.clock,
	})
	d.handler, err = httpapi.New(httpapi.Services{
		Household: members, Clock: d.clock, Log: slog.New(slog.DiscardHandler), Ingest: d.service, Inbox: d.inbox, Scanner: d.scanner,
		Library: songs,
		Keeper: ingest.NewKeeper(ingest.KeeperParts{
			Service: d.service, Scanner: d.scanner, Holdings: store, Stock: store, Missing: store, Space: disk, Auditor: d.accounts,
		}),
		Settings: httpapi.Settings{Patience: patience},
	}, http.NotFoundHandler())
	d.must(err)
	return d
}

func (d *door) people(driver, source string) {
	d.t.Helper()
	raw, err := sql.Open(driver, source)
	d.must(err)
	defer func() { _ = raw.Close() }()
	_, err = raw.ExecContext(d.t.Context(), `INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
		VALUES (1, 'ada', 'ada', 'ada', '', '', '', 'admin', 0), (2, 'bob', 'bob', 'bob', '', '', '', 'member', 0),
		(3, 'cyd', 'cyd', 'cyd', '', '', '', 'member', 0)`)
	d.must(err)
}

func (d *door) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// wrongs are the details of a refusal. A song has details of another kind.
type wrongs []struct{ Field, Message string }

func (w *wrongs) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("{")) {
		return nil
	}
	return json.Unmarshal(text, (*[]struct{ Field, Message string })(w))
}

// reply is what tests look at of any answer.
type reply struct {
	Status    int
	Error     string
	Code      string
	Message   string
	Duplicate bool
	Notes     []string
	Details   wrongs
	Song      struct {
		ID                         int64
		Title, Artist, Album       string
		Genre, Format              string
		Year, Track                *int
		AlbumID, UploadedBy        *int64
		Duration                   float64
		CoverURL                   *string
		LibraryID                  int64
		Size                       int64
		BitRate, SampleRate        int
		Artists                    []struct{ Name, Role string }
		Genres                     []string
		CreatedAt                  time.Time
		Missing, Liked             bool
		Rating, Plays, CoverHue    int
		Channels                   int
		BitDepth, Disc, LastPlayed any
	}
	EditID    *int64
	SongCount int
	Songs     []struct {
		ID       int64
		Title    string
		Album    string
		CoverURL *string
	}
	Edits []struct {
		ID        int64
		Kind, By  string
		Summary   string
		SongCount int
		Fields    []string
		Titles    []string
		UndoneAt  *time.Time
	}
	NextCursor *string
	Results    []struct {
		SongID         int64
		Status, Reason string
	}
	Libraries []struct {
		ID        int64
		Name      string
		Kind      string
		SongCount int
	}
	Errors  []struct{ Path, Reason string }
	Total   int
	Running bool
	Seen    int
	Added   int
}

func (a reply) fields() []string {
	var fields []string
	for _, detail := range a.Details {
		fields = append(fields, detail.Field)
	}
	slices.Sort(fields)
	return fields
}

func (d *door) send(who account.Identity, r *http.Request) reply {
	d.t.Helper()
	w := httptest.NewRecorder()
	httpapi.SignedInAs(who, d.handler).ServeHTTP(w, r)
	a := reply{}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			d.t.Errorf("%s %s: %v in %q", r.Method, r.URL, err, w.Body.String())
		}
	}
	a.Status = w.Code
	return a
}

func (d *door) ask(who account.Identity, method, path, body string) reply {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, "/api"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return d.send(who, r)
}

// upload sends a form; fields come in pairs of name and value, before the file.
func (d *door) upload(who account.Identity, name string, content []byte, fields ...string) reply {
	d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		d.must(form.WriteField(fields[i], fields[i+1]))
	}
	if content != nil {
		part, err := form.CreateFormFile("audio", name)
		d.must(err)
		_, err = part.Write(content)
		d.must(err)
	}
	d.must(form.Close())
	return d.send(who, d.formRequest(&body, form.FormDataContentType()))
}

func (d *door) formRequest(body io.Reader, contentType string) *http.Request {
	r := httptest.NewRequestWithContext(d.t.Context(), http.MethodPost, "/api/songs/upload", body)
	r.Header.Set("Content-Type", contentType)
	return r
}

func (d *door) expect(a reply, status int) reply {
	d.t.Helper()
	if a.Status != status {
		d.t.Fatalf("got %d %q %v, want %d", a.Status, a.Error, a.Details, status)
	}
	return a
}

// kept counts the files of the object store by kind, staged ones as ".staging".
func (d *door) kept() string {
	d.t.Helper()
	kinds := map[string]int{}
	d.must(filepath.WalkDir(d.objects, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			kinds[strings.Split(strings.TrimPrefix(name, d.objects+"/"), "/")[0]]++
		}
		return err
	}))
	return strings.TrimPrefix(fmt.Sprint(kinds), "map")
}
