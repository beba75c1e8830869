package ingest

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"path"
	"slices"

	"hathor/internal/library"
)

// scan brings the catalogue up to what stands in the folders: list everything, read what is new or changed,
// write it, and mark what is gone. A folder that is away as a whole changes nothing.
func (s *Scanner) scan(ctx context.Context, folders []library.Library, what extent) {
	var plans []*plan
	defer func() {
		for _, p := range plans {
			_ = p.root.Close()
		}
	}()
	for _, folder := range folders {
		var p *plan
		s.guarded(ctx, "survey", folder, func(ctx context.Context) (err error) {
			p, err = s.plan(ctx, folder, what)
			return err
		})
		if p != nil {
			plans = append(plans, p)
			s.count(func(state *State) { state.Total += len(p.read) })
		}
	}
	s.count(func(state *State) { state.ReadFrom = s.clock.Now() })
	s.carryOutAll(ctx, plans)
}

// carryOutAll reads and writes what is new in all libraries, then finds out which songs moved, and only then which are
// gone: a file may have gone from one library to another.
func (s *Scanner) carryOutAll(ctx context.Context, plans []*plan) {
	if len(plans) == 0 {
		return
	}
	var writers []*writer
	var l *lost
	s.guarded(ctx, "moved songs", plans[0].folder, func(ctx context.Context) (err error) {
		l, err = s.lost(ctx, plans)
		return err
	})
	if l == nil {
		return
	}
	for _, p := range plans {
		s.guarded(ctx, "scan", p.folder, func(ctx context.Context) error {
			w, err := s.carryOut(ctx, p, l)
			if err == nil {
				writers = append(writers, w)
			}
			return err
		})
	}
	s.guarded(ctx, "moved songs", plans[0].folder, l.claim)
	for _, w := range writers {
		s.guarded(ctx, "missing songs", w.plan.folder, func(ctx context.Context) error { return s.close(ctx, w) })
	}
}

// unreachable keeps the reason why a folder was not scanned; its songs stay as they are.
func (s *Scanner) unreachable(ctx context.Context, folder library.Library, why string) error {
	slog.WarnContext(ctx, "a library folder was not scanned", slog.String("folder", folder.Path), slog.String("reason", why))
	s.count(func(state *State) { state.Failed++ })
	return s.shelf.ReplaceErrors(ctx, folder.ID, []ScanError{{Path: "", Reason: why}})
}

// carryOut reads the files of one library and writes those of which it is clear which songs they are.
func (s *Scanner) carryOut(ctx context.Context, p *plan, l *lost) (*writer, error) {
	if err := s.shelf.MarkPresent(ctx, p.returned); err != nil {
		return nil, err
	}
	s.count(func(state *State) {
		state.Updated += len(p.returned)
		state.Reading = Reading{Library: p.folder.Name, Folder: "."}
	})
	if err := s.open(ctx, p); err != nil {
		return nil, err
	}
	w := s.writer(p, l)
	reading, stop := context.WithCancel(ctx)
	defer stop()
	w.stop = stop
	for r := range s.readAll(reading, p) {
		w.take(ctx, r)
	}
	w.flush(context.WithoutCancel(ctx)) // what is read need not be read again
	return w, errors.Join(w.err, ctx.Err())
}

// open notes which folders are being read. Until close they count as changed, whatever happens.
func (s *Scanner) open(ctx context.Context, p *plan) error {
	if len(p.read) == 0 {
		return nil
	}
	pending := make(map[string]int64, len(p.changed))
	for name := range p.changed {
		if was, known := p.kept[name]; !known || was != unfinished {
			pending[name] = unfinished
		}
	}
	return s.shelf.KeepListings(ctx, p.folder.ID, pending, nil)
}

// close writes what is left, marks what is gone, and keeps what stood in the folders and what could not be read.
func (s *Scanner) close(ctx context.Context, w *writer) error {
	p := w.plan
	if w.flush(ctx); w.err != nil || ctx.Err() != nil {
		return errors.Join(w.err, ctx.Err())
	}
	var missing []library.SongID
	for id, k := range w.gone {
		if _, later := p.left[id]; k.Library == p.folder.ID && !k.Missing && !later {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	if err := s.shelf.MarkMissing(ctx, missing); err != nil {
		return err
	}
	s.count(func(state *State) { state.Missing += len(missing) })
	s.noteRetries(p.folder.ID, p.changed, w.again)
	for name := range w.again {
		p.changed[name] = unfinished
	}
	if err := s.shelf.KeepListings(ctx, p.folder.ID, p.changed, p.vanished); err != nil {
		return err
	}
	return s.keepProblems(ctx, p, w.problems)
}

// keepProblems replaces what the last scan could not read. What is said of files in unchanged folders holds.
func (s *Scanner) keepProblems(ctx context.Context, p *plan, problems []ScanError) error {
	before, err := s.shelf.Problems(ctx, p.folder.ID)
	if err != nil {
		return err
	}
	now := make(map[string]string, len(before))
	for _, e := range before {
		if p.standsStill(e.Path) {
			now[e.Path] = e.Reason
		}
	}
	for _, e := range problems {
		now[e.Path] = e.Reason
	}
	was := make(map[string]string, len(before))
	for _, e := range before {
		was[e.Path] = e.Reason
	}
	if maps.Equal(was, now) {
		return nil
	}
	list := make([]ScanError, 0, len(now))
	for name, why := range now {
		list = append(list, ScanError{Path: name, Reason: why})
	}
	return s.shelf.ReplaceErrors(ctx, p.folder.ID, list)
}

// standsStill tells whether the path is one of a song that this scan did not look at again.
func (p *plan) standsStill(song string) bool {
	name := path.Dir(song)
	if _, changed := p.changed[name]; changed || song == "" {
		return false
	}
	d := p.tree.dirs[name]
	if d == nil {
		return p.partial && !slices.Contains(p.vanished, name)
	}
	return slices.ContainsFunc(d.songs, func(f found) bool { return f.path == song })
}
