package sqlstore_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playlist"
)

func titles(songs []playlist.Entry) []library.SongID {
	out := make([]library.SongID, len(songs))
	for i, e := range songs {
		out[i] = e.Song.ID
	}
	return out
}

func TestPlaylistShowsEachReaderWhatTheyMayHear(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		red, blue := c.Cover(20), c.Cover(250)
		songs := []library.SongID{
			c.Song(c.hidden, time.Minute, red), c.Song(c.shared, 2*time.Minute, blue),
			c.Song(c.shared, 3*time.Minute, blue), c.Song(c.shared, 4*time.Minute, 0),
		}
		id := c.list(t, true, songs...)
		c.LoseSong(songs[3])
		mine, theirs := c.contents(t, c.ada, id), c.contents(t, c.bob, id)
		if diff := cmp.Diff(songs, titles(mine.Entries)); diff != "" {
			t.Errorf("owner: %s", diff)
		}
		if diff := cmp.Diff(songs[1:], titles(theirs.Entries)); diff != "" {
			t.Errorf("reader: %s", diff)
		}
		if !theirs.Entries[2].Song.Missing {
			t.Error("a missing song is not named as such")
		}
		for name, got := range map[string]playlist.Playlist{"owner": mine.Playlist, "reader": theirs.Playlist} {
			want := map[string]int{"owner": 4, "reader": 3}[name]
			length := map[string]time.Duration{"owner": 10 * time.Minute, "reader": 9 * time.Minute}[name]
			covers := map[string]int{"owner": 2, "reader": 1}[name]
			if got.SongCount != want || got.Duration != length || len(got.Covers) != covers || got.Mine != (name == "owner") {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}

func TestPlaylistRights(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(2)
		admin := account.Identity{User: c.bob.User, Role: account.Admin}
		for name, other := range map[string]account.Identity{"member": c.bob, "admin": admin} {
			for _, public := range []bool{true, false} {
				id := c.list(t, public, songs[0])
				entry := c.contents(t, c.ada, id).Entries[0].ID
				want := fault.NotFound
				if public {
					want = fault.Forbidden
				}
				to := playlist.Target{ID: id}
				newName := "Stolen"
				for edit, err := range map[string]error{
					"update": second(c.lists.Update(t.Context(), other, to, playlist.Update{Name: &newName})),
					"delete": c.lists.Delete(t.Context(), other, to),
					"add":    second(c.lists.Add(t.Context(), other, to, playlist.Addition{Songs: songs[1:]})),
					"move":   second(c.lists.Move(t.Context(), other, to, playlist.Movement{Entries: []playlist.EntryID{entry}})),
					"remove": second(c.lists.Remove(t.Context(), other, to, entry)),
				} {
					if fault.KindOf(err) != want {
						t.Errorf("%s, public %v, %s: got %v", name, public, edit, err)
					}
				}
				_, err := c.lists.Get(t.Context(), other, id, nil, 10)
				if seen := err == nil; seen != public {
					t.Errorf("%s, public %v: read: %v", name, public, err)
				}
				if got := c.contents(t, c.ada, id); got.Playlist.Revision != 2 || len(got.Entries) != 1 {
					t.Errorf("%s, public %v: refused edits left a trace: %+v", name, public, got.Playlist)
				}
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestPlaylistList(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		var own []playlist.ID
		for range 3 {
			own = append(own, c.list(t, false))
		}
		public := c.list(t, true, c.songs(1)...)
		for who, want := range map[account.Identity][]playlist.ID{
			c.ada: {public, own[2], own[1], own[0]}, c.bob: {public},
		} {
			var got []playlist.ID
			var after *playlist.Mark
			for {
				page, err := c.lists.List(t.Context(), who, after, 3)
				if err != nil {
					t.Fatal(err)
				}
				if page.Total != len(want) {
					t.Errorf("total %d, want %d", page.Total, len(want))
				}
				for _, p := range page.Playlists {
					got = append(got, p.ID)
				}
				if after = page.Next; after == nil {
					break
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
	})
}

func TestPlaylistDuplicates(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(3)
		id := c.list(t, false, songs[0])
		to := playlist.Target{ID: id}
		_, err := c.lists.Add(t.Context(), c.ada, to, playlist.Addition{Songs: []library.SongID{songs[1], songs[0], songs[1]}})
		var refused *fault.Error
		if !errors.As(err, &refused) || !errors.Is(err, playlist.ErrDuplicate) || len(refused.Details) != 2 || refused.Details[0].Field != "songIds[1]" {
			t.Errorf("got %v", err)
		}
		if got := len(c.contents(t, c.ada, id).Entries); got != 1 {
			t.Errorf("a refused addition left %d entries", got)
		}
		after, err := c.lists.Add(t.Context(), c.ada, to, playlist.Addition{Songs: songs, Duplicates: true})
		if err != nil || after.SongCount != 4 {
			t.Errorf("duplicates allowed: %d, %v", after.SongCount, err)
		}
	})
}

func TestPlaylistTakesNoUnseenSong(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		seen, unseen := c.Song(c.shared, time.Minute, 0), c.Song(c.hidden, time.Minute, 0)
		p, err := c.lists.Create(t.Context(), c.bob, playlist.Description{Name: "Bob's"})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []library.SongID{unseen, 1 << 40} {
			_, err := c.lists.Add(t.Context(), c.bob, playlist.Target{ID: p.ID}, playlist.Addition{Songs: []library.SongID{seen, id}})
			if !errors.Is(err, fault.Missing("Song")) {
				t.Errorf("got %v", err)
			}
		}
		if got := c.contents(t, c.bob, p.ID); got.Playlist.SongCount != 0 || got.Playlist.Revision != 1 {
			t.Errorf("half an addition stayed: %+v", got.Playlist)
		}
	})
}

func TestPlaylistStaleRevision(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		songs := c.songs(3)
		id := c.list(t, false, songs[0])
		known := int64(2)
		at := playlist.Target{ID: id, Revision: &known}
		if _, err := c.lists.Add(t.Context(), c.ada, at, playlist.Addition{Songs: songs[1:2]}); err != nil {
			t.Fatal(err)
		}
		_, err := c.lists.Add(t.Context(), c.ada, at, playlist.Addition{Songs: songs[2:]})
		var stale *fault.Error
		if !errors.As(err, &stale) || !errors.Is(err, playlist.ErrStale) {
			t.Fatalf("got %v", err)
		}
		state := stale.State.(playlist.Contents)
		if diff := cmp.Diff(songs[:2], titles(state.Entries)); diff != "" || state.Playlist.Revision != 3 {
			t.Errorf("state at %d: %s", state.Playlist.Revision, diff)
		}
	})
}

