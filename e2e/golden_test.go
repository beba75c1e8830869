package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// TestGoldenBackups brings back what earlier versions have written. HATHOR_GOLDEN=7 writes the one of schema 7
// with today's program; one that is there is never written again, for there may be such backups in the world.
func TestGoldenBackups(t *testing.T) {
	if schema := os.Getenv("HATHOR_GOLDEN"); schema != "" {
		writeGolden(t, schema)
	}
	names, err := filepath.Glob("testdata/golden/schema-*.tar.gz")
	if err != nil || len(names) == 0 {
		t.Fatalf("no golden backups: %v", err)
	}
	for _, name := range names {
		for _, kind := range []string{"sqlite", "postgres"} {
			t.Run(filepath.Base(name)+" to "+kind, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "backup.tar")
				put(t, file, ungzipped(t, name))
				to := newPlace(t, kind)
				does(t, to.environment(), "restore", file)
				goldenIsThere(t, to)
				wants(t, 0, map[string]string{}, to.environment(), "--deep")
			})
		}
	}
}

// goldenIsThere looks for what writeGolden has made.
func goldenIsThere(t *testing.T, at place) {
	t.Helper()
	p := at.start(t)
	c := (&client{t: t, url: p.url}).again("golden")
	var found struct {
		Songs []struct {
			ID    int64
			Title string
			Liked bool
		}
	}
	c.want(http.StatusOK, http.MethodGet, "/api/songs?sort=title", "", &found)
	if len(found.Songs) != 2 || found.Songs[0].Title != "Ångström" || !found.Songs[0].Liked {
		t.Fatalf("songs: %+v", found.Songs)
	}
	id := text(found.Songs[0].ID)
	c.want(http.StatusOK, http.MethodGet, "/api/songs/"+id+"/stream", "")
	c.want(http.StatusOK, http.MethodGet, "/api/songs/"+id+"/cover", "")
	var lists struct{ Playlists []struct{ Name string } }
	c.want(http.StatusOK, http.MethodGet, "/api/playlists", "", &lists)
	if len(lists.Playlists) != 1 || lists.Playlists[0].Name != "Evening" {
		t.Errorf("playlists: %+v", lists)
	}
	stopNow(t, p)
}

func writeGolden(t *testing.T, schema string) {
	t.Helper()
	name := filepath.Join("testdata", "golden", "schema-"+schema+".tar.gz")
	if _, err := os.Stat(name); err == nil {
		t.Fatalf("%s is there already", name)
	}
	from := newPlace(t, "sqlite")
	p := from.start(t)
	c := register(t, p.url, "golden")
	song := func(title string, shade uint8) int64 {
		tags := mediatest.Tags{Title: title, Artists: []string{"Ada", "Bo"}, Album: "Lines", Genres: []string{"Jazz"}, Picture: picture(shade)}
		return c.add(mediatest.MP3(tags, 300*time.Millisecond, 440)).Song.ID
	}
	first, second := song("Ångström", 10), song("Zebra", 200)
	list := newPlaylist(c, "Evening", true)
	addEntry(c, list, text(second))
	c.want(http.StatusNoContent, http.MethodPut, "/api/songs/"+text(first)+"/like", "")
	c.want(http.StatusOK, http.MethodPost, "/api/songs/record-listening", `{"songId":`+text(first)+`}`)
	stopNow(t, p)
	does(t, from.environment(), "migrate", "to", schema)
	file := filepath.Join(t.TempDir(), "backup.tar")
	does(t, from.environment(), "backup", file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, gzipped(t, whole), 0o644); err != nil {
		t.Fatal(err)
	}
}
