// Package fswatch is told by the system of changes below folders. It is an adapter of ingest over fsnotify,
// which is told of one folder at a time: this package follows whole trees.
package fswatch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"hathor/internal/ingest"
)

// Watcher follows trees. The zero value is ready; each tree has its own queue in the system.
type Watcher struct{}

var _ ingest.FolderEvents = Watcher{}

// Follow implements ingest.FolderEvents.
func (Watcher) Follow(ctx context.Context, root string, heard ingest.Heard) error {
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return fmt.Errorf("follow folder: %w", err)
	}
	events, err := fsnotify.NewBufferedWatcher(queue)
	if err != nil {
		return explain(err)
	}
	f := &follower{root: root, events: events, heard: heard, folders: map[string]bool{}}
	defer func() { _ = events.Close() }()
	if err := f.add(ctx, root); err != nil {
		return explain(err)
	}
	heard.Everything() // whatever changed until now
	return explain(f.run(ctx))
}

// queue is how many events may wait for us; more than that wait in the system.
const queue = 4096

// follower follows one tree.
type follower struct {
	root    string
	events  *fsnotify.Watcher
	heard   ingest.Heard
	folders map[string]bool // followed, by their paths
}

var errRemote = errors.New("it is on a network mount, which does not tell of changes made elsewhere")

// add follows a folder and all below it that are looked into. A folder that went meanwhile is no error, nor is
// one that cannot be opened: the scan says so.
func (f *follower) add(ctx context.Context, top string) error {
	return filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && path == f.root {
			return err
		}
		if err != nil || !entry.IsDir() {
			return nil
		}
		if path != f.root && ingest.PassesOver(entry.Name()) {
			return fs.SkipDir
		}
		if remote(path) {
			return errRemote
		}
		err = f.events.Add(path)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			return nil
		}
		if err != nil {
			return err
		}
		f.folders[path] = true
		return nil
	})
}

// run hands events on until the context ends, or the system has nothing more to tell.
func (f *follower) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case event, open := <-f.events.Events:
			if !open {
				return fsnotify.ErrClosed
			}
			if err := f.take(ctx, event); err != nil {
				return err
			}
		case err, open := <-f.events.Errors:
			if !open {
				return fsnotify.ErrClosed
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			f.heard.Everything() // some were lost
		}
	}
}

func (f *follower) take(ctx context.Context, event fsnotify.Event) error {
	if event.Name == f.root {
		if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
			return errGone
		}
		return nil
	}
	name, err := filepath.Rel(f.root, event.Name)
	if err != nil || strings.HasPrefix(name, "..") {
		return nil
	}
	name = filepath.ToSlash(name)
	if f.folders[event.Name] && (event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename)) {
		f.forget(event.Name)
		f.heard.Folder(name)
		return nil
	}
	if !event.Has(fsnotify.Create) {
		f.heard.File(name)
		return nil
	}
	info, err := os.Lstat(event.Name)
	if err != nil || !info.IsDir() {
		f.heard.File(name)
		return nil
	}
	return f.enter(ctx, event.Name)
}

var errGone = errors.New("the folder is there no more")

// enter follows a folder that is new, and tells of all that may have come into it before that.
func (f *follower) enter(ctx context.Context, top string) error {
	if ingest.PassesOver(filepath.Base(top)) {
		return nil
	}
	if err := f.add(ctx, top); err != nil {
		return err
	}
	for folder := range f.folders {
		if folder != top && !strings.HasPrefix(folder, top+string(filepath.Separator)) {
			continue
		}
		if name, err := filepath.Rel(f.root, folder); err == nil {
			f.heard.Folder(filepath.ToSlash(name))
		}
	}
	return nil
}

// forget takes a folder off that was moved away with all below it: its paths mean something else now.
func (f *follower) forget(top string) {
	for folder := range f.folders {
		if folder == top || strings.HasPrefix(folder, top+string(filepath.Separator)) {
			_ = f.events.Remove(folder) // one that was deleted is gone already
			delete(f.folders, folder)
		}
	}
}

// explain turns a limit of the system into what can be done about it.
func explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return errors.New("the system watches no more folders: raise fs.inotify.max_user_watches")
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return errors.New("the system opens no more watchers: raise fs.inotify.max_user_instances")
	}
	return err
}
