package media

import "encoding/binary"

// lengthHeader is what a Xing, Info or VBRI header tells; zero where it is silent.
type lengthHeader struct {
	frames int64
	bytes  int64
	trim   int64 // samples of silence that the encoder added, before and behind
	delay  int64 // those before
}

// lengthHeader reads the header in the first frame.
func (m *mp3) lengthHeader() (lengthHeader, bool, error) {
	frame, err := m.s.peekUpTo(m.start, int(min(m.first.size, m.end-m.start)))
	if err != nil {
		return lengthHeader{}, false, err
	}
	if at := mpegHead + m.first.sideInfo(); int64(len(frame)) >= at+8 {
		if word := string(frame[at : at+4]); word == "Xing" || word == "Info" {
			return parseXing(frame[at:]), true, nil
		}
	}
	const vbriAt = mpegHead + 32
	if len(frame) >= vbriAt+18 && string(frame[vbriAt:vbriAt+4]) == "VBRI" {
		bytes := int64(binary.BigEndian.Uint32(frame[vbriAt+10:]))
		return lengthHeader{frames: int64(binary.BigEndian.Uint32(frame[vbriAt+14:])), bytes: bytes}, true, nil
	}
	return lengthHeader{}, false, nil
}

func parseXing(x []byte) lengthHeader {
	var h lengthHeader
	flags, at := binary.BigEndian.Uint32(x[4:]), 8
	number := func(flag uint32, size int) int64 {
		if flags&flag == 0 || len(x) < at+size {
			return 0
		}
		at += size
		return int64(binary.BigEndian.Uint32(x[at-size:]))
	}
	h.frames = number(1, 4)
	h.bytes = number(2, 4)
	number(4, 100) // the table for seeking
	number(8, 4)   // the quality
	const delays = 21
	if len(x) >= at+delays+3 && x[at] != 0 {
		d := x[at+delays:]
		delay := int64(d[0])<<4 | int64(d[1]>>4)
		padding := int64(d[1]&0x0f)<<8 | int64(d[2])
		h.delay, h.trim = delay, delay+padding
	}
	return h
}

// samples is the length of the audio bytes. The header is believed as far as its own bytes fit the
// file's; a file that was cut or joined has the length of what is there.
func (m *mp3) samples(h lengthHeader, audioBytes int64) (int64, error) {
	if h.frames == 0 {
		frames, err := m.countFrames(audioBytes)
		return m.trimmed(frames, h.trim), err
	}
	frames := float64(h.frames)
	if declared := h.bytes - m.first.size; h.bytes > 0 && declared > 0 && !agrees(declared, audioBytes) {
		frames *= float64(audioBytes) / float64(declared)
	}
	// No frame is smaller than this, so a header that promises more frames lies.
	frames = min(frames, float64(audioBytes)/float64(m.smallest()))
	return m.trimmed(frames, h.trim), nil
}

// agrees forgives a header that counts its own frame or a tag differently.
func agrees(declared, there int64) bool {
	difference := max(declared-there, there-declared)
	return difference <= 2<<10 || difference <= declared/100
}

// smallest is the size of a frame at the lowest bit rate of the stream's kind.
func (m *mp3) smallest() int64 {
	f := m.first
	f.measure(1, 0)
	return max(f.size, mpegHead)
}

func (m *mp3) trimmed(frames float64, trim int64) int64 {
	samples := int64(frames * float64(m.first.samples))
	if trim < samples {
		return samples - trim
	}
	return samples
}

const (
	walkWhole   = 256 << 10 // up to this size every frame is counted
	walkGap     = 4 << 10   // what a walk may leave over at the end
	probes      = 9         // places looked at in a bigger file
	probeFrames = 40        // frames looked at in each
)

// countFrames counts the frames of a small file and estimates those of a big one from several places:
// exact for a constant bit rate, close for a variable one.
func (m *mp3) countFrames(audioBytes int64) (float64, error) {
	if audioBytes <= walkWhole {
		frames, run, err := m.walk(m.start, maxSteps)
		if audioBytes-run.bytes > walkGap && run.bytes > 0 {
			return float64(frames) * float64(audioBytes) / float64(run.bytes), err
		}
		return float64(frames), err
	}
	var frames, bytes int64
	constant := true
	for i := range int64(probes) {
		at, err := m.resync(m.start + audioBytes*i/probes)
		if err != nil {
			return 0, err
		}
		n, run, err := m.walk(at, probeFrames)
		if err != nil {
			return 0, err
		}
		frames, bytes = frames+int64(n), bytes+run.bytes
		constant = constant && run.constant && (n == 0 || run.bitRate == m.first.bitRate)
	}
	if constant {
		perFrame := float64(m.first.samples) / 8 * float64(m.first.bitRate) / float64(m.first.sampleRate)
		return float64(audioBytes) / perFrame, nil
	}
	return float64(audioBytes) / float64(bytes) * float64(frames), nil
}

// run is a row of frames.
type run struct {
	bytes    int64
	bitRate  int // of the first
	constant bool
}

// walk follows whole frames from the offset, at most so many, up to the first that does not fit.
func (m *mp3) walk(at int64, most int) (int, run, error) {
	r := run{constant: true}
	for n := range most {
		head, err := m.s.peek(at, mpegHead)
		if damaged(err) {
			return n, r, nil
		}
		if err != nil {
			return n, r, err
		}
		f, ok := parseMPEG(head)
		if !ok || !f.alike(m.first) || at+f.size > m.end {
			return n, r, nil
		}
		if n == 0 {
			r.bitRate = f.bitRate
		}
		r.constant = r.constant && f.bitRate == r.bitRate
		r.bytes += f.size
		at += f.size
	}
	return most, r, nil
}

// resync finds the next frame at or behind the offset, the offset itself when none is near.
func (m *mp3) resync(at int64) (int64, error) {
	for pos := at; pos < at+4096; pos++ {
		head, err := m.s.peek(pos, mpegHead)
		if damaged(err) {
			return at, nil
		}
		if err != nil {
			return 0, err
		}
		if f, ok := parseMPEG(head); ok && f.alike(m.first) {
			follows, err := m.follows(pos, f)
			if follows || err != nil {
				return pos, err
			}
		}
	}
	return at, nil
}
