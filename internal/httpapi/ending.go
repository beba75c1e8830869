package httpapi

import (
	"net/http"
	"sync"
	"time"

	"hathor/internal/account"
)

// lookEvery is how often an answer that takes long looks whether its asker is still signed in.
const lookEvery = 500 * time.Millisecond

// ending ends a long answer soon after the asker's session or key has: a song, or an archive, may be under
// way for much longer than what it was asked with.
type ending struct {
	lives func() bool
	end   func()

	mu    sync.Mutex
	over  bool
	timer *time.Timer
}

// whileAlive calls end, again and again, once lives is false. The caller calls stop when the answer is over;
// after that end is not called any more.
func whileAlive(lives func() bool, end func()) (stop func()) {
	e := &ending{lives: lives, end: end}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.timer = time.AfterFunc(lookEvery, e.look)
	return e.stop
}

func (e *ending) look() {
	alive := e.lives()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return
	}
	if !alive {
		e.end()
	}
	e.timer.Reset(lookEvery)
}

func (e *ending) stop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.over = true
	e.timer.Stop()
}

// cutWhenEnded cuts the answer off when who is signed in no more, until stop is called.
func cutWhenEnded(w http.ResponseWriter, r *http.Request, accounts *account.Service, who account.Identity) (stop func()) {
	if accounts == nil {
		return func() {}
	}
	return whileAlive(func() bool { return accounts.Lives(r.Context(), who) }, recorderOf(w).cut)
}
