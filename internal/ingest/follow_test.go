package ingest_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"hathor/internal/fswatch"
	"hathor/internal/ingest"
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
