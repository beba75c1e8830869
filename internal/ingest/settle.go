package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Finish makes a song of an upload of which all bytes are there, and keeps the outcome. An upload that has
// one gives it again. An error is no outcome: a full disk, a database that is away. Then it can be asked
// for again, and is tried again by Run.
func (b *Inbox) Finish(ctx context.Context, who account.Identity, id ArrivalID) (Arrival, error) {
	if _, ok := b.holds.take(id, false, nil); !ok {
		return Arrival{}, ErrArrivalBusy
	}
	defer b.holds.release(id)
	ctx = context.WithoutCancel(ctx) // the file is here: its client need not wait for what comes of it
	a, err := b.current(ctx, who, id)
	if err != nil || a.State != Processing {
		return a, err
	}
	return b.settle(ctx, who, a, false)
}

// settle ingests the file; again says that another process may have done so already.
func (b *Inbox) settle(ctx context.Context, who account.Identity, a Arrival, again bool) (Arrival, error) {
	done, err := b.take(ctx, who, a, again)
	var refusal *fault.Error
	switch {
	case err == nil:
		a.State, a.Song, a.Notes = Added, done.Song, done.Notes
		if done.Duplicate {
			a.State = Duplicate
		}
	case errors.As(err, &refusal) && final(refusal.Kind):
		a.State, a.Code, a.Reason = Refused, refusal.Code, sentences(refusal)
	default:
		return a, fmt.Errorf("finish upload: %w", err)
	}
	a.ExpiresAt = b.clock.Now().Add(ArrivalLife)
	if err := b.arrivals.Settle(ctx, a); err != nil {
		return a, fmt.Errorf("keep outcome of upload: %w", err)
	}
	if err := b.partials.Remove(ctx, a.File); err != nil {
		slog.WarnContext(ctx, "a received file was left for the next sweep", slog.Any("error", err))
	}
	return a, nil
}

// take is the same as an upload in one piece from here on.
func (b *Inbox) take(ctx context.Context, who account.Identity, a Arrival, again bool) (Uploaded, error) {
	scope, err := b.scopes.Scope(ctx, who)
	if err != nil {
		return Uploaded{}, err
	}
	file, err := b.partials.Stage(ctx, a.File)
	if err != nil {
		return Uploaded{}, err
	}
	defer func() { _ = file.Discard() }()
	done, err := b.service.Upload(ctx, who, scope, Upload{File: file, Name: a.Name, Form: a.Form})
	if err == nil && done.Duplicate && again {
		done.Duplicate = !b.ownSong(ctx, a, done.Song)
	}
	return done, err
}

// ownSong tells whether the song that is there already was made of this very upload, by a process that
// died before it could keep the outcome.
func (b *Inbox) ownSong(ctx context.Context, a Arrival, song library.SongID) bool {
	held, err := b.service.journal.Held(ctx, []library.SongID{song})
	return err == nil && held[song].UploadedBy == a.Owner && !held[song].AddedAt.Before(a.ExpiresAt.Add(-ArrivalLife))
}

// final tells whether a failure is the file's own, so that trying again would end the same way.
func final(kind fault.Kind) bool {
	switch kind {
	case fault.Internal, fault.Unavailable, fault.NoSpace, fault.RateLimited, fault.Unauthenticated, fault.Locked:
		return false
	}
	return true
}

// sentences are the fault's message, or those of its fields.
func sentences(f *fault.Error) string {
	if len(f.Details) == 0 {
		return f.Message
	}
	texts := make([]string, len(f.Details))
	for i, d := range f.Details {
		texts[i] = d.Message
	}
	return strings.Join(texts, "; ")
}

// sweepEvery is how often uploads are looked after that nobody asks for.
const sweepEvery = time.Minute

// Run finishes what a process left that died, and forgets what has expired, now and every minute until the
// context ends.
func (b *Inbox) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := b.Sweep(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "uploads could not be looked after", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep forgets uploads that have expired, removes files of no upload, and finishes those that have all
// bytes and no outcome.
func (b *Inbox) Sweep(ctx context.Context) error {
	files, err := b.partials.List(ctx) // before the rows: a file never comes before its row
	if err != nil {
		return err
	}
	open, err := b.arrivals.Expire(ctx, b.clock.Now())
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, a := range open {
		known[a.File] = true
	}
	var failed []error
	for _, file := range files {
		if !known[file] {
			failed = append(failed, b.partials.Remove(ctx, file))
		}
	}
	for _, a := range open {
		if a.State == Processing && ctx.Err() == nil {
			failed = append(failed, b.retry(ctx, a))
		}
	}
	return errors.Join(failed...)
}

// retry finishes an upload on which nobody works.
func (b *Inbox) retry(ctx context.Context, a Arrival) error {
	if _, ok := b.holds.take(a.ID, false, nil); !ok {
		return nil
	}
	defer b.holds.release(a.ID)
	who := account.Identity{User: a.Owner}
	a, err := b.current(ctx, who, a.ID)
	if fault.KindOf(err) == fault.NotFound || err == nil && a.State != Processing {
		return nil // somebody was faster
	}
	if err != nil {
		return err
	}
	_, err = b.settle(ctx, who, a, true)
	return err
}
