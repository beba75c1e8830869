package media

import (
	"bytes"
	"encoding/binary"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// musepackRates are those that both versions of the stream can name.
var musepackRates = [4]int{44100, 48000, 37800, 32000}

const musepackFrame = 1152 // samples

func isMusepack(head []byte) bool {
	return bytes.HasPrefix(head, []byte("MPCK")) || len(head) > 3 && bytes.HasPrefix(head, []byte("MP+")) && head[3]&0x0f == 7
}

// readMusepack reads the heads of stream versions 7 and 8. Its length is read here because ffprobe tells it in
// steps of more than a second.
func readMusepack(s *source, at int64, tags bag) (song, error) {
	head, err := s.peekUpTo(at, 64)
	if err != nil {
		return song{}, err
	}
	audio := ingest.Audio{Format: library.Musepack}
	samples, ok := int64(0), false
	if bytes.HasPrefix(head, []byte("MPCK")) {
		samples, ok = musepack8(head[4:], &audio)
	} else {
		samples, ok = musepack7(head, &audio)
	}
	if !ok {
		return song{}, broken("The Musepack does not say what its audio is")
	}
	return s.headed(audio, samples, at, tags)
}

// musepack7 counts frames; the last one says how full it is.
func musepack7(h []byte, audio *ingest.Audio) (int64, bool) {
	if len(h) < 24 {
		return 0, false
	}
	frames := int64(binary.LittleEndian.Uint32(h[4:]))
	audio.Channels, audio.SampleRate = 2, musepackRates[h[10]&3]
	gapless := binary.LittleEndian.Uint32(h[20:])
	samples := frames * musepackFrame
	if last := int64(gapless >> 20 & 0x7ff); gapless>>31 == 1 && last > 0 && last <= musepackFrame && frames > 0 {
		samples += last - musepackFrame
	}
	return samples, true
}

// musepack8 reads the packet of the stream's head, which comes before all audio.
func musepack8(h []byte, audio *ingest.Audio) (int64, bool) {
	for len(h) > 2 {
		key := string(h[:2])
		size, n := musepackNumber(h[2:])
		if n == 0 || size < int64(2+n) {
			return 0, false
		}
		if key != "SH" {
			h = h[min(size, int64(len(h))):]
			continue
		}
		const checksumAndVersion = 5
		if h = h[2+n:]; len(h) < checksumAndVersion+1 {
			return 0, false
		}
		h = h[checksumAndVersion:]
		samples, n := musepackNumber(h)
		silence, m := musepackNumber(h[n:])
		if h = h[n+m:]; n == 0 || m == 0 || len(h) < 2 {
			return 0, false
		}
		if rate := h[0] >> 5; rate < 4 {
			audio.SampleRate = musepackRates[rate]
		}
		audio.Channels = int(h[1]>>4) + 1
		return samples - silence, true
	}
	return 0, false
}

// musepackNumber reads seven bits a byte, the highest first; 0 bytes when it does not end.
func musepackNumber(h []byte) (int64, int) {
	var number int64
	for i := 0; i < min(len(h), 9); i++ {
		number = number<<7 | int64(h[i]&0x7f)
		if h[i]&0x80 == 0 {
			return number, i + 1
		}
	}
	return 0, 0
}
