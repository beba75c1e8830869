package stream

import (
	"context"
	"errors"
	"io"
	"sync"
)

// growth is a rendition while it is made: one writes, many read. It lies in a file; when that can take no more, what
// comes is held in memory, and the writer waits for the slowest reader.
type growth struct {
	mu      sync.Mutex
	changed chan struct{} // closed and renewed at every change
	file    spool         // nil where there is no disk from the beginning
	filed   int64         // bytes in file
	held    []byte        // what comes behind them
	heldAt  int64         // where held begins
	broken  bool          // the file takes no more
	done    bool
	err     error // why it ended early
	readers map[*Follower]struct{}
}

// mostHeld is how much a rendition without disk may be ahead of its slowest reader.
const mostHeld = 4 << 20

// spool is where most of a growth lies: a file.
type spool interface {
	io.ReaderAt
	io.WriterAt
}

func newGrowth(file spool) *growth {
	return &growth{file: file, broken: file == nil, changed: make(chan struct{}), readers: map[*Follower]struct{}{}}
}

// tell wakes everybody who waits. The lock is held.
func (g *growth) tell() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// have is how many bytes there are. The lock is held.
func (g *growth) have() int64 {
	if g.broken {
		return g.heldAt + int64(len(g.held))
	}
	return g.filed
}

// write adds bytes; it waits while there is no room and somebody reads. It ends with ctx.
func (g *growth) write(ctx context.Context, p []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.broken {
		n, err := g.file.WriteAt(p, g.filed)
		g.filed += int64(n)
		p = p[n:]
		if err != nil {
			g.broken, g.heldAt = true, g.filed
		}
	}
	if !g.broken {
		g.tell()
		return nil
	}
	for len(g.held) > 0 && len(g.held)+len(p) > mostHeld {
		if err := g.wait(ctx); err != nil {
			return err
		}
	}
	g.held = append(g.held, p...)
	g.tell()
	return nil
}

// wait returns at the next change. The lock is held before and after.
func (g *growth) wait(ctx context.Context) error {
	changed := g.changed
	g.mu.Unlock()
	defer g.mu.Lock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-changed:
		return nil
	}
}

// finish says that no more comes; err is why it is not the whole.
func (g *growth) finish(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.done, g.err = true, err
	g.tell()
}

// whole tells whether all of it is in the file.
func (g *growth) whole() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.done && g.err == nil && !g.broken && g.filed > 0
}

// errPassed is why a place cannot be read any more: the bytes were let go.
var errPassed = errors.New("this part is gone")

// read copies what there is at a place, waiting for some. It answers io.EOF at the end of the whole.
func (g *growth) read(ctx context.Context, p []byte, at int64) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.have() <= at {
		if g.done {
			return 0, g.last()
		}
		if err := g.wait(ctx); err != nil {
			return 0, err
		}
	}
	if at < g.filed {
		file, most := g.file, min(int64(len(p)), g.filed-at)
		g.mu.Unlock()
		n, err := file.ReadAt(p[:most], at)
		g.mu.Lock()
		return n, err
	}
	if at < g.heldAt {
		return 0, errPassed
	}
	return copy(p, g.held[at-g.heldAt:]), nil
}

func (g *growth) last() error {
	if g.err != nil {
		return g.err
	}
	return io.EOF
}

// join adds a reader from a place, unless that is gone.
func (g *growth) join(f *Follower) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	gone := g.heldAt > g.filed && f.at < g.heldAt // it would come to what was let go
	if gone || g.done && g.err != nil {
		return false
	}
	g.readers[f] = struct{}{}
	return true
}

// leave takes a reader away and tells whether it was the last.
func (g *growth) leave(f *Follower) (last bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.readers, f)
	g.release()
	return len(g.readers) == 0
}

// advance notes how far a reader is.
func (g *growth) advance(f *Follower, n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f.at += int64(n)
	g.release()
}

// release lets go of held bytes that all readers have passed. The lock is held.
func (g *growth) release() {
	if len(g.held) == 0 || len(g.readers) == 0 {
		return
	}
	slowest := g.have()
	for f := range g.readers {
		slowest = min(slowest, f.at)
	}
	if passed := slowest - g.heldAt; passed >= int64(len(g.held))/4 && passed > 0 {
		g.held = append([]byte(nil), g.held[passed:]...)
		g.heldAt = slowest
		g.tell()
	}
}

// abandoned tells whether nobody reads.
func (g *growth) abandoned() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.readers) == 0
}
