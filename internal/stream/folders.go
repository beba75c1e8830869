package stream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// RootedFolders opens files below library folders; neither ".." nor a symbolic link leads out of one. A
// folder is opened for each file, so that the operator can unmount it and mount another in its place.
type RootedFolders struct{}

// Open opens a file for reading; the caller closes it. Whatever makes it unreachable is fs.ErrNotExist.
func (RootedFolders) Open(folder, path string) (file File, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open library folder: %w", unreachable(err))
	}
	defer func() { _ = root.Close() }()
	opened, err := root.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open file of a library: %w", unreachable(err))
	}
	return opened, nil
}

// exhausted are the failures that say nothing about the file.
var exhausted = []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.EINTR}

// unreachable makes one kind of all failures that a file itself causes: it is gone, is no longer what it
// was, leads out of the folder, or may not be read.
func unreachable(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) && slices.Contains(exhausted, number) {
		return err
	}
	return errors.Join(fs.ErrNotExist, err)
}
