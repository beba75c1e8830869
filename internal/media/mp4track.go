package media

import (
	"encoding/binary"

	"hathor/internal/ingest"
)

// mp4Track is what one trak atom tells.
type mp4Track struct {
	s           *source
	id          int64
	handler     string // "soun" or "vide"
	codec       string
	audio       ingest.Audio // without a format when the codec is not played
	bitRate     int          // kbit/s, as the encoder states it
	media       timescale
	edited      int64 // units of the film's time
	sampleUnits int64 // units of the track's time, summed over its samples
}

func (t *mp4Track) visit(a atom) error {
	switch a.kind {
	case "mdia", "minf", "stbl", "edts":
		return children(t.s, a.from, a.end, t.visit)
	case "tkhd":
		return forgive(t.trackID(a))
	case "mdhd":
		return readScale(t.s, a, &t.media)
	case "hdlr":
		if t.handler != "" {
			return nil // a second one tells how the data is stored
		}
		kind, err := t.s.peekUpTo(a.from+8, 4)
		t.handler = string(kind)
		return forgive(err)
	case "elst":
		return forgive(t.edits(a))
	case "stsd":
		return forgive(t.description(a))
	case "stts":
		return forgive(t.times(a))
	}
	return nil
}

func (t *mp4Track) trackID(a atom) error {
	head, err := field32(t.s, a, 0)
	if err != nil {
		return err
	}
	offset := int64(12)
	if head>>24 == 1 {
		offset = 20
	}
	t.id, err = field32(t.s, a, offset)
	return err
}

// edits adds up the parts that are played; an empty one is silence before the start.
func (t *mp4Track) edits(a atom) error {
	head, err := field32(t.s, a, 0)
	if err != nil {
		return err
	}
	count, err := field32(t.s, a, 4)
	if err != nil {
		return err
	}
	size := int64(12)
	if head>>24 == 1 {
		size = 20
	}
	for i := range min(count, maxFrames) {
		if 8+(i+1)*size > a.size() {
			return nil
		}
		entry, err := t.s.peek(a.from+8+i*size, int(size))
		if err != nil {
			return err
		}
		length, from := int64(binary.BigEndian.Uint32(entry)), int64(int32(binary.BigEndian.Uint32(entry[4:])))
		if size == 20 {
			length, from = int64(binary.BigEndian.Uint64(entry)), int64(binary.BigEndian.Uint64(entry[8:]))
		}
		if from >= 0 && length > 0 && length < 1<<48 {
			t.edited += length
		}
	}
	return nil
}

// times sums the run-length list of sample durations. AAC has one entry or two; a list that is longer
// than the limit is a video's, and not needed.
func (t *mp4Track) times(a atom) error {
	count, err := field32(t.s, a, 4)
	if err != nil || count > maxFrames || 8+count*8 > a.size() {
		return err
	}
	for i := range count {
		entry, err := t.s.peek(a.from+8+i*8, 8)
		if err != nil {
			return err
		}
		units := int64(binary.BigEndian.Uint32(entry)) * int64(binary.BigEndian.Uint32(entry[4:]))
		if units >= 0 && t.sampleUnits < 1<<48 {
			t.sampleUnits += min(units, 1<<48)
		}
	}
	return nil
}

// description reads the first sample entry.
func (t *mp4Track) description(a atom) error {
	entry, err := atomAt(t.s, a.from+8, a.end)
	if err != nil || entry.end > a.end {
		return err
	}
	t.codec = entry.kind
	if t.codec != "mp4a" && t.codec != "alac" {
		return nil
	}
	const fixed = 28
	b, err := t.s.peek(entry.from, fixed)
	if err != nil {
		return err
	}
	t.audio = audioOf(t.codec)
	t.audio.Channels = int(binary.BigEndian.Uint16(b[16:]))
	t.audio.SampleRate = int(binary.BigEndian.Uint16(b[24:]))
	if isLossless(t.codec) {
		t.audio.BitDepth = int(binary.BigEndian.Uint16(b[18:]))
	}
	// QuickTime's second version of the entry is longer.
	from := entry.from + fixed
	switch binary.BigEndian.Uint16(b[8:]) {
	case 1:
		from += 16
	case 2:
		from += 36
	}
	return children(t.s, from, entry.end, t.codecAtom)
}

func (t *mp4Track) codecAtom(a atom) error {
	switch a.kind {
	case "wave": // QuickTime puts it one deeper
		return children(t.s, a.from, a.end, t.codecAtom)
	case "esds":
		return forgive(t.esds(a))
	case "alac":
		return forgive(t.alac(a))
	}
	return nil
}

// alac reads Apple's magic cookie, which knows better than the entry around it.
func (t *mp4Track) alac(a atom) error {
	const cookie = 4 + 24
	if a.size() < cookie {
		return nil
	}
	b, err := t.s.peek(a.from, cookie)
	if err != nil {
		return err
	}
	b = b[4:]
	t.audio.BitDepth, t.audio.Channels = int(b[5]), int(b[9])
	t.audio.SampleRate = int(binary.BigEndian.Uint32(b[20:]))
	t.bitRate = int(binary.BigEndian.Uint32(b[16:])) / 1000
	return nil
}
