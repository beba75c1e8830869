package media

import (
	"bytes"
	"encoding/binary"
)

const (
	oggHead     = 27
	oggMaxTable = 255
	oggMaxPage  = oggHead + oggMaxTable + oggMaxTable*255
)

// oggPage is the head of a page.
type oggPage struct {
	at       int64 // in the file
	flags    byte
	granule  int64 // samples up to its end, -1 when no packet ends on it
	serial   uint32
	segments []byte // sizes; valid until the next look at the source
	body     int64  // bytes
}

const (
	oggContinued = 1
	oggFirst     = 2
)

func (p oggPage) bodyAt() int64 { return p.at + oggHead + int64(len(p.segments)) }
func (p oggPage) end() int64    { return p.bodyAt() + p.body }

// parseOggPage reads the head of the page that data starts with.
func parseOggPage(at int64, data []byte) (oggPage, bool) {
	if len(data) < oggHead || string(data[:4]) != "OggS" || data[4] != 0 {
		return oggPage{}, false
	}
	table := int(data[26])
	if len(data) < oggHead+table {
		return oggPage{}, false
	}
	p := oggPage{
		at: at, flags: data[5], granule: int64(binary.LittleEndian.Uint64(data[6:])),
		serial: binary.LittleEndian.Uint32(data[14:]), segments: data[oggHead : oggHead+table],
	}
	for _, s := range p.segments {
		p.body += int64(s)
	}
	return p, true
}

// oggPageAt reads the page at the offset. It answers errShort where the file ends, and where something
// else than a page stands.
func oggPageAt(s *source, at int64) (oggPage, error) {
	data, err := s.peekUpTo(at, oggHead+oggMaxTable)
	if err != nil {
		return oggPage{}, err
	}
	p, ok := parseOggPage(at, data)
	if !ok {
		return oggPage{}, errShort
	}
	return p, nil
}

// oggPackets gives the packets of one stream, from the start of the file on.
type oggPackets struct {
	s      *source
	serial uint32
	page   oggPage
	sizes  []byte // what is left of the page's segments
	at     int64  // where their bytes start
}

// next returns the next packet, which may span pages.
func (o *oggPackets) next() ([]byte, error) {
	var packet []byte
	for {
		size, whole := o.take()
		if int64(len(packet))+size > maxTag {
			return nil, broken("The Ogg comments are bigger than 16 MB")
		}
		var err error
		if packet, err = o.s.appendTo(packet, o.at, int(size)); err != nil {
			return nil, err
		}
		o.at += size
		if whole {
			return packet, nil
		}
		if err := o.turn(); err != nil {
			return nil, err
		}
		if cap(packet) < fewPages {
			packet = append(make([]byte, 0, fewPages), packet...)
		}
	}
}

// fewPages is the room for a packet that goes over a page's end: mostly one with a cover.
const fewPages = 128 << 10

// take counts the bytes of the packet that are on this page; whole when it ends here.
func (o *oggPackets) take() (size int64, whole bool) {
	for i, s := range o.sizes {
		size += int64(s)
		if s < 255 {
			o.sizes = o.sizes[i+1:]
			return size, true
		}
	}
	o.sizes = nil
	return size, false
}

// turn goes to the stream's next page.
func (o *oggPackets) turn() error {
	for {
		page, err := oggPageAt(o.s, o.page.end())
		if err != nil {
			return err
		}
		o.page = page
		if page.serial == o.serial {
			o.sizes, o.at = bytes.Clone(page.segments), page.bodyAt()
			return nil
		}
	}
}
