package media

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// mp4Fields maps the text atoms of iTunes.
var mp4Fields = map[string]field{
	"\xa9nam": title, "\xa9ART": artist, "aART": albumArtist, "\xa9alb": album, "\xa9gen": genre,
	"\xa9day": date, "\xa9lyr": lyrics, "sonm": titleSort, "soar": artistSort, "soal": albumSort,
	"soaa": albumArtistSort, "\xa9wrt": composer,
}

// The types of data atoms.
const (
	mp4Implicit = 0
	mp4UTF8     = 1
	mp4UTF16    = 2
)

// metadata goes down to the list of tags, over udta and meta. The list may be of any size: only the
// heads of its values are read, and one picture.
func (m *mp4) metadata(a atom) error {
	from := a.from
	if a.kind == "meta" {
		from += m.metaHead(a)
	}
	return children(m.s, from, a.end, func(child atom) error {
		switch child.kind {
		case "meta":
			return m.metadata(child)
		case "ilst":
			return children(m.s, child.from, child.end, m.item)
		}
		return m.quickTimeText(child)
	})
}

// quickTimeText reads a text as it stands in QuickTime films: right in udta, its size and language in
// front. The languages of old Macs have encodings of their own; those below are no Unicode.
func (m *mp4) quickTimeText(a atom) error {
	const head, oldLanguages = 4, 0x400
	f, ok := mp4Fields[a.kind]
	if !ok || a.size() < head {
		return nil
	}
	b, err := m.s.peek(a.from, int(min(a.size(), maxText)))
	if err != nil {
		return forgive(err)
	}
	size, language := int(binary.BigEndian.Uint16(b)), binary.BigEndian.Uint16(b[2:])
	if size > len(b)-head {
		return nil
	}
	text := string(b[head : head+size])
	if language < oldLanguages {
		text, err = charmap.Macintosh.NewDecoder().String(text)
	}
	m.tags.add(f, text)
	return err
}

// metaHead is the size of what stands before the children: QuickTime writes none of the four bytes.
func (m *mp4) metaHead(a atom) int64 {
	const head = 4
	b, err := m.s.peek(a.from, 8)
	if err == nil && a.size() >= 8 && string(b[4:8]) == "hdlr" {
		return 0
	}
	return head
}

// item reads one tag; several values are several data atoms in it.
func (m *mp4) item(a atom) error {
	if f, ok := mp4Fields[a.kind]; ok {
		return m.texts(a, f)
	}
	switch a.kind {
	case "----":
		return m.freeform(a)
	case "trkn":
		return m.pair(a, trackNumber)
	case "disk":
		return m.pair(a, discNumber)
	case "cpil":
		return m.data(a, func(_ int64, b []byte) {
			if len(b) > 0 && b[len(b)-1] != 0 {
				m.tags.add(compilation, "1")
			}
		})
	case "gnre":
		return m.data(a, func(_ int64, b []byte) {
			if len(b) == 2 && b[0] == 0 && b[1] > 0 && int(b[1]) <= len(id3GenreNames) {
				m.tags.add(genre, id3GenreNames[b[1]-1])
			}
		})
	case "covr":
		return m.covers(a)
	}
	return nil
}

// dataHead stands before a value: its type, and where it holds.
const dataHead = 8

// data calls take with the first bytes of each value of the item, as many as a text may have.
func (m *mp4) data(item atom, take func(kind int64, value []byte)) error {
	return children(m.s, item.from, item.end, func(a atom) error {
		if a.kind != "data" || a.size() < dataHead {
			return nil
		}
		kind, err := field32(m.s, a, 0)
		if err != nil {
			return forgive(err)
		}
		value, err := m.s.peek(a.from+dataHead, int(min(a.size()-dataHead, maxText)))
		if err != nil {
			return forgive(err)
		}
		take(kind&0xffffff, value)
		return nil
	})
}

func (m *mp4) texts(item atom, f field) error {
	return m.data(item, func(kind int64, value []byte) {
		if text, ok := mp4Text(kind, value); ok {
			m.tags.addAll(f, splitNUL(text))
		}
	})
}

func mp4Text(kind int64, value []byte) (string, bool) {
	switch kind {
	case mp4UTF8, mp4Implicit:
		return string(value), true
	case mp4UTF16:
		t := id3Text{encoding: encodingUTF16BE}
		return t.decode(value), true
	}
	return "", false
}

// freeform reads a tag that brings its own name, "----" with mean, name and data.
func (m *mp4) freeform(a atom) error {
	name := ""
	err := children(m.s, a.from, a.end, func(child atom) error {
		if child.kind != "name" || child.size() < 4 {
			return nil
		}
		b, err := m.s.peek(child.from+4, int(min(child.size()-4, 128)))
		name = string(b)
		return forgive(err)
	})
	if err != nil {
		return err
	}
	f, ok := fieldOf(name)
	if !ok {
		return nil
	}
	return m.texts(a, f)
}

// pair reads a number and a total.
func (m *mp4) pair(a atom, of field) error {
	return m.data(a, func(_ int64, b []byte) {
		if len(b) < 6 {
			return
		}
		m.tags.add(of, fmt.Sprintf("%d/%d", binary.BigEndian.Uint16(b[2:]), binary.BigEndian.Uint16(b[4:])))
	})
}

// covers takes the first picture; iTunes has no kinds, and shows the first.
func (m *mp4) covers(item atom) error {
	return children(m.s, item.from, item.end, func(a atom) error {
		size := a.size() - dataHead
		if a.kind != "data" || !m.tags.picture.better(frontCover, size) {
			return nil
		}
		picture, err := m.s.load(a.from+dataHead, size)
		if err != nil {
			return forgive(err)
		}
		m.tags.picture.take(frontCover, picture)
		return nil
	})
}
