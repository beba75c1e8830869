package ingest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

const (
	// MostArrivals is how many uploads without an outcome a member may have.
	MostArrivals = 1000
	// ArrivalLife is how long an upload waits for its next piece, and how long its outcome is remembered.
	ArrivalLife = 24 * time.Hour
)

var (
	// ErrManyArrivals is the answer to a member who begins more and more and ends nothing.
	ErrManyArrivals = fault.Newf(fault.Conflict, "too_many_uploads", "You have %d unfinished uploads: finish or remove some first", MostArrivals)
	// ErrArrivalBusy is the answer to a second piece while one is received.
	ErrArrivalBusy = fault.New(fault.Locked, "upload_locked", "Another request writes to this upload")
	// ErrOffset is the answer to a piece that does not fit onto what is there.
	ErrOffset = fault.New(fault.Conflict, "wrong_offset", "The piece does not begin where the upload ends")
	// ErrInterrupted is the answer to a piece that was cut off so that the upload can go on elsewhere.
	ErrInterrupted = fault.New(fault.Unavailable, "upload_interrupted", "The upload was interrupted; what arrived is kept")
)

// Scopes knows what a member may hear.
type Scopes interface {
	Scope(ctx context.Context, who account.Identity) (library.Scope, error)
}

// Inbox receives uploads in pieces, keeps them over a restart, and hands the whole to the Service. It is
// safe for concurrent use; with several processes on one database each upload belongs to one of them.
type Inbox struct {
	service  *Service
	scopes   Scopes
	arrivals Arrivals
	partials Partials
	clock    clock.Clock
	holds    holds
}

// InboxParts is what an Inbox is built from.
type InboxParts struct {
	Service  *Service
	Scopes   Scopes
	Arrivals Arrivals
	Partials Partials
	Clock    clock.Clock
}

// NewInbox builds the inbox.
func NewInbox(p InboxParts) *Inbox {
	return &Inbox{service: p.Service, scopes: p.Scopes, arrivals: p.Arrivals, partials: p.Partials, clock: p.Clock}
}

// MaxFileSize is how many bytes one upload may have.
func (b *Inbox) MaxFileSize() int64 { return b.service.limit }

// Announcement begins an upload: what the client says of the file before it sends any of it.
type Announcement struct {
	Name        string
	Fingerprint string
	Form        Form
	Size        int64
}

// Begin makes room for an upload. Its fields and the quota are checked now, so that nobody sends a file in
// vain; uploads that arrive together may still be too much for the quota, which Upload finds.
func (b *Inbox) Begin(ctx context.Context, who account.Identity, n Announcement) (Arrival, error) {
	if n.Size > b.service.limit {
		return Arrival{}, b.service.tooLarge()
	}
	now := b.clock.Now()
	if _, _, err := n.Form.changes(now); err != nil {
		return Arrival{}, err
	}
	if err := b.service.Admit(ctx, who, n.Size); err != nil {
		return Arrival{}, err
	}
	a := Arrival{
		Owner: who.User, File: rand.Text(), Name: n.Name, Fingerprint: n.Fingerprint, Form: n.Form, Size: n.Size,
		State: Receiving, CreatedAt: now, ExpiresAt: now.Add(ArrivalLife),
	}
	if a.Size == 0 {
		a.State = Processing // no piece will come
	}
	var err error
	if a.ID, err = b.arrivals.AddArrival(ctx, a, MostArrivals); err != nil {
		return Arrival{}, err
	}
	return a, nil
}

func (s *Service) tooLarge() error {
	return fault.Newf(fault.TooLarge, "file_too_large", "The file is too large: at most %d MB are taken", s.limit>>20)
}

// Get reads one of the caller's uploads. Its offset is what is durable both in the file and in the database.
func (b *Inbox) Get(ctx context.Context, who account.Identity, id ArrivalID) (Arrival, error) {
	a, err := b.arrivals.Arrival(ctx, who.User, id)
	if err != nil || a.State.Settled() {
		return a, err
	}
	length, err := b.partials.Length(ctx, a.File)
	if err != nil {
		return Arrival{}, err
	}
	if length < a.Offset && b.holds.holder(id) == nil { // the file was lost, or older than the database
		a.Offset, a.State = length, Receiving
	}
	return a, nil
}

