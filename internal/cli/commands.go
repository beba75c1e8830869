package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"

	"hathor/internal/httpapi"
	"hathor/internal/sqlstore"
)

type versionCommand struct {
	JSON bool `help:"As JSON."`
}

func (c *versionCommand) Run(i *invocation) error {
	if c.JSON {
		return json.NewEncoder(i.stdout).Encode(map[string]string{"version": version, "go": runtime.Version()})
	}
	_, err := fmt.Fprintln(i.stdout, "hathor "+version)
	return err
}

type configCommand struct{}

func (*configCommand) Run(i *invocation) error {
	settings, err := i.checked()
	if err != nil {
		return err
	}
	return i.sources.Print(i.stdout, settings)
}

type openAPICommand struct{}

func (*openAPICommand) Run(i *invocation) error {
	document, err := httpapi.Document()
	if err != nil {
		return fmt.Errorf("write OpenAPI document: %w", err)
	}
	_, err = i.stdout.Write(document)
	return err
}

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Bring the schema up to this program's version."`
	To     migrateTo     `cmd:"" help:"Move the schema up or down to a version; 0 takes everything away."`
	Status migrateStatus `cmd:"" help:"Show the schema's version and the program's."`
}

type migrateUp struct{}

func (*migrateUp) Run(i *invocation) error {
	return i.withDatabase(func(db *sqlstore.DB) error {
		if err := db.Migrate(i.ctx); err != nil {
			return err
		}
		return i.showSchema(db, false)
	})
}

type migrateTo struct {
	Number int64 `arg:"" help:"Number of the version."`
}

func (c *migrateTo) Run(i *invocation) error {
	return i.withDatabase(func(db *sqlstore.DB) error {
		if err := db.MigrateTo(i.ctx, c.Number); err != nil {
			return err
		}
		return i.showSchema(db, false)
	})
}

type migrateStatus struct {
	JSON bool `help:"As JSON."`
}

func (c *migrateStatus) Run(i *invocation) error {
	return i.withDatabase(func(db *sqlstore.DB) error { return i.showSchema(db, c.JSON) })
}

func (i *invocation) showSchema(db *sqlstore.DB, asJSON bool) error {
	have, newest, err := db.SchemaVersion(i.ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(i.stdout).Encode(map[string]int64{"schema": have, "program": newest})
	}
	_, err = fmt.Fprintf(i.stdout, "schema %d, program %d\n", have, newest)
	return err
}

// withDatabase opens the database for one command, while no server of this data folder runs.
func (i *invocation) withDatabase(do func(*sqlstore.DB) error) (err error) {
	settings, err := i.checked()
	if err != nil {
		return err
	}
	folder, err := openFolder(settings.DataDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	db, err := sqlstore.Open(i.ctx, settings.Database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}
