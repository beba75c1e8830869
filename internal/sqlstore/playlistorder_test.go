package sqlstore_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playlist"
)

// model is a playlist as a plain slice.
type model struct {
	entries []playlist.EntryID
	plays   map[playlist.EntryID]library.SongID
}

func (m *model) insert(ids []playlist.EntryID, before playlist.EntryID) {
	at := slices.Index(m.entries, before)
	if at < 0 {
		at = len(m.entries)
	}
	m.entries = slices.Insert(m.entries, at, ids...)
}

func (m *model) remove(ids ...playlist.EntryID) {
	m.entries = slices.DeleteFunc(m.entries, func(e playlist.EntryID) bool { return slices.Contains(ids, e) })
}

// TestPlaylistKeepsTheOrderOfASlice runs any sequence of edits on a playlist and on a slice.
func TestPlaylistKeepsTheOrderOfASlice(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(6)
		rapid.Check(t, func(rt *rapid.T) {
			e := &editor{club: c, t: t, rt: rt, songs: songs, model: model{plays: map[playlist.EntryID]library.SongID{}}}
			e.to = playlist.Target{ID: c.list(t, false)}
			e.add()
			for range rapid.IntRange(0, 8).Draw(rt, "edits") {
				edits := []func(){e.add, e.move, e.remove}
				edits[rapid.IntRange(0, 2).Draw(rt, "edit")]()
			}
			e.compare()
		})
	})
}

// editor makes the same edit in a playlist and in the model of it.
type editor struct {
	*club
	model
	t     *testing.T
	rt    *rapid.T
	songs []library.SongID
	to    playlist.Target
}

func (e *editor) add() {
	added := rapid.SliceOfN(rapid.SampledFrom(e.songs), 1, 3).Draw(e.rt, "songs")
	before := drawPlace(e.rt, e.entries)
	_, err := e.lists.Add(e.t.Context(), e.ada, e.to, playlist.Addition{Songs: added, Before: before, Duplicates: true})
	must(e.rt, err)
	e.insert(e.learn(e.rt, e.contents(e.t, e.ada, e.to.ID), added), before)
}

func (e *editor) move() {
	if len(e.entries) == 0 {
		return
	}
	moved := rapid.Permutation(e.entries).Draw(e.rt, "moved")
	moved = moved[:rapid.IntRange(1, min(3, len(moved))).Draw(e.rt, "count")]
	e.model.remove(moved...)
	before := drawPlace(e.rt, e.entries)
	_, err := e.lists.Move(e.t.Context(), e.ada, e.to, playlist.Movement{Entries: moved, Before: before})
	must(e.rt, err)
	e.insert(moved, before)
}

func (e *editor) remove() {
	if len(e.entries) == 0 {
		return
	}
	gone := rapid.SampledFrom(e.entries).Draw(e.rt, "gone")
	_, err := e.lists.Remove(e.t.Context(), e.ada, e.to, gone)
	must(e.rt, err)
	e.model.remove(gone)
}

func (e *editor) compare() {
	var got []playlist.EntryID
	for _, entry := range e.contents(e.t, e.ada, e.to.ID).Entries {
		got = append(got, entry.ID)
		if e.plays[entry.ID] != entry.Song.ID {
			e.rt.Fatalf("entry %d plays %d, not %d", entry.ID, entry.Song.ID, e.plays[entry.ID])
		}
	}
	if !slices.Equal(got, e.entries) {
		e.rt.Fatalf("got %v, want %v", got, e.entries)
	}
}

// learn finds the entries the model does not know yet, in the order in which they were asked for.
func (m *model) learn(rt *rapid.T, c playlist.Contents, added []library.SongID) []playlist.EntryID {
	var fresh []playlist.EntryID
	for _, e := range c.Entries {
		if _, known := m.plays[e.ID]; known {
			continue
		}
		if len(fresh) == len(added) || e.Song.ID != added[len(fresh)] {
			rt.Fatalf("unexpected entry %d of song %d", e.ID, e.Song.ID)
		}
		m.plays[e.ID] = e.Song.ID
		fresh = append(fresh, e.ID)
	}
	return fresh
}

func drawPlace(rt *rapid.T, entries []playlist.EntryID) playlist.EntryID {
	return rapid.SampledFrom(append([]playlist.EntryID{0}, entries...)).Draw(rt, "before")
}

func must(rt *rapid.T, err error) {
	rt.Helper()
	if err != nil {
		rt.Fatal(err)
	}
}

// TestPlaylistRenumbersAUsedUpJoint inserts into the same joint until its gap is used up several times over.
func TestPlaylistRenumbersAUsedUpJoint(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(70)
		id := c.list(t, false, songs[0], songs[1])
		last := c.contents(t, c.ada, id).Entries[1].ID
		for _, song := range songs[2:] {
			addition := playlist.Addition{Songs: []library.SongID{song}, Before: last}
			if _, err := c.lists.Add(t.Context(), c.ada, playlist.Target{ID: id}, addition); err != nil {
				t.Fatal(err)
			}
		}
		want := append(append([]library.SongID{songs[0]}, songs[2:]...), songs[1])
		if diff := cmp.Diff(want, titles(c.contents(t, c.ada, id).Entries)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPlaylistMoveRefusesStrangeEntries(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(2)
		id, other := c.list(t, false, songs...), c.list(t, false, songs...)
		mine, foreign := c.contents(t, c.ada, id).Entries, c.contents(t, c.ada, other).Entries
		for name, m := range map[string]playlist.Movement{
			"of another playlist": {Entries: []playlist.EntryID{mine[0].ID, foreign[0].ID}},
			"before another's":    {Entries: []playlist.EntryID{mine[0].ID}, Before: foreign[0].ID},
			"unknown":             {Entries: []playlist.EntryID{1 << 40}},
		} {
			_, err := c.lists.Move(t.Context(), c.ada, playlist.Target{ID: id}, m)
			if !errors.Is(err, fault.Missing("Entry")) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

// TestPlaylistOfTenThousand fills a playlist to its limit.
func TestPlaylistOfTenThousand(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(100)
		id := c.list(t, false)
		to := playlist.Target{ID: id}
		addition := playlist.Addition{Songs: slices.Repeat(songs, playlist.MaxPerEdit/len(songs)), Duplicates: true}
		for range playlist.MaxEntries / len(addition.Songs) {
			if _, err := c.lists.Add(t.Context(), c.ada, to, addition); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := c.lists.Add(t.Context(), c.ada, to, playlist.Addition{Songs: songs[:1], Duplicates: true}); !errors.Is(err, playlist.ErrFull) {
			t.Errorf("beyond the limit: %v", err)
		}
		got := c.contents(t, c.ada, id)
		if got.Playlist.SongCount != playlist.MaxEntries || got.Next == nil || !slices.Equal(titles(got.Entries)[:100], songs) {
			t.Errorf("%d songs, next %v", got.Playlist.SongCount, got.Next)
		}
	})
}

func TestPlaylistIsReadInPages(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(7)
		id := c.list(t, false, songs...)
		var got []library.SongID
		var after *int64
		for {
			page, err := c.lists.Get(t.Context(), c.ada, id, after, 3)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, titles(page.Entries)...)
			if after = page.Next; after == nil {
				break
			}
		}
		if diff := cmp.Diff(songs, got); diff != "" {
			t.Error(diff)
		}
	})
}
