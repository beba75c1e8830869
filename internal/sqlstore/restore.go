package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"hathor/internal/backup"
	"hathor/internal/clock"
	"hathor/internal/fault"
)

// restoreMark is the table that is there while a restore is under way. It holds the restore's token.
const restoreMark = "hathor_restore"

// Restore brings a backup's rows into an empty database.
type Restore struct {
	db    *DB
	clock clock.Clock
}

// NewRestore is the way into db for a backup.
func NewRestore(db *DB, clock clock.Clock) *Restore { return &Restore{db, clock} }

// refuseHalfRestored keeps servers off a database that holds perhaps half of its data.
func (db *DB) refuseHalfRestored(ctx context.Context) error {
	names, err := db.tableNames(ctx)
	if err == nil && slices.Contains(names, restoreMark) {
		return fault.New(fault.Conflict, "half_restored", "A restore into this database did not end: run 'hathor restore' with the same settings again")
	}
	return err
}

// tableNames lists every table, also those that are no part of the data.
func (db *DB) tableNames(ctx context.Context) (names []string, err error) {
	err = db.update(ctx, func(t *tx) error {
		var all []column
		if err := t.list(ctx, &all, db.dialect.columns()); err != nil {
			return fmt.Errorf("list tables: %w", err)
		}
		for _, c := range all {
			names = append(names, c.Table)
		}
		return nil
	})
	return slices.Compact(names), err
}

// State tells what is in the database: its tables, and the token of a restore that did not end.
func (r *Restore) State(ctx context.Context) (tables []string, token string, err error) {
	names, err := r.db.tableNames(ctx)
	if err != nil {
		return nil, "", err
	}
	if slices.Contains(names, restoreMark) {
		if err := r.db.write.GetContext(ctx, &token, "SELECT token FROM "+restoreMark); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, "", r.db.explain(fmt.Errorf("read the mark of a restore: %w", err))
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(notOurs, name) }), token, nil
}

// Begin marks the database.
func (r *Restore) Begin(ctx context.Context, token string) error {
	err := r.db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "CREATE TABLE "+restoreMark+" (token TEXT NOT NULL)"); err != nil {
			return err
		}
		_, err := t.exec(ctx, "INSERT INTO "+restoreMark+" (token) VALUES (?)", token)
		return err
	})
	if err != nil {
		return fmt.Errorf("mark the database: %w", err)
	}
	return nil
}

// MigrateTo moves the schema.
func (r *Restore) MigrateTo(ctx context.Context, version int64) error {
	return r.db.MigrateTo(ctx, version)
}

// Finish gives the database its id and takes the mark off.
func (r *Restore) Finish(ctx context.Context, id string) error {
	return r.db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "DELETE FROM database_identity"); err != nil {
			return err
		}
		if err := identify(ctx, t, id, r.clock.Now()); err != nil {
			return err
		}
		_, err := t.exec(ctx, "DROP TABLE "+restoreMark)
		return err
	})
}

// Wipe takes every table away. Rows go first, so that no migration on the way down meets them.
func (r *Restore) Wipe(ctx context.Context) error {
	if err := r.clear(ctx); err != nil {
		return fmt.Errorf("clear tables: %w", err)
	}
	if err := r.db.MigrateTo(ctx, 0); err != nil {
		return err
	}
	return r.db.update(ctx, func(t *tx) error {
		for _, name := range notOurs {
			if _, err := t.exec(ctx, "DROP TABLE IF EXISTS "+name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Restore) clear(ctx context.Context) error {
	loading, err := r.Load(ctx)
	if err != nil {
		return err
	}
	tables, err := loading.Tables(ctx)
	if err == nil {
		err = loading.Clear(ctx, tables)
	}
	if err != nil {
		return errors.Join(err, loading.Rollback())
	}
	return loading.Commit(ctx)
}

// Load begins the transaction of the rows.
func (r *Restore) Load(ctx context.Context) (backup.Loading, error) {
	if err := r.db.dialect.checkKeys(ctx, r.db, false); err != nil {
		return nil, fmt.Errorf("put off foreign keys: %w", err)
	}
	raw, err := r.db.write.BeginTxx(ctx, nil)
	if err != nil {
		return nil, r.db.explain(fmt.Errorf("begin: %w", err))
	}
	t := &tx{r.db, raw}
	check, err := r.db.dialect.deferKeys(ctx, t)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("put off foreign keys: %w", err), raw.Rollback())
	}
	return &loading{reading{t}, check}, nil
}

// loading is a transaction whose foreign keys are checked at its end, so that tables come in any order.
type loading struct {
	reading
	check func(context.Context) error
}

// Clear deletes all rows of the tables.
func (l *loading) Clear(ctx context.Context, tables []backup.Table) error {
	for _, t := range tables {
		if _, err := l.exec(ctx, "DELETE FROM "+quoted(t.Name)); err != nil {
			return fmt.Errorf("clear table %s: %w", t.Name, err)
		}
	}
	return nil
}

// Insert writes rows.
func (l *loading) Insert(ctx context.Context, into backup.Table, rows [][]any) error {
	return l.insert(ctx, "INSERT INTO "+quoted(into.Name)+" ("+names(into.Columns)+") VALUES ", rows, "")
}

// SetSequences makes ids go on behind those that were ever given.
func (l *loading) SetSequences(ctx context.Context, last map[string]int64) error {
	for table, id := range last {
		if err := l.db.dialect.setSequence(ctx, l.tx, table, id); err != nil {
			return fmt.Errorf("set sequence of %s: %w", table, err)
		}
	}
	return nil
}

// Commit checks the foreign keys and makes the rows stay.
func (l *loading) Commit(ctx context.Context) error {
	if err := l.check(ctx); err != nil {
		return fmt.Errorf("check foreign keys: %w", err)
	}
	if err := l.Tx.Commit(); err != nil {
		return l.db.explain(err)
	}
	return l.db.dialect.checkKeys(ctx, l.db, true)
}

// Rollback drops what was written; after Commit it does nothing.
func (l *loading) Rollback() error {
	if err := l.Tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return l.db.dialect.checkKeys(context.Background(), l.db, true)
}
