package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// folder is the data folder, held by this process alone until it is closed.
type folder struct {
	path string
	lock *os.File
}

// errLocked says that another process has the file.
var errLocked = errors.New("locked by another process")

// openFolder makes the data folder, for nobody but its owner, and locks it: two servers on one folder
// would write over each other. The lock ends with the process, however that ends.
func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	lock, err := openLocked(filepath.Join(path, "hathor.lock"))
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("another hathor uses the data folder %s: stop it, or set DATA_DIR to another folder", path)
	}
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	return &folder{path, lock}, nil
}

// Close lets the next one in.
func (f *folder) Close() error { return f.lock.Close() }

// writable tells whether a file can be made in the folder.
func (f *folder) writable() error {
	probe, err := os.CreateTemp(f.path, ".probe-*")
	if err != nil {
		return fmt.Errorf("write to data folder: %w", err)
	}
	_, err = probe.WriteString("probe")
	return errors.Join(err, probe.Close(), os.Remove(probe.Name()))
}
