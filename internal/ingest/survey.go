package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// walkers are how many folders are listed at once: more than there are cores, since lists of a network
// mount are waited for.
func walkers() int { return max(4, 2*runtime.GOMAXPROCS(0)) }

// passedOver are folders that systems and storage boxes keep for themselves, beside the hidden ones.
var passedOver = []string{"@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found"}

// survey lists the folders and, as far as enter agrees, what is below them: audio files, cover pictures and
// lyrics. Links are not followed, wherever they lead: a link to a song of the library would only show it
// twice. A folder that cannot be listed is a problem, the library's own ends the survey.
func survey(ctx context.Context, root *os.Root, from []string, enter func(folder string) bool) (*tree, error) {
	w := &walk{root: root, enter: enter, tree: &tree{dirs: map[string]*dir{}}, queue: slices.Clone(from)}
	w.more.L = &w.mu
	stop := context.AfterFunc(ctx, func() { w.fail(ctx.Err()) })
	defer stop()
	var walking sync.WaitGroup
	for range walkers() {
		walking.Go(w.work)
	}
	walking.Wait()
	if w.err != nil {
		return nil, fmt.Errorf("list folder: %w", w.err)
	}
	return w.tree, nil
}

// walk is a survey under way.
type walk struct {
	root  *os.Root
	enter func(folder string) bool

	mu    sync.Mutex
	more  sync.Cond
	queue []string
	busy  int
	tree  *tree
	err   error
}

func (w *walk) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
	}
	w.more.Broadcast()
}

func (w *walk) work() {
	for {
		name, left := w.next()
		if !left {
			return
		}
		l := listing{walk: w, dir: &dir{path: name}}
		l.take(list(w.root, name))
		w.done(&l)
	}
}

// next waits for a folder to list; there is none any more when nobody lists one that could have others.
func (w *walk) next() (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.queue) == 0 && w.busy > 0 && w.err == nil {
		w.more.Wait()
	}
	if w.err != nil || len(w.queue) == 0 {
		return "", false
	}
	last := len(w.queue) - 1
	name := w.queue[last]
	w.queue = w.queue[:last]
	w.busy++
	return name, true
}

func (w *walk) done(l *listing) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy--
	t := w.tree
	t.problems, t.unread = append(t.problems, l.problems...), append(t.unread, l.unread...)
	if l.err != nil && l.dir.path == "." && w.err == nil {
		w.err = l.err
	}
	if l.err == nil {
		t.dirs[l.dir.path] = l.dir
		t.files += len(l.dir.songs)
		for _, folder := range l.dir.folders {
			if w.enter(folder) {
				w.queue = append(w.queue, folder)
			}
		}
	}
	w.more.Broadcast()
}

func list(root *os.Root, name string) ([]fs.DirEntry, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	entries, err := f.ReadDir(-1)
	return entries, errors.Join(err, f.Close())
}

// listing is one folder on its way into the tree.
type listing struct {
	walk     *walk
	dir      *dir
	problems []ScanError
	unread   []string
	err      error
}

func (l *listing) take(entries []fs.DirEntry, err error) {
	if err != nil {
		l.err = err
		if errors.Is(err, fs.ErrNotExist) && l.dir.path != "." {
			return // it went while the scan was on its way here: what was in it is gone as well
		}
		l.unread = append(l.unread, l.dir.path+"/")
		l.problem(l.dir.path, "The folder could not be read: "+reason(err))
		return
	}
	l.dir.empty = len(entries) == 0
	for _, entry := range entries {
		name := entry.Name()
		if l.dir.path != "." {
			name = l.dir.path + "/" + name
		}
		switch {
		case entry.IsDir():
			l.folder(name, entry)
		case entry.Type().IsRegular():
			l.file(name, entry)
		default:
			l.special(name, entry)
		}
	}
	slices.SortFunc(l.dir.songs, func(a, b found) int { return strings.Compare(a.path, b.path) })
}

func (l *listing) problem(name, why string) {
	l.problems = append(l.problems, ScanError{Path: shown(name), Reason: why})
}

func (l *listing) folder(name string, entry fs.DirEntry) {
	if !PassesOver(entry.Name()) {
		l.dir.folders = append(l.dir.folders, name)
	}
}

func (l *listing) file(name string, entry fs.DirEntry) {
	base := strings.ToLower(entry.Name())
	ending := path.Ext(base)
	audio, rank, lyrics := slices.Contains(endings, ending), rankOf(base, ending), ending == lyricsEnding
	if !audio && rank < 0 && !lyrics || strings.HasPrefix(base, "._") {
		return
	}
	if !utf8.ValidString(name) {
		l.problem(name, "The file's name is not valid UTF-8: rename the file")
		return
	}
	info, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return // it went meanwhile
	}
	if err != nil {
		l.unread = append(l.unread, name)
		l.problem(name, "The file could not be read: "+reason(err))
		return
	}
	f := found{path: name, size: info.Size(), modified: info.ModTime().UTC().Truncate(time.Millisecond), rank: rank}
	switch {
	case audio:
		l.dir.songs = append(l.dir.songs, f)
	case lyrics:
		if l.dir.lyrics == nil {
			l.dir.lyrics = map[string]found{}
		}
		l.dir.lyrics[strings.TrimSuffix(name, path.Ext(name))] = f
	case l.dir.picture.path == "" || f.rank < l.dir.picture.rank:
		l.dir.picture = f
	}
}

// special explains what looks like music and is not read. A link within the library is no loss: what it
// leads to is found by itself.
func (l *listing) special(name string, entry fs.DirEntry) {
	if entry.Type()&fs.ModeSymlink == 0 {
		if slices.Contains(endings, strings.ToLower(path.Ext(name))) {
			l.problem(name, "This is no file but a pipe, a socket or a device, and is not read")
		}
		return
	}
	if _, err := l.walk.root.Stat(name); err != nil {
		l.problem(name, "A link that leads out of the library's folder, or nowhere, is not followed: "+
			"put what it leads to here, or name that folder in MUSIC_DIRS")
	}
}
