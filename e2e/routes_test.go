package e2e

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// described is where the document says an operation is.
type described struct {
	method, path string
	public       bool
	answers      map[string]json.RawMessage // by status
}

// places gives each id of a path the name of the thing it is.
var places = strings.NewReplacer(
	"/songs/{id}", "/songs/{song}", "/albums/{id}", "/albums/{album}", "/artists/{id}", "/artists/{artist}",
	"/playlists/{id}", "/playlists/{playlist}", "{entryId}", "{entry}", "/uploads/{id}", "/uploads/{upload}", "/edits/{id}", "/edits/{edit}", "/devices/{id}", "/devices/{device}", "/libraries/{id}", "/libraries/{library}", "/auth/sessions/{id}", "/auth/sessions/{session}",
	"/api-keys/{id}", "/api-keys/{key}", "/sessions/{id}", "/sessions/{stranger}", "/users/{id}", "/users/{stranger}", "/invites/{id}", "/invites/{stranger}",
)

// readDocument asks the server what it has, by operationId.
func readDocument(c *client) map[string]described {
	c.t.Helper()
	var document struct {
		Paths map[string]map[string]struct {
			OperationID string
			Security    []any
			Responses   map[string]json.RawMessage
		}
	}
	c.want(http.StatusOK, http.MethodGet, "/api/openapi.json", "", &document)
	all := map[string]described{}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			all[operation.OperationID] = described{strings.ToUpper(method), path, len(operation.Security) == 0, operation.Responses}
		}
	}
	return all
}

// send asks the route with the ids of these things. The answer must be one that the document describes.
func (r route) send(c *client, document map[string]described, ids things) reply {
	c.t.Helper()
	at := document[r.id]
	got := c.ask(at.method, ids.fill(places.Replace(at.path)+r.query), ids.fill(r.body))
	if _, ok := at.answers[strconv.Itoa(got.status)]; !ok {
		c.t.Errorf("%s answers %d, of which the document says nothing", r.id, got.status)
	}
	return got
}

// foreign tells whether the route names things that can be somebody else's.
func (r route) foreign(document map[string]described) bool {
	return !r.each && parameter.MatchString(document[r.id].path+r.body+r.query)
}

// TestEveryRoute walks the document as nobody, as members with nothing to seek there, as an admin, and as the
// owner of private things. A new operation needs its row.
func TestEveryRoute(t *testing.T) { eachDatabase(t, walk) }

func walk(t *testing.T, environment ...string) {
	h := newHouse(t, environment...)
	document := readDocument(h.nobody)
	for id := range document {
		if !slices.ContainsFunc(routes, func(r route) bool { return r.id == id }) {
			t.Errorf("no row for the operation %s", id)
		}
	}
	for id, d := range document {
		if _, ok := d.answers["422"]; ok {
			t.Errorf("%s: the document describes 422, which is never answered", id)
		}
	}
	for _, r := range routes {
		if document[r.id].path == "" {
			t.Fatalf("%s is no operation of the document", r.id)
		}
	}
	t.Run("nobody", func(t *testing.T) { h.askAsNobody(t, document) })
	t.Run("others", func(t *testing.T) { h.askAsOthers(t, document) })
	t.Run("shared", h.askForShared)
	t.Run("filters", h.askByFilters)
	t.Run("signed", h.useSignedAddress)
	t.Run("keys", func(t *testing.T) { h.askByKeys(t, document) })
	t.Run("owner", func(t *testing.T) { h.askAsOwner(t, document) })
	t.Run("undeclared", func(t *testing.T) { h.probe(t, document) })
}

func (h *house) askAsNobody(t *testing.T, document map[string]described) {
	forged := &http.Cookie{Name: h.other.web("other").cookie.Name, Value: strings.Repeat("A", 43)}
	for _, r := range routes {
		want := r.open
		if want == 0 {
			want = http.StatusUnauthorized
		}
		if document[r.id].public != (r.open != 0) {
			t.Errorf("%s: the document says public: %t", r.id, document[r.id].public)
		}
		for _, c := range []*client{h.nobody, {t: t, url: h.url, token: "forged"}, {t: t, url: h.url, cookie: forged}} {
			if got := r.send(c, document, h.mine); got.status != want || shows(got) {
				t.Errorf("%s: got %d, want %d: %.200s", r.id, got.status, want, got.body)
			}
		}
	}
}

// keyTarget is what admins see of keys in the audit log: their names.
var keyTarget = regexp.MustCompile(`"target":\{"kind":"key",[^}]*\}`)

