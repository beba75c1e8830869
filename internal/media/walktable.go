package media

import (
	"encoding/binary"
	"math"
)

// tableWalk goes through the samples of an MP4 track: chunks of them lie at stated places, so many in each
// (stsc), each of a size (stsz), and each as long as stts says.
type tableWalk struct {
	s      *source
	tables map[string]atom
}

// numbers reads a table's entries one behind the other. It keeps a stretch of its own, since the tables
// are read side by side.
type numbers struct {
	s     *source
	at    int64
	end   int64
	width int64 // bytes of an entry
	ready []byte
}

func (n *numbers) next() ([]byte, error) {
	if int64(len(n.ready)) < n.width {
		size := min((n.end-n.at)/n.width*n.width, 1024*n.width)
		if size <= 0 {
			return nil, errShort
		}
		var err error
		if n.ready, err = n.s.load(n.at, size); err != nil {
			return nil, err
		}
		n.at += size
	}
	entry := n.ready[:n.width]
	n.ready = n.ready[n.width:]
	return entry, nil
}

func (t tableWalk) table(kind string, head, width int64) numbers {
	a := t.tables[kind]
	return numbers{s: t.s, at: a.from + head, end: min(a.end, t.s.size), width: width}
}

// cursor is how far the walk is.
type cursor struct {
	units, offset int64 // of the sample that comes
	chunk         int64 // its chunk's number, from 1
	inChunk       int64 // samples left of the chunk
	perChunk      int64
	nextRun       int64 // the chunk from which on there are nextPer in each
	nextPer       int64
	fixed         int64 // bytes of each sample, 0 where they differ
	inTime, delta int64 // samples left of the same length
	places, runs  numbers
	sizes, times  numbers
	wide          bool
}

// each visits every sample with its time in units of the track and its place, and answers the time behind
// the last. A table that ends early ends the walk.
func (t tableWalk) each(visit func(units, offset int64)) (int64, error) {
	c := cursor{
		places: t.table("stco", 8, 4), runs: t.table("stsc", 8, 12), sizes: t.table("stsz", 12, 4), times: t.table("stts", 8, 8),
	}
	if _, c.wide = t.tables["co64"]; c.wide {
		c.places = t.table("co64", 8, 8)
	}
	head, err := t.s.peek(t.tables["stsz"].from, 12)
	if err != nil {
		return 0, err
	}
	c.fixed = int64(binary.BigEndian.Uint32(head[4:]))
	count := int64(binary.BigEndian.Uint32(head[8:]))
	if count > t.s.size { // a sample has a byte at least
		return 0, errShort
	}
	if err := c.nextRunOfChunks(); err != nil {
		return 0, err
	}
	for range count {
		if err := c.step(visit); damaged(err) {
			break
		} else if err != nil {
			return 0, err
		}
	}
	return c.units, nil
}

func (c *cursor) step(visit func(units, offset int64)) error {
	if c.inChunk == 0 {
		if err := c.turn(); err != nil {
			return err
		}
	}
	size := c.fixed
	if size == 0 {
		b, err := c.sizes.next()
		if err != nil {
			return err
		}
		size = int64(binary.BigEndian.Uint32(b))
	}
	if c.inTime == 0 {
		b, err := c.times.next()
		if err != nil {
			return err
		}
		c.inTime, c.delta = int64(binary.BigEndian.Uint32(b)), int64(binary.BigEndian.Uint32(b[4:]))
		if c.inTime == 0 {
			return errShort
		}
	}
	visit(c.units, c.offset)
	c.offset += size
	c.units += c.delta
	c.inChunk--
	c.inTime--
	return nil
}

// turn goes to the next chunk.
func (c *cursor) turn() error {
	c.chunk++
	if c.chunk >= c.nextRun {
		c.perChunk = c.nextPer
		if err := c.nextRunOfChunks(); err != nil {
			return err
		}
	}
	b, err := c.places.next()
	if err != nil {
		return err
	}
	c.offset = int64(binary.BigEndian.Uint32(b))
	if c.wide {
		c.offset = int64(binary.BigEndian.Uint64(b))
	}
	if c.inChunk = c.perChunk; c.inChunk == 0 || c.offset < 0 {
		return errShort
	}
	return nil
}

func (c *cursor) nextRunOfChunks() error {
	b, err := c.runs.next()
	if damaged(err) {
		c.nextRun = math.MaxInt64
		return nil
	}
	if err != nil {
		return err
	}
	c.nextRun, c.nextPer = int64(binary.BigEndian.Uint32(b)), int64(binary.BigEndian.Uint32(b[4:]))
	return nil
}
