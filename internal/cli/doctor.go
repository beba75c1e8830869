package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/doctor"
	"hathor/internal/sqlstore"
)

type doctorCommand struct {
	JSON   bool `help:"As JSON."`
	Repair bool `help:"Mend what can be mended without losing anything: rights, whose the data folder is, stored files without a song."`
	Deep   bool `help:"Read every stored file and compare its digest."`
}

// Help is shown below the command's own line.
func (*doctorCommand) Help() string {
	return "The exit code is 0 when all is well, 1 when there are warnings, 2 when there are errors."
}

// Run looks at everything a server needs. It changes nothing unless it is to repair.
func (c *doctorCommand) Run(i *invocation) error {
	e := &examination{invocation: i, doctorCommand: c, settings: i.config, clock: clock.System{}}
	if e.configuration() {
		e.dataFolder()
		e.space()
		e.database()
		e.libraries()
		e.programs()
		e.time()
		e.port()
		e.proxy()
	}
	if err := e.print(i.stdout, c.JSON); err != nil {
		return err
	}
	if code := e.Code(); code != 0 {
		return exitCode(code)
	}
	return nil
}

// exitCode ends the program with this code, when all that was to be said has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// examination is one round of looking.
type examination struct {
	*invocation
	*doctorCommand
	doctor.Report
	settings *config.Config
	clock    clock.Clock
	running  bool // a server uses the data folder
}

// configuration tells whether there is any use in looking further.
func (e *examination) configuration() bool {
	if err := e.sources.Check(e.settings); err != nil {
		e.Fail("configuration", "Mend these settings; 'hathor config' prints what is in force", "%v", err)
		return false
	}
	e.OK("configuration", "every setting can be used")
	return true
}

func (e *examination) database() {
	const check = "database"
	db, err := openExisting(e.ctx, e.settings)
	if err != nil {
		e.Fail(check, "Start the database, or set DATABASE_URL right; before the first start of the server there is no SQLite file yet", "%v", err)
		return
	}
	defer func() {
		if err := db.Close(); err != nil {
			e.Warn(check, "", "%v", err)
		}
	}()
	e.OK(check, "%s answers", db.Kind())
	if !e.schema(db) {
		return
	}
	e.damage(db)
	fits := e.identity(db)
	e.objects(db, fits)
}

// schema tells whether the tables can be read by this program.
func (e *examination) schema(db *sqlstore.DB) bool {
	const check = "schema"
	if err := sqlstore.NewDoctor(db).HalfRestored(e.ctx); err != nil {
		e.Fail(check, "Run 'hathor restore' again with the same settings, or start with an empty database and data folder", "%v", err)
		return false
	}
	have, newest, err := db.SchemaVersion(e.ctx)
	switch {
	case err != nil:
		e.Fail(check, "Look at the database's own log", "%v", err)
	case have > newest:
		e.Fail(check, "Start the newer program that made it", "the database has version %d, this program knows up to %d", have, newest)
	case have < newest:
		e.Warn(check, "Make a backup; the next start of the server brings it up", "the database has version %d, this program %d", have, newest)
	default:
		e.OK(check, "version %d, as this program wants it", have)
		return true
	}
	return false
}

func (e *examination) damage(db *sqlstore.DB) {
	found, checked, err := sqlstore.NewDoctor(db).Damage(e.ctx)
	switch {
	case err != nil:
		e.Fail("integrity", "Look after the disk, then restore a backup", "%v", err)
	case !checked:
		e.OK("integrity", "PostgreSQL checks its own files")
	case len(found) > 0:
		e.Fail("integrity", "Look after the disk, then restore a backup", "%d faults, the first: %s", len(found), found[0])
	default:
		e.OK("integrity", "the file is whole, and every row refers to something")
	}
}

// print writes the report for people or for programs.
func (e *examination) print(to io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(to).Encode(struct {
			Version string `json:"version"`
			Code    int    `json:"code"`
			*doctor.Report
		}{version, e.Code(), &e.Report})
	}
	var err error
	line := func(format string, args ...any) {
		_, failed := fmt.Fprintf(to, format, args...)
		err = errors.Join(err, failed)
	}
	for _, f := range e.Findings {
		line("%-8s %s: %s\n", f.Status, f.Check, f.Message)
		if f.Next != "" {
			line("         -> %s\n", f.Next)
		}
	}
	for _, text := range e.Repaired {
		line("repaired %s\n", text)
	}
	return err
}
