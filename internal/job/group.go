// Package job runs work in the background so that it can be waited for and cannot take the process down.
package job

import (
	"context"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Group runs goroutines that end together. A panic in one is logged and counted; the others and the
// process live on. Whoever makes a group stops it.
type Group struct {
	ctx    context.Context
	cancel context.CancelFunc
	log    *slog.Logger
	wait   sync.WaitGroup
	panics atomic.Int64
	told   func(name string, problem any, stack []uintptr)
}

// NewGroup returns a group whose work is told to end when ctx does, or when Stop is called.
func NewGroup(ctx context.Context, log *slog.Logger) *Group {
	g := &Group{log: log}
	g.ctx, g.cancel = context.WithCancel(ctx)
	return g
}

// OnPanic has f told of panics beside the log. To be called before Go; f must not block.
func (g *Group) OnPanic(f func(name string, problem any, stack []uintptr)) { g.told = f }

// Go runs work beside the caller until it returns; work must return soon after its context ends. name
// says in the log whose panic it was. Not to be called after Stop.
func (g *Group) Go(name string, work func(context.Context)) {
	g.wait.Go(func() {
		defer g.recovered(name)
		work(g.ctx)
	})
}

func (g *Group) recovered(name string) {
	problem := recover()
	if problem == nil {
		return
	}
	g.panics.Add(1)
	g.log.Error("panic in background work", slog.String("job", name), slog.Any("panic", problem), slog.String("stack", string(debug.Stack())))
	if g.told != nil {
		var stack [64]uintptr
		g.told(name, problem, stack[:runtime.Callers(3, stack[:])]) // without Callers, this function and panic itself
	}
}

// Panics tells how often work has panicked.
func (g *Group) Panics() int64 { return g.panics.Load() }

// Stop tells all work to end and waits until it has.
func (g *Group) Stop() {
	g.cancel()
	g.wait.Wait()
}
