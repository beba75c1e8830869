package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// scan brings the catalogue up to what stands in one folder: list everything, read what is new or changed,
// write it, and mark what is gone. A folder that is away as a whole changes nothing.
func (s *Scanner) scan(ctx context.Context, folder library.Library) error {
	known, err := s.shelf.Known(ctx, folder.ID)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(folder.Path)
	if err != nil {
		return s.unreachable(ctx, folder, "The folder could not be opened: "+reason(err))
	}
	defer func() { _ = root.Close() }()
	t, err := survey(ctx, root)
	if err != nil && ctx.Err() == nil {
		return s.unreachable(ctx, folder, "The folder could not be read: "+reason(err))
	}
	if err != nil {
		return err
	}
	s.count(func(state *State) { state.Seen += len(t.files) })
	p := compare(t, known)
	if len(t.files) == 0 && p.present > 0 {
		return s.unreachable(ctx, folder, fmt.Sprintf(
			"The folder is empty, though it had %d songs. Is its disk mounted? Nothing was marked missing", p.present))
	}
	return s.carryOut(ctx, folder, root, t, p)
}

// unreachable keeps the reason why a folder was not scanned; its songs stay as they are.
func (s *Scanner) unreachable(ctx context.Context, folder library.Library, why string) error {
	slog.WarnContext(ctx, "a library folder was not scanned", slog.String("folder", folder.Path), slog.String("reason", why))
	s.count(func(state *State) { state.Failed++ })
	return s.shelf.ReplaceErrors(ctx, folder.ID, []ScanError{{Path: "", Reason: why}})
}

// plan is the difference between a folder and the catalogue.
type plan struct {
	read     []job
	returned []library.SongID         // missing songs whose files are back as they were
	gone     map[library.SongID]Known // songs without a file: missing already, or from now on
	present  int                      // songs that had a file at the last scan
	mates    map[string][]Known       // unchanged songs on an album, by their folder
}

// job is a file to read; id is the song that had this path.
type job struct {
	found
	id library.SongID
}

func compare(t *tree, known []Known) plan {
	p := plan{gone: map[library.SongID]Known{}, mates: map[string][]Known{}}
	byPath := make(map[string]Known, len(known))
	for _, k := range known {
		byPath[k.Path] = k
		if !k.Missing {
			p.present++
		}
	}
	for _, f := range t.files {
		if picture, there := t.picture(f.path); there && picture.modified.After(f.modified) {
			f.modified = picture.modified // a newer cover is a change of its songs
		}
		k, there := byPath[f.path]
		delete(byPath, f.path)
		if !there || k.Size != f.size || !k.ModifiedAt.Equal(f.modified) {
			p.read = append(p.read, job{f, k.ID})
			continue
		}
		if k.Missing {
			p.returned = append(p.returned, k.ID)
		}
		if folder := path.Dir(f.path); k.AlbumKey != "" {
			p.mates[folder] = append(p.mates[folder], k)
		}
	}
	for _, k := range byPath {
		if !t.hides(k.Path) {
			p.gone[k.ID] = k
		}
	}
	return p
}

func (s *Scanner) carryOut(ctx context.Context, folder library.Library, root *os.Root, t *tree, p plan) error {
	if err := s.shelf.MarkPresent(ctx, p.returned); err != nil {
		return err
	}
	s.count(func(state *State) {
		state.Updated += len(p.returned)
		state.Reading = Reading{Library: folder.Name, Folder: ".", Total: len(p.read), Since: s.clock.Now()}
	})
	w := &writer{scanner: s, library: folder.ID, gone: p.gone, sounds: map[string][]library.SongID{}, problems: t.problems}
	w.albums = newFolderAlbums(s, root, p)
	w.index()
	reading, stop := context.WithCancel(ctx)
	defer stop()
	w.stop = stop
	for r := range s.readAll(reading, root, t, p.read) {
		w.take(ctx, r)
	}
	w.flush(ctx)
	if w.err != nil || ctx.Err() != nil {
		return errors.Join(w.err, ctx.Err())
	}
	var missing []library.SongID
	for id, k := range w.gone {
		if !k.Missing {
			missing = append(missing, id)
		}
	}
	if err := s.shelf.MarkMissing(ctx, missing); err != nil {
		return err
	}
	s.count(func(state *State) { state.Missing += len(missing) })
	return s.shelf.ReplaceErrors(ctx, folder.ID, w.problems)
}

// batchSize is how many songs are written in one transaction.
const batchSize = 500

// writer collects what the readers give and writes it in large transactions. It belongs to one goroutine.
type writer struct {
	scanner  *Scanner
	library  library.ID
	gone     map[library.SongID]Known
	sounds   map[string][]library.SongID // of gone songs, to find the one that moved
	batch    []result
	problems []ScanError
	albums   *folderAlbums
	stop     func() // ends the reading, when nothing can be written any more
	err      error
}

func (w *writer) index() {
	for id, k := range w.gone {
		w.sounds[string(k.Sound)] = append(w.sounds[string(k.Sound)], id)
	}
}

func (w *writer) take(ctx context.Context, r result) {
	w.scanner.count(func(state *State) {
		state.Reading.Done++
		state.Reading.Folder = path.Dir(r.job.path)
	})
	if r.note != "" {
		w.problems = append(w.problems, ScanError{Path: r.job.path, Reason: r.note})
	}
	if r.failure != "" {
		w.fail(r.job.path, r.failure)
	} else {
		r.draft.Library = w.library
		if r.job.id == 0 {
			r.draft.ID = w.moved(&r.draft)
		}
	}
	if w.err != nil || ctx.Err() != nil {
		return
	}
	ready, joining := w.albums.take(ctx, r)
	for _, k := range joining {
		w.join(ctx, k)
	}
	for _, r := range ready {
		if w.batch = append(w.batch, r); len(w.batch) >= batchSize {
			w.flush(ctx)
		}
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

// moved finds the gone song that has the same audio as a new file: one of the same file name if there is
// one. Each is found once.
func (w *writer) moved(d *Draft) library.SongID {
	var id library.SongID
	for _, candidate := range w.sounds[string(d.Sound)] {
		k, free := w.gone[candidate]
		if !free {
			continue
		}
		if id == 0 || path.Base(k.Path) == path.Base(d.Path) {
			id = candidate
		}
	}
	delete(w.gone, id)
	return id
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
