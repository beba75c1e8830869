package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folder is the data folder, held by this process alone until it is closed.
type folder struct {
	path string
	lock *os.File
}

// openFolder makes the data folder, for nobody but its owner, and locks it: two servers on one folder
// would write over each other. The lock ends with the process, however that ends.
func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	name := filepath.Join(path, "hathor.lock")
	lock, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("another hathor uses the data folder %s: stop it, or set DATA_DIR to another folder", path)
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
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