// List answers the caller's uploads.
func (b *Inbox) List(ctx context.Context, who account.Identity, q ArrivalQuery) (ArrivalPage, error) {
	return b.arrivals.ListArrivals(ctx, who.User, q)
}

// Busy tells whether somebody writes to the upload just now.
func (b *Inbox) Busy(id ArrivalID) bool { return b.holds.holder(id) != nil }

// Interrupt ends the receiving of a piece: the client has come back on another connection, and the server
// may not have noticed that the first is dead. It returns when all that arrived is durable.
func (b *Inbox) Interrupt(ctx context.Context, id ArrivalID) error { return b.holds.interrupt(ctx, id) }

// InterruptAll ends the receiving of every piece, for a server that stops.
func (b *Inbox) InterruptAll(ctx context.Context) {
	for _, id := range b.holds.all() {
		if b.holds.interrupt(ctx, id) != nil {
			return
		}
	}
}

// Piece is a part of an upload. Wake makes a Body that waits for its client return.
type Piece struct {
	Offset int64
	Body   io.Reader
	Wake   func()
}

// Append takes a piece in and returns how far the upload is then, with an error too. An error of the stream
// comes back wrapped; what had arrived by then is kept, as it is when the disk is full (fault.NoSpace).
func (b *Inbox) Append(ctx context.Context, who account.Identity, id ArrivalID, p Piece) (Arrival, error) {
	mine, ok := b.holds.take(id, true, p.Wake)
	if !ok {
		return Arrival{}, ErrArrivalBusy
	}
	defer b.holds.release(id)
	a, err := b.current(ctx, who, id)
	if err != nil {
		return Arrival{}, err
	}
	if p.Offset != a.Offset {
		return a, ErrOffset
	}
	if a.State != Receiving {
		return a, nil
	}
	ctx = context.WithoutCancel(ctx) // what arrived is kept, whether the client still waits or not
	body := &stoppable{io.LimitReader(p.Body, a.Size-a.Offset), mine.stop}
	err = b.partials.Append(ctx, a.File, a.Offset, body, func(durable int64) error {
		a.Offset, a.ExpiresAt = durable, b.clock.Now().Add(ArrivalLife)
		if a.Offset == a.Size {
			a.State = Processing
		}
		return b.arrivals.Advance(ctx, a)
	})
	if err != nil {
		return a, fmt.Errorf("receive piece: %w", err)
	}
	return a, nil
}

// current reads the upload and brings the database down to what the file has.
func (b *Inbox) current(ctx context.Context, who account.Identity, id ArrivalID) (Arrival, error) {
	a, err := b.arrivals.Arrival(ctx, who.User, id)
	if err != nil || a.State.Settled() {
		return a, err
	}
	length, err := b.partials.Length(ctx, a.File)
	if err != nil {
		return Arrival{}, err
	}
	if length < a.Offset {
		a.Offset, a.State = length, Receiving
		err = b.arrivals.Advance(ctx, a)
	}
	return a, err
}

// stoppable reads until it is told to stop.
type stoppable struct {
	io.Reader
	stop <-chan struct{}
}

func (s *stoppable) Read(p []byte) (int, error) {
	select {
	case <-s.stop:
		return 0, ErrInterrupted
	default:
	}
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		select {
		case <-s.stop:
			return n, ErrInterrupted.Because(err)
		default:
		}
	}
	return n, err
}

// Remove takes an upload away, with what arrived of it; a song that it became stays.
func (b *Inbox) Remove(ctx context.Context, who account.Identity, id ArrivalID) error {
	a, err := b.arrivals.Arrival(ctx, who.User, id)
	if err != nil {
		return err
	}
	if err := b.holds.interrupt(ctx, id); err != nil {
		return err
	}
	if _, ok := b.holds.take(id, false, nil); !ok {
		return ErrArrivalBusy
	}
	defer b.holds.release(id)
	if err := b.arrivals.RemoveArrival(ctx, id); err != nil {
		return err
	}
	return b.partials.Remove(ctx, a.File)
}
