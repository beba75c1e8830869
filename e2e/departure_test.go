package e2e

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to look into the database from outside
	_ "modernc.org/sqlite"

	"hathor/internal/media/mediatest"
	"hathor/internal/pgtest"
)

// marker stands in every text of somebody who takes everything along and leaves.
const marker = "Wvzmark"

// TestLeaving takes an account's things along, deletes it, and looks for what is left of it.
func TestLeaving(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		data := filepath.Join(t.TempDir(), "data")
		leave(t, data, "sqlite", filepath.Join(data, "hathor.db"), "SELECT name FROM sqlite_schema WHERE type = 'table'")
	})
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		leave(t, filepath.Join(t.TempDir(), "data"), "pgx", url, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", "DATABASE_URL="+url)
	})
}

func leave(t *testing.T, data, driver, source, tables string, environment ...string) {
	p := start(t, data, append(environment, "RATE_LIMIT_ANONYMOUS=off", "RATE_LIMIT_AUTH=off", "LOG_LEVEL=error")...)
	admin := register(t, p.url, "admin")
	leaver := &client{t: t, url: p.url}
	leaver.grant(http.StatusCreated, "/api/auth/register", `{"username":"leaver","email":"`+marker+`@example.org","password":"`+password+`","displayName":"`+marker+` name"}`)
	common := admin.add(mediatest.WAV(mediatest.Tags{Title: "Stays", Artists: []string{"Ada"}}, time.Second, 330))
	private := mediatest.WAV(mediatest.Tags{Title: marker + " private", Artists: []string{marker + " artist"}, Album: marker + " album", Genres: []string{marker + " genre"}, Picture: picture(90)}, time.Second, 440)
	shared := mediatest.WAV(mediatest.Tags{Title: marker + " shared", Artists: []string{"../" + marker}, Track: 3}, time.Second, 550)
	own := leaver.add(private, "private", "true")
	leaver.add(shared)
	list := newPlaylist(leaver, marker+" list", true)
	addEntry(leaver, list, text(own.Song.ID))
	addEntry(leaver, list, text(common.Song.ID))
	newPlaylist(leaver, marker+" empty list", false)
	for _, id := range []int64{own.Song.ID, common.Song.ID} {
		leaver.want(http.StatusNoContent, http.MethodPut, fmt.Sprintf("/api/songs/%d/like", id), "")
		leaver.want(http.StatusOK, http.MethodPost, "/api/songs/record-listening", fmt.Sprintf(`{"songId":%d}`, id))
	}
	leaver.want(http.StatusNoContent, http.MethodPut, fmt.Sprintf("/api/artists/%d/rating", own.Song.Artists[0].ID), `{"rating":4}`)
	leaver.want(http.StatusOK, http.MethodPost, "/api/playback/state", fmt.Sprintf(`{"currentSongId":%d,"queue":[{"songId":%d}]}`, own.Song.ID, own.Song.ID))
	leaver.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/cover?size=32", own.Song.ID), "")

	leaver.want(http.StatusOK, http.MethodHead, "/api/auth/export", "")
	checkArchive(t, leaver.want(http.StatusOK, http.MethodGet, "/api/auth/export", ""), private, shared)
	var exports struct{ Total int }
	if admin.want(http.StatusOK, http.MethodGet, "/api/audit?action=account.export", "", &exports); exports.Total != 1 {
		t.Errorf("one export is written down %d times", exports.Total)
	}
	if found := dump(t, driver, source, tables); !strings.Contains(found, marker) {
		t.Fatal("the dump of the database shows nothing of somebody who is there")
	}
	bystander := admin.again("admin")
	leaver.want(http.StatusNoContent, http.MethodDelete, "/api/auth/account?uploads=delete", "")
	leaver.want(http.StatusUnauthorized, http.MethodGet, "/api/auth/profile", "")
	for _, line := range strings.Split(dump(t, driver, source, tables), "\n") {
		if strings.Contains(strings.ToLower(line), strings.ToLower(marker)) {
			t.Errorf("left in the database: %s", line)
		}
		if strings.Contains(line, "leaver") && !strings.HasPrefix(line, "audit ") {
			t.Errorf("the name is left in the database: %s", line)
		}
	}
	if files := storedFiles(t, data); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
	bystander.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d", common.Song.ID), "")
	again := register(t, p.url, "leaver")
	var who struct{ User struct{ ID int64 } }
	again.want(http.StatusOK, http.MethodGet, "/api/auth/profile", "", &who)
	if who.User.ID != 3 {
		t.Errorf("the new account has the id %d", who.User.ID)
	}
}

// checkArchive expects all that is the leaver's in the archive, and each entry as the manifest says.
func checkArchive(t *testing.T, r reply, originals ...[]byte) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(r.body), int64(len(r.body)))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for _, file := range archive.File {
		if !filepath.IsLocal(file.Name) || strings.ContainsAny(file.Name, `\:`) {
			t.Errorf("the name %q leaves the folder", file.Name)
		}
		opened, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		contents[file.Name] = string(text)
	}
	var manifest struct {
		Entries []struct {
			Path, SHA256 string
			Size         int
		}
		Missing []any
	}
	if err := json.Unmarshal([]byte(contents["manifest.json"]), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Entries) != len(contents)-1 || len(manifest.Missing) != 0 {
		t.Errorf("the manifest tells of %d files and %d gaps, the archive has %d", len(manifest.Entries), len(manifest.Missing), len(contents))
	}
	for _, entry := range manifest.Entries {
		sum := sha256.Sum256([]byte(contents[entry.Path]))
		if hex.EncodeToString(sum[:]) != entry.SHA256 || len(contents[entry.Path]) != entry.Size {
			t.Errorf("%s is not what the manifest says", entry.Path)
		}
	}
	for name, wants := range map[string][]string{
		"profile.json": {marker + " name", strings.ToLower(marker) + "@example.org"}, "sessions.json": {"Go-http-client"},
		"playlists.json":         {marker + " list", marker + " empty list", marker + " private", "Stays"},
		"likes-and-ratings.json": {marker + " private", marker + " artist", "Stays"}, "history.json": {marker + " private", "Stays"},
		"playback.json": {"queue"}, "uploads.json": {marker + " private", marker + " shared"}, "activity.json": {"session.start"}, "api-keys.json": {"[]"},
		"README.txt": {"manifest.json"},
		"files/" + marker + " artist/" + marker + " album/" + marker + " private.wav": {string(originals[0])},
		"files/_" + marker + "/Unknown album/03 " + marker + " shared.wav":            {string(originals[1])},
	} {
		for _, want := range wants {
			if !strings.Contains(contents[name], want) {
				t.Errorf("%s does not hold %.60q: %.300s", name, want, contents[name])
			}
		}
	}
	for name, text := range contents {
		if strings.HasSuffix(name, ".json") && !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON: %.300s", name, text)
		}
	}
}

// dump is every row of every table, one a line, behind the table's name.
func dump(t *testing.T, driver, source, tables string) string {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var all strings.Builder
	for _, table := range rowsOf(t, db, tables) {
		for _, row := range rowsOf(t, db, `SELECT * FROM "`+table+`"`) {
			all.WriteString(table + " " + row + "\n")
		}
	}
	return all.String()
}

func rowsOf(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = v.String
		}
		all = append(all, strings.Join(parts, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// storedFiles lists the files of the object store.
func storedFiles(t *testing.T, data string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(filepath.Join(data, "objects")), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
