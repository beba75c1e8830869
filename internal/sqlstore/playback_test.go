package sqlstore_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playback"
	"hathor/internal/sqlstore"
)

func (c *club) player() *playback.Service {
	return playback.New(sqlstore.NewPlayback(c.db), c.catalogue, nil, c.clock)
}

func queueOf(songs ...library.SongID) *[]playback.QueueItem {
	out := make([]playback.QueueItem, len(songs))
	for i, id := range songs {
		out[i] = playback.QueueItem{Song: id, Entry: int64(i + 1)}
	}
	return &out
}

func pointer[T any](v T) *T { return &v }

func TestPlaybackStateOfAFreshUser(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		got, err := c.player().State(t.Context(), c.ada)
		want := playback.Fresh()
		want.Queue, want.ReadAt = []playback.QueueItem{}, c.clock.Now()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

func TestPlaybackStateIsKeptWhole(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, songs := c.player(), c.songs(3)
		all := playback.Change{
			Revision: pointer(int64(0)), CurrentSong: &songs[1], Position: pointer(1234 * time.Millisecond), Playing: pointer(true),
			Volume: pointer(0.25), Speed: pointer(1.5), Pitch: pointer(-2.5), Stems: &playback.Stems{Drums: true},
			Queue: queueOf(songs...), QueueIndex: pointer(pointer(1)), Repeat: pointer(playback.RepeatAll), Shuffle: pointer(true),
		}
		got, err := player.Write(t.Context(), c.ada, all)
		if err != nil {
			t.Fatal(err)
		}
		want := playback.State{
			Revision: 1, CurrentSong: songs[1], Position: 1234 * time.Millisecond, Playing: true, Volume: 0.25, Speed: 1.5,
			Pitch: -2.5, Stems: playback.Stems{Drums: true}, Queue: *queueOf(songs...), QueueIndex: pointer(1),
			Repeat: playback.RepeatAll, Shuffle: true, UpdatedAt: c.clock.Now(), PositionAt: c.clock.Now(), ReadAt: c.clock.Now(),
			QueueRevision: 1, NextEntry: 4,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		want.Revision, want.Position = 2, time.Minute
		got, err = player.Write(t.Context(), c.ada, playback.Change{Position: pointer(time.Minute)})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error("what was left out changed", err, diff)
		}
		other, err := player.State(t.Context(), c.bob)
		if err != nil || other.Revision != 0 || len(other.Queue) != 0 {
			t.Errorf("another's state: %+v, %v", other, err)
		}
	})
}

func TestPlaybackRefusesAnOlderRevision(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player := c.player()
		for _, volume := range []float64{0.1, 0.2} {
			if _, err := player.Write(t.Context(), c.ada, playback.Change{Volume: &volume}); err != nil {
				t.Fatal(err)
			}
		}
		_, err := player.Write(t.Context(), c.ada, playback.Change{Revision: pointer(int64(1)), Volume: pointer(0.9)})
		var stale *fault.Error
		if !errors.As(err, &stale) || !errors.Is(err, playback.ErrStale) {
			t.Fatalf("got %v", err)
		}
		if state := stale.State.(playback.State); state.Revision != 2 || state.Volume != 0.2 {
			t.Errorf("state: %+v", state)
		}
	})
}

func TestPlaybackWritesAtOnce(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player := c.player()
		var group sync.WaitGroup
		outcomes := make(chan error, 4)
		for range cap(outcomes) {
			group.Go(func() {
				_, err := player.Write(t.Context(), c.ada, playback.Change{Revision: pointer(int64(0)), Shuffle: pointer(true)})
				outcomes <- err
			})
		}
		group.Wait()
		close(outcomes)
		won := 0
		for err := range outcomes {
			if err == nil {
				won++
			} else if !errors.Is(err, playback.ErrStale) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d devices wrote revision 1", won)
		}
	})
}

func TestPlaybackQueueOfUnseenSongs(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, songs := c.player(), c.songs(2)
		hidden := c.Song(c.hidden, time.Minute, 0)
		change := playback.Change{CurrentSong: &hidden, Queue: queueOf(songs[0], songs[1], hidden, 1<<40), QueueIndex: pointer(pointer(4))}
		_, err := player.Write(t.Context(), c.bob, change)
		var wrong *fault.Error
		if !errors.As(err, &wrong) {
			t.Fatalf("got %v", err)
		}
		var fields []string
		for _, d := range wrong.Details {
			fields = append(fields, d.Field)
		}
		if diff := cmp.Diff([]string{"currentSongId", "queue[2].songId", "queue[3].songId", "queueIndex"}, fields); diff != "" {
			t.Error(diff)
		}
		if state, err := player.State(t.Context(), c.bob); err != nil || state.Revision != 0 {
			t.Errorf("a refused write was kept: %+v, %v", state, err)
		}
	})
}

