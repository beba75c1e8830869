package sqlstore

import (
	"context"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"
)

// watcher tells whether anything was committed since it was last asked. On SQLite that is a number of one
// connection, so the watcher keeps one for itself. The zero value is ready.
type watcher struct {
	mu     sync.Mutex
	conn   *sqlx.Conn
	asked  *sqlx.Stmt
	opened int
}

// state names what is committed now: equal names, equal data. What was computed from the data may be kept
// under the name that was asked for before reading it.
func (db *DB) state(ctx context.Context) (string, error) {
	ctx = context.WithoutCancel(ctx) // a client that goes away must not cost the connection
	w := &db.watcher
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.open(ctx, db); err != nil {
		return "", db.explain(err)
	}
	var name string
	if err := w.asked.GetContext(ctx, &name); err != nil {
		_ = w.close()
		return "", db.explain(fmt.Errorf("ask for the state of the database: %w", err))
	}
	return fmt.Sprintf("%d/%s", w.opened, name), nil
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
	values map[K]V
	most   int
}

func newMemo[K comparable, V any](most int) *memo[K, V] {
	return &memo[K, V]{values: map[K]V{}, most: most}
}

func (m *memo[K, V]) get(state string, key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state != state {
		m.state = state
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
