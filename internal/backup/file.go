package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"hathor/internal/fault"
)

// Save makes a file for its owner alone, all of it or none: it is written under a name that ends in .part,
// synced, and takes its own name last. A file that is there already is never replaced.
func Save(name string, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fault.Newf(fault.Conflict, "file_exists", "%s is there already: a backup never replaces a file", name), err)
	}
	part := name + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.Newf(fault.Conflict, "file_exists", "%s is there: another backup is being written, or one was killed; remove it if none is", part)
	}
	if err != nil {
		return fmt.Errorf("make backup file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(explain(err), ignoreClosed(file.Close()), os.Remove(part))
		}
	}()
	if err := write(file); err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("sync backup file: %w", err)
	}
	if err := os.Rename(part, name); err != nil {
		return fmt.Errorf("name backup file: %w", err)
	}
	return syncFolder(filepath.Dir(name))
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

// explain says in plain words that there is no room.
func explain(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.New(fault.NoSpace, "disk_full", "There is no room left where the backup goes; nothing was left behind").Because(err)
	}
	return err
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
