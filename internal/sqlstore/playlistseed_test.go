package sqlstore_test

import (
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/playlist"
	"hathor/internal/sqlstore"
	"hathor/internal/sqlstore/storetest"
)

// club is a database with two members, a library both hear and one that only the first hears.
type club struct {
	*storetest.Rows
	db        *sqlstore.DB
	clock     *clock.Fake
	catalogue *library.Service
	lists     *playlist.Service
	ada, bob  account.Identity
	shared    library.ID
	hidden    library.ID
}

// eachClub runs test on a club in a database of each kind.
func eachClub(t *testing.T, test func(t *testing.T, c *club)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, newClub(t, "sqlite://"+t.TempDir()+"/hathor.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, newClub(t, pgtest.URL(t))) })
}

func newClub(t *testing.T, url string) *club {
	t.Helper()
	db := openDB(t, url)
	rows := storetest.Open(t, url)
	now := clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	c := &club{
		Rows: rows, db: db, clock: now, catalogue: library.NewService(sqlstore.NewCatalogue(db), now),
		ada:    account.Identity{User: rows.User("ada"), Role: account.Member},
		bob:    account.Identity{User: rows.User("bob"), Role: account.Member},
		shared: rows.Library("Uploads", true), hidden: rows.Library("Attic", false),
	}
	rows.Grant(c.ada.User, c.hidden)
	c.lists = playlist.New(sqlstore.NewPlaylists(db), c.catalogue, c.clock)
	return c
}

// songs adds n songs of three minutes to the shared library.
func (c *club) songs(n int) []library.SongID {
	out := make([]library.SongID, n)
	for i := range out {
		out[i] = c.Song(c.shared, 3*time.Minute, 0)
	}
	return out
}

// list makes a playlist of ada's with the songs.
func (c *club) list(t *testing.T, public bool, songs ...library.SongID) playlist.ID {
	t.Helper()
	p, err := c.lists.Create(t.Context(), c.ada, playlist.Description{Name: "List", Public: public})
	if err != nil {
		t.Fatal(err)
	}
	if len(songs) > 0 {
		if _, err := c.lists.Add(t.Context(), c.ada, playlist.Target{ID: p.ID}, playlist.Addition{Songs: songs, Duplicates: true}); err != nil {
			t.Fatal(err)
		}
	}
	return p.ID
}

// contents returns all that who sees of the playlist.
func (c *club) contents(t *testing.T, who account.Identity, id playlist.ID) playlist.Contents {
	t.Helper()
	contents, err := c.lists.Get(t.Context(), who, id, nil, playlist.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	return contents
}
