package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hathor/internal/backup"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/sqlstore"
)

type restoreCommand struct {
	File string `arg:"" help:"The backup."`
	JSON bool   `help:"As JSON."`
}

func (c *restoreCommand) Run(i *invocation) error {
	return i.answer(c.JSON, func() (any, string, error) {
		settings, err := i.checked()
		if err != nil {
			return nil, "", err
		}
		var done backup.Summary
		err = withFile(c.File, func(file *os.File, size int64) (err error) {
			done, err = i.bringBack(settings, file, size)
			return err
		})
		if err != nil {
			return nil, "", err
		}
		text := fmt.Sprintf("Restored %s into %s: %s\nEvery row and file was read again and is as in the backup. Start the server now.\n",
			c.File, settings.DataDir, described(done))
		if len(settings.MusicDirs) == 0 {
			text += "Library folders are not in a backup: set MUSIC_DIRS as before, or their songs show as missing.\n"
		}
		return backupAnswer{c.File, done, nil}, text, nil
	})
}

func (i *invocation) bringBack(settings *config.Config, file *os.File, size int64) (done backup.Summary, err error) {
	newest, err := sqlstore.NewestVersion()
	if err != nil {
		return done, err
	}
	d := &destination{settings: settings}
	defer func() { err = errors.Join(err, d.close(err != nil)) }()
	progress := newProgress(i.stderr)
	defer progress.end()
	return backup.Restore(i.ctx, file, size, newest, func() (backup.Destination, error) { return d.open(i.ctx) }, progress)
}

// destination is the data folder and the database that a restore opens when the backup is known to be good.
type destination struct {
	settings *config.Config
	folder   *folder
	db       *sqlstore.DB
	files    *restoreFolder
	fresh    string // the SQLite file, where it was not there before
}

func (d *destination) open(ctx context.Context) (to backup.Destination, err error) {
	if d.folder, err = openFolder(d.settings.DataDir); err != nil {
		return to, err
	}
	if path, ok := strings.CutPrefix(d.settings.Database(), "sqlite://"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			d.fresh = path
		}
	}
	if d.db, err = sqlstore.Open(ctx, d.settings.Database()); err != nil {
		return to, err
	}
	d.files = &restoreFolder{path: d.folder.path, database: filepath.Base(strings.TrimPrefix(d.settings.Database(), "sqlite://"))}
	return backup.Destination{Database: sqlstore.NewRestore(d.db, clock.System{}), Folder: d.files}, nil
}

// close ends the use of all that was opened. After a failure it removes a SQLite file that was made for it.
func (d *destination) close(failed bool) (err error) {
	if d.files != nil {
		err = d.files.close()
	}
	if d.db != nil {
		err = errors.Join(err, d.db.Close())
	}
	if failed && d.fresh != "" {
		for _, name := range []string{d.fresh + "-wal", d.fresh + "-shm", d.fresh} {
			if gone := os.Remove(name); !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	if d.folder != nil {
		err = errors.Join(err, d.folder.Close())
	}
	return err
}
