package ingest

import (
	"context"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"hathor/internal/library"
)

// FolderEvents tells of changes below a folder as they happen.
type FolderEvents interface {
	// Follow tells heard of changes below root until the context ends. It returns sooner, with an error that says
	// in words for people why, where that cannot be done for all of the tree.
	Follow(ctx context.Context, root string, heard Heard) error
}

// Heard takes in what changed. Names are below the root, parted by "/".
type Heard interface {
	// Everything may have changed. It is also said once the tree is followed.
	Everything()
	// Folder came, went, or has other things in it.
	Folder(name string)
	// File came, went or was written.
	File(name string)
}

// PassesOver tells whether scans pass over a folder of that name, with all that is in it.
func PassesOver(base string) bool {
	return strings.HasPrefix(base, ".") || slices.Contains(passedOver, strings.ToLower(base))
}

// Following is how a follower goes about it. Zero durations switch that part off.
type Following struct {
	Events FolderEvents  // nil follows nothing
	Every  time.Duration // how often folders are scanned that are not followed
	Settle time.Duration // how long a folder is to be quiet before it is scanned: files may still be copied into it
	Retry  time.Duration // how long after a file could not be read, for a reason that may pass, it is tried again
}

// By is how changes of a library's folder are found out.
type By string

// The ways of finding changes.
const (
	ByEvents   By = "events"   // at once
	ByInterval By = "interval" // by a scan every so often
	ByNothing  By = "nothing"  // by the scans that somebody asks for
)

// Follows is how changes of one library's folder are found out, and why not at once.
type Follows struct {
	Library library.ID
	Name    string
	By      By
	Every   time.Duration // of ByInterval
	Reason  string
}

// mostSettles bounds how long a folder that is never quiet is waited for, in times of Settle.
const mostSettles = 30

// unrest is since when a folder changes, and when it did last.
type unrest struct{ first, last time.Time }

func (u unrest) over(now time.Time, settle time.Duration) bool {
	return now.Sub(u.last) >= settle || now.Sub(u.first) >= mostSettles*settle
}

// Follow finds changes of the folders until the context ends: by events where the system tells of them, else by
// a scan every so often. It may run once at a time.
func (s *Scanner) Follow(ctx context.Context, f Following) {
	var following sync.WaitGroup
	s.mu.Lock()
	s.pause = f.Retry
	s.mu.Unlock()
	heard := &gathered{scanner: s, wake: s.wake, dirty: map[library.ID]map[string]unrest{}}
	var unfollowed []library.ID
	for _, folder := range s.configured() {
		if f.Events == nil {
			unfollowed = append(unfollowed, folder.ID)
			s.follows(folder, f, "")
			continue
		}
		s.setFollows(Follows{Library: folder.ID, Name: folder.Name, By: ByEvents})
		following.Go(func() { s.followOne(ctx, folder, f, heard) })
	}
	heard.every(unfollowed)
	heard.run(ctx, f)
	following.Wait()
}

// followOne follows one folder, and falls back on scans where that cannot be done.
func (s *Scanner) followOne(ctx context.Context, folder library.Library, f Following, heard *gathered) {
	err := f.Events.Follow(ctx, folder.Path, &heardOf{heard, folder.ID})
	if ctx.Err() != nil {
		return
	}
	slog.WarnContext(ctx, "changes of a library folder are not followed as they happen: it is scanned every so often instead",
		slog.String("folder", folder.Path), slog.Any("reason", err), slog.Duration("every", f.Every))
	s.follows(folder, f, reason(err))
	heard.every([]library.ID{folder.ID})
}

// follows notes that a folder is not followed by events.
func (s *Scanner) follows(folder library.Library, f Following, why string) {
	state := Follows{Library: folder.ID, Name: folder.Name, By: ByInterval, Every: f.Every, Reason: why}
	if f.Every == 0 {
		state.By = ByNothing
	}
	s.setFollows(state)
}

func (s *Scanner) setFollows(state Follows) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.following == nil {
		s.following = map[library.ID]Follows{}
	}
	s.following[state.Library] = state
}

