package ingest_test

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hathor/internal/account"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// The people of every house. Ada is the admin.
const (
	ada account.UserID = 1
	bob account.UserID = 2
)

// house is everything that takes music in, over a real database, a real object store and a music folder.
type house struct {
	t       *testing.T
	driver  string // and source: the database, for what no door tells
	source  string
	music   string
	objects string
	clock   *clock.Fake
	service *ingest.Service
	scanner *ingest.Scanner
	library *library.Service
	store   *sqlstore.Ingest
	mail    *sqlstore.Arrivals
	disk    *blob.Disk
}

// eachHouse runs test on both databases; the PostgreSQL half needs the server installed.
func eachHouse(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(newSQLiteHouse(t)) })
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		test(newHouse(t, url, "pgx", url))
	})
}

func newSQLiteHouse(t *testing.T) *house {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hathor.db")
	return newHouse(t, "sqlite://"+path, "sqlite", path)
}

func newHouse(t *testing.T, url, driver, source string) *house {
	t.Helper()
	h := &house{t: t, driver: driver, source: source, music: t.TempDir(), objects: t.TempDir(), clock: clock.NewFake(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))}
	db, err := sqlstore.Open(t.Context(), url)
	h.must(err)
	t.Cleanup(func() { _ = db.Close() })
	h.must(db.Migrate(t.Context()))
	h.people(driver, source)
	h.disk, err = blob.OpenDisk(h.objects)
	h.must(err)
	t.Cleanup(func() { _ = h.disk.Close() })
	h.store, h.mail = sqlstore.NewIngest(db, h.clock), sqlstore.NewArrivals(db)
	h.library = library.NewService(sqlstore.NewCatalogue(db), h.clock)
	h.build(media.NewReader(clock.NewFake(h.clock.Now()))) // a leap of the house's clock is no slow disk
	h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
	return h
}

// build makes service and scanner anew, with another reader of files.
func (h *house) build(reader ingest.Reader) {
	h.service = ingest.NewService(h.parts(reader))
	h.scanner = ingest.NewScanner(h.service, h.store)
	h.t.Cleanup(h.scanner.Close)
}

func (h *house) parts(reader ingest.Reader) ingest.Parts {
	return ingest.Parts{
		Objects: h.disk, Catalogue: h.store, Journal: h.store, Names: h.store, Files: h.store, Tags: media.NewWriter(h.clock), Libraries: h.store, Reader: reader, Inspector: media.NewPictures(2),
		Clock: h.clock, MaxFileSize: 64 << 20,
	}
}

func (h *house) people(driver, source string) {
	h.t.Helper()
	raw, err := sql.Open(driver, source)
	h.must(err)
	defer func() { _ = raw.Close() }()
	_, err = raw.ExecContext(h.t.Context(), `INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
		VALUES (1, 'ada', 'ada', 'ada', '', '', '', 'admin', 0), (2, 'bob', 'bob', 'bob', '', '', '', 'member', 0)`)
	h.must(err)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func identity(user account.UserID) account.Identity {
	if user == ada {
		return account.Identity{User: ada, Role: account.Admin}
	}
	return account.Identity{User: user, Role: account.Member}
}

// scope is what the user may hear now.
func (h *house) scope(user account.UserID) library.Scope {
	h.t.Helper()
	h.clock.Advance(time.Second) // what was remembered of it is old
	scope, err := h.library.Scope(h.t.Context(), identity(user))
	h.must(err)
	return scope
}

// songs are all songs that are there, by title.
func (h *house) songs() map[string]library.Song {
	h.t.Helper()
	page, err := h.library.ListSongs(h.t.Context(), h.scope(ada), library.SongQuery{Paging: library.Paging{Limit: 500}})
	h.must(err)
	songs := map[string]library.Song{}
	for _, s := range page.Songs {
		songs[s.Title] = s
	}
	return songs
}

// gone are the titles of the songs whose files are not there.
func (h *house) gone() []string {
	h.t.Helper()
	var titles []string
	raw, err := sql.Open(h.driver, h.source)
	h.must(err)
	defer func() { _ = raw.Close() }()
	rows, err := raw.QueryContext(h.t.Context(), "SELECT title FROM songs WHERE missing_since IS NOT NULL ORDER BY title")
	h.must(err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var title string
		h.must(rows.Scan(&title))
		titles = append(titles, title)
	}
	h.must(rows.Err())
	return titles
}

func (h *house) titles() []string {
	h.t.Helper()
	var titles []string
	for title := range h.songs() {
		titles = append(titles, title)
	}
	slices.Sort(titles)
	return titles
}

func (h *house) path(name string) string { return filepath.Join(h.music, filepath.FromSlash(name)) }

// put writes a file of the music folder, older by age than the clock's beginning.
func (h *house) put(name string, content []byte) {
	h.t.Helper()
	h.must(os.MkdirAll(filepath.Dir(h.path(name)), 0o755))
	h.must(os.WriteFile(h.path(name), content, 0o644))
	h.clock.Advance(time.Minute)
	h.must(os.Chtimes(h.path(name), h.clock.Now(), h.clock.Now()))
}

// scan runs one scan to its end.
func (h *house) scan() ingest.State {
	h.t.Helper()
	h.must(h.scanner.Start(h.t.Context(), false))
	h.scanner.Wait()
	return h.scanner.State()
}

// counts are the numbers of a state: seen, added, updated, missing, failed.
func counts(s ingest.State) [5]int { return [5]int{s.Seen, s.Added, s.Updated, s.Missing, s.Failed} }

func (h *house) expect(s ingest.State, want [5]int) {
	h.t.Helper()
	if counts(s) != want || s.Running || s.FinishedAt.IsZero() {
		h.t.Errorf("scan gave %v (%+v), want %v; errors: %v", counts(s), s, want, h.problems())
	}
}

// problems are the errors of the last scan: path below the library, then why.
func (h *house) problems() map[string]string {
	h.t.Helper()
	list, total, err := h.scanner.Errors(h.t.Context(), 500, 0)
	h.must(err)
	if total != len(list) {
		h.t.Errorf("%d errors of %d", len(list), total)
	}
	problems := map[string]string{}
	for _, e := range list {
		problems[strings.TrimPrefix(e.Path, filepath.Base(h.music)+"/")] = e.Reason
	}
	return problems
}

// kept lists the files of the object store, staged ones too, by their kinds.
func (h *house) kept() []string {
	h.t.Helper()
	var names []string
	h.must(filepath.WalkDir(h.objects, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.Split(strings.TrimPrefix(name, h.objects+"/"), "/")[0])
		}
		return err
	}))
	slices.Sort(names)
	return names
}
