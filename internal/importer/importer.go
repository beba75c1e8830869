// Package importer sends files, folders and archives to a running server over its API, by the tus protocol, so
// that an import goes on after a lost connection, a restart of the server, and an end of its own.
package importer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"hathor/internal/clock"
)

// Outcome is what came of a file.
type Outcome string

// The outcomes. A failed file may arrive when it is tried again, a refused one will not.
const (
	Added     Outcome = "added"
	Duplicate Outcome = "duplicate"
	Refused   Outcome = "refused"
	Failed    Outcome = "failed"
	Skipped   Outcome = "skipped"
)

// Result is one file and what came of it.
type Result struct {
	Path    string // as people know it: in an archive behind the archive's
	Outcome Outcome
	Reason  string // of what was refused or failed
}

// Progress is told what happens, by several goroutines.
type Progress interface {
	// Found tells of files that will be sent.
	Found(files int, bytes int64)
	// Sent tells of bytes that need not be sent any more.
	Sent(bytes int64)
	Ended(r Result)
	// Trouble says that the server is away and when it is tried again.
	Trouble(reason string, again time.Duration)
}

// Options are what an import obeys.
type Options struct {
	Server   string // address, such as http://localhost:5000
	Token    string
	Fields   map[string]string // of each upload: libraryId, private
	Parallel int
	Patience time.Duration // with a server that does not come back
	Archives Bounds
	Clock    clock.Clock
	Client   *http.Client
	Progress Progress
}

// Importer is one import.
type Importer struct {
	Options
	api   *api
	maxed int64 // bytes the server takes of one file

	mu    sync.Mutex
	known map[string]upload // what the server has of earlier tries, by fingerprint
}

// New makes an import; nothing is sent before Run.
func New(o Options) *Importer {
	return &Importer{Options: o, api: &api{server: o.Server, token: o.Token, client: o.Client}}
}

// Run imports the paths: files, folders, archives. It returns an error when nothing could be tried, or when the
// context ended it; what came of each file is told to Progress.
func (i *Importer) Run(ctx context.Context, paths []string) error {
	if err := i.prepare(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	items := make(chan item)
	var workers sync.WaitGroup
	for range max(1, i.Parallel) {
		workers.Go(func() {
			for it := range items {
				if err := i.one(ctx, it); err != nil {
					cancel(err)
				}
			}
		})
	}
	found := finder{bounds: i.Archives, largest: i.maxed, progress: i.Progress, out: items}
	err := found.all(ctx, paths)
	close(items)
	workers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// prepare asks the server what it takes and what it has. It waits for a server that is just starting.
func (i *Importer) prepare(ctx context.Context) error {
	return i.insist(ctx, func() (err error) {
		if i.maxed, err = i.api.limit(ctx); err != nil {
			return err
		}
		i.known, err = i.api.list(ctx)
		return err
	})
}

// one sends a file and tells what came of it. An error ends the import: nothing else would arrive either.
func (i *Importer) one(ctx context.Context, it item) error {
	defer it.close()
	if ctx.Err() != nil {
		return nil
	}
	var done upload
	tries := 0
	err := i.insist(ctx, func() (err error) {
		done, err = i.send(ctx, it, tries > 0)
		tries++
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, errToken):
		return err
	case err == nil:
		i.Progress.Ended(resultOf(it, done))
	default:
		i.Progress.Ended(Result{it.path, outcomeOf(err), err.Error()})
	}
	return nil
}

func resultOf(it item, u upload) Result {
	switch u.State {
	case "done":
		return Result{it.path, Added, ""}
	case "duplicate":
		return Result{it.path, Duplicate, ""}
	}
	return Result{it.path, Refused, u.Reason}
}

// outcomeOf tells a file that the server does not want from one that could not be sent.
func outcomeOf(err error) Outcome {
	var answered *problem
	if errors.As(err, &answered) && answered.status >= 400 && answered.status < 500 {
		return Refused
	}
	return Failed
}

const (
	firstWait   = time.Second
	longestWait = 15 * time.Second
)

// insist tries again what may help, with growing pauses, for as long as the patience lasts.
func (i *Importer) insist(ctx context.Context, try func() error) error {
	began := i.Clock.Now()
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := try()
		if err == nil || ctx.Err() != nil || !temporary(err) {
			return err
		}
		if i.Clock.Now().Sub(began) > i.Patience {
			return fmt.Errorf("gave up after %v: %w", i.Patience, err)
		}
		pause := max(wait, retryAfter(err))
		i.Progress.Trouble(err.Error(), pause)
		if !sleep(ctx, pause) {
			return ctx.Err()
		}
	}
}

// sleep is false when the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
