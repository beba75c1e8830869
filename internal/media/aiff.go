package media

import (
	"encoding/binary"
	"fmt"
	"math"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// aiff collects the chunks of an AIFF or AIFC file.
type aiff struct {
	s       *source
	audio   ingest.Audio
	frames  int64  // samples of each channel, as COMM counts them
	block   int64  // bytes of one sample of all channels
	kind    string // of samples, "NONE" for those of AIFF itself
	dataAt  int64
	dataEnd int64
	tags    bag // an ID3 tag in a chunk
	texts   bag // the texts of AIFF itself, the poorer of the two
}

func isAIFF(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "FORM" && (string(head[8:12]) == "AIFF" || string(head[8:12]) == "AIFC")
}

func readAIFF(s *source) (song, error) {
	head, err := s.peek(0, 12)
	if err != nil {
		return song{}, err
	}
	a := aiff{s: s, dataAt: -1}
	if err := a.chunks(string(head[8:12]) == "AIFC"); err != nil {
		return song{}, err
	}
	if a.audio.Format == "" {
		return song{}, broken("The AIFF does not say what its audio is")
	}
	if a.dataAt < 0 {
		return song{}, broken("The AIFF has no audio")
	}
	a.tags.fill(a.texts)
	a.measure()
	return song{audio: a.audio, tags: a.tags}, nil
}

// measure counts the samples that are there; COMM may promise more or, in a file that was piped, none.
func (a *aiff) measure() {
	size := a.dataEnd - a.dataAt
	frames := size / a.block
	if a.frames > 0 {
		frames = min(frames, a.frames)
	}
	a.audio.Duration = lengthOf(frames, int64(a.audio.SampleRate))
	a.audio.AudioOffset, a.audio.AudioSize = a.dataAt, size
	a.audio.BitRate = meanBitRate(frames*a.block, a.audio.Duration)
}

// chunks walks the file; tags stand before or behind the audio.
func (a *aiff) chunks(packed bool) error {
	at := int64(12)
	for n := 0; n < maxFrames && a.s.size-at >= 8; n++ {
		head, err := a.s.peek(at, 8)
		if err != nil {
			return err
		}
		id, size := string(head[:4]), int64(binary.BigEndian.Uint32(head[4:]))
		at += 8
		switch id {
		case "SSND":
			err = a.sound(at, &size)
		case "COMM":
			err = a.common(at, size, packed)
		default:
			err = a.chunk(id, at, size)
		}
		if err != nil {
			return err
		}
		at += size + size&1
	}
	return nil
}

// sound notes where the samples lie: behind two numbers, and an offset that hardly anybody uses.
func (a *aiff) sound(at int64, size *int64) error {
	const head = 8
	if a.dataAt >= 0 || *size < head {
		return nil
	}
	b, err := a.s.peek(at, 4)
	if err != nil {
		return broken("The AIFF has no audio")
	}
	if *size == wavUnknown || *size > a.s.size-at && unsized(*size) {
		*size = a.s.size - at
	}
	if err := checkWhole("AIFF", at, at+*size, a.s.size); err != nil {
		return err
	}
	end := min(at+*size, a.s.size)
	a.dataAt = min(at+head+int64(binary.BigEndian.Uint32(b)), end)
	a.dataEnd = end
	return nil
}

// aiffPlain are the kinds of AIFC that hold plain samples.
var aiffPlain = map[string]bool{
	"NONE": true, "sowt": true, "twos": true, "raw ": true, "in24": true, "in32": true, "fl32": true, "FL32": true, "fl64": true, "FL64": true,
}

// common reads COMM: channels, samples, depth, and the rate as a number of 80 bits.
func (a *aiff) common(at, size int64, packed bool) error {
	const plain = 18
	want := int64(plain)
	if packed {
		want += 4
	}
	b, err := a.s.peekUpTo(at, int(min(size, want)))
	if err != nil || int64(len(b)) < want {
		return broken("The AIFF does not say what its audio is")
	}
	if packed && !aiffPlain[string(b[plain:])] {
		return notAudio(fmt.Sprintf("This AIFF holds %q audio instead of plain samples, which is not played here", line(string(b[plain:]))))
	}
	channels, depth := int64(binary.BigEndian.Uint16(b)), int64(binary.BigEndian.Uint16(b[6:]))
	rate, ok := extended(b[8:])
	if !ok || depth < 1 || depth > 64 || channels < 1 || channels > maxChannels || rate > math.MaxInt32 {
		return broken("The AIFF names samples that cannot be")
	}
	a.kind = "NONE"
	if packed {
		a.kind = string(b[plain:])
	}
	a.frames, a.block = int64(binary.BigEndian.Uint32(b[2:])), channels*((depth+7)/8)
	a.audio = ingest.Audio{Format: library.AIFF, SampleRate: int(rate), Channels: int(channels), BitDepth: int(depth)}
	return nil
}

// extended reads the whole part of a number of 80 bits: a sign, 15 bits of exponent, 64 bits with the one
// before the point among them.
func extended(b []byte) (int64, bool) {
	exponent := int(binary.BigEndian.Uint16(b)) - 16383
	if exponent < 0 || exponent > 62 { // the sign is the highest bit, so negative ones are too large
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(b[2:]) >> (63 - exponent)), true
}

// aiffTexts are the chunks of plain text; the one of the author is read as the artist.
var aiffTexts = map[string]field{"NAME": title, "AUTH": artist}

func (a *aiff) chunk(id string, at, size int64) error {
	if at+size > a.s.size {
		return nil // the walk ends here
	}
	if id == "ID3 " || id == "id3 " {
		tags, _, err := readID3v2At(a.s, at)
		a.tags.fill(tags)
		return err
	}
	f, ok := aiffTexts[id]
	if !ok {
		return nil
	}
	text, err := a.s.peek(at, int(min(size, maxText)))
	a.texts.addAll(f, splitNUL(infoText(text)))
	return err
}
