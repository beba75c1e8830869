package media

import "encoding/binary"

// The descriptors of MPEG-4 that lead to the codec.
const (
	esDescriptor      = 3
	decoderDescriptor = 4
	specificInfo      = 5
)

// esds reads what the audio is from the elementary stream descriptor.
func (t *mp4Track) esds(a atom) error {
	b, err := t.s.peekUpTo(a.from, int(min(a.size(), 1024)))
	if err != nil || len(b) < 4 {
		return err
	}
	kind, body := descriptor(b[4:])
	if kind != esDescriptor || len(body) < 3 {
		return nil
	}
	kind, body = descriptor(body[min(3+optionalFields(body[2]), len(body)):])
	if kind != decoderDescriptor || len(body) < 13 {
		return nil
	}
	t.bitRate = int(binary.BigEndian.Uint32(body[9:])) / 1000
	switch body[0] {
	case 0x40, 0x66, 0x67, 0x68: // AAC of MPEG-4 and MPEG-2
	case 0x69, 0x6b:
		t.codec, t.audio.Format = "MP3 in MP4", ""
		return nil
	default:
		t.codec, t.audio.Format = "unknown", ""
		return nil
	}
	if kind, body = descriptor(body[13:]); kind == specificInfo {
		t.aacConfig(body)
	}
	return nil
}

// optionalFields is the size of what the flags of a stream descriptor announce, never more than 2+2: an
// address in it is not followed.
func optionalFields(flags byte) int {
	size := 0
	if flags&0x80 != 0 {
		size += 2
	}
	if flags&0x20 != 0 {
		size += 2
	}
	return size
}

// descriptor cuts the descriptor that b starts with; kind 0 when there is none.
func descriptor(b []byte) (kind byte, body []byte) {
	if len(b) < 2 {
		return 0, nil
	}
	size, at := 0, 1
	for range 4 {
		if at >= len(b) {
			return 0, nil
		}
		size = size<<7 | int(b[at]&0x7f)
		at++
		if b[at-1]&0x80 == 0 {
			break
		}
	}
	return b[0], b[at:min(at+size, len(b))]
}

var aacRates = [13]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// aacConfig reads AudioSpecificConfig: object type, rate, channels, and the doubled rate of HE-AAC.
func (t *mp4Track) aacConfig(config []byte) {
	bits := bitReader{data: config}
	object := bits.object()
	rate := bits.rate()
	channels := bits.take(4)
	const bandReplication, parametricStereo = 5, 29
	if object == bandReplication || object == parametricStereo {
		rate = bits.rate()
	}
	if rate > 0 && rate <= maxSampleRate {
		t.audio.SampleRate = rate
	}
	switch {
	case object == parametricStereo:
		t.audio.Channels = 2
	case channels == 7:
		t.audio.Channels = 8
	case channels > 0 && channels < 7:
		t.audio.Channels = channels
	}
}

// bitReader takes bits from the highest on; behind the end there are zeros.
type bitReader struct {
	data []byte
	at   int
}

func (r *bitReader) take(count int) int {
	n := 0
	for range count {
		n <<= 1
		if r.at>>3 < len(r.data) {
			n |= int(r.data[r.at>>3] >> (7 - r.at&7) & 1)
		}
		r.at++
	}
	return n
}

func (r *bitReader) object() int {
	if object := r.take(5); object != 31 {
		return object
	}
	return 32 + r.take(6)
}

func (r *bitReader) rate() int {
	code := r.take(4)
	if code == 15 {
		return r.take(24)
	}
	if code < len(aacRates) {
		return aacRates[code]
	}
	return 0
}
