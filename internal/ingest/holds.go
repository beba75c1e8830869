package ingest

import (
	"context"
	"sync"
	"time"
)

// holds says who works on which upload: one at a time. The zero value is ready.
type holds struct {
	mu sync.Mutex
	by map[ArrivalID]*hold
}

// hold is somebody at work on an upload.
type hold struct {
	stop    chan struct{} // closed when the holder is asked to end
	ended   chan struct{} // closed when it has
	once    sync.Once
	wake    func() // makes a reader look at stop that waits for its client; nil where none does
	receive bool   // a piece is received; else the whole is worked on, which is not interrupted
}

func (h *hold) interrupt() { h.once.Do(func() { close(h.stop) }) }

// take begins work, unless somebody else is at it.
func (h *holds) take(id ArrivalID, receive bool, wake func()) (*hold, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by[id] != nil {
		return nil, false
	}
	if h.by == nil {
		h.by = map[ArrivalID]*hold{}
	}
	mine := &hold{stop: make(chan struct{}), ended: make(chan struct{}), wake: wake, receive: receive}
	h.by[id] = mine
	return mine, true
}

func (h *holds) release(id ArrivalID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.by[id].ended)
	delete(h.by, id)
}

func (h *holds) holder(id ArrivalID) *hold {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.by[id]
}

// wakeEvery is how often a reader that may not have noticed is woken.
const wakeEvery = 50 * time.Millisecond

// interrupt ends the receiving of a piece, and returns when what came of it is durable. Work on the whole
// goes on.
func (h *holds) interrupt(ctx context.Context, id ArrivalID) error {
	other := h.holder(id)
	if other == nil || !other.receive {
		return nil
	}
	other.interrupt()
	again := time.NewTicker(wakeEvery)
	defer again.Stop()
	for {
		if other.wake != nil {
			other.wake()
		}
		select {
		case <-other.ended:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-again.C:
		}
	}
}

// all lists what is worked on.
func (h *holds) all() []ArrivalID {
	h.mu.Lock()
	defer h.mu.Unlock()
	var ids []ArrivalID
	for id := range h.by {
		ids = append(ids, id)
	}
	return ids
}
