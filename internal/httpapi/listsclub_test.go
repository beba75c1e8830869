package httpapi_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/httpapi"
	"hathor/internal/library"
	"hathor/internal/playback"
	"hathor/internal/playlist"
	"hathor/internal/sqlstore"
	"hathor/internal/sqlstore/storetest"
)

// club is a server over a database with two members and one library that both hear.
type club struct {
	*storetest.Rows
	t        *testing.T
	handler  http.Handler
	clock    *clock.Fake
	ada, bob account.Identity
	shared   library.ID
	hidden   library.ID
}

func newClub(t *testing.T) *club {
	t.Helper()
	url := "sqlite://" + t.TempDir() + "/hathor.db"
	db, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows := storetest.Open(t, url)
	c := &club{
		Rows: rows, t: t, clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)),
		ada: account.Identity{User: rows.User("ada"), Role: account.Member},
		bob: account.Identity{User: rows.User("bob"), Role: account.Member}, shared: rows.Library("Uploads", true), hidden: rows.Library("Attic", false),
	}
	rows.Grant(c.ada.User, c.hidden)
	catalogue := library.NewService(sqlstore.NewCatalogue(db), c.clock)
	c.handler, err = httpapi.New(httpapi.Services{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: c.clock,
		Playlists: playlist.New(sqlstore.NewPlaylists(db), catalogue, c.clock),
		Playback:  playback.New(sqlstore.NewPlayback(db), catalogue, nil, c.clock),
	}, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// document is a JSON answer.
type document map[string]any

// at follows a path such as "playlist.id" or "songs.0.entryId".
func (d document) at(path string) any {
	var here any = map[string]any(d)
	for name := range strings.SplitSeq(path, ".") {
		switch v := here.(type) {
		case map[string]any:
			here = v[name]
		case []any:
			n := int(name[0] - '0')
			if n >= len(v) {
				return nil
			}
			here = v[n]
		default:
			return nil
		}
	}
	return here
}

// call sends a request of who's and fails unless the status is want.
func (c *club) call(who account.Identity, method, path, body string, want int) document {
	c.t.Helper()
	request := httptest.NewRequestWithContext(c.t.Context(), method, "/api"+path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	httpapi.SignedInAs(who, c.handler).ServeHTTP(answer, request)
	if answer.Code != want {
		c.t.Fatalf("%s %s %.80s: got %d, want %d: %.500s", method, path, body, answer.Code, want, answer.Body)
	}
	var out document
	if want == http.StatusNoContent {
		return out
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &out); err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return out
}

// field is the first wrong field that a failed validation names.
func (d document) field() any { return d.at("details.0.field") }
