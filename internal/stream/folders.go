package stream

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// RootedFolders opens files below library folders; neither ".." nor a symbolic link leads out of one. It
// keeps each folder open that was used. Whoever makes it closes it.
type RootedFolders struct {
	mu    sync.Mutex
	roots map[string]*os.Root
}

// NewRootedFolders makes an empty set; folders are opened when first used.
func NewRootedFolders() *RootedFolders { return &RootedFolders{roots: map[string]*os.Root{}} }

// Open opens a file for reading; the caller closes it.
func (f *RootedFolders) Open(folder, path string) (File, error) {
	root, err := f.root(folder)
	if err != nil {
		return nil, err
	}
	file, err := root.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open file of a library: %w", err)
	}
	return file, nil
}

func (f *RootedFolders) root(folder string) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if root := f.roots[folder]; root != nil {
		return root, nil
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open library folder: %w", err)
	}
	f.roots[folder] = root
	return root, nil
}

// Close ends the use of all folders.
func (f *RootedFolders) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var err error
	for _, root := range f.roots {
		err = errors.Join(err, root.Close())
	}
	clear(f.roots)
	return err
}
