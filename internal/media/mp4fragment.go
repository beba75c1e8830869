package media

import "encoding/binary"

// maxFragments bounds the outermost atoms of a fragmented file: a day of music in pieces of ten seconds.
const maxFragments = 20_000

// mp4Fragments adds up the length of a file that comes in pieces, as downloads of streams do.
type mp4Fragments struct {
	usual map[int64]int64 // units of one sample, by track
	units map[int64]int64 // of all samples, by track
}

// defaults reads the usual length of a sample.
func (f *mp4Fragments) defaults(s *source) func(atom) error {
	return func(a atom) error {
		if a.kind != "trex" {
			return nil
		}
		track, err := field32(s, a, 4)
		if err != nil {
			return forgive(err)
		}
		length, err := field32(s, a, 12)
		if f.usual == nil {
			f.usual = map[int64]int64{}
		}
		f.usual[track] = length
		return forgive(err)
	}
}

func (f *mp4Fragments) add(s *source, moof atom) error {
	return children(s, moof.from, moof.end, func(a atom) error {
		if a.kind != "traf" {
			return nil
		}
		piece := mp4Piece{s: s, all: f}
		return children(s, a.from, a.end, piece.visit)
	})
}

// mp4Piece is one track's part of a fragment.
type mp4Piece struct {
	s     *source
	all   *mp4Fragments
	track int64
	usual int64
}

func (p *mp4Piece) visit(a atom) error {
	switch a.kind {
	case "tfhd":
		return forgive(p.head(a))
	case "trun":
		return forgive(p.run(a))
	}
	return nil
}

func (p *mp4Piece) head(a atom) error {
	flags, err := field32(p.s, a, 0)
	if err != nil {
		return err
	}
	if p.track, err = field32(p.s, a, 4); err != nil {
		return err
	}
	p.usual = p.all.usual[p.track]
	offset := int64(8)
	if flags&0x01 != 0 { // where the data is
		offset += 8
	}
	if flags&0x02 != 0 { // which description
		offset += 4
	}
	if flags&0x08 != 0 {
		p.usual, err = field32(p.s, a, offset)
	}
	return err
}

// run adds the samples of one run, by the usual length or by their own.
func (p *mp4Piece) run(a atom) error {
	flags, err := field32(p.s, a, 0)
	if err != nil {
		return err
	}
	count, err := field32(p.s, a, 4)
	if err != nil {
		return err
	}
	if p.all.units == nil {
		p.all.units = map[int64]int64{}
	}
	if flags&0x100 == 0 {
		p.all.units[p.track] += min(count*p.usual, 1<<48)
		return nil
	}
	offset := int64(8)
	for _, optional := range []int64{0x01, 0x04} {
		if flags&optional != 0 {
			offset += 4
		}
	}
	stride := int64(4)
	for _, optional := range []int64{0x200, 0x400, 0x800} {
		if flags&optional != 0 {
			stride += 4
		}
	}
	return p.sum(a, offset, stride, count)
}

func (p *mp4Piece) sum(a atom, offset, stride, count int64) error {
	for i := range count {
		at := offset + i*stride
		if at+stride > a.size() {
			return nil
		}
		b, err := p.s.peek(a.from+at, 4)
		if err != nil {
			return err
		}
		p.all.units[p.track] += int64(binary.BigEndian.Uint32(b))
	}
	return nil
}
