// Package blob keeps objects (the bytes of uploads and covers) under keys that the server makes.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"syscall"

	"hathor/internal/fault"
)

// staging is the folder of files that are still being written. It stands inside the store, so that a
// rename never crosses a file system, and its name can be no key.
const staging = ".staging"

// Disk is a store of objects in one folder. Nothing outside the folder can be reached through it. It is
// safe for concurrent use; one process at a time may have it open. Whoever opens it closes it.
type Disk struct {
	root  *os.Root
	holds holds
}

// OpenDisk opens the store in the folder, which is made when it is not there, and removes what a process
// that died left half-written.
func OpenDisk(folder string) (*Disk, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make object folder: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open object folder: %w", err)
	}
	d := &Disk{root: root}
	if err := d.clearStaging(); err != nil {
		return nil, errors.Join(fmt.Errorf("clear staged files: %w", err), root.Close())
	}
	return d, nil
}

func (d *Disk) clearStaging() error {
	if err := d.root.RemoveAll(staging); err != nil {
		return err
	}
	return d.root.Mkdir(staging, 0o700)
}

// Close ends the use of the folder.
func (d *Disk) Close() error { return d.root.Close() }

// Open opens an object for reading; the caller closes it. An object that is not there is fault.NotFound.
func (d *Disk) Open(_ context.Context, key string) (*os.File, error) { return open(d.root, key) }

func open(root *os.Root, key string) (*os.File, error) {
	if err := check(key); err != nil {
		return nil, err
	}
	f, err := root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing("Object").Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("open object: %w", err)
	}
	return f, nil
}

// Delete removes an object; one that is not there is no error. While another process holds the objects nothing
// is removed and the error is ErrHeld.
func (d *Disk) Delete(_ context.Context, key string) error {
	if err := check(key); err != nil {
		return err
	}
	return d.holds.unlessHeld(d.root, func() error {
		if err := d.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("delete object: %w", err)
		}
		return nil
	})
}

// check refuses what is no key: "kind/ab/hash", never a path out of the store or into the staging folder.
func check(key string) error {
	if !fs.ValidPath(key) || strings.Count(key, "/") != 2 || strings.HasPrefix(key, ".") || strings.ContainsRune(key, '\\') {
		return fmt.Errorf("%q is no object key", key)
	}
	return nil
}

// makeFolder makes the folders of a key, each of them durable in the one above.
func (d *Disk) makeFolder(key string) error {
	kind, folder := path.Dir(path.Dir(key)), path.Dir(key)
	for _, f := range []string{kind, folder} {
		err := d.root.Mkdir(f, 0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := d.syncFolder(path.Dir(f)); err != nil {
			return err
		}
	}
	return nil
}

// syncFolder makes new names in the folder durable. Windows syncs no folders: its file systems keep a log of names.
func (d *Disk) syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// explain turns a full disk into the fault that says so.
func explain(what string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.New(fault.NoSpace, "disk_full", "The server's disk is full").Because(fmt.Errorf("%s: %w", what, err))
	}
	return fmt.Errorf("%s: %w", what, err)
}
