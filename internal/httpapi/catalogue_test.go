package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// titles are the titles in a list of an answer.
func titles(g got, list, field string) []string {
	var out []string
	items, _ := g.json[list].([]any)
	for _, item := range items {
		out = append(out, fmt.Sprint(item.(map[string]any)[field]))
	}
	return out
}

func TestListsOfTwoListeners(t *testing.T) {
	m := newMusic(t)
	for path, want := range map[string]map[string][]string{
		"/api/songs":   {"ada": {"Vanished", "Ünder \"quotes\""}, "bob": {"Secret", "Vanished", "Ünder \"quotes\""}},
		"/api/albums":  {"ada": {"Open"}, "bob": {"Open", "Secret"}},
		"/api/artists": {"ada": {"Mø"}, "bob": {"Bob", "Mø"}},
	} {
		list, field := path[len("/api/"):], "title"
		if list == "artists" {
			field = "name"
		}
		for user, expected := range want {
			got := m.ask(user, http.MethodGet, path, "")
			names := titles(got, list, field)
			slices.Sort(names)
			if !slices.Equal(names, expected) || got.json["total"] != float64(len(expected)) {
				t.Errorf("%s for %s: %d %s", path, user, got.status, got.body)
			}
		}
		if got := m.ask("nobody", http.MethodGet, path, ""); got.status != http.StatusUnauthorized {
			t.Errorf("%s without a session: %d", path, got.status)
		}
	}
	for _, path := range []string{"/api/songs/2", "/api/albums/2", "/api/artists/2"} {
		if got := m.ask("ada", http.MethodGet, path, ""); got.status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		if got := m.ask("bob", http.MethodGet, path, ""); got.status != http.StatusOK {
			t.Errorf("%s for its owner: %d", path, got.status)
		}
	}
	if got := m.ask("ada", http.MethodGet, "/api/search?q=secret", ""); strings.Contains(got.body, "Secret") || got.status != http.StatusOK {
		t.Errorf("search: %s", got.body)
	}
	album := m.ask("ada", http.MethodGet, "/api/albums/1", "")
	if got := titles(album, "songs", "missing"); !slices.Equal(got, []string{"false", "false", "true"}) {
		t.Errorf("songs of the album: %s", album.body)
	}
}

func TestPagesByCursor(t *testing.T) {
	m := newMusic(t)
	first := m.ask("bob", http.MethodGet, "/api/songs?sort=-createdAt&limit=2", "")
	cursor, _ := first.json["nextCursor"].(string)
	last := m.ask("bob", http.MethodGet, "/api/songs?sort=-createdAt&limit=2&cursor="+cursor, "")
	if got := append(titles(first, "songs", "id"), titles(last, "songs", "id")...); !slices.Equal(got, []string{"3", "2", "1"}) {
		t.Errorf("got %v", got)
	}
	if next, there := last.json["nextCursor"]; next != nil || !there {
		t.Errorf("the last page has nextCursor %v", next)
	}
	if got := m.ask("bob", http.MethodGet, "/api/songs?sort=title&limit=2&cursor="+cursor, ""); got.status != http.StatusBadRequest || !slices.Equal(titles(got, "details", "field"), []string{"cursor"}) {
		t.Errorf("with another order: %d %s", got.status, got.body)
	}
}

func TestWrongFieldsAreNamed(t *testing.T) {
	m := newMusic(t)
	for path, fields := range map[string][]string{
		"/api/songs?limit=-1":                  {"limit"},
		"/api/songs?limit=0":                   {"limit"},
		"/api/songs?limit=1e9":                 {"limit"},
		"/api/songs?limit=501":                 {"limit"},
		"/api/songs?offset=-1":                 {"offset"},
		"/api/songs?sort=foo":                  {"sort"},
		"/api/songs?year=abc":                  {"year"},
		"/api/songs?artistId=0":                {"artistId"},
		"/api/songs?cursor=abc":                {"cursor"},
		"/api/songs?foo=1":                     {"foo"},
		"/api/songs?limit=0&sort=foo&year=abc": {"limit", "sort", "year"},
		"/api/albums?sort=duration":            {"sort"},
		"/api/artists?sort=title":              {"sort"},
		"/api/songs/0":                         {"id"},
		"/api/songs/abc":                       {"id"},
		"/api/albums/-1":                       {"id"},
		"/api/search?q=a&limit=1000":           {"limit"},
		"/api/songs/1/stream?foo=1":            {"foo"},
	} {
		got := m.ask("ada", http.MethodGet, path, "")
		named := titles(got, "details", "field")
		slices.Sort(named)
		if got.status != http.StatusBadRequest || !slices.Equal(named, fields) {
			t.Errorf("%s: got %d %s", path, got.status, got.body)
		}
	}
}