// askAsOthers expects of the owner's private things exactly the answer that things get which are not there.
func (h *house) askAsOthers(t *testing.T, document map[string]described) {
	before := h.owned()
	others := map[string]*client{"other": h.other, "admin": h.admin, "other in a browser": h.other.web("other"), "admin in a browser": h.admin.web("admin")}
	for name, c := range others {
		for _, r := range routes[:len(routes)-1] { // all but logout
			got := r.send(c, document, h.mine)
			if r.id == "listAudit" {
				got.body = keyTarget.ReplaceAll(got.body, nil)
			}
			if shows(got) {
				t.Errorf("%s as %s shows private things: %.500s", r.id, name, got.body)
			}
			if r.foreign(document) {
				none := r.send(c, document, h.none)
				if got.status != none.status || string(got.body) != string(none.body) || r.id != "search" && r.id != "getSongFacets" && got.status < 400 {
					t.Errorf("%s as %s: got %d %s, what is not there gets %d %s", r.id, name, got.status, got.body, none.status, none.body)
				}
				continue
			}
			if want := r.expected(strings.HasPrefix(name, "admin")); got.status != want {
				t.Errorf("%s as %s: got %d, want %d: %.300s", r.id, name, got.status, want, got.body)
			}
		}
	}
	if after := h.owned(); after != before {
		t.Errorf("others changed what is the owner's:\n%s\n%s", before, after)
	}
}

func (r route) expected(admin bool) int {
	switch {
	case admin && r.admin != 0:
		return r.admin
	case r.owner == 0:
		return http.StatusForbidden
	}
	return r.owner
}

// serverTime is when a playback state was read.
var serverTime = regexp.MustCompile(`"serverTime":"[^"]*"`)

// owned is all that the owner sees of what is private.
func (h *house) owned() string {
	h.owner.t.Helper()
	var all strings.Builder
	for _, path := range []string{
		"/api/songs", "/api/albums", "/api/artists", "/api/genres", "/api/libraries", "/api/playlists", "/api/playlists/{playlist}",
		"/api/history", "/api/uploads", "/api/playback/state", "/api/auth/api-keys", "/api/songs?liked=true", "/api/search?q=" + secret, "/api/edits",
	} {
		r := h.owner.want(http.StatusOK, http.MethodGet, h.mine.fill(path), "")
		if !shows(r) && path != "/api/libraries" && path != "/api/playback/state" { // these give ids and counts
			h.owner.t.Errorf("the owner sees nothing private in %s: %.300s", path, r.body)
		}
		all.Write(serverTime.ReplaceAll(r.body, nil))
	}
	h.owner.want(http.StatusNotFound, http.MethodDelete, h.none.fill("/api/auth/sessions/{session}"), "")
	h.owner.want(http.StatusNotFound, http.MethodDelete, h.none.fill("/api/auth/api-keys/{key}"), "")
	var ids struct{ Sessions, APIKeys []struct{ ID json.Number } }
	h.owner.want(http.StatusOK, http.MethodGet, "/api/auth/sessions", "", &ids)
	h.owner.want(http.StatusOK, http.MethodGet, "/api/auth/api-keys", "", &ids)
	for _, one := range slices.Concat(ids.Sessions, ids.APIKeys) {
		all.WriteString(one.ID.String() + " ")
	}
	return all.String()
}

func (h *house) askAsOwner(t *testing.T, document map[string]described) {
	for _, r := range routes {
		if got := r.send(h.owner, document, h.mine); got.status != r.expected(false) {
			t.Errorf("%s: got %d, want %d: %.300s", r.id, got.status, r.expected(false), got.body)
		}
	}
}

var parameter = regexp.MustCompile(`\{\w+\}`)

// probe looks for routes that the document does not know.
func (h *house) probe(t *testing.T, document map[string]described) {
	known := func(method, path string) bool {
		for _, d := range document {
			if d.method == method && regexp.MustCompile("^"+parameter.ReplaceAllString(d.path, "[^/]+")+"$").MatchString(path) {
				return true
			}
		}
		return false
	}
	for _, d := range document {
		path := parameter.ReplaceAllString(d.path, "1")
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} {
			if got := h.admin.ask(method, path, ""); !known(method, path) && got.status != http.StatusMethodNotAllowed {
				t.Errorf("%s %s is no operation of the document and answers %d", method, path, got.status)
			}
		}
	}
	for _, path := range []string{
		"/api", "/api/", "/api/debug/pprof/", "/api/openapi.yaml", "/api/openapi-3.0.json", "/api/schemas/SongView.json", "/api/user",
		"/api/songs/", "/api//songs", "/api/songs/1/file", "/api/docs/", "/api/docs/docs.go", "/api/library", "/api/auth",
	} {
		if got := h.admin.ask(http.MethodGet, path, ""); got.status != http.StatusNotFound || !strings.Contains(string(got.body), "Route not found") {
			t.Errorf("%s answers %d %.200s", path, got.status, got.body)
		}
	}
	for _, path := range []string{"/debug/pprof/", "/debug/vars", "/metrics", "/openapi.json", "/docs", "/rest/ping.view", "/schemas/SongView.json"} {
		page := h.page(t, path)
		if page != h.page(t, "/no/such/page") && page != h.page(t, "/no/such.json") {
			t.Errorf("%s answers %.300s", path, page)
		}
	}
}

// page is the client's answer to an address outside the API.
func (h *house) page(t *testing.T, path string) string {
	t.Helper()
	r, err := h.admin.sendOnce(http.MethodGet, path, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.header.Get("Content-Type") + string(r.body)
}
