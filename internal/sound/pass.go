package sound

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
)

const (
	batch       = 16 // songs claimed at once
	together    = 8  // results written at once
	atLeast     = 10 * time.Second
	lease       = 15 * time.Minute
	later       = time.Hour   // until a file that could not be read just now is tried again
	lookAgain   = time.Second // whether songs may be measured again
	longestRest = 30 * time.Second
	farewell    = 5 * time.Second
	mostWanted  = 256
	mostAsked   = 10_000
)

// Parts is what a Pass is made of.
type Parts struct {
	Queue   Queue
	Files   Files
	Walker  Walker
	Decoder Decoder
	Clock   clock.Clock
	// Alone tells that no other process uses the database, so that claims left over from before are void.
	Alone bool
	// Lower makes the calling goroutine, and the processes it starts, give way to all others; nil leaves it.
	Lower func()
	// Hold tells that nothing is to be measured just now, Loaded that the machine has much to do. A song that
	// somebody plays is measured all the same. Nil is never.
	Hold, Loaded func() bool
	// Able tells whether all formats can be decoded: then songs are due again that could not be before.
	Able bool
	// Every is how often the pass looks whether songs are due.
	Every time.Duration
}

// Pass measures songs that are due, one after the other. It is safe for concurrent use; Run is called once.
type Pass struct {
	parts  Parts
	tools  instruments
	holder string
	wake   chan struct{}

	mu       sync.Mutex
	wanted   []library.SongID
	asked    map[library.SongID]bool // lately, so that the hundred requests of one hearing ask once
	progress Progress
	pace     []time.Time // of the last songs
}

// Progress is what the pass does at the moment.
type Progress struct {
	Running   bool    // a song is being measured
	Measured  int64   // since the start, failures included
	PerSecond float64 // lately; 0 when nothing is done
}

// NewPass makes a pass, which does nothing before Run.
func NewPass(p Parts) *Pass {
	if p.Lower == nil {
		p.Lower = func() {}
	}
	never := func() bool { return false }
	if p.Hold == nil {
		p.Hold = never
	}
	if p.Loaded == nil {
		p.Loaded = never
	}
	return &Pass{parts: p, tools: instruments{p.Files, p.Walker, p.Decoder}, holder: rand.Text(), asked: map[library.SongID]bool{}, wake: make(chan struct{}, 1)}
}

// Hurry puts a song in front of all others, if it is due; it is for one that somebody plays.
func (p *Pass) Hurry(id library.SongID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.wanted) >= mostWanted || p.asked[id] {
		return
	}
	if len(p.asked) >= mostAsked {
		clear(p.asked)
	}
	p.asked[id] = true
	p.wanted = append(p.wanted, id)
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Progress tells what the pass does.
func (p *Pass) Progress() Progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.progress
	if n := len(p.pace); n > 1 && now.Running {
		now.PerSecond = float64(n-1) / max(p.pace[n-1].Sub(p.pace[0]).Seconds(), 0.001)
	}
	return now
}

// Run measures until ctx ends.
func (p *Pass) Run(ctx context.Context) {
	r := round{pass: p, work: make(chan Due), done: make(chan outcome)}
	worker, stop := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { p.measureAll(worker, r.work, r.done) })
	defer ended.Wait()
	defer stop()
	if p.parts.Alone {
		if err := p.parts.Queue.Release(ctx, "", nil); err != nil {
			p.warn(ctx, "claims of songs were not released", err)
		}
	}
	if p.parts.Able {
		if err := p.parts.Queue.Again(ctx, NoDecoder); err != nil {
			p.warn(ctx, "songs without loudness were not made due", err)
		}
	}
	for ctx.Err() == nil {
		if !r.turn(ctx) {
			p.idle(ctx)
		}
	}
	r.leave(ctx)
}

// idle waits until a song may be due.
func (p *Pass) idle(ctx context.Context) {
	tick := time.NewTimer(p.parts.Every)
	defer tick.Stop()
	select {
	case <-ctx.Done():
	case <-p.wake:
	case <-tick.C:
	}
}

// outcome is a result, or the error that kept it from being one.
type outcome struct {
	Result
	err error
}

// measureAll is the side of the pass that gives way to everything else. It touches no database: what holds a
// transaction must not wait for a turn.
func (p *Pass) measureAll(ctx context.Context, work <-chan Due, done chan<- outcome) {
	p.parts.Lower()
	for {
		select {
		case <-ctx.Done():
			return
		case song := <-work:
			r, err := p.safely(ctx, song)
			select {
			case done <- outcome{r, err}:
			case <-ctx.Done():
				return
			}
		}
	}
}

func (p *Pass) takeWanted() []library.SongID {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.wanted
	p.wanted = nil
	return all
}

func (p *Pass) hasWanted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.wanted) > 0
}

func (p *Pass) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.progress.Running = true
}

func (p *Pass) counted(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.progress.Measured++
	if p.pace = append(p.pace, now); len(p.pace) > 2*batch {
		p.pace = p.pace[1:]
	}
}

func (p *Pass) atRest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.progress.Running, p.pace = false, nil
}

func (p *Pass) warn(ctx context.Context, message string, err error) {
	if ctx.Err() == nil {
		slog.WarnContext(ctx, message, slog.Any("error", err))
	}
}
