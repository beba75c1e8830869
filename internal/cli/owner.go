package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"hathor/internal/ingest"
	"hathor/internal/sqlstore"
)

// identityFile names the database that a data folder belongs to.
const identityFile = "database-id"

// owner keeps the id that says which database the data folder belongs to.
type owner struct {
	database *sqlstore.Identity
	folder   string
}

func (o owner) Database(ctx context.Context) (string, error) { return o.database.ID(ctx) }

func (o owner) Store() (string, error) { return readIdentity(o.folder) }

func (o owner) GiveDatabase(ctx context.Context, id string) (string, error) {
	return o.database.Give(ctx, id)
}

func (o owner) GiveStore(id string) error { return writeIdentity(o.folder, id) }

// claim serves on with a data folder of another database, but says so: no stored file is deleted.
func claim(ctx context.Context, uploads *ingest.Service, o owner) error {
	err := uploads.Claim(ctx, o)
	if errors.Is(err, ingest.ErrOtherDatabase) {
		slog.WarnContext(ctx, "DATA_DIR does not fit the database", slog.Any("error", err))
		return nil
	}
	return err
}

// readIdentity is the id of the database that the folder belongs to, empty where nobody has said.
func readIdentity(folder string) (string, error) {
	text, err := os.ReadFile(filepath.Join(folder, identityFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read whose the data folder is: %w", err)
	}
	return string(bytes.TrimSpace(text)), nil
}

func writeIdentity(folder, id string) error {
	if err := writeDurably(filepath.Join(folder, identityFile), []byte(id+"\n")); err != nil {
		return fmt.Errorf("mark the data folder: %w", err)
	}
	return nil
}

// writeDurably replaces a file of the data folder by way of another name.
func writeDurably(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// hiddenLeftover tells whether a name is of a file that writeDurably or LoadSecret left when the process died.
func hiddenLeftover(name string) bool {
	return strings.HasPrefix(name, ".secret-") || strings.HasPrefix(name, "."+identityFile+"-") || strings.HasPrefix(name, ".probe-")
}
