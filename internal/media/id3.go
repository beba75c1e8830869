package media

import (
	"bytes"
	"encoding/binary"
)

const id3Head = 10

// id3Tag is the head of an ID3v2 tag.
type id3Tag struct {
	version byte // 2, 3 or 4
	flags   byte
	size    int64 // of the body
	footer  int64
}

func parseID3Head(h []byte) (id3Tag, bool) {
	if len(h) < id3Head || string(h[:3]) != "ID3" || h[3] < 2 || h[3] > 4 || h[4] == 0xff {
		return id3Tag{}, false
	}
	size, ok := synchsafe(h[6:])
	t := id3Tag{version: h[3], flags: h[5], size: size}
	if t.version == 4 && t.flags&0x10 != 0 {
		t.footer = id3Head
	}
	return t, ok
}

// synchsafe reads four bytes of seven bits; not ok when a high bit is set.
func synchsafe(b []byte) (int64, bool) {
	n := int64(b[0]&0x7f)<<21 | int64(b[1]&0x7f)<<14 | int64(b[2]&0x7f)<<7 | int64(b[3]&0x7f)
	return n, (b[0]|b[1]|b[2]|b[3])&0x80 == 0
}

// readID3v2At reads the tags at the offset and answers where the rest starts. Some files have several;
// the first counts, and those behind it fill what it lacks.
func readID3v2At(s *source, at int64) (bag, int64, error) {
	var all bag
	for range 8 {
		head, err := s.peekUpTo(at, id3Head)
		if err != nil {
			return all, at, err
		}
		tag, ok := parseID3Head(head)
		if !ok {
			return all, at, nil
		}
		one, err := readID3v2(s, at+id3Head, tag)
		if err != nil {
			return all, at, err
		}
		all.fill(one)
		at += id3Head + tag.size + tag.footer
	}
	return all, at, nil
}

// readID3v2 reads the body of a tag. A tag that is damaged inside gives what stands before the damage.
func readID3v2(s *source, at int64, tag id3Tag) (bag, error) {
	if tag.size > maxTag {
		return bag{}, brokenf("The ID3 tag is bigger than 16 MB (%d bytes)", tag.size)
	}
	if at+tag.size > s.size {
		return bag{}, broken("The file is cut short within its ID3 tag")
	}
	body, err := s.load(at, tag.size)
	if err != nil {
		return bag{}, err
	}
	return parseID3(tag, body), nil
}

const (
	id3Unsynchronised = 0x80
	id3Extended       = 0x40
	id3Compressed22   = 0x40 // of ID3v2.2, where nothing was ever defined for it
)

func parseID3(tag id3Tag, body []byte) bag {
	if tag.version == 2 && tag.flags&id3Compressed22 != 0 {
		return bag{}
	}
	if tag.version < 4 && tag.flags&id3Unsynchronised != 0 {
		body = resynchronise(body)
	}
	if tag.version > 2 && tag.flags&id3Extended != 0 {
		body = skipExtended(tag.version, body)
	}
	p := id3Parser{version: tag.version, inflateLeft: maxInflated}
	p.unsynchronised = tag.version == 4 && tag.flags&id3Unsynchronised != 0
	p.frames(body)
	return p.bag
}

// resynchronise takes out the zeros that were put behind each 0xff, in place.
func resynchronise(body []byte) []byte {
	first := bytes.Index(body, []byte{0xff, 0})
	if first < 0 {
		return body
	}
	kept := body[:first]
	for i := first; i < len(body); i++ {
		kept = append(kept, body[i])
		if body[i] == 0xff && i+1 < len(body) && body[i+1] == 0 {
			i++
		}
	}
	return kept
}

func skipExtended(version byte, body []byte) []byte {
	if len(body) < 6 {
		return nil
	}
	size := int64(binary.BigEndian.Uint32(body)) + 4
	if version == 4 {
		size, _ = synchsafe(body) // counts itself
	}
	if size > int64(len(body)) {
		return nil
	}
	return body[size:]
}

// id3Parser walks the frames of one tag.
type id3Parser struct {
	version        byte
	unsynchronised bool // every frame is
	bag            bag
	inflateLeft    int64
}

func (p *id3Parser) frames(body []byte) {
	for range maxFrames {
		frame, size, ok := p.next(body)
		if !ok {
			return
		}
		if data, ok := p.unpack(frame); ok {
			p.take(frame.id, data)
		}
		body = body[size:]
	}
}

// id3Frame is a frame as it stands in the tag.
type id3Frame struct {
	id    string
	flags byte // of the form
	data  []byte
}

// next cuts the first frame off; not ok at the padding, the end, or where a length lies.
func (p *id3Parser) next(body []byte) (id3Frame, int, bool) {
	if p.version == 2 {
		return nextShort(body)
	}
	if len(body) < id3Head || !frameID(body[:4]) {
		return id3Frame{}, 0, false
	}
	size := int64(binary.BigEndian.Uint32(body[4:]))
	if p.version == 4 {
		size = p.size4(body, size)
	}
	if size > int64(len(body)-id3Head) {
		return id3Frame{}, 0, false
	}
	end := id3Head + int(size)
	return id3Frame{id: string(body[:4]), flags: body[9], data: body[id3Head:end]}, end, true
}

// nextShort is next for ID3v2.2, whose heads have six bytes.
func nextShort(body []byte) (id3Frame, int, bool) {
	const head = 6
	if len(body) < head || !frameID(body[:3]) {
		return id3Frame{}, 0, false
	}
	end := head + (int(body[3])<<16 | int(body[4])<<8 | int(body[5]))
	if end > len(body) {
		return id3Frame{}, 0, false
	}
	return id3Frame{id: string(body[:3]), data: body[head:end]}, end, true
}

// size4 reads a frame's size in ID3v2.4. Old iTunes wrote plain numbers there: they are taken when
// only they lead to another frame.
func (p *id3Parser) size4(body []byte, plain int64) int64 {
	safe, ok := synchsafe(body[4:])
	if !ok {
		return plain
	}
	if safe != plain && !p.leads(body, safe) && p.leads(body, plain) {
		return plain
	}
	return safe
}

// leads tells whether a frame, padding or the end comes behind a frame of the size.
func (p *id3Parser) leads(body []byte, size int64) bool {
	at := id3Head + size
	if at >= int64(len(body)) {
		return at == int64(len(body))
	}
	return body[at] == 0 || int64(len(body))-at >= 4 && frameID(body[at:at+4])
}

func frameID(id []byte) bool {
	for _, c := range id {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
