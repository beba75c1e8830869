package media

import (
	"bytes"
	"encoding/binary"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

const dsfHead = 28 + 52 + 12 // up to the samples: three chunks' heads in a fixed order

// readDSF reads a DSD Stream File: a fixed head, samples of one bit, and an ID3 tag whose place the head tells.
// Its length is read here because ffprobe rounds it up to whole blocks.
func readDSF(s *source) (song, error) {
	h, err := s.peekUpTo(0, dsfHead)
	if err != nil {
		return song{}, err
	}
	if len(h) < dsfHead || !bytes.Equal(h[28:32], []byte("fmt ")) || !bytes.Equal(h[80:84], []byte("data")) {
		return song{}, broken("The DSD file does not say what its audio is")
	}
	word := func(at int) int64 { return int64(binary.LittleEndian.Uint32(h[at:])) }
	tagAt, samples := binary.LittleEndian.Uint64(h[20:]), binary.LittleEndian.Uint64(h[64:])
	size := binary.LittleEndian.Uint64(h[84:])
	if tagAt >= 1<<62 || samples >= 1<<62 || size < 12 || size >= 1<<62 {
		return song{}, broken("The DSD file names figures that cannot be")
	}
	audio := ingest.Audio{Format: library.DSD, SampleRate: int(word(56)), Channels: int(word(52)), BitDepth: 1}
	end := dsfHead + int64(size) - 12
	if err := checkWhole("DSD file", dsfHead, end, s.size); err != nil {
		return song{}, err
	}
	audio.Duration = lengthOf(int64(samples), int64(audio.SampleRate))
	audio.AudioOffset, audio.AudioSize = dsfHead, max(min(end, s.size)-dsfHead, 0)
	audio.BitRate = (audio.SampleRate*audio.Channels + 500) / 1000 // the last block is filled up
	if tagAt < dsfHead || int64(tagAt) >= s.size {
		return song{audio: audio}, nil
	}
	tags, _, err := readID3v2At(s, int64(tagAt))
	return song{audio: audio, tags: tags}, err
}