func TestHostileSearchesNeverBreak(t *testing.T) {
	m := newMusic(t)
	for _, text := range []string{"", " ", `"`, `""`, "'", "*", "a*", `"a`, "a AND", "NOT a", "NEAR(a,b)", "a^", "title:a", "-a", "(", "%", "_", "\\", "\x00", "a\x00b",
		"\xff\xfe", "' OR 1=1 --", "a:*b", "a & b | !c", "<->", "\u202e", "夜", strings.Repeat("a", 10_000), strings.Repeat("a ", 250), strings.Repeat("夜", 166), "🎵"} {
		for _, path := range []string{"/api/songs?search=", "/api/songs?sort=-plays&search=", "/api/songs?sort=random&search=", "/api/albums?search=", "/api/artists?search=", "/api/search?q=", "/api/songs?genre=", "/api/albums?genre="} {
			if got := m.ask("ada", http.MethodGet, path+url.QueryEscape(text), ""); got.status != http.StatusOK && got.status != http.StatusBadRequest {
				t.Errorf("%s%.20q: got %d %s", path, text, got.status, got.body)
			}
		}
	}
}

func TestLikesAndRatings(t *testing.T) {
	m := newMusic(t)
	for _, path := range []string{"/api/songs/1", "/api/albums/1", "/api/artists/1"} {
		for _, step := range []struct {
			method, below, body string
			liked               bool
			rating              float64
		}{
			{http.MethodPut, "/like", "", true, 0}, {http.MethodPut, "/like", "", true, 0}, {http.MethodPut, "/rating", `{"rating":4}`, true, 4},
			{http.MethodDelete, "/like", "", false, 4}, {http.MethodPut, "/rating", `{"rating":0}`, false, 0}, {http.MethodDelete, "/like", "", false, 0},
		} {
			if got := m.ask("ada", step.method, path+step.below, step.body); got.status != http.StatusNoContent {
				t.Fatalf("%s %s: got %d %s", step.method, path+step.below, got.status, got.body)
			}
			for name, value := range m.ask("ada", http.MethodGet, path, "").json {
				if thing, ok := value.(map[string]any); ok && name != "details" && (thing["liked"] != step.liked || thing["rating"] != step.rating) {
					t.Errorf("after %s %s%s: %v", step.method, path, step.below, thing)
				}
			}
		}
		for _, body := range []string{`{"rating":6}`, `{"rating":-1}`, `{"rating":"5"}`, `{"rating":2.5}`, `{}`} {
			if got := m.ask("ada", http.MethodPut, path+"/rating", body); got.status != http.StatusBadRequest || !slices.Equal(titles(got, "details", "field"), []string{"rating"}) {
				t.Errorf("%s %s: got %d %s", path, body, got.status, got.body)
			}
		}
		hidden := strings.Replace(path, "/1", "/2", 1)
		if got := m.ask("ada", http.MethodPut, hidden+"/like", ""); got.status != http.StatusNotFound {
			t.Errorf("%s: got %d", hidden, got.status)
		}
	}
	liked := m.ask("bob", http.MethodGet, "/api/songs?liked=true", "")
	if liked.json["total"] != float64(0) {
		t.Errorf("another listener's likes: %s", liked.body)
	}
}

func TestSongsByID(t *testing.T) {
	m := newMusic(t)
	got := m.ask("bob", http.MethodGet, "/api/songs?ids=3,999,1,2,1", "")
	all := titles(got, "songs", "id")
	if want := []string{"3", "1", "2", "1"}; got.status != http.StatusOK || !slices.Equal(all, want) || got.json["nextCursor"] != nil {
		t.Errorf("three songs by id: %d %v, want %v", got.status, all, want)
	}
	if got := m.ask("ada", http.MethodGet, "/api/songs?ids=2", ""); got.status != http.StatusOK || got.json["total"] != float64(0) {
		t.Errorf("another listener's song by id: %d %s", got.status, got.body)
	}
	many := "/api/songs?ids=1" + strings.Repeat(",1", 500)
	for _, path := range []string{"/api/songs?ids=0", "/api/songs?ids=one", "/api/songs?ids=1&year=1999", "/api/songs?ids=1&offset=1", many} {
		if got := m.ask("bob", http.MethodGet, path, ""); got.status != http.StatusBadRequest || !strings.Contains(got.body, `"field":"ids"`) {
			t.Errorf("%.40s: %d %s", path, got.status, got.body)
		}
	}
}
