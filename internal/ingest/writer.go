package ingest

import (
	"context"
	"log/slog"
	"path"
	"slices"

	"hathor/internal/fault"
)

// batchSize is how many songs are written in one transaction.
const batchSize = 1000

// writer collects what the readers give and writes it in large transactions. It belongs to one goroutine.
type writer struct {
	scanner *Scanner
	plan    *plan
	*lost
	batch    []result
	problems []ScanError
	again    map[string]bool // folders with files that may be read another time
	albums   *folderAlbums
	stop     func() // ends the reading, when nothing can be written any more
	err      error
}

func (s *Scanner) writer(p *plan, l *lost) *writer {
	return &writer{scanner: s, plan: p, lost: l, problems: p.tree.problems, again: map[string]bool{}, albums: newFolderAlbums(s, p)}
}

func (w *writer) take(ctx context.Context, r result) {
	w.scanner.count(func(state *State) {
		state.Read++
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
	r.draft.Library = w.plan.folder.ID
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

// place decides which song the file is. One with other audio than the song of its path had, and a new one that is not
// the very audio of a gone song but may be another one, wait until all are read.
func (w *writer) place(ctx context.Context, r result) {
	waits := r.job.id != 0 && len(r.job.sound) > 0 && !slices.Equal(r.job.sound, r.draft.Sound)
	if r.job.id == 0 {
		r.draft.ID = w.bySound(&r.draft)
		waits = r.draft.ID == 0 && (w.moving[string(r.draft.Sound)] || w.resembles(&r.draft))
	}
	if waits {
		w.waiting = append(w.waiting, waiting{r, w})
		return
	}
	w.write(ctx, r)
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
	err := w.recognise(ctx, batch)
	if err == nil {
		err = w.save(ctx, batch...)
	}
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

// recognise finds among the missing songs of libraries that are not scanned those that new files are.
func (w *writer) recognise(ctx context.Context, batch []result) error {
	var sounds [][]byte
	for _, r := range batch {
		if w.elsewhere && r.draft.ID == 0 && r.job.id == 0 {
			sounds = append(sounds, r.draft.Sound)
		}
	}
	if len(sounds) == 0 {
		return nil
	}
	songs, err := w.scanner.shelf.Alike(ctx, sounds)
	if err != nil {
		return err
	}
	for _, k := range songs {
		if k.Missing && k.Path != "" {
			w.offer(k)
		}
	}
	for i := range batch {
		if r := &batch[i]; r.draft.ID == 0 && r.job.id == 0 {
			r.draft.ID = w.bySound(&r.draft)
		}
	}
	return nil
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
