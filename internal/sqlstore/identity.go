package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hathor/internal/clock"
)

// Identity tells which database this is.
type Identity struct {
	db    *DB
	clock clock.Clock
}

// NewIdentity is the identity of db.
func NewIdentity(db *DB, clock clock.Clock) *Identity { return &Identity{db, clock} }

// ID is the database's id, empty when it has none yet.
func (i *Identity) ID(ctx context.Context) (string, error) {
	var id string
	err := i.db.get(ctx, &id, "SELECT id FROM database_identity")
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the database's id: %w", err)
	}
	return id, nil
}

// Give gives a database its id, once: where it has one already, by another node, that one is the answer.
func (i *Identity) Give(ctx context.Context, id string) (string, error) {
	if _, err := i.db.exec(ctx, "INSERT INTO database_identity (only_row, id, created_at) VALUES (1, ?, ?) ON CONFLICT (only_row) DO NOTHING",
		id, millis(i.clock.Now())); err != nil {
		return "", fmt.Errorf("give the database an id: %w", err)
	}
	return i.ID(ctx)
}

func identify(ctx context.Context, t *tx, id string, at time.Time) error {
	_, err := t.exec(ctx, "INSERT INTO database_identity (only_row, id, created_at) VALUES (1, ?, ?)", id, millis(at))
	return err
}