func TestPlaybackDropsVanishedSongs(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, songs := c.player(), c.songs(4)
		_, err := player.Write(t.Context(), c.ada, playback.Change{
			CurrentSong: &songs[1], Playing: pointer(true), Position: pointer(time.Second), Queue: queueOf(songs...),
		})
		if err != nil {
			t.Fatal(err)
		}
		c.LoseSong(songs[3])
		c.DeleteSong(songs[0])
		state, err := player.State(t.Context(), c.ada)
		if err != nil || len(state.Queue) != 3 || state.QueueIndex == nil || *state.QueueIndex != 0 || state.CurrentSong != songs[1] || !state.Playing {
			t.Errorf("a song before the current one vanished: %+v, %v", state, err)
		}
		c.DeleteSong(songs[1])
		state, err = player.State(t.Context(), c.ada)
		if err != nil || len(state.Queue) != 2 || *state.QueueIndex != 0 || state.CurrentSong != 0 || state.Playing || state.Position != 0 {
			t.Errorf("the current song vanished: %+v, %v", state, err)
		}
		state, err = player.Write(t.Context(), c.ada, playback.Change{QueueIndex: pointer(pointer(1))})
		if err != nil || *state.QueueIndex != 1 || state.Queue[1].Song != songs[3] {
			t.Errorf("a place in the queue as it was seen: %+v, %v", state, err)
		}
	})
}

func TestRecordListen(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, song := c.player(), c.songs(1)[0]
		report := func(heard time.Duration) {
			t.Helper()
			if err := player.RecordListen(t.Context(), c.ada, song, &heard); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(step string, plays, marks, listens int) {
			t.Helper()
			gotPlays, gotMarks := c.Plays(c.ada.User, song)
			history, err := player.History(t.Context(), c.ada, nil, 10)
			if err != nil || gotPlays != plays || gotMarks != marks || len(history.Listens) != listens {
				t.Errorf("%s: %d plays, %d marks, %d listens, %v", step, gotPlays, gotMarks, len(history.Listens), err)
			}
		}
		report(time.Second)
		expect("a moment", 0, 0, 1)
		c.clock.Advance(89 * time.Second)
		report(90 * time.Second)
		expect("half of it", 1, 1, 1)
		c.clock.Advance(time.Second)
		report(91 * time.Second)
		expect("the same again", 1, 1, 1)
		c.clock.Advance(5 * time.Minute)
		report(3 * time.Minute)
		expect("a second time", 2, 1, 2)
	})
}

func TestRecordListenAtOnceCountsOnce(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, song := c.player(), c.songs(1)[0]
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if err := player.RecordListen(t.Context(), c.ada, song, nil); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if plays, _ := c.Plays(c.ada.User, song); plays != 1 {
			t.Errorf("counted %d times", plays)
		}
	})
}

func TestRecordListenOfUnseenSong(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		hidden := c.Song(c.hidden, time.Minute, 0)
		for _, id := range []library.SongID{hidden, 1 << 40} {
			if err := c.player().RecordListen(t.Context(), c.bob, id, nil); !errors.Is(err, fault.Missing("Song")) {
				t.Errorf("got %v", err)
			}
		}
		if _, marks := c.Plays(c.bob.User, hidden); marks != 0 {
			t.Error("a refused report left a mark")
		}
	})
}

func TestHistoryIsPaged(t *testing.T) {
	eachClub(t, func(t *testing.T, c *club) {
		player, songs := c.player(), c.songs(7)
		hidden := c.Song(c.hidden, time.Minute, 0)
		for i, id := range append(songs, hidden) {
			if err := player.RecordListen(t.Context(), c.ada, id, nil); err != nil {
				t.Fatal(err)
			}
			if i%2 == 0 { // some in the same millisecond
				c.clock.Advance(time.Second)
			}
		}
		c.Revoke(c.hidden)
		c.clock.Advance(time.Minute)
		var got []library.SongID
		var before *playback.Mark
		for {
			page, err := player.History(t.Context(), c.ada, before, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Listens {
				got = append([]library.SongID{l.Song.ID}, got...)
			}
			if before = page.Next; before == nil {
				break
			}
		}
		if diff := cmp.Diff(songs, got); diff != "" {
			t.Error(diff)
		}
	})
}
