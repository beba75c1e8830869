package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hathor/internal/backup"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/fault"
	"hathor/internal/sqlstore"
)

type backupCommand struct {
	Make   backupMake   `cmd:"" default:"withargs" help:"Write a backup (the default)."`
	Verify backupVerify `cmd:"" help:"Check every digest of a backup."`
}

type backupMake struct {
	To            string `arg:"" optional:"" help:"File to write, or a folder to write into. hathor-backup-TIME.tar here when left out."`
	WithoutSecret bool   `name:"without-secret" help:"Leave the signing secret out: restored, everybody signs in anew, and second factors are set up anew."`
	SkipMissing   bool   `name:"skip-missing" help:"Back up the rest when stored files are lost, and note which."`
	JSON          bool   `help:"As JSON."`
}

func (c *backupMake) Run(i *invocation) error {
	return i.answer(c.JSON, func() (any, string, error) {
		settings, err := i.checked()
		if err != nil {
			return nil, "", err
		}
		now := clock.System{}.Now()
		name := c.To
		if info, err := os.Stat(name); name == "" || err == nil && info.IsDir() {
			name = filepath.Join(name, "hathor-backup-"+now.Format("20060102T150405Z")+".tar")
		}
		var done backup.Summary
		err = i.withSource(settings, func(from backup.Source) error {
			from.At, from.SkipMissing = now, c.SkipMissing
			if c.WithoutSecret {
				from.Secret = nil
			}
			progress := newProgress(i.stderr)
			defer progress.end()
			return backup.Save(name, func(to io.Writer) (err error) {
				done, err = backup.Create(i.ctx, from, to, progress)
				return err
			})
		})
		if err != nil {
			return nil, "", err
		}
		text := fmt.Sprintf("Wrote %s: %s\n%s%s", name, described(done), secretNote(settings, done), foldersNote(settings))
		return backupAnswer{name, done, settings.MusicDirs}, text, nil
	})
}

// withSource opens what a backup is made of, beside a server that may be running.
func (i *invocation) withSource(settings *config.Config, do func(backup.Source) error) (err error) {
	db, err := openExisting(i.ctx, settings)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	have, newest, err := db.SchemaVersion(i.ctx)
	if err != nil {
		return err
	}
	if have > newest {
		return fmt.Errorf("the database has schema version %d, this program knows up to %d: use the program that serves it", have, newest)
	}
	objects, err := blob.OpenView(filepath.Join(settings.DataDir, "objects"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, objects.Close()) }()
	secret, err := storedSecret(settings)
	if err != nil {
		return err
	}
	return do(backup.Source{Database: db, Objects: objects, Secret: secret, Program: version})
}

// openExisting opens the database, but does not make one.
func openExisting(ctx context.Context, settings *config.Config) (*sqlstore.DB, error) {
	if path, ok := strings.CutPrefix(settings.Database(), "sqlite://"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("there is no database at %s: is DATA_DIR or DATABASE_URL right? (%w)", path, err)
		}
	}
	return sqlstore.Open(ctx, settings.Database())
}

// storedSecret is the secret that the data folder keeps, nil where the operator keeps it.
func storedSecret(settings *config.Config) ([]byte, error) {
	if settings.JWTSecret != "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(settings.DataDir, "secret"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read secret: %w", err)
	}
	return text, nil
}

type backupVerify struct {
	File string `arg:"" help:"The backup."`
	JSON bool   `help:"As JSON."`
}

func (c *backupVerify) Run(i *invocation) error {
	return i.answer(c.JSON, func() (any, string, error) {
		var found backup.Summary
		err := withFile(c.File, func(file *os.File, size int64) (err error) {
			progress := newProgress(i.stderr)
			defer progress.end()
			found, err = backup.Verify(i.ctx, file, size, progress)
			return err
		})
		if err != nil {
			return nil, "", err
		}
		text := fmt.Sprintf("%s is whole: %s\n", c.File, described(found))
		return backupAnswer{c.File, found, nil}, text, nil
	})
}

// backupAnswer is what the commands say of a backup as JSON.
type backupAnswer struct {
	File string `json:"file"`
	backup.Summary
	NotIncluded []string `json:"notIncluded,omitempty"` // library folders
}

func withFile(name string, do func(file *os.File, size int64) error) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file", name)
	}
	return do(file, info.Size())
}

// answer prints what a command found, for people or for programs; an error is for both.
func (i *invocation) answer(asJSON bool, find func() (value any, text string, err error)) error {
	value, text, err := find()
	if !asJSON {
		if err == nil {
			_, err = io.WriteString(i.stdout, text)
		}
		return err
	}
	if err != nil {
		var known *fault.Error
		code := "failed"
		if errors.As(err, &known) {
			code = known.Code
		}
		value = map[string]string{"error": err.Error(), "code": code}
	}
	return errors.Join(err, json.NewEncoder(i.stdout).Encode(value))
}

func described(s backup.Summary) string {
	text := fmt.Sprintf("%d rows in %d tables, %d stored files of %s, schema %d of %s, written %s by hathor %s",
		s.Rows, len(s.Tables), s.Objects, megabytes(s.Bytes), s.Schema, s.Database, s.CreatedAt.Format("2006-01-02 15:04:05 MST"), s.Program)
	if len(s.Missing) > 0 {
		text += fmt.Sprintf("; %d stored files were lost before and are not in it", len(s.Missing))
	}
	return text
}

func megabytes(n int64) string {
	if n < 10<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// secretNote says what becomes of tokens and second factors.
func secretNote(settings *config.Config, s backup.Summary) string {
	switch {
	case s.Secret:
		return "It holds the signing secret: keep it as safe as the server.\n"
	case settings.JWTSecret != "":
		return "The signing secret is your JWT_SECRET, which is not in it: keep that too.\n"
	}
	return "The signing secret is not in it: restored, everybody signs in anew, and second factors are set up anew.\n"
}

func foldersNote(settings *config.Config) string {
	if len(settings.MusicDirs) == 0 {
		return ""
	}
	return fmt.Sprintf("Library folders are not in it, back them up yourself: %s\n", strings.Join(settings.MusicDirs, ", "))
}
