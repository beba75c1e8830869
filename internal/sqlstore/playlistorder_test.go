package sqlstore_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playlist"
)

// model is a playlist as a plain slice.
type model struct {
	entries []playlist.EntryID
	songs   map[playlist.EntryID]library.SongID
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
			id := c.list(t, false)
			to := playlist.Target{ID: id}
			m := &model{songs: map[playlist.EntryID]library.SongID{}}
			rt.Repeat(map[string]func(*rapid.T){
				"add": func(rt *rapid.T) {
					added := rapid.SliceOfN(rapid.SampledFrom(songs), 1, 3).Draw(rt, "songs")
					before := drawPlace(rt, m.entries)
					_, err := c.lists.Add(t.Context(), c.ada, to, playlist.Addition{Songs: added, Before: before, Duplicates: true})
					must(rt, err)
					m.insert(m.learn(rt, c.contents(t, c.ada, id), added), before)
				},
				"move": func(rt *rapid.T) {
					if len(m.entries) == 0 {
						rt.Skip("nothing to move")
					}
					moved := rapid.Permutation(m.entries).Draw(rt, "moved")
					moved = moved[:rapid.IntRange(1, min(3, len(moved))).Draw(rt, "count")]
					m.remove(moved...)
					before := drawPlace(rt, m.entries)
					_, err := c.lists.Move(t.Context(), c.ada, to, playlist.Movement{Entries: moved, Before: before})
					must(rt, err)
					m.insert(moved, before)
				},
				"remove": func(rt *rapid.T) {
					if len(m.entries) == 0 {
						rt.Skip("nothing to remove")
					}
					gone := rapid.SampledFrom(m.entries).Draw(rt, "gone")
					_, err := c.lists.Remove(t.Context(), c.ada, to, gone)
					must(rt, err)
					m.remove(gone)
				},
				"": func(rt *rapid.T) {
					var got []playlist.EntryID
					for _, e := range c.contents(t, c.ada, id).Entries {
						got = append(got, e.ID)
						if m.songs[e.ID] != e.Song.ID {
							rt.Fatalf("entry %d plays %d, not %d", e.ID, e.Song.ID, m.songs[e.ID])
						}
					}
					if !slices.Equal(got, m.entries) {
						rt.Fatalf("got %v, want %v", got, m.entries)
					}
				},
			})
		})
	})
}

// learn finds the entries the model does not know yet, in the order in which they were asked for.
func (m *model) learn(rt *rapid.T, c playlist.Contents, added []library.SongID) []playlist.EntryID {
	var fresh []playlist.EntryID
	for _, e := range c.Entries {
		if _, known := m.songs[e.ID]; known {
			continue
		}
		if len(fresh) == len(added) || e.Song.ID != added[len(fresh)] {
			rt.Fatalf("unexpected entry %d of song %d", e.ID, e.Song.ID)
		}
		m.songs[e.ID] = e.Song.ID
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

// TestPlaylistOfTenThousand fills a playlist to its limit and pages through it.
func TestPlaylistOfTenThousand(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(100)
		id := c.list(t, false)
		batch := slices.Repeat(songs, playlist.MaxPerEdit/len(songs))
		addition := playlist.Addition{Songs: batch, Duplicates: true}
		for range playlist.MaxEntries / len(batch) {
			if _, err := c.lists.Add(t.Context(), c.ada, playlist.Target{ID: id}, addition); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := c.lists.Add(t.Context(), c.ada, playlist.Target{ID: id}, addition); !errors.Is(err, playlist.ErrFull) {
			t.Errorf("beyond the limit: %v", err)
		}
		if got := pageThrough(t, c, c.ada, id); len(got) != playlist.MaxEntries || fmt.Sprint(got[:100]) != fmt.Sprint(songs) {
			t.Errorf("%d entries", len(got))
		}
	})
}

func pageThrough(t *testing.T, c *club, who account.Identity, id playlist.ID) []library.SongID {
	t.Helper()
	var got []library.SongID
	var after *int64
	for {
		page, err := c.lists.Get(t.Context(), who, id, after, playlist.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, titles(page.Entries)...)
		if after = page.Next; after == nil {
			return got
		}
	}
}
