package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"hathor/internal/account"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// marks is an owner whose ids are kept in memory.
type marks struct{ database, store string }

func (m *marks) Database(context.Context) (string, error) { return m.database, nil }

func (m *marks) Store() (string, error) { return m.store, nil }

func (m *marks) GiveDatabase(_ context.Context, id string) (string, error) {
	m.database = id
	return id, nil
}

func (m *marks) GiveStore(id string) error {
	m.store = id
	return nil
}

func TestClaim(t *testing.T) {
	cases := map[string]struct {
		before   marks
		objects  string // "none", "known" with a foreign one, "foreign"
		ours     bool
		adopted  bool // both have the same id afterwards
		deleting int
	}{
		"first start":                       {marks{}, "none", true, true, 0},
		"first start of this version":       {marks{}, "known", true, true, 1},
		"files of nobody we know":           {marks{}, "foreign", false, false, 0},
		"a second node's folder":            {marks{database: "a"}, "none", true, true, 0},
		"the usual":                         {marks{"a", "a"}, "known", true, true, 1},
		"all songs were deleted":            {marks{"a", "a"}, "foreign", true, true, 0},
		"schema taken down and up":          {marks{store: "a"}, "known", true, true, 1},
		"a new database with an old folder": {marks{store: "a"}, "foreign", false, false, 0},
		"a copy of the database":            {marks{"a", "b"}, "known", false, false, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			h := newSQLiteHouse(t)
			if c.objects == "known" {
				_, err := h.upload(bob, tone("One", 5), nil)
				h.must(err)
			}
			if c.objects != "none" {
				h.must(h.disk.Put(t.Context(), library.AudioKey(strings.Repeat("ef", 32)), []byte("no row")))
			}
			m := c.before
			err := h.service.Claim(t.Context(), &m)
			if c.ours != (err == nil) || !c.ours && !errors.Is(err, ingest.ErrOtherDatabase) {
				t.Errorf("got %v", err)
			}
			if c.adopted != (m.database == m.store) {
				t.Errorf("marked %+v", m)
			}
			if m.database == "" {
				t.Error("the database has no id")
			}
			if c.before.store != "" && m.store != c.before.store {
				t.Errorf("the mark of the files became %q", m.store)
			}
			if n, _ := h.service.Sweep(t.Context(), 0); n != c.deleting {
				t.Errorf("swept %d, want %d", n, c.deleting)
			}
		})
	}
}

// A song of a copied database can be deleted, but its bytes are perhaps the other one's.
func TestDeletingKeepsTheFilesOfAnotherDatabase(t *testing.T) {
	h := newSQLiteHouse(t)
	done, err := h.upload(bob, tone("One", 5), nil)
	h.must(err)
	if err := h.service.Claim(t.Context(), &marks{"a", "b"}); !errors.Is(err, ingest.ErrOtherDatabase) {
		t.Fatal(err)
	}
	h.must(h.service.Delete(t.Context(), account.Identity{User: bob, Role: account.Member}, h.scope(bob), done.Song))
	if got := h.kept(); len(got) != 1 {
		t.Errorf("kept %q", got)
	}
}
