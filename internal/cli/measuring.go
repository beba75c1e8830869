package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"syscall"
	"time"

	"hathor/internal/blob"
	"hathor/internal/fault"
	"hathor/internal/ffmpeg"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/sound"
	"hathor/internal/sqlstore"
	"hathor/internal/stream"
)

// lookForSongs is how often the pass over whole files asks whether songs are due, which costs next to nothing
// while the database stands still.
const lookForSongs = 5 * time.Second

// measuring builds the pass over whole files, unless it is switched off, and what serves its results.
func (a *app) measuring(b base, scanner *ingest.Scanner) *sound.Service {
	store := sqlstore.NewSounds(b.db, b.clock)
	if !b.settings.Analysis {
		return sound.NewService(store, store, nil, b.clock)
	}
	decoder := decoders{tool: b.tools.ffmpeg}
	pass := sound.NewPass(sound.Parts{
		Queue: store, Files: songFiles{b.objects}, Walker: media.NewReader(b.clock), Decoder: decoder, Able: b.tools.ffmpeg != nil, Clock: b.clock,
		Alone: leftoverAge(b.settings) == 0, Lower: giveWay, Loaded: loaded, Every: lookForSongs,
		Hold: func() bool { return scanner.State().Running },
	})
	a.jobs.Go("measure songs", pass.Run)
	return sound.NewService(store, store, pass, b.clock)
}

// songFiles opens uploads and files of library folders for the pass.
type songFiles struct{ objects *blob.Disk }

// Open implements sound.Files.
func (s songFiles) Open(ctx context.Context, song library.SongFile) (*os.File, error) {
	if song.ObjectKey != "" {
		return s.objects.Open(ctx, song.ObjectKey)
	}
	root, err := os.OpenRoot(song.Folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	file, err := root.OpenFile(song.Path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe would wait for who writes
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%w: no regular file", fs.ErrInvalid)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// decoders decodes by ffmpeg where it is installed, else by what is built in. The zero value has no ffmpeg.
type decoders struct {
	tool *ffmpeg.Tool
	own  media.Decoder
}

// Decode implements sound.Decoder.
func (d decoders) Decode(ctx context.Context, file *os.File, f sound.Frames, begin func(sound.Shape) error, take func([]float32) error) error {
	if d.tool == nil {
		return d.own.Decode(ctx, file, f, begin, take)
	}
	return d.tool.Decode(ctx, file, f, begin, take)
}

// playedSongs tells which songs somebody opens, so that one that was not measured yet is measured next.
type playedSongs struct {
	stream.Catalogue
	played func(library.SongID)
}

// SongFile is the catalogue's.
func (p playedSongs) SongFile(ctx context.Context, scope library.Scope, id library.SongID) (library.SongFile, error) {
	file, err := p.Catalogue.SongFile(ctx, scope, id)
	if err == nil {
		p.played(id)
	}
	return file, err
}

// figuresOf are the pass's figures for Prometheus; all nought while the database does not answer.
func figuresOf(ctx context.Context, s *sound.Service) func() (done, failed, pending int, measured int64) {
	return func() (int, int, int, int64) {
		now, err := s.Analysis(ctx)
		if err != nil && fault.KindOf(err) != fault.Unavailable {
			slog.WarnContext(ctx, "songs to measure were not counted", slog.Any("error", err))
		}
		return now.Done, now.Failed, now.Pending, now.Measured
	}
}

// scanFigures tells Prometheus of the scanner: whether it scans, and how many files cannot be read, found by
// whichever scan.
func scanFigures(ctx context.Context, scanner *ingest.Scanner) func() (running bool, failed int) {
	return func() (bool, int) {
		_, failed, err := scanner.Errors(ctx, 1, 0)
		if err != nil && fault.KindOf(err) != fault.Unavailable {
			slog.WarnContext(ctx, "unreadable files were not counted", slog.Any("error", err))
		}
		return scanner.State().Running, failed
	}
}
