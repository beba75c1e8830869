package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Scanner reads the library folders into the catalogue, one scan at a time. Whoever makes it closes it.
type Scanner struct {
	shelf     Shelf
	libraries Libraries
	objects   Objects
	reader    Reader
	inspector Inspector
	service   *Service // deletes covers that a scan frees
	clock     clock.Clock
	watch     Watch
	batch     int        // songs written at once
	scanning  sync.Mutex // held by a scan, and by what must not run beside one

	mu        sync.Mutex
	folders   []library.Library
	state     State
	following map[library.ID]Follows
	retries   map[inLibrary]retry
	pause     time.Duration      // before the first retry; 0 for none
	wake      chan struct{}      // holds one: Follow has something to do
	cancel    context.CancelFunc // of the running scan
	looking   context.CancelFunc // of the look at covers after it
	grown     bool               // many files were read since memory was last given back
	closed    bool
	running   sync.WaitGroup
}

// Watch runs work, a part of what goes on in the background, and may look on from outside.
type Watch func(ctx context.Context, name string, work func(context.Context) error) error

// State is how far a scan is, or how the last one went.
type State struct {
	Running    bool
	Seen       int // audio files found
	Added      int
	Updated    int // changed, moved or come back
	Missing    int
	Failed     int // files that could not be read so far; in the end, all that is listed with what could not be read
	Read       int // of Total
	Total      int // new and changed files, as far as folders are listed
	StartedAt  time.Time
	FinishedAt time.Time
	ReadFrom   time.Time // when the first file was about to be read
	Reading    Reading
}

// soonest is when a pace can be told.
const soonest = time.Second / 2

// PerSecond is how many files are, or were, read in a second; 0 when that cannot be told.
func (s State) PerSecond(now time.Time) float64 {
	if !s.FinishedAt.IsZero() {
		now = s.FinishedAt
	}
	took := now.Sub(s.ReadFrom)
	if s.ReadFrom.IsZero() || s.Read == 0 || took < soonest {
		return 0
	}
	return float64(s.Read) / took.Seconds()
}

// Left is how long the rest will take at the pace so far, 0 when that cannot be told.
func (s State) Left(now time.Time) time.Duration {
	pace := s.PerSecond(now)
	if !s.Running || pace == 0 {
		return 0
	}
	return time.Duration(float64(s.Total-s.Read) / pace * float64(time.Second))
}

// Reading is what a running scan is at: the library, and the folder within it, "." for its own. The zero value is nothing
// yet.
type Reading struct{ Library, Folder string }

var (
	errRunning = fault.New(fault.Conflict, "scan_running", "A scan is already running")
	errClosed  = fault.New(fault.Unavailable, "shutting_down", "The server is shutting down")
)

// NewScanner builds a scanner that shares the parts of service and keeps what it reads on shelf.
func NewScanner(service *Service, shelf Shelf) *Scanner {
	return &Scanner{
		shelf: shelf, libraries: service.libraries, objects: service.objects, reader: service.reader,
		inspector: service.inspector, service: service, clock: service.clock, watch: service.watch,
		batch: batchSize, retries: map[inLibrary]retry{}, wake: make(chan struct{}, 1),
	}
}

// EnsureLibraries makes the shared uploads and a library for each folder, an absolute path; scans go over
// these from now on. Songs of folders that are no longer listed are marked missing, nothing of them is lost.
func (s *Scanner) EnsureLibraries(ctx context.Context, folders []string) error {
	listed, err := s.libraries.Ensure(ctx, folders)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.folders = listed
	return nil
}

// Start begins a scan of all folders and returns at once. The scan outlives the request that asked for it. With
// again files are read though they did not change.
func (s *Scanner) Start(ctx context.Context, again bool) error {
	return s.start(ctx, extent{again: again})
}

func (s *Scanner) start(ctx context.Context, what extent) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	if s.state.Running {
		return errRunning
	}
	if s.looking != nil {
		s.looking()
	}
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.state = State{Running: true, StartedAt: s.clock.Now()}
	folders := s.folders
	s.running.Go(func() { s.run(ctx, folders, what) })
	return nil
}

// State tells how far the scan is.
func (s *Scanner) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// Stop ends a scan; what it has read so far is kept, and nothing is marked missing. It does not wait.
func (s *Scanner) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, end := range []context.CancelFunc{s.cancel, s.looking} {
		if end != nil {
			end()
		}
	}
}

// Wait returns when no scan is running any more, and all covers are looked at.
func (s *Scanner) Wait() { s.running.Wait() }

// Close stops a running scan, waits for it, and lets none start again.
func (s *Scanner) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.Stop()
	s.Wait()
}

// Errors lists what the last scans could not read, library by library, and how many entries there are.
func (s *Scanner) Errors(ctx context.Context, limit, offset int) ([]ScanError, int, error) {
	return s.shelf.Errors(ctx, limit, offset)
}

func (s *Scanner) run(ctx context.Context, folders []library.Library, what extent) {
	s.scanning.Lock()
	defer s.scanning.Unlock()
	defer s.finish()
	defer s.countFailed(ctx)
	defer func() { s.service.release(ctx, s.service.pins.clear()) }()
	s.scan(ctx, slices.DeleteFunc(slices.Clone(folders), func(l library.Library) bool {
		_, wanted := what.folders[l.ID]
		return what.folders != nil && !wanted
	}), what)
}

// countFailed makes the state tell of all that is listed: what stood there before and was not looked at again, too.
func (s *Scanner) countFailed(ctx context.Context) {
	_, failed, err := s.shelf.Errors(context.WithoutCancel(ctx), 1, 0)
	if err != nil {
		slog.WarnContext(ctx, "what could not be read was not counted", slog.Any("error", err))
		return
	}
	s.count(func(state *State) { state.Failed = failed })
}

// guarded does the work of that name for one library. A panic is that library's error, and its error no other's.
func (s *Scanner) guarded(ctx context.Context, name string, folder library.Library, work func(context.Context) error) {
	if ctx.Err() != nil {
		return
	}
	safely := func(ctx context.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic in scan: %v\n%s", p, debug.Stack())
			}
		}()
		if s.watch == nil {
			return work(ctx)
		}
		return s.watch(ctx, name, work)
	}
	if err := safely(ctx); err != nil && !errors.Is(err, context.Canceled) {
		slog.ErrorContext(ctx, "scan of a library failed", slog.Int64("library", int64(folder.ID)), slog.Any("error", err))
	}
}

func (s *Scanner) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel()
	s.cancel = nil
	s.state.Running, s.state.FinishedAt, s.state.Reading = false, s.clock.Now(), Reading{}
	s.lookAtCovers()
	if now := s.state; len(s.folders) > 0 {
		slog.Info("scan ended", slog.Int("seen", now.Seen), slog.Int("added", now.Added), slog.Int("updated", now.Updated),
			slog.Int("missing", now.Missing), slog.Int("failed", now.Failed), slog.Duration("took", now.FinishedAt.Sub(now.StartedAt)))
	}
}

// count changes the state under its lock.
func (s *Scanner) count(change func(*State)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.state)
}
