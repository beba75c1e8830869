package sqlstore

import (
	"context"
	"fmt"
	"os"
)

// Check tells whether the database can be read now, and whether a SQLite file is still the one that was
// opened: an unlinked file goes on answering, but nothing written to it will be found again.
func (db *DB) Check(ctx context.Context) error {
	var one int
	if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM goose_db_version").Scan(&one); err != nil {
		return fmt.Errorf("check database: %w", err)
	}
	if db.opened == nil {
		return nil
	}
	now, err := os.Stat(db.path)
	if err != nil {
		return fmt.Errorf("check database file: %w", err)
	}
	if !os.SameFile(db.opened, now) {
		return fmt.Errorf("check database file: %s is not the file that was opened", db.path)
	}
	return nil
}

// Pool tells how many connections readers have open and in use, and how often one had to wait; on
// PostgreSQL it is the pool of everybody.
func (db *DB) Pool() (open, busy int, waits int64) {
	stats := db.read.Stats()
	return stats.OpenConnections, stats.InUse, stats.WaitCount
}
