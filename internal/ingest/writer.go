package ingest

import (
	"context"
	"log/slog"
	"path"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// batchSize is how many songs are written in one transaction.
const batchSize = 1000

// writer collects what the readers give and writes it in large transactions. It belongs to one goroutine.
type writer struct {
	scanner *Scanner
	library library.ID
	*lost
	batch    []result
	held     []result // new files that may be gone songs, when nothing fits better
	problems []ScanError
	again    map[string]bool // folders with files that may be read another time
	albums   *folderAlbums
	stop     func() // ends the reading, when nothing can be written any more
	err      error
}

func (s *Scanner) writer(ctx context.Context, p *plan) (*writer, error) {
	l, err := s.lost(ctx, p)
	if err != nil {
		return nil, err
	}
	return &writer{
		scanner: s, library: p.folder.ID, lost: l, problems: p.tree.problems, again: map[string]bool{},
		albums: newFolderAlbums(s, p),
	}, nil
}

func (w *writer) take(ctx context.Context, r result) {
	w.scanner.count(func(state *State) {
		state.Read++
		state.Reading.Done++
		state.Reading.Folder = path.Dir(r.job.path)
	})
	if r.note != "" {
		w.problems = append(w.problems, ScanError{Path: r.job.path, Reason: r.note})
	}
	if r.passing {
		w.again[r.job.dir.path] = true
	}
	if r.failure != "" {
		w.fail(r.job.path, r.failure)
	}
	r.draft.Library = w.library
	if w.err != nil || ctx.Err() != nil {
		return
	}
	ready, joining := w.albums.take(ctx, r)
	for _, k := range joining {
		w.join(ctx, k)
	}
	for _, r := range ready {
		w.place(ctx, r)
	}
}

// place decides which song the file is. A new file that is not the very audio of a gone song waits until all
// are read: another one may be.
func (w *writer) place(ctx context.Context, r result) {
	if r.job.id == 0 {
		if r.draft.ID = w.bySound(&r.draft); r.draft.ID == 0 && w.resembles(&r.draft) {
			w.held = append(w.held, r)
			return
		}
	}
	w.write(ctx, r)
}

// claim gives the gone songs that are left to the new files that resemble them most.
func (w *writer) claim(ctx context.Context) {
	held := w.held
	w.held = nil
	w.assign(held)
	for _, r := range held {
		w.write(ctx, r)
	}
}

func (w *writer) write(ctx context.Context, r result) {
	if w.batch = append(w.batch, r); len(w.batch) >= w.scanner.batch {
		w.flush(ctx)
	}
}

// join moves a song, whose file is as it was, to the collection of its folder. What people changed of it
// stays.
func (w *writer) join(ctx context.Context, k Known) {
	if w.err != nil || ctx.Err() != nil {
		return
	}
	err := w.scanner.join(ctx, k.ID)
	switch {
	case err == nil:
		w.scanner.count(func(state *State) { state.Updated++ })
	case !w.givesUp(err) && ctx.Err() == nil:
		slog.ErrorContext(ctx, "a song could not be moved to its collection", slog.Any("error", err))
		w.fail(k.Path, "The song could not be written to the catalogue")
	}
}

// givesUp ends the scan over an error after which nothing can be written.
func (w *writer) givesUp(err error) bool {
	kind := fault.KindOf(err)
	if kind != fault.Unavailable && kind != fault.NoSpace {
		return false
	}
	w.err = err
	w.stop()
	return true
}

func (w *writer) fail(name, why string) {
	w.problems = append(w.problems, ScanError{Path: name, Reason: why})
	w.scanner.count(func(state *State) { state.Failed++ })
}

// flush writes the batch. Where it cannot be written as a whole, its songs are written one by one, so
// that a single strange one does not keep the others out.
func (w *writer) flush(ctx context.Context) {
	batch := w.batch
	w.batch = nil
	if len(batch) == 0 || w.err != nil || ctx.Err() != nil {
		return
	}
	err := w.save(ctx, batch...)
	if err == nil || ctx.Err() != nil {
		return
	}
	if w.givesUp(err) {
		return
	}
	for _, r := range batch {
		if err := w.save(ctx, r); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "a song of a scan could not be written", slog.Any("error", err))
			w.fail(r.job.path, "The song could not be written to the catalogue")
			w.again[r.job.dir.path] = true
		}
	}
}

func (w *writer) save(ctx context.Context, batch ...result) error {
	drafts := make([]Draft, len(batch))
	added := 0
	for i, r := range batch {
		drafts[i] = r.draft
		if r.draft.ID == 0 && r.job.id == 0 {
			added++
		}
	}
	freed, err := w.scanner.shelf.Save(ctx, drafts)
	if err != nil {
		return err
	}
	w.scanner.service.release(ctx, freed.Keys)
	w.scanner.count(func(state *State) { state.Added += added; state.Updated += len(batch) - added })
	return nil
}
