package stream_test

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

var hash = strings.Repeat("ab", 32)

// shelf is a catalogue of one cover and an object store in memory.
type shelf struct {
	stream.Catalogue
	folder string
	mu     sync.Mutex
	bytes  map[string][]byte
}

func newShelf(t *testing.T) *shelf {
	return &shelf{folder: t.TempDir(), bytes: map[string][]byte{library.CoverKey(hash): []byte("original")}}
}

func (s *shelf) SongCover(context.Context, library.Scope, library.SongID) (library.Picture, error) {
	return library.Picture{Hash: hash, MediaType: "image/png"}, nil
}

func (s *shelf) Open(_ context.Context, key string) (stream.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.bytes[key]
	if !ok {
		return nil, fault.Missing("Object")
	}
	f, err := os.CreateTemp(s.folder, "")
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(content); err != nil {
		return nil, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, err
}

func (s *shelf) Put(_ context.Context, key string, content []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes[key] = content
	return nil
}

// gate is a shrinker that tells when it is at work and waits to be let go.
type gate struct {
	entered chan int
	leave   chan error
}

func (g gate) Shrink(_ context.Context, picture []byte, side int) ([]byte, string, error) {
	g.entered <- side
	return []byte("small " + string(picture)), "image/jpeg", <-g.leave
}

func TestBoundOfResizesAndAClientThatLeaves(t *testing.T) {
	g := gate{make(chan int), make(chan error)}
	s := newShelf(t)
	service := stream.NewService(stream.Parts{Catalogue: s, Objects: s, Shrinker: g, Resizes: 1})
	ask := func(ctx context.Context, side int) chan error {
		done := make(chan error, 1)
		go func() {
			cover, err := service.SongCover(ctx, library.Scope{}, 1, side)
			if err == nil {
				err = cover.Close()
			}
			done <- err
		}()
		return done
	}
	first := ask(t.Context(), 64)
	if side := <-g.entered; side != 64 {
		t.Fatalf("made %d", side)
	}
	leaving, leave := context.WithCancel(t.Context())
	waiting := ask(leaving, 128) // waits for the one slot
	leave()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Fatalf("a client that left got %v", err)
	}
	staying := ask(t.Context(), 128)
	g.leave <- nil
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if side := <-g.entered; side != 128 {
		t.Fatalf("made %d", side)
	}
	g.leave <- nil
	if err := <-staying; err != nil {
		t.Fatal(err)
	}
}

func TestCoverThatCannotBeMadeIsNotKept(t *testing.T) {
	g := gate{make(chan int, 1), make(chan error, 1)}
	s := newShelf(t)
	service := stream.NewService(stream.Parts{Catalogue: s, Objects: s, Shrinker: g})
	broken := errors.New("broken picture")
	g.leave <- broken
	if _, err := service.SongCover(t.Context(), library.Scope{}, 1, 64); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if len(s.bytes) != 1 {
		t.Errorf("kept %d objects", len(s.bytes))
	}
}
