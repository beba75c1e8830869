package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// rung is the size a request for side gets: the next larger one. Whatever a client asks for, a cover has no
// more files than there are sizes.
func rung(side int) int {
	ladder := library.CoverSides()
	for _, size := range ladder {
		if side <= size {
			return size
		}
	}
	return ladder[len(ladder)-1]
}

// Cover is an open picture. Whoever got it calls Close.
type Cover struct {
	Content   []byte // all of a small one; File is nil then. Not to be written to
	File      File
	MediaType string // empty where it is to be told from the bytes
	Hash      string // of the original
	Side      int    // pixels at most; 0 for the original
}

// Close ends the use of the picture.
func (c Cover) Close() error {
	if c.File == nil {
		return nil
	}
	return c.File.Close()
}

// SongCover opens a song's cover, at most side pixels high and wide, or the original with side 0.
func (s *Service) SongCover(ctx context.Context, scope library.Scope, id library.SongID, side int) (Cover, error) {
	picture, err := s.catalogue.SongCover(ctx, scope, id)
	if err != nil {
		return Cover{}, err
	}
	return s.covers.open(ctx, picture, side)
}

// AlbumCover is SongCover of an album.
func (s *Service) AlbumCover(ctx context.Context, scope library.Scope, id library.AlbumID, side int) (Cover, error) {
	picture, err := s.catalogue.AlbumCover(ctx, scope, id)
	if err != nil {
		return Cover{}, err
	}
	return s.covers.open(ctx, picture, side)
}

// covers makes pictures smaller, each size of each cover once, and keeps them as objects.
type covers struct {
	objects  Objects
	shrinker Shrinker
	slots    chan struct{}
	memory   memory

	mu     sync.Mutex
	making map[string]*making
}

// making is a picture that somebody makes; done is closed when it is there or err says why not.
type making struct {
	done chan struct{}
	err  error
}

func newCovers(objects Objects, shrinker Shrinker, resizes int) *covers {
	return &covers{objects: objects, shrinker: shrinker, slots: make(chan struct{}, max(1, resizes)), making: map[string]*making{}}
}

var errNoCover = fault.New(fault.NotFound, "cover_missing", "The picture of this cover is missing")

func (c *covers) open(ctx context.Context, picture library.Picture, side int) (Cover, error) {
	key, cover := library.CoverKey(picture.Hash), Cover{Hash: picture.Hash, MediaType: picture.MediaType}
	if side > 0 {
		cover.Side, cover.MediaType = rung(side), ""
		key = library.ShrunkKey(picture.Hash, cover.Side)
	}
	if cover.Content = c.memory.get(key); cover.Content != nil {
		return cover, nil
	}
	file, err := c.objects.Open(ctx, key)
	if side > 0 && fault.KindOf(err) == fault.NotFound {
		if err := c.makeOnce(ctx, key, picture, cover.Side); err != nil {
			return Cover{}, err
		}
		file, err = c.objects.Open(ctx, key)
	}
	if fault.KindOf(err) == fault.NotFound {
		return Cover{}, errNoCover.Because(err)
	}
	if err != nil {
		return Cover{}, fmt.Errorf("open cover: %w", err)
	}
	if side == 0 {
		cover.File = file
		return cover, nil
	}
	if cover.Content, cover.File, err = c.memory.remember(key, file); err != nil {
		return Cover{}, fmt.Errorf("read cover: %w", err)
	}
	return cover, nil
}

// makeOnce makes the picture, or waits for the one who is at it. If that one gave up because its own client
// left, the next in line takes over.
func (c *covers) makeOnce(ctx context.Context, key string, picture library.Picture, side int) error {
	for {
		mine, theirs := c.enter(key)
		if theirs == nil {
			defer c.leave(key, mine)
			mine.err = c.make(ctx, key, picture, side)
			return mine.err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-theirs.done:
		}
		if !errors.Is(theirs.err, context.Canceled) && !errors.Is(theirs.err, context.DeadlineExceeded) {
			return theirs.err
		}
	}
}

func (c *covers) enter(key string) (mine, theirs *making) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if theirs = c.making[key]; theirs != nil {
		return nil, theirs
	}
	mine = &making{done: make(chan struct{})}
	c.making[key] = mine
	return mine, nil
}

func (c *covers) leave(key string, m *making) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.making, key)
	close(m.done)
}

// make waits for a free slot, shrinks the original and keeps the result.
func (c *covers) make(ctx context.Context, key string, picture library.Picture, side int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case c.slots <- struct{}{}:
	}
	defer func() { <-c.slots }()
	original, err := c.read(ctx, library.CoverKey(picture.Hash))
	if err != nil {
		return err
	}
	small, _, err := c.shrinker.Shrink(ctx, original, side)
	if err != nil {
		return fmt.Errorf("shrink cover %s: %w", picture.Hash, err)
	}
	if err := c.objects.Put(context.WithoutCancel(ctx), key, small); err != nil {
		return fmt.Errorf("keep cover: %w", err)
	}
	return nil
}

func (c *covers) read(ctx context.Context, key string) (content []byte, err error) {
	file, err := c.objects.Open(ctx, key)
	if fault.KindOf(err) == fault.NotFound {
		return nil, errNoCover.Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("open cover: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return io.ReadAll(file)
}
