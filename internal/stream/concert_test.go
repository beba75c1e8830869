package stream_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// studio is an encoder of the tests: it writes a beginning, waits to be let go on, and writes the rest.
type studio struct {
	begun   atomic.Int32
	ended   chan error    // of each that ended
	goOn    chan error    // nil lets one finish, an error fails it
	silent  bool          // no beginning
	lasting int           // bytes of the rest
	length  time.Duration // of what is made, 0 when it does not tell
}

func newStudio() *studio {
	return &studio{ended: make(chan error, 100), goOn: make(chan error, 100), lasting: 100_000}
}

func (s *studio) Makes(codec stream.Codec) bool { return codec != stream.AACCodec }
func (s *studio) Version() string               { return "1" }

func (s *studio) Convert(ctx context.Context, source stream.Source, w stream.Want, out io.Writer) (_ time.Duration, err error) {
	s.begun.Add(1)
	defer func() { s.ended <- err }()
	if !s.silent {
		if _, err := out.Write([]byte("beginning ")); err != nil {
			return 0, err
		}
	}
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case err := <-s.goOn:
		if err != nil {
			return 0, err
		}
	}
	original, err := io.ReadAll(source.File)
	if err != nil {
		return 0, err
	}
	_, err = out.Write([]byte(string(original) + string(w.Codec) + strings.Repeat("x", s.lasting)))
	return s.length, err
}

// one is a catalogue of songs in a folder, named by their number.
type one struct {
	stream.Catalogue
	folder string
}

func (o one) SongFile(_ context.Context, _ library.Scope, id library.SongID) (library.SongFile, error) {
	return library.SongFile{Song: id, Folder: o.folder, Path: "song", Format: library.FLAC, Duration: 100 * time.Second}, nil
}

type concert struct {
	*testing.T
	*stream.Service
	studio *studio
	folder string
	cache  string
	clock  *clock.Fake
}

func newConcert(t *testing.T, encoders int, cache int64) *concert {
	c := &concert{T: t, studio: newStudio(), folder: t.TempDir(), cache: t.TempDir(), clock: clock.NewFake(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))}
	c.write("song")
	c.open(encoders, cache)
	return c
}

func (c *concert) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *concert) write(content string) {
	if err := os.WriteFile(filepath.Join(c.folder, "song"), []byte(content), 0o600); err != nil {
		c.Fatal(err)
	}
}

func (c *concert) open(encoders int, most int64) {
	kept, err := stream.OpenCache(c.cache, most, c.clock)
	if err != nil {
		c.Fatal(err)
	}
	c.Service = stream.NewService(stream.Parts{
		Catalogue: one{folder: c.folder}, Folders: stream.RootedFolders{}, Encoder: c.studio, Encoders: encoders, Cache: kept,
	})
	c.Cleanup(func() { _ = errors.Join(c.Close(), kept.Close()) })
}

var opus = stream.Want{Codec: stream.OpusCodec, BitRate: 96}

func (c *concert) ask(ctx context.Context, want stream.Want) stream.Rendition {
	c.Helper()
	made, err := c.Convert(ctx, library.Scope{}, 1, want, 0)
	if err != nil {
		c.Fatal(err)
	}
	return made
}

// hear listens to the end.
func (c *concert) hear(r stream.Rendition) string {
	c.Helper()
	var from io.Reader = r.Live
	if r.File != nil {
		from = r.File
	}
	content, err := io.ReadAll(from)
	if err = errors.Join(err, r.Close()); err != nil {
		c.Fatal(err)
	}
	return string(content)
}

// play makes a rendition and returns it when it is kept.
func (c *concert) play(want stream.Want) string {
	c.Helper()
	c.studio.goOn <- nil
	heard := c.hear(c.ask(c.Context(), want))
	for {
		r, err := c.Look(c.Context(), library.Scope{}, 1, want)
		if err != nil {
			c.Fatal(err)
		}
		_ = r.Close()
		if r.File != nil || want.Start > 0 {
			return heard
		}
	}
}

// files are those in the folder.
func files(t *testing.T, folder string) (found []fs.FileInfo) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			info, failed := d.Info()
			found, err = append(found, info), failed
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
