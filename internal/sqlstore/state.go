package sqlstore

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/clock"
)

// believedFor is how long the state is believed to stand without asking again, as long as nothing is committed
// here: so a commit of another process or node is noticed within that time, and one of this process at once.
const believedFor = 100 * time.Millisecond

// watcher tells whether anything was committed since it was last asked. On SQLite that is a number of one
// connection, so the watcher keeps one for itself. The zero value is ready.
type watcher struct {
	commits atomic.Int64 // of this process
	last    atomic.Pointer[answered]

	mu     sync.Mutex
	conn   *sqlx.Conn
	asked  *sqlx.Stmt
	opened int
}

// answered is an answer: what the state was called after so many commits of this process, and when.
type answered struct {
	name    string
	commits int64
	at      time.Time
}

// believed returns the last answer while it holds.
func (w *watcher) believed() (string, bool) {
	b := w.last.Load()
	if b == nil || b.commits != w.commits.Load() {
		return "", false
	}
	age := clock.System{}.Now().Sub(b.at)
	return b.name, age >= 0 && age < believedFor
}

// committed ends what is believed, before the commit's caller goes on.
func (db *DB) committed() { db.watcher.commits.Add(1) }

// state names what is committed now: equal names, equal data. What was computed from the data may be kept
// under the name that was asked for before reading it.
func (db *DB) state(ctx context.Context) (string, error) {
	w := &db.watcher
	if name, ok := w.believed(); ok {
		return name, nil
	}
	ctx = context.WithoutCancel(ctx) // a client that goes away must not cost the connection
	w.mu.Lock()
	defer w.mu.Unlock()
	if name, ok := w.believed(); ok { // somebody asked meanwhile
		return name, nil
	}
	if err := w.open(ctx, db); err != nil {
		return "", db.explain(err)
	}
	b := &answered{commits: w.commits.Load(), at: clock.System{}.Now()}
	if err := w.asked.GetContext(ctx, &b.name); err != nil {
		_ = w.close()
		return "", db.explain(fmt.Errorf("ask for the state of the database: %w", err))
	}
	b.name = strconv.Itoa(w.opened) + "/" + b.name
	w.last.Store(b)
	return b.name, nil
}

func (w *watcher) open(ctx context.Context, db *DB) error {
	if w.conn != nil {
		return nil
	}
	conn, err := db.read.Connx(ctx)
	if err != nil {
		return fmt.Errorf("open watching connection: %w", err)
	}
	asked, err := conn.PreparexContext(ctx, db.dialect.state())
	if err != nil {
		_ = conn.Close()
		return fmt.Errorf("prepare watching connection: %w", err)
	}
	w.conn, w.asked = conn, asked
	w.opened++ // another connection counts anew
	return nil
}

func (w *watcher) close() error {
	if w.conn == nil {
		return nil
	}
	_ = w.asked.Close()
	err := w.conn.Close()
	w.conn, w.asked = nil, nil
	return err
}

// stop ends the watching; a later question begins anew.
func (w *watcher) stop() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.close()
}

// memo keeps what was computed from one state of the database and forgets all of it when the state moves.
// Use newMemo.
type memo[K comparable, V any] struct {
	mu     sync.Mutex
	state  string
	before string // the state before it
	values map[K]V
	most   int
}

func newMemo[K comparable, V any](most int) *memo[K, V] {
	return &memo[K, V]{values: map[K]V{}, most: most}
}

func (m *memo[K, V]) get(state string, key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if state == m.before && state != m.state { // asked for before it moved on: it moves back for nobody
		var none V
		return none, false
	}
	if m.state != state {
		m.before, m.state = m.state, state
		clear(m.values)
	}
	value, ok := m.values[key]
	return value, ok
}

// put keeps a value computed after state was asked for, unless the state has moved meanwhile.
func (m *memo[K, V]) put(state string, key K, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state != state {
		return
	}
	if len(m.values) >= m.most {
		clear(m.values)
	}
	m.values[key] = value
}
