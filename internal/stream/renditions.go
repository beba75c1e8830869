package stream

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"hathor/internal/fault"
)

const (
	// grace is how long a rendition goes on being made when nobody listens: what is done by then is kept, and one who
	// comes back after a hiccup finds it. With a moment to notice and one to die it stays below two seconds.
	grace = time.Second
	// slotPatience is how long a listener waits for an encoder to become free: about as long as one is busy with a song.
	slotPatience = 1500 * time.Millisecond
	// BusyFor is when one who was refused had better come again.
	BusyFor = 2 * time.Second
)

var (
	errBusy          = fault.New(fault.RateLimited, "encoders_busy", "The server is converting as many songs as it can, please try again in a moment")
	errUnconvertible = fault.New(fault.Unsupported, "song_unconvertible", "This song cannot be converted: its file seems to be damaged")
)

// renditions makes converted songs, each at most once at a time, and keeps them.
type renditions struct {
	encoder Encoder
	cache   *Cache
	slots   chan struct{}
	ctx     context.Context // of the server
	cancel  context.CancelFunc
	wait    sync.WaitGroup

	mu     sync.Mutex
	making map[string]*brew
}

// brew is a rendition in the making.
type brew struct {
	name    string
	keep    bool
	growth  *growth
	part    part
	cancel  context.CancelFunc
	settled bool // its maker is through; guarded by renditions.mu
}

func newRenditions(encoder Encoder, cache *Cache, atOnce int) *renditions {
	r := &renditions{encoder: encoder, cache: cache, slots: make(chan struct{}, max(1, atOnce)), making: map[string]*brew{}}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r
}

// close ends all encoders and waits for them.
func (r *renditions) close() {
	r.cancel()
	r.wait.Wait()
}

// order is one listener's wish.
type order struct {
	name   string
	want   Want
	from   int64 // the first byte wanted
	source Source
}

// follow joins whoever makes the rendition, or has it made. Either the file is there whole, or a Follower comes. The
// source is closed when it is of no more use.
func (r *renditions) follow(ctx context.Context, o order) (_ *os.File, _ *Follower, err error) {
	used := false
	defer func() {
		if !used {
			err = errors.Join(err, o.source.File.Close())
		}
	}()
	if file, f := r.find(ctx, o); file != nil || f != nil {
		return file, f, nil
	}
	if err := r.take(ctx); err != nil {
		return nil, nil, err
	}
	if file, f := r.find(ctx, o); file != nil || f != nil { // somebody was quicker
		r.release()
		return file, f, nil
	}
	used = true
	return nil, r.start(ctx, o), nil
}

// find looks for a rendition that is there, or in the making.
func (r *renditions) find(ctx context.Context, o order) (*os.File, *Follower) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b := r.making[o.name]; b != nil {
		if f := r.follower(ctx, b, o.from); f != nil {
			return nil, f
		}
	}
	return r.cache.find(o.name), nil
}

// follower lets one more follow, unless it came too late. The lock is held.
func (r *renditions) follower(ctx context.Context, b *brew, from int64) *Follower {
	f := &Follower{ctx: ctx, growth: b.growth, at: from, left: func() { r.left(b) }}
	if !b.growth.join(f) {
		return nil
	}
	return f
}

// take waits a moment for an encoder.
func (r *renditions) take(ctx context.Context) error {
	patience := time.NewTimer(slotPatience)
	defer patience.Stop()
	select {
	case r.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-r.ctx.Done():
		return errBusy
	case <-patience.C:
		return errBusy
	}
}

func (r *renditions) release() { <-r.slots }

// start has the rendition made. A slot is held.
func (r *renditions) start(ctx context.Context, o order) *Follower {
	b := &brew{name: o.name, keep: o.want.Start == 0}
	var err error
	if b.part, err = r.cache.begin(); err != nil {
		slog.WarnContext(ctx, "no room for converted songs: not kept", slog.Any("error", err))
	}
	if b.growth = newGrowth(nil); b.part.file != nil { // a nil pointer in the interface would be no nil
		b.growth = newGrowth(b.part.file)
	}
	making, cancel := context.WithCancel(r.ctx)
	b.cancel = cancel
	r.mu.Lock()
	defer r.mu.Unlock()
	r.making[o.name] = b
	first := r.follower(ctx, b, o.from) // before there is anything to come too late for
	r.wait.Go(func() { r.make(making, b, o.want, o.source) })
	return first
}

// make runs the encoder to its end and settles what came of it.
func (r *renditions) make(ctx context.Context, b *brew, want Want, source Source) {
	defer b.cancel()
	length, err := r.encoder.Convert(ctx, source, want, writerFunc(func(p []byte) (int, error) {
		if err := b.growth.write(ctx, p); err != nil {
			return 0, err
		}
		return len(p), nil
	}))
	r.release()
	if err == nil {
		err = source.whole(want, length)
	}
	err = errors.Join(err, source.File.Close())
	if err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "a song could not be converted", slog.String("format", string(source.Format)), slog.Any("error", err))
	}
	b.growth.finish(err)
	kept := r.keep(b)
	r.mu.Lock()
	defer r.mu.Unlock()
	b.settled = true
	if r.making[b.name] == b {
		delete(r.making, b.name)
	}
	if !kept && b.part.file != nil {
		_ = r.cache.drop(b.part) // its readers have it open
	}
	b.dispose()
}

// keep keeps what is whole.
func (r *renditions) keep(b *brew) bool {
	if !b.keep || !b.growth.whole() {
		return false
	}
	if err := r.cache.keep(b.part, b.name, b.growth.filed); err != nil {
		slog.Warn("converted song not kept", slog.Any("error", err))
	}
	return true
}

// writerFunc is a function as a writer.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// left is called when the last follower of a rendition went.
func (r *renditions) left(b *brew) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b.settled {
		b.dispose()
		return
	}
	time.AfterFunc(grace, func() { r.abandon(b) })
}

// abandon ends the making of what nobody has come back for.
func (r *renditions) abandon(b *brew) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b.settled || !b.growth.abandoned() {
		return
	}
	if r.making[b.name] == b {
		delete(r.making, b.name)
	}
	b.cancel()
}

// dispose closes the file when nobody uses it. The lock is held.
func (b *brew) dispose() {
	if b.part.file != nil && b.growth.abandoned() {
		_ = b.part.file.Close()
		b.part.file = nil
	}
}
