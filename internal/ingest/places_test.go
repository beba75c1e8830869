package ingest_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/fswatch"
	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// TestManyChangedFoldersLeaveTheOthersAlone changes more folders at once than are asked for by their names.
func TestManyChangedFoldersLeaveTheOthersAlone(t *testing.T) {
	eachHouse(t, func(h *house) {
		const many = 130
		h.put("quiet/stays.wav", tone("Stays", 1))
		h.scan()
		h.follow(ingest.Following{Events: fswatch.Watcher{}, Settle: 3 * time.Millisecond})
		h.until("it is followed", func() bool { return h.scanner.State().StartedAt.After(time.Time{}) && !h.scanner.State().Running })
		for n := range many {
			h.put(fmt.Sprintf("box %03d/one.wav", n), mediatest.WAV(tags(fmt.Sprintf("New %03d", n)), 100*time.Millisecond, 300+float64(n)))
		}
		h.until("all are found", func() bool { return len(h.songs())+len(h.gone()) == many+1 && !h.scanner.State().Running })
		if gone := h.gone(); len(gone) != 0 {
			h.t.Errorf("marked missing though their files are there: %q", gone)
		}
	})
}

// told hears what a test says.
type told struct{ heard chan ingest.Heard }

func (e told) Follow(ctx context.Context, _ string, h ingest.Heard) error {
	e.heard <- h
	<-ctx.Done()
	return ctx.Err()
}

// TestASongLeavesAFolderThatIsNotQuiet moves a file out of a folder in which something is written all the time.
func TestASongLeavesAFolderThatIsNotQuiet(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("inbox/one.wav", tone("One", 1))
		h.put("inbox/two.wav", tone("Two", 2))
		h.scan()
		id := h.songs()["One"].ID
		h.treasure(id)
		events := told{make(chan ingest.Heard, 1)}
		h.follow(ingest.Following{Events: events, Settle: 5 * time.Second})
		heard := <-events.heard
		h.must(os.Mkdir(h.path("album"), 0o755))
		h.must(os.Rename(h.path("inbox/one.wav"), h.path("album/one.wav")))
		heard.Folder("album")
		h.until("the album is scanned", func() bool {
			heard.File("inbox/two.wav")
			page := h.scanner.State()
			return page.Seen > 0 && page.StartedAt.After(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)) && !page.Running && page.Added+page.Updated > 0 && page.Total == 1
		})
		h.treasured("One", id)
	})
}

// TestManyFoldersInOneBatchLeaveTheOthersAlone tells of more folders at once than are asked for by their names: a survey
// of these cannot say of a song elsewhere that it is gone, even of one of which the catalogue was asked as well.
func TestManyFoldersInOneBatchLeaveTheOthersAlone(t *testing.T) {
	eachHouse(t, func(h *house) {
		const many = 130
		h.put("quiet/stays.wav", tone("Stays", 1))
		h.put("box 000/leaves.wav", tone("Leaves", 2))
		h.scan()
		events := told{make(chan ingest.Heard, 1)}
		h.follow(ingest.Following{Events: events, Settle: 5 * time.Second})
		heard := <-events.heard
		h.must(os.Remove(h.path("box 000/leaves.wav")))
		for n := range many {
			h.put(fmt.Sprintf("box %03d/one.wav", n), mediatest.WAV(tags(fmt.Sprintf("New %03d", n)), 100*time.Millisecond, 300+float64(n)))
		}
		for n := range many {
			heard.File(fmt.Sprintf("box %03d/one.wav", n))
		}
		h.until("the batch is scanned", func() bool { s := h.scanner.State(); return s.Seen == many && !s.Running })
		if state := h.scanner.State(); state.Added != many {
			h.t.Errorf("it was no single batch: %+v", state)
		}
		if gone := h.gone(); len(gone) != 1 || gone[0] != "Leaves" {
			h.t.Errorf("gone are %q", gone)
		}
	})
}

// stuck reads a file only when it is let go on.
type stuck struct {
	ingest.Reader
	at, goOn chan struct{}
}

func (s stuck) Read(ctx context.Context, file io.ReaderAt, size int64) (ingest.File, error) {
	s.at <- struct{}{}
	<-s.goOn
	return s.Reader.Read(ctx, file, size)
}

func (h *house) stuck() stuck {
	h.t.Helper()
	reader := stuck{media.NewReader(clock.NewFake(h.clock.Now())), make(chan struct{}, 10), make(chan struct{}, 10)}
	h.build(reader)
	h.must(h.scanner.EnsureLibraries(h.t.Context(), []string{h.music}))
	return reader
}

// TestNothingIsForgottenWhileAScanRuns: the scan may find the songs elsewhere.
func TestNothingIsForgottenWhileAScanRuns(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.put("stays.wav", tone("Stays", 1))
		h.put("one.wav", tone("One", 2))
		h.scan()
		id := h.songs()["One"].ID
		h.must(os.Remove(h.path("one.wav")))
		h.scan()
		reader := h.stuck()
		keeper := ingest.NewKeeper(ingest.KeeperParts{Service: h.service, Scanner: h.scanner, Missing: h.store})
		h.put("elsewhere.wav", tone("One", 2))
		h.must(h.scanner.Start(t.Context(), false))
		<-reader.at
		if _, err := keeper.CleanMissing(t.Context(), identity(ada), nil); fault.KindOf(err) != fault.Conflict {
			h.t.Errorf("while a scan runs: %v", err)
		}
		reader.goOn <- struct{}{}
		h.scanner.Wait()
		if n, err := keeper.CleanMissing(t.Context(), identity(ada), nil); n != 0 || err != nil || h.songs()["One"].ID != id {
			h.t.Errorf("%d were forgotten, %v; there are %v", n, err, h.ids())
		}
	})
}

// TestAFolderThatVanishesAmidAScan is away from when its first file is read: what was read is kept, nothing is lost, and
// the next scan finds the rest.
func TestAFolderThatVanishesAmidAScan(t *testing.T) {
	for name, what := range map[string]string{"a folder": "x", "the library": "."} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.put("x/before.wav", tone("Before", 1))
				h.put("other.wav", tone("Other", 2))
				h.scan()
				before := h.ids()
				reader := h.stuck()
				for n := range 5 {
					h.put(fmt.Sprintf("x/new %d.wav", n), tone(fmt.Sprintf("New %d", n), 3+n))
				}
				h.must(h.scanner.Start(t.Context(), false))
				<-reader.at
				away := h.path(what) + "-away"
				h.must(os.Rename(h.path(what), away))
				close(reader.goOn)
				h.scanner.Wait()
				if gone := h.gone(); len(gone) != 0 {
					h.t.Errorf("gone are %q", gone)
				}
				// Of a library all is read that is open, wherever it is now.
				if read := len(h.songs()) - 2; len(h.problems()) != 5-read || h.scanner.State().Failed != 5-read || read == 5 && what != "." {
					h.t.Errorf("%d were read, problems are %q", read, h.problems())
				}
				h.must(os.Rename(away, h.path(what)))
				h.scan()
				h.sameIDs(before, "Before", "Other")
				if len(h.songs()) != 7 || len(h.problems()) != 0 {
					h.t.Errorf("there are %q, problems are %q", h.titles(), h.problems())
				}
			})
		})
	}
}
