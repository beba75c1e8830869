package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// inbox is a new one over the house, as after a restart; change may break parts of it.
func (h *house) inbox(change func(*ingest.InboxParts)) *ingest.Inbox {
	p := ingest.InboxParts{Service: h.service, Scopes: h.library, Arrivals: h.mail, Partials: h.disk.Partials(), Clock: h.clock}
	if change != nil {
		change(&p)
	}
	return ingest.NewInbox(p)
}

func song(title string) []byte {
	return mediatest.WAV(mediatest.Tags{Title: title, Artists: []string{"Ada"}}, time.Second, 440)
}

// begin announces a file and sends its first bytes.
func (h *house) begin(b *ingest.Inbox, file []byte, first int) ingest.ArrivalID {
	h.t.Helper()
	a, err := b.Begin(h.t.Context(), identity(bob), ingest.Announcement{Name: "file.wav", Size: int64(len(file))})
	h.must(err)
	_, err = h.send(b, a.ID, 0, file[:first])
	h.must(err)
	return a.ID
}

func (h *house) send(b *ingest.Inbox, id ingest.ArrivalID, at int, piece []byte) (ingest.Arrival, error) {
	return b.Append(h.t.Context(), identity(bob), id, ingest.Piece{Offset: int64(at), Body: bytes.NewReader(piece)})
}

func (h *house) wantArrival(b *ingest.Inbox, id ingest.ArrivalID, state ingest.ArrivalState, offset int) ingest.Arrival {
	h.t.Helper()
	a, err := b.Get(h.t.Context(), identity(bob), id)
	h.must(err)
	if a.State != state || a.Offset != int64(offset) {
		h.t.Fatalf("it is %s at %d, want %s at %d", a.State, a.Offset, state, offset)
	}
	return a
}

// forgetful cannot keep an outcome: a process that dies just before it would.
type forgetful struct{ ingest.Arrivals }

func (forgetful) Settle(context.Context, ingest.Arrival) error { return errStore }

// fullPartials has no room for the object.
type fullPartials struct{ ingest.Partials }

func (f fullPartials) Stage(ctx context.Context, name string) (ingest.Staged, error) {
	staged, err := f.Partials.Stage(ctx, name)
	return fullStaged{staged}, err
}

// TestWholeUploadThatCouldNotBeFinished ends every time in one song that is new, not in a duplicate of itself.
func TestWholeUploadThatCouldNotBeFinished(t *testing.T) {
	for name, breakIt := range map[string]func(h *house, p *ingest.InboxParts){
		"died before the outcome": func(_ *house, p *ingest.InboxParts) { p.Arrivals = forgetful{p.Arrivals} },
		"full disk":               func(_ *house, p *ingest.InboxParts) { p.Partials = fullPartials{p.Partials} },
		"no row": func(h *house, p *ingest.InboxParts) {
			parts := h.parts(media.NewReader(h.clock))
			parts.Catalogue = brokenCatalogue{h.store}
			p.Service = ingest.NewService(parts)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				file := song("One")
				broken := h.inbox(func(p *ingest.InboxParts) { breakIt(h, p) })
				id := h.begin(broken, file, len(file))
				if _, err := broken.Finish(t.Context(), identity(bob), id); err == nil || fault.KindOf(err) == fault.Unsupported {
					h.t.Fatalf("got %v", err)
				}
				h.wantArrival(broken, id, ingest.Processing, len(file))
				h.clock.Advance(time.Hour)
				after := h.inbox(nil)
				h.must(after.Sweep(t.Context()))
				h.must(after.Sweep(t.Context()))
				a := h.wantArrival(after, id, ingest.Added, len(file))
				if titles := h.titles(); !slices.Equal(titles, []string{"One"}) || a.Song != h.songs()["One"].ID {
					h.t.Errorf("songs %v, %+v", titles, a)
				}
				if kept := h.kept(); !slices.Equal(kept, []string{"audio"}) {
					h.t.Errorf("kept %v", kept)
				}
				again, err := after.Finish(t.Context(), identity(bob), id)
				if err != nil || again.State != ingest.Added || again.Song != a.Song {
					h.t.Errorf("asked again: %+v, %v", again, err)
				}
			})
		})
	}
}

func TestOffsetIsWhatIsDurable(t *testing.T) {
	eachHouse(t, func(h *house) {
		b, file := h.inbox(nil), song("One")
		id := h.begin(b, file, 1000)
		names, err := h.disk.Partials().List(t.Context())
		h.must(err)
		name := filepath.Join(h.objects, ".arriving", names[0])
		// The process died after bytes were written, before they were answered for.
		whole := append(slices.Clone(file[:1000]), []byte("written, never synced")...)
		h.must(os.WriteFile(name, whole, 0o600))
		h.wantArrival(b, id, ingest.Receiving, 1000)
		_, err = h.send(b, id, 1000, file[1000:2000])
		h.must(err)
		// The file is behind the database: it was brought back from a copy.
		h.must(os.Truncate(name, 500))
		h.wantArrival(b, id, ingest.Receiving, 500)
		if _, err := h.send(b, id, 2000, file[2000:]); !errors.Is(err, ingest.ErrOffset) {
			h.t.Errorf("behind a hole: %v", err)
		}
		// The file is gone when all was there.
		_, err = h.send(b, id, 500, file[500:])
		h.must(err)
		h.must(os.Remove(name))
		a, err := b.Finish(t.Context(), identity(bob), id)
		if err != nil || a.State != ingest.Receiving || a.Offset != 0 {
			h.t.Errorf("without its file: %+v, %v", a, err)
		}
		_, err = h.send(b, id, 0, file)
		h.must(err)
		a, err = b.Finish(t.Context(), identity(bob), id)
		if err != nil || a.State != ingest.Added || !slices.Equal(h.titles(), []string{"One"}) {
			h.t.Errorf("in the end: %+v, %v", a, err)
		}
	})
}

func TestServerThatStopsKeepsWhatArrived(t *testing.T) {
	eachHouse(t, func(h *house) {
		b, file := h.inbox(nil), song("One")
		id := h.begin(b, file, 0)
		body, client := io.Pipe()
		ended := make(chan error, 1)
		go func() {
			_, err := b.Append(t.Context(), identity(bob), id, ingest.Piece{Body: body, Wake: func() { _ = body.CloseWithError(os.ErrDeadlineExceeded) }})
			ended <- err
		}()
		_, err := client.Write(file[:1000])
		h.must(err)
		if !b.Busy(id) {
			h.t.Error("nobody is at work")
		}
		b.InterruptAll(t.Context())
		if err := <-ended; !errors.Is(err, ingest.ErrInterrupted) {
			h.t.Errorf("got %v", err)
		}
		h.wantArrival(h.inbox(nil), id, ingest.Receiving, 1000)
	})
}
