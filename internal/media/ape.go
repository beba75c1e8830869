package media

import (
	"bytes"
	"encoding/binary"
	"strings"
)

const apeFooter = 32

// readAPE reads an APEv2 tag that ends at the offset and answers where it starts. A damaged one is left
// where it is: the frames before it can be played all the same.
func readAPE(s *source, end int64) (int64, bag, error) {
	foot, err := s.peek(end-apeFooter, apeFooter)
	if damaged(err) {
		return end, bag{}, nil
	}
	if err != nil || !bytes.HasPrefix(foot, []byte("APETAGEX")) {
		return end, bag{}, err
	}
	size := int64(binary.LittleEndian.Uint32(foot[12:]))
	count := binary.LittleEndian.Uint32(foot[16:])
	start := end - size
	if size < apeFooter || start < 0 {
		return end, bag{}, nil
	}
	if size > maxTag {
		return 0, bag{}, brokenf("The APE tag is bigger than 16 MB (%d bytes)", size)
	}
	hasHead := binary.LittleEndian.Uint32(foot[20:])&(1<<31) != 0
	items, err := s.load(start, size-apeFooter)
	if err != nil {
		return 0, bag{}, err
	}
	if hasHead && start >= apeFooter {
		start -= apeFooter
	}
	return start, parseAPE(items, int(min(count, maxFrames))), nil
}

// apeNames are the names of APEv2 that differ from Vorbis comments.
var apeNames = map[string]field{"TRACK": trackNumber, "DISC": discNumber, "YEAR": date}

func parseAPE(items []byte, count int) bag {
	var b bag
	for range count {
		const head = 8
		if len(items) < head {
			return b
		}
		size := int64(binary.LittleEndian.Uint32(items))
		kind := items[4] >> 1 & 3
		name, rest, ok := bytes.Cut(items[head:], []byte{0})
		if !ok || size > int64(len(rest)) {
			return b
		}
		if kind == 0 {
			b.addAPE(string(name[:min(len(name), 64)]), rest[:size])
		}
		items = rest[size:]
	}
	return b
}

func (b *bag) addAPE(name string, data []byte) {
	f, ok := apeNames[strings.ToUpper(name)]
	if !ok {
		f, ok = fieldOf(name)
	}
	if ok {
		b.addAll(f, splitNUL(string(data[:min(len(data), maxText)])))
	}
}
