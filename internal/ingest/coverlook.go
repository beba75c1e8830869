package ingest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// CoverShelf is what the look at new covers reads and writes.
type CoverShelf interface {
	// NewCovers are hashes of covers that were not decoded yet, at most so many.
	NewCovers(ctx context.Context, limit int) ([]string, error)
	// KeepHues notes the hues of covers by their hashes.
	KeepHues(ctx context.Context, hues map[string]int) error
	// DropCover takes a picture that is none off all songs, and says why in the lists of what could not be
	// read.
	DropCover(ctx context.Context, hash, why string) (Freed, error)
}

// coversAtOnce are noted in one transaction.
const coversAtOnce = 50

// lookAtCovers decodes, after a scan, the covers that it found: their hue is lent to pages, and a broken one is
// shown to nobody. It goes on where an earlier one was stopped. The caller holds the lock.
func (s *Scanner) lookAtCovers() {
	if s.closed {
		return
	}
	var ctx context.Context
	ctx, s.looking = context.WithCancel(context.Background())
	s.grown = s.grown || s.state.Read >= s.batch
	grown := s.grown
	s.running.Go(func() {
		err := s.lookAtAll(ctx)
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "covers could not be looked at", slog.Any("error", err))
		}
		if grown && ctx.Err() == nil {
			s.relax(ctx)
		}
	})
}

// relax gives back, at once, the memory that a scan of many files took: a server rests for most of its life.
func (s *Scanner) relax(ctx context.Context) {
	if err := s.shelf.Relax(ctx); err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "memory of a scan could not be given back", slog.Any("error", err))
	}
	debug.FreeOSMemory()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grown = false
}

func (s *Scanner) lookAtAll(ctx context.Context) error {
	for {
		hashes, err := s.shelf.NewCovers(ctx, coversAtOnce)
		if err != nil || len(hashes) == 0 {
			return err
		}
		hues := make(map[string]int, len(hashes))
		for _, hash := range hashes {
			picture, err := s.lookAt(ctx, hash)
			var bad *fault.Error
			switch {
			case err == nil:
				hues[hash] = picture.Hue
			case errors.As(err, &bad) && bad.Kind == fault.Unsupported:
				if err := s.dropCover(ctx, hash, leftOut(bad.Message)); err != nil {
					return err
				}
			case errors.As(err, &bad) && bad.Kind == fault.NotFound:
				hues[hash] = greyHue // its object is away; doctor says so
			default:
				return err
			}
		}
		if err := s.shelf.KeepHues(ctx, hues); err != nil {
			return err
		}
	}
}

// greyHue is the hue of a picture without colours.
const greyHue = 70

// lookAt decodes a cover. A panic over it makes it a bad one.
func (s *Scanner) lookAt(ctx context.Context, hash string) (picture Picture, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "panic while a cover was decoded", slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
			err = fault.New(fault.Unsupported, "unsupported_picture", "Something in the picture is not foreseen")
		}
	}()
	f, err := s.objects.Open(ctx, library.CoverKey(hash))
	if err != nil {
		return Picture{}, err
	}
	defer func() { _ = f.Close() }()
	content, err := readPicture(f)
	if err != nil {
		return Picture{}, err
	}
	return s.inspector.Inspect(ctx, content)
}

func readPicture(f *os.File) ([]byte, error) { return io.ReadAll(io.LimitReader(f, mostCover)) }

func (s *Scanner) dropCover(ctx context.Context, hash, why string) error {
	freed, err := s.shelf.DropCover(ctx, hash, why)
	if err != nil {
		return err
	}
	s.service.release(ctx, freed.Keys)
	return nil
}
