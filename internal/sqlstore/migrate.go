package sqlstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to this program's version. Nodes that start together wait for each other
// (an advisory lock on PostgreSQL; SQLite has one writer). A schema newer than the program is refused.
func (db *DB) Migrate(ctx context.Context) error {
	p, err := db.migrator()
	if err != nil {
		return err
	}
	if err := db.refuseHalfRestored(ctx); err != nil {
		return err
	}
	have, newest, err := versions(ctx, p)
	if err != nil {
		return err
	}
	if have > newest {
		return fmt.Errorf("the database has schema version %d, this program knows up to %d: start a newer program", have, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return db.reindex(ctx)
}

// SchemaVersion tells which version the schema has and which is the newest this program knows.
func (db *DB) SchemaVersion(ctx context.Context) (have, newest int64, err error) {
	p, err := db.migrator()
	if err != nil {
		return 0, 0, err
	}
	return versions(ctx, p)
}

// NewestVersion is the newest schema version this program knows.
func NewestVersion() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil || len(files) == 0 {
		return 0, errors.Join(errors.New("the program has no migrations"), err)
	}
	return goose.NumericComponent(path.Base(slices.Max(files)))
}

func versions(ctx context.Context, p *goose.Provider) (have, newest int64, err error) {
	if have, err = p.GetDBVersion(ctx); err != nil {
		return 0, 0, fmt.Errorf("read schema version: %w", err)
	}
	sources := p.ListSources()
	return have, sources[len(sources)-1].Version, nil
}

// MigrateTo moves the schema up or down to the version; 0 takes everything away.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	p, err := db.migrator()
	if err != nil {
		return err
	}
	have, newest, err := versions(ctx, p)
	if err != nil {
		return err
	}
	if version < 0 || version > newest {
		return fmt.Errorf("there is no schema version %d: this program has 0 to %d", version, newest)
	}
	switch {
	case version > have:
		_, err = p.UpTo(ctx, version)
	case version < have:
		_, err = p.DownTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("migrate to %d: %w", version, err)
	}
	return nil
}

func (db *DB) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+db.dialect.name())
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{}
	if db.dialect.name() == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, db.write.DB, files, options...)
	if err != nil {
		return nil, fmt.Errorf("load migrations: %w", err)
	}
	return p, nil
}
