package fswatch_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hathor/internal/fswatch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ears remember what they heard.
type ears struct {
	mu    sync.Mutex
	heard []string
	news  chan struct{}
}

func (e *ears) add(what string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, what)
	select {
	case e.news <- struct{}{}:
	default:
	}
}

func (e *ears) Everything()        { e.add("everything") }
func (e *ears) Folder(name string) { e.add("folder " + name) }
func (e *ears) File(name string)   { e.add("file " + name) }

// until waits for all of these to be heard, and forgets them.
func (e *ears) until(t *testing.T, want ...string) {
	t.Helper()
	for {
		e.mu.Lock()
		missing := slices.DeleteFunc(slices.Clone(want), func(w string) bool { return slices.Contains(e.heard, w) })
		heard := slices.Clone(e.heard)
		if len(missing) == 0 {
			e.heard = nil
		}
		e.mu.Unlock()
		if len(missing) == 0 {
			return
		}
		select {
		case <-e.news:
		case <-time.After(20 * time.Second):
			t.Fatalf("nothing was heard of %q, only %q", missing, heard)
		}
	}
}

// follow follows a folder until the test ends, and answers when it has begun.
func follow(t *testing.T, root string) (*ears, func() error) {
	t.Helper()
	e := &ears{news: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- fswatch.Watcher{}.Follow(ctx, root, e) }()
	end := sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = end() })
	e.until(t, "everything")
	return e, end
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangesAreHeard(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	must(t, os.MkdirAll(at("a/b"), 0o755))
	must(t, os.MkdirAll(at(".hidden"), 0o755))
	must(t, os.WriteFile(at("a/b/one.mp3"), []byte("1"), 0o644))
	e, end := follow(t, root)

	must(t, os.WriteFile(at(".hidden/x.mp3"), []byte("1"), 0o644))
	must(t, os.WriteFile(at("a/two.mp3"), []byte("1"), 0o644))
	e.until(t, "file a/two.mp3")
	must(t, os.Chtimes(at("a/b/one.mp3"), time.Unix(1, 0), time.Unix(1, 0)))
	e.until(t, "file a/b/one.mp3")
	must(t, os.Remove(at("a/b/one.mp3")))
	e.until(t, "file a/b/one.mp3")

	// A folder that comes is followed with all that is below it.
	must(t, os.MkdirAll(at("c/d/e"), 0o755))
	e.until(t, "folder c", "folder c/d", "folder c/d/e")
	must(t, os.WriteFile(at("c/d/e/three.mp3"), []byte("1"), 0o644))
	e.until(t, "file c/d/e/three.mp3")

	// One that moves is followed under its new name, and not under the old one.
	must(t, os.Rename(at("c"), at("a/c")))
	e.until(t, "folder c", "folder a/c", "folder a/c/d/e")
	must(t, os.WriteFile(at("a/c/d/e/four.mp3"), []byte("1"), 0o644))
	e.until(t, "file a/c/d/e/four.mp3")
	must(t, os.RemoveAll(at("a/c")))
	e.until(t, "folder a/c")

	if err := end(); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	for _, what := range e.heard {
		if what == "file .hidden/x.mp3" {
			t.Error("a hidden folder is followed")
		}
	}
}

func TestAFolderThatGoesIsFollowedNoMore(t *testing.T) {
	root := filepath.Join(t.TempDir(), "music")
	must(t, os.Mkdir(root, 0o755))
	e := &ears{news: make(chan struct{}, 1)}
	ended := make(chan error, 1)
	go func() { ended <- fswatch.Watcher{}.Follow(t.Context(), root, e) }()
	e.until(t, "everything")
	must(t, os.Remove(root))
	select {
	case err := <-ended:
		if err == nil {
			t.Error("it ended without a reason")
		}
	case <-time.After(20 * time.Second):
		t.Error("it is still followed")
	}
	if err := (fswatch.Watcher{}).Follow(t.Context(), root, e); err == nil {
		t.Error("a folder that is not there is followed")
	}
}
