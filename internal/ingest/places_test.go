package ingest_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"hathor/internal/fswatch"
	"hathor/internal/ingest"
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