func TestPlaylistEditsAtOnceLoseNothing(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		const writers, each = 4, 5
		songs := c.songs(writers * each)
		id := c.list(t, false)
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				for i := range each {
					song := songs[w*each+i : w*each+i+1]
					if _, err := c.lists.Add(t.Context(), c.ada, playlist.Target{ID: id}, playlist.Addition{Songs: song}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		got := c.contents(t, c.ada, id)
		if len(got.Entries) != writers*each || got.Playlist.Revision != 1+writers*each {
			t.Errorf("%d entries at revision %d", len(got.Entries), got.Playlist.Revision)
		}
	})
}

func TestPlaylistSongAddedTwiceAtOnceIsThereOnce(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		song := c.songs(1)
		id := c.list(t, false)
		outcomes := make(chan error, 4)
		for range cap(outcomes) {
			go func() {
				outcomes <- second(c.lists.Add(t.Context(), c.ada, playlist.Target{ID: id}, playlist.Addition{Songs: song}))
			}()
		}
		won := 0
		for range cap(outcomes) {
			err := <-outcomes
			if err == nil {
				won++
			} else if !errors.Is(err, playlist.ErrDuplicate) {
				t.Error(err)
			}
		}
		if got := len(c.contents(t, c.ada, id).Entries); won != 1 || got != 1 {
			t.Errorf("%d additions succeeded, %d entries", won, got)
		}
	})
}
