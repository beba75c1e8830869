// Package storetest puts rows into a database for tests whose subject is not how these rows come about:
// users, libraries, songs and covers. Only test files and test-only packages may import it.
package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Rows writes to a migrated database, beside the store under test. It must not be used from several
// goroutines at once.
type Rows struct {
	t      testing.TB
	db     *sqlx.DB
	serial int
}

// Open connects to a database that sqlstore.Open knows by the same url, until t ends.
func Open(t testing.TB, url string) *Rows {
	t.Helper()
	driver, source := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=foreign_keys(ON)&_pragma=busy_timeout(5000)"
	}
	db, err := sqlx.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close rows: %v", err)
		}
	})
	return &Rows{t: t, db: db}
}

// User adds a member.
func (r *Rows) User(name string) account.UserID {
	r.t.Helper()
	return account.UserID(r.insert(`INSERT INTO users
		(username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
		VALUES (?, ?, ?, '', ?, '', 'member', 1) RETURNING id`,
		name, strings.ToLower(name), name+"@example.org", strings.ToUpper(name)))
}

// Library adds a library that everybody hears, or else those with a grant.
func (r *Rows) Library(name string, open bool) library.ID {
	r.t.Helper()
	return library.ID(r.insert(`INSERT INTO libraries (kind, name, is_open, created_at)
		VALUES ('uploads', ?, ?, 1) RETURNING id`, name, open))
}

// Grant lets the user hear the library.
func (r *Rows) Grant(to account.UserID, of library.ID) {
	r.t.Helper()
	r.execute("INSERT INTO library_grants (library_id, user_id) VALUES (?, ?)", of, to)
}

// Revoke takes all grants of the library back.
func (r *Rows) Revoke(of library.ID) {
	r.t.Helper()
	r.execute("DELETE FROM library_grants WHERE library_id = ?", of)
}

// Cover adds a cover with a hash of its own.
func (r *Rows) Cover(hue int) library.CoverID {
	r.t.Helper()
	r.serial++
	return library.CoverID(r.insert(`INSERT INTO covers (hash, media_type, width, height, hue, created_at)
		VALUES (?, 'image/jpeg', 10, 10, ?, 1) RETURNING id`, fmt.Sprintf("%064x", r.serial), hue))
}

// Song adds a song of that length, with a cover where one is given (0: none).
func (r *Rows) Song(in library.ID, length time.Duration, cover library.CoverID) library.SongID {
	r.t.Helper()
	r.serial++
	title := fmt.Sprintf("Song %d", r.serial)
	var picture any
	if cover != 0 {
		picture = cover
	}
	return library.SongID(r.insert(`INSERT INTO songs
		(library_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track, disc, duration,
		bit_rate, sample_rate, channels, bit_depth, format, size, cover_id, object_key, modified_at, shuffle, created_at, updated_at)
		VALUES (?, ?, ?, 'Someone', 'someone', '', '', ?, 0, 0, 0, ?, 128, 44100, 2, 0, 'mp3', 1, ?, ?, 1, ?, 1, 1) RETURNING id`,
		in, title, strings.ToLower(title), strings.ToLower(title), length.Milliseconds(), picture, title, r.serial))
}

// Upload makes the object of the key the song's bytes.
func (r *Rows) Upload(id library.SongID, key string) {
	r.t.Helper()
	r.execute("UPDATE songs SET object_key = ?, path = NULL WHERE id = ?", key, id)
}

// Path makes the song a file below its library's folder.
func (r *Rows) Path(id library.SongID, path string) {
	r.t.Helper()
	r.execute("UPDATE songs SET object_key = NULL, path = ? WHERE id = ?", path, id)
}

// DeleteSong takes a song away for good, with everything that hangs on it.
func (r *Rows) DeleteSong(id library.SongID) {
	r.t.Helper()
	r.execute("DELETE FROM songs WHERE id = ?", id)
}

// LoseSong marks a song's file as gone from its folder.
func (r *Rows) LoseSong(id library.SongID) {
	r.t.Helper()
	r.execute("UPDATE songs SET missing_since = 1 WHERE id = ?", id)
}

// Plays tells what a listener's marks say of a song; no row is no plays.
func (r *Rows) Plays(user account.UserID, song library.SongID) (plays int, rows int) {
	r.t.Helper()
	var found []int
	err := r.db.SelectContext(r.t.Context(), &found,
		r.db.Rebind("SELECT plays FROM song_marks WHERE user_id = ? AND song_id = ?"), user, song)
	if err != nil {
		r.t.Fatalf("read marks: %v", err)
	}
	if len(found) == 0 {
		return 0, 0
	}
	return found[0], len(found)
}

func (r *Rows) insert(query string, args ...any) int64 {
	r.t.Helper()
	var id int64
	if err := r.db.GetContext(r.t.Context(), &id, r.db.Rebind(query), args...); err != nil {
		r.t.Fatalf("insert: %v", err)
	}
	return id
}

func (r *Rows) execute(query string, args ...any) {
	r.t.Helper()
	if _, err := r.db.ExecContext(r.t.Context(), r.db.Rebind(query), args...); err != nil {
		r.t.Fatalf("%s: %v", query, err)
	}
}
