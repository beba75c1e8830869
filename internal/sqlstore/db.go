// Package sqlstore keeps everything in SQLite or PostgreSQL. All SQL of the project is here, one text for
// both databases; what really differs are the named functions of dialect.go.
//
// Each feature's store is a type of its own over one DB: Accounts, Catalogue, Playlists, Playback.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"hathor/internal/fault"
)

// DB is an open database: one writer and a pool of readers on SQLite, one pool on PostgreSQL. It is safe
// for concurrent use. Whoever opens it closes it.
type DB struct {
	dialect dialect
	read    *sqlx.DB
	write   *sqlx.DB
	cache   sync.Map     // query text -> *sqlx.Stmt of the readers
	path    string       // of the SQLite file
	opened  os.FileInfo  // of the SQLite file when it was opened, nil on PostgreSQL
	kept    atomic.Int64 // how many statements cache holds
	watcher watcher
	follow  Follower // nil follows nothing
}

// Open connects to "sqlite://path/to/file.db" or "postgres://…". The schema is not touched: see Migrate.
func Open(ctx context.Context, url string) (*DB, error) {
	d, err := dialectOf(url)
	if err != nil {
		return nil, err
	}
	db := &DB{dialect: d}
	if db.write, db.read, err = d.open(url); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), db.Close())
	}
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		db.path = path
		if db.opened, err = os.Stat(path); err != nil {
			return nil, errors.Join(fmt.Errorf("open database: %w", err), db.Close())
		}
	}
	return db, nil
}

// Close ends all connections; calls under way end with an error.
func (db *DB) Close() error {
	stopped := db.watcher.stop()
	if db.read == db.write {
		return errors.Join(stopped, db.write.Close())
	}
	return errors.Join(stopped, db.read.Close(), db.write.Close())
}

// Kind is the kind of the database: sqlite or postgres.
func (db *DB) Kind() string { return db.dialect.name() }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// get reads one row into dest; no row is fault.NotFound's business, so it returns sql.ErrNoRows as it is.
func (db *DB) get(ctx context.Context, dest any, query string, args ...any) (err error) {
	ctx, end := db.begin(ctx, query, args)
	defer func() { end(err) }()
	stmt, done, err := db.prepared(ctx, query)
	if err != nil {
		return db.explain(err)
	}
	defer done()
	return db.explain(stmt.GetContext(ctx, dest, args...))
}

// list reads all rows into dest, a pointer to a slice.
func (db *DB) list(ctx context.Context, dest any, query string, args ...any) (err error) {
	ctx, end := db.begin(ctx, query, args)
	defer func() { end(err) }()
	stmt, done, err := db.prepared(ctx, query)
	if err != nil {
		return db.explain(err)
	}
	defer done()
	return db.explain(stmt.SelectContext(ctx, dest, args...))
}

// each visits all rows; visit scans one and must not go on to the next.
func (db *DB) each(ctx context.Context, visit func(*sqlx.Rows) error, query string, args ...any) (err error) {
	ctx, end := db.begin(ctx, query, args)
	defer func() { end(err) }()
	stmt, done, err := db.prepared(ctx, query)
	if err != nil {
		return db.explain(err)
	}
	defer done()
	rows, err := stmt.QueryxContext(ctx, args...)
	if err != nil {
		return db.explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return db.explain(err)
		}
	}
	return db.explain(rows.Err())
}

// exec runs one writing statement outside a transaction and returns how many rows it touched.
func (db *DB) exec(ctx context.Context, query string, args ...any) (_ int64, err error) {
	ctx, end := db.begin(ctx, query, args)
	defer func() { end(err) }()
	defer db.committed() // also after an error, for the statement may have come through
	result, err := db.write.ExecContext(ctx, db.write.Rebind(query), args...)
	if err != nil {
		return 0, db.explain(err)
	}
	return result.RowsAffected()
}

// maxPrepared bounds the statements that stay prepared, whatever filters clients combine.
const maxPrepared = 1000

// prepared returns the statement of the query. done must be called after its last use.
func (db *DB) prepared(ctx context.Context, query string) (stmt *sqlx.Stmt, done func(), err error) {
	if s, ok := db.cache.Load(query); ok {
		return s.(*sqlx.Stmt), func() {}, nil
	}
	// The statement outlives this request: a client that goes away must not cancel it for the others.
	s, err := db.read.PreparexContext(context.WithoutCancel(ctx), db.read.Rebind(query))
	if err != nil {
		return nil, nil, err
	}
	if db.kept.Load() >= maxPrepared {
		return s, func() { _ = s.Close() }, nil
	}
	if other, loaded := db.cache.LoadOrStore(query, s); loaded {
		_ = s.Close()
		return other.(*sqlx.Stmt), func() {}, nil
	}
	db.kept.Add(1)
	return s, func() {}, nil
}

// tx is a writing transaction. Its methods mirror DB's.
type tx struct {
	db *DB
	*sqlx.Tx
}

func (t *tx) get(ctx context.Context, dest any, query string, args ...any) (err error) {
	ctx, end := t.db.begin(ctx, query, args)
	defer func() { end(err) }()
	return t.db.explain(t.GetContext(ctx, dest, t.Rebind(query), args...))
}

func (t *tx) list(ctx context.Context, dest any, query string, args ...any) (err error) {
	ctx, end := t.db.begin(ctx, query, args)
	defer func() { end(err) }()
	return t.db.explain(t.SelectContext(ctx, dest, t.Rebind(query), args...))
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (_ int64, err error) {
	ctx, end := t.db.begin(ctx, query, args)
	defer func() { end(err) }()
	result, err := t.ExecContext(ctx, t.Rebind(query), args...)
	if err != nil {
		return 0, t.db.explain(err)
	}
	return result.RowsAffected()
}

// lockTable makes this transaction wait for others that write the table, and these for it.
func (t *tx) lockTable(ctx context.Context, name string) error {
	statement := t.db.dialect.lockTable(name)
	if statement == "" {
		return nil
	}
	_, err := t.exec(ctx, statement)
	return err
}

// update runs do in one writing transaction: all of it is durable when update returns nil, none of it otherwise.
func (db *DB) update(ctx context.Context, do func(*tx) error) error {
	raw, err := db.write.BeginTxx(ctx, nil)
	if err != nil {
		return db.explain(fmt.Errorf("begin: %w", err))
	}
	defer db.committed()
	if err := do(&tx{db, raw}); err != nil {
		if back := raw.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			return errors.Join(err, fmt.Errorf("roll back: %w", back))
		}
		return err
	}
	if err := raw.Commit(); err != nil {
		return db.explain(fmt.Errorf("commit: %w", err))
	}
	return nil
}

// explain turns what a database says into a fault where somebody else can act on it: away or full.
func (db *DB) explain(err error) error {
	switch {
	case err == nil, errors.Is(err, sql.ErrNoRows), errors.Is(err, context.Canceled):
		return err
	case db.dialect.full(err):
		return fault.New(fault.NoSpace, "disk_full", "The server's disk is full").Because(err)
	case errors.Is(err, context.DeadlineExceeded), db.dialect.away(err):
		return fault.New(fault.Unavailable, "database_unavailable", "The database is not available, please try again").Because(err)
	}
	return err
}

func millis(t time.Time) int64 { return t.UnixMilli() }

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
