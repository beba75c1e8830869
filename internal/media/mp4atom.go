package media

import "encoding/binary"

// atom is a box of an MP4 file: from is where its contents start, end is behind them.
type atom struct {
	kind      string
	from, end int64
}

func (a atom) size() int64 { return a.end - a.from }

// isMP4 knows the atoms that files start with.
func isMP4(head []byte) bool {
	if len(head) < 8 {
		return false
	}
	switch string(head[4:8]) {
	case "ftyp", "moov", "mdat", "free", "skip", "wide", "styp":
		return true
	}
	return false
}

// atomAt reads the head of the atom at the offset, which has to end before the given end. Size 0 means
// up to the end, size 1 that the real one follows in eight bytes.
func atomAt(s *source, at, end int64) (atom, error) {
	head, err := s.peek(at, 8)
	if err != nil {
		return atom{}, err
	}
	size, from := int64(binary.BigEndian.Uint32(head)), at+8
	a := atom{kind: string(head[4:8])}
	if size == 1 {
		if head, err = s.peek(at, 16); err != nil {
			return atom{}, err
		}
		size, from = int64(binary.BigEndian.Uint64(head[8:])), at+16
	}
	if size == 0 {
		size = end - at
	}
	a.from, a.end = from, at+size
	if size < from-at || a.end < at {
		return atom{}, errShort
	}
	return a, nil
}

// maxDepth is more than the deepest tag needs.
const maxDepth = 16

// children calls visit for each atom between from and end. It stops, with what was seen so far, where a
// length lies and where atoms are put into each other without end; an error of visit ends it.
func children(s *source, from, end int64, visit func(atom) error) error {
	if s.depth >= maxDepth {
		return nil
	}
	s.depth++
	defer func() { s.depth-- }()
	for n := 0; n < maxFrames && end-from >= 8; n++ {
		a, err := atomAt(s, from, end)
		if damaged(err) || err == nil && a.end > end {
			return nil
		}
		if err != nil {
			return err
		}
		if err := visit(a); err != nil {
			return err
		}
		from = a.end
	}
	return nil
}

// field32 reads a number at an offset within the atom.
func field32(s *source, a atom, offset int64) (int64, error) {
	if offset+4 > a.size() {
		return 0, errShort
	}
	b, err := s.peek(a.from+offset, 4)
	if err != nil {
		return 0, err
	}
	return int64(binary.BigEndian.Uint32(b)), nil
}

// versioned reads a number that is 32 bits wide in version 0 of an atom and 64 in version 1. The offset
// is that of version 0, and wide how much further it stands in version 1.
func versioned(s *source, a atom, offset, wide int64) (int64, error) {
	head, err := field32(s, a, 0)
	if err != nil {
		return 0, err
	}
	if head>>24 != 1 {
		n, err := field32(s, a, offset)
		if n == 1<<32-1 {
			n = 0 // unknown
		}
		return n, err
	}
	if offset+wide+8 > a.size() {
		return 0, errShort
	}
	b, err := s.peek(a.from+offset+wide, 8)
	if err != nil {
		return 0, err
	}
	return max(int64(binary.BigEndian.Uint64(b)), 0), nil
}
