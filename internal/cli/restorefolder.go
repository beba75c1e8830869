package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"hathor/internal/blob"
	"hathor/internal/ingest"
)

// restoreFolder is a data folder that a backup is brought back into.
type restoreFolder struct {
	path     string
	database string // the name of the SQLite file, which is not the folder's business
	objects  *blob.Disk
}

// State names what stands in the folder: files that a server needs or makes anyway do not count, nor do
// folders without files.
func (f *restoreFolder) State() (names []string, token string, err error) {
	err = filepath.WalkDir(f.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return skipUnreadable(path, err)
		}
		name, err := filepath.Rel(f.path, path)
		if err == nil && !f.ignored(name) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	token, err = readIdentity(f.path)
	return names, token, err
}

// skipUnreadable passes over the folder that file systems keep for what they recovered.
func skipUnreadable(path string, err error) error {
	if filepath.Base(path) == "lost+found" {
		return fs.SkipDir
	}
	return err
}

func (f *restoreFolder) ignored(name string) bool {
	return hiddenLeftover(name) || slices.Contains([]string{"hathor.lock", "hathor.yaml", identityFile, f.database, f.database + "-wal", f.database + "-shm"}, name)
}

// Begin marks the folder.
func (f *restoreFolder) Begin(token string) error {
	if err := writeIdentity(f.path, token); err != nil {
		return err
	}
	return f.open()
}

func (f *restoreFolder) open() (err error) {
	if f.objects == nil {
		f.objects, err = blob.OpenDisk(filepath.Join(f.path, "objects"))
	}
	return err
}

// Put stores an object.
func (f *restoreFolder) Put(ctx context.Context, key string, size int64, content io.Reader) error {
	staged, err := f.objects.Stage(ctx, content, size)
	if err != nil {
		return err
	}
	if err := staged.Commit(ctx, key); err != nil {
		return errors.Join(err, staged.Discard())
	}
	return nil
}

// Open opens an object to read it again.
func (f *restoreFolder) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	return f.objects.Open(ctx, key)
}

// PutSecret stores the signing secret.
func (f *restoreFolder) PutSecret(secret []byte) error {
	return writeDurably(filepath.Join(f.path, "secret"), secret)
}

// Secret reads it again.
func (f *restoreFolder) Secret() ([]byte, error) { return os.ReadFile(filepath.Join(f.path, "secret")) }

// Wipe removes what a restore has put into the folder.
func (f *restoreFolder) Wipe() error {
	if err := f.open(); err != nil {
		return err
	}
	err := f.objects.Walk(context.Background(), func(o ingest.Object) error {
		return f.objects.Delete(context.Background(), o.Key)
	})
	for _, name := range []string{"secret", identityFile} {
		if gone := os.Remove(filepath.Join(f.path, name)); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return errors.Join(err, f.close(), removeEmpty(filepath.Join(f.path, "objects")))
}

// removeEmpty removes a folder and those in it, the innermost first; what is not empty stays, with an error.
func removeEmpty(root string) error {
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		return err
	})
	for _, path := range slices.Backward(folders) {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

func (f *restoreFolder) close() error {
	if f.objects == nil {
		return nil
	}
	err := f.objects.Close()
	f.objects = nil
	return err
}
