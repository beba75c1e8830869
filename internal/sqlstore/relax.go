package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Relax empties the page caches of SQLite's connections that nobody uses right now: after a scan they hold what it
// wrote, and the kernel keeps the same pages. On PostgreSQL there is nothing to give back.
func (s *Ingest) Relax(ctx context.Context) error {
	statement := s.db.dialect.relax()
	if statement == "" {
		return nil
	}
	for _, pool := range []*sqlx.DB{s.db.write, s.db.read} {
		if err := eachIdle(ctx, pool, statement); err != nil {
			return fmt.Errorf("give memory back: %w", err)
		}
	}
	return nil
}

// eachIdle runs a statement on all connections that are idle now: each is held until the last one had it.
func eachIdle(ctx context.Context, pool *sqlx.DB, statement string) (err error) {
	for range pool.Stats().Idle {
		conn, closed := pool.Connx(ctx)
		if closed != nil {
			return closed
		}
		defer func() { err = errors.Join(err, conn.Close()) }()
		if _, err = conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
