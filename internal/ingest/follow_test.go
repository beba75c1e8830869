package ingest_test

import (
	"context"
	"errors"
	"io"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fswatch"
	"hathor/internal/ingest"
	"hathor/internal/media"
)

// follow lets the house follow its folder until the test ends.
func (h *house) follow(f ingest.Following) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); h.scanner.Follow(ctx, f) }()
	h.t.Cleanup(func() { cancel(); <-ended; h.scanner.Close() })
}

// until lets time go by until it is so.
func (h *house) until(what string, so func() bool) {
	h.t.Helper()
	end := time.After(30 * time.Second)
	for !so() {
		h.clock.Advance(time.Second)
		select {
		case <-end:
			h.t.Fatalf("it never came to this: %s; songs %q, state %+v", what, h.titles(), h.scanner.State())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestChangesAreFoundAsTheyHappen(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("a/one.wav", tone("One", 1))
		h.put("a/CD 1/disc.wav", tone("Disc", 2))
		h.scan()
		h.put("b/meanwhile.wav", tone("Meanwhile", 3))
		h.follow(ingest.Following{Events: fswatch.Watcher{}, Settle: 3 * time.Millisecond})
		h.until("what came before is found", func() bool { return len(h.songs()) == 3 })
		if f := h.scanner.Follows(); len(f) != 1 || f[0].By != ingest.ByEvents {
			h.t.Errorf("it is followed as %+v", f)
		}
		id := h.songs()["One"].ID

		h.put("new/deep/two.wav", tone("Two", 4))
		h.until("a new folder is found", func() bool { return h.songs()["Two"].ID != 0 })
		h.put("a/one.wav", tone("One again", 1))
		h.until("a file that is written anew is read", func() bool { return h.songs()["One again"].ID == id })

		h.must(os.Rename(h.path("a"), h.path("moved")))
		h.until("a folder moves with its songs", func() bool {
			s := h.songs()
			return len(s) == 4 && s["One again"].ID == id && len(h.gone()) == 0
		})
		h.must(os.RemoveAll(h.path("new")))
		h.until("a folder that went is noticed", func() bool { return len(h.gone()) == 1 })
		h.put("moved/cover.jpg", picture(7))
		h.until("a cover is found, also for the discs below", func() bool {
			s := h.songs()
			return s["One again"].Cover != nil && s["Disc"].Cover != nil
		})
	})
}

// blind tells of nothing.
type blind struct{ why error }

func (b blind) Follow(context.Context, string, ingest.Heard) error { return b.why }

func TestFoldersThatCannotBeFollowedAreScannedEverySoOften(t *testing.T) {
	h := newSQLiteHouse(t)
	h.follow(ingest.Following{Events: blind{errors.New("too many folders")}, Every: 5 * time.Millisecond})
	h.until("it is said why", func() bool {
		f := h.scanner.Follows()
		return len(f) == 1 && f[0].By == ingest.ByInterval && f[0].Reason == "too many folders"
	})
	h.put("one.wav", tone("One", 1))
	h.until("the file is found", func() bool { return len(h.songs()) == 1 })
}

func TestAFolderThatIsEmptiedWhileItIsFollowedIsAway(t *testing.T) {
	h := newSQLiteHouse(t)
	h.put("a/one.wav", tone("One", 1))
	h.scan()
	h.follow(ingest.Following{Events: fswatch.Watcher{}, Settle: 3 * time.Millisecond})
	h.until("it is followed", func() bool { return h.scanner.State().StartedAt.After(time.Time{}) && !h.scanner.State().Running })
	h.must(os.RemoveAll(h.path("a")))
	h.until("it is said that the disk may be away", func() bool { return len(h.problems()) == 1 })
	if len(h.gone()) != 0 {
		t.Error("the songs of an empty folder are marked missing")
	}
}

// moody reads nothing while it is in a bad mood.
type moody struct {
	ingest.Reader
	bad   atomic.Bool
	reads atomic.Int64
}

func (m *moody) Read(ctx context.Context, file io.ReaderAt, size int64) (ingest.File, error) {
	m.reads.Add(1)
	if m.bad.Load() {
		return ingest.File{}, ingest.ErrNotNow
	}
	return m.Reader.Read(ctx, file, size)
}

func TestAFileThatCannotBeReadNowIsTriedAgainByItself(t *testing.T) {
	h := newSQLiteHouse(t)
	h.put("good/good.wav", tone("Good", 1))
	reader := &moody{Reader: media.NewReader(clock.NewFake(h.clock.Now()))}
	h.build(reader)
	h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
	h.scan()
	reader.bad.Store(true)
	events := told{make(chan ingest.Heard, 1)}
	h.follow(ingest.Following{Events: events, Settle: 3 * time.Millisecond, Retry: 10 * time.Millisecond})
	heard := <-events.heard
	h.put("slow/one.wav", tone("One", 2))
	heard.Folder("slow")
	h.until("it is tried", func() bool { return reader.reads.Load() == 2 })
	h.until("it is tried again", func() bool { return reader.reads.Load() == 4 })
	reader.bad.Store(false)
	h.until("it is read", func() bool {
		state := h.scanner.State()
		return h.songs()["One"].ID != 0 && !state.Running && state.Failed == 0
	})
	reads := reader.reads.Load()
	h.put("other/two.wav", tone("Two", 3))
	heard.Folder("other")
	h.until("the next one is read", func() bool { return h.songs()["Two"].ID != 0 })
	if n := reader.reads.Load() - reads; n != 1 {
		t.Errorf("%d files were read for one", n)
	}
}

func TestTriesGrowRareAndEnd(t *testing.T) {
	h := newSQLiteHouse(t)
	h.put("good.wav", tone("Good", 1))
	reader := &moody{Reader: media.NewReader(clock.NewFake(h.clock.Now()))}
	h.build(reader)
	h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
	h.scan()
	reader.bad.Store(true)
	h.put("slow.wav", tone("Slow", 2))
	h.scan()
	var at []time.Duration
	for reads, begun := reader.reads.Load(), h.clock.Now(); len(at) < 40 && h.clock.Now().Sub(begun) < 24*time.Hour; h.clock.Advance(15 * time.Second) {
		if h.scanner.RetryNow(30 * time.Second); reader.reads.Load() != reads {
			reads, at = reader.reads.Load(), append(at, h.clock.Now().Sub(begun))
		}
	}
	if len(at) != 24 || at[0] != 30*time.Second || at[1] != 90*time.Second || at[2] != 210*time.Second || at[23]-at[22] != 10*time.Minute {
		t.Errorf("it was tried after %v", at)
	}
}
