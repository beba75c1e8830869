package stream

import (
	"context"
)

// Follower reads a rendition from a place on while it is made. One goroutine uses it, and closes it.
type Follower struct {
	ctx    context.Context
	growth *growth
	at     int64 // guarded by growth's lock
	left   func()
}

// Read waits until there is something. The end is io.EOF when the song was converted whole, and another error when it
// was not.
func (f *Follower) Read(p []byte) (int, error) {
	n, err := f.growth.read(f.ctx, p, f.at)
	f.growth.advance(f, n)
	return n, err
}

// Reach waits until the byte at the place is there or the whole is; it tells how many bytes there are then, and whether
// no more come.
func (f *Follower) Reach(at int64) (have int64, whole bool, err error) {
	g := f.growth
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.have() <= at && !g.done {
		if err := g.wait(f.ctx); err != nil {
			return 0, false, err
		}
	}
	return g.have(), g.done, g.err
}

// Close ends the following. What nobody follows any more is soon not made any more.
func (f *Follower) Close() {
	if f.growth.leave(f) {
		f.left()
	}
}
