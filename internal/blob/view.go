package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"hathor/internal/fault"
)

// ErrHeld is why an object was not deleted: another process holds the store to copy it. A later sweep takes it.
var ErrHeld = errors.New("objects are held by a backup")

// View reads a store beside the process that has it open. Whoever opens it closes it.
type View struct{ root *os.Root }

// OpenView opens the store in the folder to read, and changes nothing in it. A folder that is not there is an
// empty store.
func OpenView(folder string) (*View, error) {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return &View{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open object folder: %w", err)
	}
	return &View{root}, nil
}

// Close ends the use of the folder.
func (v *View) Close() error {
	if v.root == nil {
		return nil
	}
	return v.root.Close()
}

// Open opens an object for reading; the caller closes it. An object that is not there is fault.NotFound.
func (v *View) Open(_ context.Context, key string) (io.ReadCloser, error) {
	if v.root == nil {
		return nil, fault.Missing("Object")
	}
	return open(v.root, key)
}

// Size is the number of an object's bytes. An object that is not there is fault.NotFound.
func (v *View) Size(_ context.Context, key string) (int64, error) {
	if err := check(key); err != nil {
		return 0, err
	}
	if v.root == nil {
		return 0, fault.Missing("Object")
	}
	info, err := v.root.Stat(key)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fault.Missing("Object").Because(err)
	}
	if err != nil {
		return 0, fmt.Errorf("look for object: %w", err)
	}
	return info.Size(), nil
}

// Walk calls visit for every object, in no particular order. An error of visit ends the walk.
func (v *View) Walk(ctx context.Context, visit func(key string, size int64) error) error {
	if v.root == nil {
		return nil
	}
	return walk(ctx, v.root, func(name string, info fs.FileInfo) error { return visit(name, info.Size()) })
}

// Hold keeps every process from deleting objects until it is let go, however this one ends. It waits for a
// deletion under way.
func (v *View) Hold(context.Context) (release func() error, err error) {
	if v.root == nil {
		return func() error { return nil }, nil
	}
	folder, err := v.root.Open(".")
	if err != nil {
		return nil, fmt.Errorf("hold objects: %w", err)
	}
	if err := lockShared(folder); err != nil {
		return nil, errors.Join(fmt.Errorf("hold objects: %w", err), folder.Close())
	}
	return folder.Close, nil
}

// holds tells a Disk whether another process holds its objects.
type holds struct{ mu sync.Mutex }

// unlessHeld does what must not happen while a backup copies objects.
func (h *holds) unlessHeld(root *os.Root, do func() error) (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	folder, err := root.Open(".")
	if err != nil {
		return fmt.Errorf("look for holders: %w", err)
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	if held(folder) {
		return ErrHeld
	}
	return do()
}