// Follows lists how changes of each folder are found out.
func (s *Scanner) Follows() []Follows {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.following), func(a, b Follows) int { return int(a.Library - b.Library) })
}

func (s *Scanner) configured() []library.Library {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.folders)
}

// gathered are changes that wait for a scan.
type gathered struct {
	scanner *Scanner
	wake    chan struct{} // holds one: there is something new

	mu         sync.Mutex
	dirty      map[library.ID]map[string]unrest // by folder; "" is the whole library
	unfollowed []library.ID
}

func (g *gathered) every(libraries []library.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.unfollowed = append(g.unfollowed, libraries...)
	knock(g.wake)
}

// knock lets the one who waits look, now or when it looks again.
func knock(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

func (g *gathered) add(id library.ID, folders ...string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.scanner.clock.Now()
	for _, name := range folders {
		g.note(id, name, now)
	}
	knock(g.wake)
}

func (g *gathered) note(id library.ID, name string, now time.Time) {
	if g.dirty[id] == nil {
		g.dirty[id] = map[string]unrest{}
	}
	u, before := g.dirty[id][name]
	if u.last = now; !before {
		u.first = now
	}
	g.dirty[id][name] = u
}

// heardOf gathers the changes of one library.
type heardOf struct {
	*gathered
	library library.ID
}

// Everything implements Heard.
func (h *heardOf) Everything() { h.add(h.library, "") }

// Folder implements Heard. The folder above is listed as well: it has one more or one less in it.
func (h *heardOf) Folder(name string) { h.add(h.library, name, path.Dir(name)) }

// File implements Heard: only files that scans read count.
func (h *heardOf) File(name string) {
	base := strings.ToLower(path.Base(name))
	ending := path.Ext(base)
	if slices.Contains(endings, ending) || ending == lyricsEnding || rankOf(base, ending) >= 0 {
		h.add(h.library, path.Dir(name))
	}
}

// run scans what has changed once it is quiet, and what is not followed every so often.
func (g *gathered) run(ctx context.Context, f Following) {
	settle := time.NewTimer(0)
	defer settle.Stop()
	ticks := make(<-chan time.Time)
	if f.Every > 0 {
		every := time.NewTicker(f.Every)
		defer every.Stop()
		ticks = every.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			g.due()
		case <-g.wake:
		case <-settle.C:
		}
		if wait := g.scan(ctx, f.Settle); wait > 0 {
			settle.Reset(wait)
		}
	}
}

// due makes the folders that are not followed wait for a scan, at once.
func (g *gathered) due() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, id := range g.unfollowed {
		g.note(id, "", time.Time{})
	}
}

// scan starts one over all that is quiet, and answers how long to wait until the rest may be, 0 for nothing
// left.
func (g *gathered) scan(ctx context.Context, settle time.Duration) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	quiet, restless := g.quiet(settle)
	now := g.scanner.clock.Now()
	next := g.scanner.dueRetries(now, quiet)
	if len(quiet) == 0 {
		if len(restless) > 0 {
			return max(settle/2, time.Millisecond)
		}
		return next
	}
	if err := g.scanner.start(ctx, extent{folders: quiet, restless: restless}); err != nil {
		return max(settle, time.Millisecond) // another scan runs
	}
	g.scanner.tryAgain(now, quiet)
	for id, names := range quiet {
		if names == nil {
			delete(g.dirty, id)
		}
		for _, name := range names {
			delete(g.dirty[id], name)
		}
	}
	return max(settle, time.Millisecond)
}

// quiet are the folders of each library in which nothing changed for a while, where nil names are all of
// them, and the others.
func (g *gathered) quiet(settle time.Duration) (quiet, restless map[library.ID][]string) {
	now := g.scanner.clock.Now()
	quiet, restless = map[library.ID][]string{}, map[library.ID][]string{}
	for id, folders := range g.dirty {
		if u, whole := folders[""]; whole && u.over(now, settle) {
			quiet[id] = nil
			continue
		}
		for name, u := range folders {
			if name != "" && u.over(now, settle) {
				quiet[id] = append(quiet[id], name)
				continue
			}
			restless[id] = append(restless[id], name)
		}
	}
	return quiet, restless
}
