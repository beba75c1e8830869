package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"hathor/internal/config"
	"hathor/internal/sqlstore"
)

// opener opens the database of the settings: openExisting or openOrMake.
type opener func(context.Context, *config.Config) (*sqlstore.DB, error)

// openOrMake opens the database, and makes a SQLite one that is missing.
func openOrMake(ctx context.Context, c *config.Config) (*sqlstore.DB, error) {
	return sqlstore.Open(ctx, c.Database())
}

// liveDatabase opens the database that a server may be running on. Its schema must be this program's; a new
// database gets it, while no server is there.
func (i *invocation) liveDatabase(c *config.Config, open opener) (*sqlstore.DB, error) {
	db, err := open(i.ctx, c)
	if err != nil {
		return nil, err
	}
	if err := i.fitting(c, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (i *invocation) fitting(c *config.Config, db *sqlstore.DB) error {
	have, newest, err := db.SchemaVersion(i.ctx)
	if err != nil || have == newest {
		return err
	}
	if have != 0 {
		return fmt.Errorf("the database has schema version %d, this program's is %d: start the server of this version, or run hathor migrate up", have, newest)
	}
	alone, err := openFolder(c.DataDir)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(i.ctx), alone.Close())
}

// bringUp migrates, and says so where there was something to move.
func bringUp(ctx context.Context, db *sqlstore.DB, log *slog.Logger) error {
	have, newest, err := db.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	if have != newest {
		log.Info("the schema was brought up", slog.Int64("from", have), slog.Int64("to", newest))
	}
	return nil
}
