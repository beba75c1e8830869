package media

import (
	"encoding/binary"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// readTTA reads the head of True Audio, which is a row of fixed numbers.
func readTTA(s *source, at int64, tags bag) (song, error) {
	const head = 22
	h, err := s.peekUpTo(at, head)
	if err != nil {
		return song{}, err
	}
	if len(h) < head {
		return song{}, cutShort("True Audio file")
	}
	le := binary.LittleEndian
	audio := ingest.Audio{
		Format: library.TTA, Channels: int(le.Uint16(h[6:])), BitDepth: int(min(le.Uint16(h[8:]), 64)), SampleRate: int(le.Uint32(h[10:])),
	}
	return s.headed(audio, int64(le.Uint32(h[14:])), at, tags)
}

// headed is a song whose head tells its length, with the tags behind it.
func (s *source) headed(audio ingest.Audio, samples, at int64, tags bag) (song, error) {
	end, tail, err := readTail(s)
	if err != nil {
		return song{}, err
	}
	tags.fill(tail)
	audio.AudioOffset, audio.AudioSize = at, max(end-at, 0)
	audio.Duration = lengthOf(samples, int64(audio.SampleRate))
	audio.BitRate = meanBitRate(audio.AudioSize, audio.Duration)
	return song{audio: audio, tags: tags}, nil
}

// readMonkey reads the head of Monkey's Audio. Since version 3.98 a block of sizes stands before it.
func readMonkey(s *source, at int64, tags bag) (song, error) {
	const described, oldHead, newHead = 3980, 32, 24
	b, err := s.peekUpTo(at, oldHead)
	if err != nil {
		return song{}, err
	}
	if len(b) < oldHead {
		return song{}, cutShort("Monkey's Audio file")
	}
	le := binary.LittleEndian
	if version := le.Uint16(b[4:]); version < described {
		audio, samples := oldMonkey(b, version)
		return s.headed(audio, samples, at, tags)
	}
	h, err := s.peek(at+int64(le.Uint32(b[8:])), newHead)
	if damaged(err) {
		return song{}, cutShort("Monkey's Audio file")
	}
	if err != nil {
		return song{}, err
	}
	audio := ingest.Audio{
		Format: library.APE, BitDepth: int(min(le.Uint16(h[16:]), 64)), Channels: int(le.Uint16(h[18:])), SampleRate: int(le.Uint32(h[20:])),
	}
	return s.headed(audio, monkeySamples(le.Uint32(h[12:]), le.Uint32(h[4:]), le.Uint32(h[8:])), at, tags)
}

// monkeySamples counts whole frames and the last one.
func monkeySamples(frames, whole, last uint32) int64 {
	if frames == 0 {
		return 0
	}
	return int64(frames-1)*int64(whole) + int64(last)
}

func oldMonkey(h []byte, version uint16) (ingest.Audio, int64) {
	le := binary.LittleEndian
	level, flags := le.Uint16(h[6:]), le.Uint16(h[8:])
	const eightBits, wideBits, extraHigh = 1, 8, 4000
	audio := ingest.Audio{Format: library.APE, BitDepth: 16, Channels: int(le.Uint16(h[10:])), SampleRate: int(le.Uint32(h[12:]))}
	switch {
	case flags&eightBits != 0:
		audio.BitDepth = 8
	case flags&wideBits != 0:
		audio.BitDepth = 24
	}
	whole := uint32(9216)
	switch {
	case version >= 3950:
		whole = 4 * 73728
	case version >= 3900 || version >= 3800 && level == extraHigh:
		whole = 73728
	}
	return audio, monkeySamples(le.Uint32(h[24:]), whole, le.Uint32(h[28:]))
}
