package ingest

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"

	"hathor/internal/library"
)

// waiting is a file of which it is open which song it is until all files are read.
type waiting struct {
	result
	writer *writer
}

// turned tells whether the file is not the audio that the song of its path had.
func (f *waiting) turned() bool { return f.job.id != 0 }

// claim decides which songs the waiting files are, and hands them to their writers. A file is first of all the song
// with its audio; else the one that had its path, unless the ids of the recordings say otherwise; else one that it
// resembles.
func (l *lost) claim(ctx context.Context) error {
	files := make([]*waiting, len(l.waiting))
	for i := range l.waiting {
		files[i] = &l.waiting[i]
	}
	l.waiting = nil
	if err := l.release(ctx, files); err != nil {
		return err
	}
	known, err := l.known(ctx, files)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.draft.ID = l.bySound(&f.draft)
	}
	l.byRecording(files)
	displaced := l.settle(files, known)
	l.assign(files, sameRecordingOnAlbum, sameRecording, sameNameOnAlbum, sameName)
	ctx = context.WithoutCancel(ctx) // a stop leaves no song between two paths
	if len(displaced) > 0 {
		if err := l.scanner.shelf.Displace(ctx, displaced); err != nil {
			return err
		}
	}
	for _, f := range files {
		f.writer.write(ctx, f.result)
	}
	for _, f := range files {
		f.writer.flush(ctx)
	}
	return nil
}

// release lets the songs whose paths have other audio now be found by other files.
func (l *lost) release(ctx context.Context, files []*waiting) error {
	var ids []library.SongID
	for _, f := range files {
		if f.turned() {
			l.gone[f.job.id] = Known{ID: f.job.id, Library: f.draft.Library, Path: f.job.path, Sound: f.job.sound}
			ids = append(ids, f.job.id)
		}
	}
	if len(ids) > 0 && !l.learned {
		ids = slices.Collect(maps.Keys(l.gone)) // no file is new, but one may be a song that was gone
	}
	return l.learn(ctx, ids)
}

// known finds which of the sounds are those of songs that are where they were. A song that left its place, which this
// scan does not look at, is released on the way.
func (l *lost) known(ctx context.Context, files []*waiting) (map[string]bool, error) {
	var sounds [][]byte
	writers := map[library.ID]*writer{}
	for _, f := range files {
		if f.turned() {
			sounds, writers[f.draft.Library] = append(sounds, f.draft.Sound), f.writer
		}
	}
	if len(sounds) == 0 {
		return nil, nil
	}
	songs, err := l.scanner.shelf.Alike(ctx, sounds)
	present := map[string]bool{}
	for _, k := range songs {
		if _, gone := l.gone[k.ID]; gone {
			continue
		}
		if w := writers[k.Library]; k.Path != "" && (k.Missing || w != nil && !w.plan.stillHas(ctx, l.scanner, k)) {
			if !k.Missing {
				w.plan.left[k.ID] = k // what becomes of it is for the scan of its folder
			}
			l.offer(k)
			continue
		}
		present[string(k.Sound)] = true
	}
	return present, err
}

// offer lets a song be found by its sound.
func (l *lost) offer(k Known) {
	l.gone[k.ID] = k
	l.sounds[string(k.Sound)] = append(l.sounds[string(k.Sound)], k.ID)
}

// stillHas tells whether the file of a song is there and has its audio. What cannot be read just now is believed to be.
func (p *plan) stillHas(ctx context.Context, s *Scanner, k Known) bool {
	f, size, err := openRegular(p.root, k.Path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	defer func() { _ = f.Close() }()
	sound, err := s.soundOf(ctx, f, size)
	return err != nil || slices.Equal(sound, k.Sound)
}

func (s *Scanner) soundOf(ctx context.Context, f *os.File, size int64) ([]byte, error) {
	file, err := s.reader.Read(ctx, f, size)
	if err != nil {
		return nil, err
	}
	return soundKey(f, size, file.Audio)
}

// byRecording gives files the songs of their recordings. It leaves alone files with other audio, and the songs of their
// paths, where the ids of the recordings do not say that the two are not one.
func (l *lost) byRecording(files []*waiting) {
	kept := map[library.SongID]bool{}
	var open []*waiting
	for _, f := range files {
		if f.turned() && !otherRecording(&f.draft, l.traits[f.job.id]) {
			kept[f.job.id] = true
			continue
		}
		open = append(open, f)
	}
	unless := func(fits fit) fit {
		return func(d *Draft, t Trait) bool { return !kept[t.ID] && fits(d, t) }
	}
	l.assign(open, unless(sameRecordingOnAlbum), unless(sameRecording))
}

// settle leaves the songs of paths with other audio where they are, unless they were found elsewhere, or what is there
// now is a copy of another song. It answers the songs that lost their paths.
func (l *lost) settle(files []*waiting, known map[string]bool) (displaced []library.SongID) {
	for _, f := range files {
		if !f.turned() {
			continue
		}
		_, free := l.gone[f.job.id]
		if f.draft.ID == 0 && free && !(known[string(f.draft.Sound)] && !resembling(&f.draft, l.traits[f.job.id])) {
			delete(l.gone, f.job.id)
			f.draft.ID = f.job.id
			continue
		}
		displaced = append(displaced, f.job.id)
		if f.draft.ID == 0 {
			f.job.id = 0
		}
	}
	return displaced
}

// resembling tells whether the file may be a new one of the same song.
func resembling(d *Draft, t Trait) bool {
	return sameRecording(d, t) || t.ArtistKey != "" && sameName(d, t)
}
