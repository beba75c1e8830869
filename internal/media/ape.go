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

// readAPEAt reads an APEv2 tag that starts at the offset and answers what is behind it, the offset itself
// without one.
func readAPEAt(s *source, at int64) (bag, int64, error) {
	head, err := s.peekUpTo(at, apeFooter)
	if err != nil || len(head) < apeFooter || !bytes.HasPrefix(head, []byte("APETAGEX")) {
		return bag{}, at, err
	}
	size := int64(binary.LittleEndian.Uint32(head[12:]))
	count := binary.LittleEndian.Uint32(head[16:])
	if size > maxTag {
		return bag{}, at, brokenf("The APE tag is bigger than 16 MB (%d bytes)", size)
	}
	at += apeFooter
	items, err := s.load(at, size)
	if damaged(err) {
		return bag{}, at, broken("The file is cut short within its APE tag")
	}
	return parseAPE(items, int(min(count, maxFrames))), at + size, err
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
		const text, binary = 0, 1
		switch kind {
		case text:
			b.addAPE(string(name[:min(len(name), 64)]), rest[:size])
		case binary:
			b.addAPEPicture(string(name[:min(len(name), 64)]), rest[:size])
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

// apePictures are the names of pictures, and their kinds.
var apePictures = map[string]int{
	"COVER ART (FRONT)": frontCover, "COVER ART (OTHER)": otherPicture, "COVER ART (ARTIST)": artistPicture,
	"COVER ART (LEADARTIST)": leadArtist, "COVER ART (LEAD ARTIST)": leadArtist, "COVER ART (BAND)": bandPicture,
}

// addAPEPicture takes a picture behind the name of the file that it once was.
func (b *bag) addAPEPicture(name string, data []byte) {
	kind, ok := apePictures[strings.ToUpper(name)]
	_, picture, whole := bytes.Cut(data, []byte{0})
	if ok && whole && b.picture.better(kind, int64(len(picture))) {
		b.picture.take(kind, picture)
	}
}
