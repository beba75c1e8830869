package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

const (
	headWindow = 32 << 10 // read at once around the place that is looked at
	walkWindow = 256 << 10
	peekLimit  = 64 << 10 // most that one peek may ask for
)

// errTooMuch stops a file that makes the readers walk in circles.
var errTooMuch = broken("The file is built so that reading it takes too long")

var errTooSlow = fault.New(fault.Unavailable, "too_slow", "Reading the file took too long")

// source is a file under the limits: every look at it is held against its size, the bytes and looks
// spent so far, the caller's context and the two seconds.
type source struct {
	ctx      context.Context
	clock    clock.Clock
	deadline time.Time
	r        io.ReaderAt
	size     int64
	window   []byte
	windowAt int64
	spent    int64
	steps    int
	depth    int    // of atoms within atoms
	prober   Prober // nil without ffprobe
	most     limits
}

// limits are what one read may cost.
type limits struct {
	bytes  int64
	steps  int
	window int64 // bytes read at once
}

func newSource(ctx context.Context, c clock.Clock, r io.ReaderAt, size int64) *source {
	return &source{
		ctx: ctx, clock: c, deadline: c.Now().Add(maxWall), r: r, size: size,
		most: limits{bytes: maxRead, steps: maxSteps, window: headWindow},
	}
}

// newWalk is a source for going through the whole of a file: what that costs follows from the file's size.
func newWalk(ctx context.Context, c clock.Clock, r io.ReaderAt, size int64) *source {
	return &source{
		ctx: ctx, clock: c, deadline: c.Now().Add(maxWalk), r: r, size: size,
		most: limits{bytes: 4*size + maxRead, steps: int(min(size, 1<<40)) + maxSteps, window: walkWindow},
	}
}

// peek returns n bytes at the offset, valid until the next peek. It answers errShort when the file ends
// before, so that callers can say what that means for their format.
func (s *source) peek(at int64, n int) ([]byte, error) {
	if at < 0 || n < 0 || n > peekLimit || at > s.size-int64(n) {
		return nil, errShort
	}
	if s.steps++; s.steps > s.most.steps {
		return nil, errTooMuch
	}
	if at < s.windowAt || at+int64(n) > s.windowAt+int64(len(s.window)) {
		if err := s.slide(at, n); err != nil {
			return nil, err
		}
	}
	from := at - s.windowAt
	return s.window[from : from+int64(n)], nil
}

// errShort means that the file ends before what was asked for. It never leaves the package.
var errShort = errors.New("the file ends here")

// peekUpTo returns at most n bytes, fewer where the file ends before.
func (s *source) peekUpTo(at int64, n int) ([]byte, error) {
	if left := s.size - at; int64(n) > left {
		n = int(max(left, 0))
	}
	return s.peek(at, n)
}

// load returns n bytes of its own at the offset. Nothing is allocated for more than the file holds.
func (s *source) load(at, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at > s.size-n {
		return nil, errShort
	}
	if err := s.mayRead(n); err != nil {
		return nil, err
	}
	data := make([]byte, n)
	return data, s.fill(data, at)
}

// appendTo adds n bytes at the offset to what is there already. Long stretches go past the window.
func (s *source) appendTo(data []byte, at int64, n int) ([]byte, error) {
	const long = 4 << 10
	if n < long {
		part, err := s.peek(at, n)
		return append(data, part...), err
	}
	if at < 0 || at > s.size-int64(n) {
		return data, errShort
	}
	if err := s.mayRead(int64(n)); err != nil {
		return data, err
	}
	grown := slices.Grow(data, n)[:len(data)+n]
	return grown, s.fill(grown[len(data):], at)
}

func (s *source) slide(at int64, n int) error {
	want := min(max(int64(n), s.most.window), s.size-at)
	if err := s.mayRead(want); err != nil {
		return err
	}
	if int64(cap(s.window)) < want {
		s.window = make([]byte, want)
	}
	s.window, s.windowAt = s.window[:want], at
	if err := s.fill(s.window, at); err != nil {
		s.window = s.window[:0]
		return err
	}
	return nil
}

func (s *source) fill(data []byte, at int64) error {
	n, err := s.r.ReadAt(data, at)
	if n == len(data) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return broken("The file became shorter while it was read")
	}
	return fmt.Errorf("read %d bytes at %d: %w", len(data), at, err)
}

func (s *source) mayRead(n int64) error {
	if err := s.ctx.Err(); err != nil {
		return fmt.Errorf("read audio file: %w", err)
	}
	if s.clock.Now().After(s.deadline) {
		return errTooSlow
	}
	if s.spent += n; s.spent > s.most.bytes {
		return errTooMuch
	}
	return nil
}

// damaged tells whether err is about the bytes themselves, so that a tag may be given up and the audio
// still be read. All else (a disk that fails, a caller that left, a spent limit) ends the read.
func damaged(err error) bool { return errors.Is(err, errShort) }
