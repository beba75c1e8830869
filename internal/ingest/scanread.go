package ingest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"unicode/utf8"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// result is what reading one file gave: a draft, or a failure for people to read; a note says what was
// left out of a draft.
type result struct {
	job     job
	draft   Draft
	failure string
	note    string
	passing bool // what failed may go well another time, though the file stays as it is
	unowned bool // as Draft.unowned
}

// readAll reads the files on all cores. The channel is closed when all are read or ctx has ended, and must
// be drained.
func (s *Scanner) readAll(ctx context.Context, p *plan) <-chan result {
	workers := runtime.GOMAXPROCS(0)
	todo, results := make(chan job, workers), make(chan result, 4*workers)
	go func() {
		defer close(todo)
		for _, j := range p.read {
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	seen := &coverCache{covers: map[string]*cachedCover{}}
	var reading sync.WaitGroup
	for range workers {
		reading.Go(func() {
			for j := range todo {
				results <- s.readSafely(ctx, p, seen, j)
			}
		})
	}
	go func() {
		reading.Wait()
		close(results)
	}()
	return results
}

// readSafely makes a panic over one file that file's failure.
func (s *Scanner) readSafely(ctx context.Context, p *plan, seen *coverCache, j job) (r result) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "panic while a file was read", slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
			r = result{job: j, failure: "The file could not be read: something in it is not foreseen"}
		}
	}()
	r, err := s.read(ctx, p, seen, j)
	if err == nil {
		return r
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return result{job: j, failure: f.Message, passing: f.Kind != fault.Unsupported || errors.Is(err, ErrNotNow)}
	}
	return result{job: j, failure: "The file could not be read: " + reason(err), passing: true}
}

func (s *Scanner) read(ctx context.Context, p *plan, seen *coverCache, j job) (result, error) {
	r := result{job: j}
	f, size, err := openRegular(p.root, j.path)
	if err != nil {
		return r, err
	}
	defer func() { _ = f.Close() }()
	file, err := s.reader.Read(ctx, f, size)
	if err != nil {
		return r, err
	}
	d := &r.draft
	*d = Draft{Audio: file.Audio, Size: size, Path: j.path, ModifiedAt: j.modified}
	d.describe(file.Tags, titleOf(j.path))
	r.unowned = d.unowned(file.Tags)
	if d.Sound, err = soundKey(f, size, file.Audio); err != nil {
		return r, err
	}
	s.lyricsBeside(p.root, j, d)
	if d.Cover, r.note, err = s.cover(ctx, seen, file); err != nil || d.Cover != nil {
		return r, err
	}
	picture, there := p.tree.picture(j.dir)
	if !there {
		return r, nil
	}
	beside, note, err := s.coverBeside(ctx, p.root, seen, picture)
	d.Cover, r.note = beside, strings.TrimSpace(r.note+" "+note)
	return r, err
}

// mostLyrics is how many bytes of lyrics beside a song are read.
const mostLyrics = 256 << 10

// lyricsBeside reads lyrics with times that stand beside a song: they were put there on purpose, so they go
// before those of the tags. What cannot be read is left out.
func (s *Scanner) lyricsBeside(root *os.Root, j job, d *Draft) {
	l, there := j.dir.lyricsOf(j.path)
	if !there || l.size > mostLyrics {
		return
	}
	f, _, err := openRegular(root, l.path)
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, mostLyrics))
	if text := string(content); err == nil && utf8.ValidString(text) && library.IsLRC(text) {
		d.Lyrics.Synced = strings.TrimSpace(strings.ReplaceAll(text, "\x00", ""))
	}
}

// look reads only what the tags of a file say, and whether they leave open whose album it is on. A file
// that cannot be read just now says nothing.
func (s *Scanner) look(ctx context.Context, root *os.Root, name string) (d Draft, unowned bool) {
	f, size, err := openRegular(root, name)
	if err != nil {
		return d, false
	}
	defer func() { _ = f.Close() }()
	file, err := s.reader.Read(ctx, f, size)
	if err != nil {
		return d, false
	}
	d.describe(file.Tags, titleOf(name))
	return d, d.unowned(file.Tags)
}

// join puts a song that is in the catalogue on the collection of its title.
func (s *Scanner) join(ctx context.Context, id library.SongID) error {
	freed, err := s.service.journal.Collect(ctx, id)
	if err != nil {
		return err
	}
	s.service.release(ctx, freed.Keys)
	return nil
}

// mostCover is how many bytes of a picture beside songs are read; the inspector refuses that much.
const mostCover = 16<<20 + 1

// coverBeside reads a folder's picture, once for all songs of the folder.
func (s *Scanner) coverBeside(ctx context.Context, root *os.Root, seen *coverCache, picture found) (*Cover, string, error) {
	return seen.once("file:"+picture.path, func() (*Cover, string, error) {
		f, _, err := openRegular(root, picture.path)
		if err != nil {
			return nil, leftOut(reason(err)), nil
		}
		defer func() { _ = f.Close() }()
		content, err := io.ReadAll(io.LimitReader(f, mostCover))
		if err != nil {
			return nil, leftOut(reason(err)), nil
		}
		cover, note, err := s.cover(ctx, seen, File{Picture: content})
		if note != "" {
			note += " (" + path.Base(picture.path) + ")"
		}
		return cover, note, err
	})
}

// cover is keepCover, once for each picture: the songs of an album usually carry the same one.
func (s *Scanner) cover(ctx context.Context, seen *coverCache, file File) (*Cover, string, error) {
	if len(file.Picture) == 0 || file.PictureProblem != "" {
		return keepCover(ctx, glance{s.inspector}, s.objects, file)
	}
	hash := hashOf(file.Picture)
	return seen.once("hash:"+hash, func() (*Cover, string, error) {
		s.service.rows.RLock()
		defer s.service.rows.RUnlock()
		s.service.pins.add(library.CoverKey(hash))
		return keepCover(ctx, glance{s.inspector}, s.objects, file)
	})
}

// coverCache remembers the pictures of one scan, not their bytes.
type coverCache struct {
	mu     sync.Mutex
	covers map[string]*cachedCover
}

type cachedCover struct {
	once  sync.Once
	cover *Cover
	note  string
	err   error
}

func (c *coverCache) once(key string, look func() (*Cover, string, error)) (*Cover, string, error) {
	c.mu.Lock()
	entry, there := c.covers[key]
	if !there {
		entry = &cachedCover{}
		c.covers[key] = entry
	}
	c.mu.Unlock()
	entry.once.Do(func() { entry.cover, entry.note, entry.err = look() })
	return entry.cover, entry.note, entry.err
}
