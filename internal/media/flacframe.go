package media

const flacFrameHead = 16 // bytes of the longest frame head

// frame answers the sample that stands behind the frame whose head this is.
func (i flac) frame(h []byte) (int64, bool) {
	first, block, ok := i.frameHead(h)
	return first + block, ok
}

// frameHead reads a frame's head, checks it against the stream and its own checksum, and answers its first
// sample and how many it has.
func (i flac) frameHead(h []byte) (first, block int64, ok bool) {
	if len(h) < 6 || h[0] != 0xff || h[1]&0xfe != 0xf8 || h[3]&1 != 0 || h[2]>>4 == 0 || h[2]&0x0f == 0x0f {
		return 0, 0, false
	}
	if channels := int(h[3] >> 4); channels < 8 && channels+1 != i.channels || channels >= 8 && i.channels != 2 {
		return 0, 0, false
	}
	number, at, ok := flacNumber(h, 4)
	if !ok {
		return 0, 0, false
	}
	block, at, ok = flacBlock(h, at)
	if !ok {
		return 0, 0, false
	}
	at += flacRateSize(h[2] & 0x0f)
	if at >= len(h) || crc8(h[:at]) != h[at] {
		return 0, 0, false
	}
	if h[1]&1 == 1 {
		return number, block, true // the number is the first sample's
	}
	return number * i.maxBlock, block, true
}

// flacNumber reads a number written like a rune of UTF-8, but of up to seven bytes.
func flacNumber(h []byte, at int) (int64, int, bool) {
	first := h[at]
	if first < 0x80 {
		return int64(first), at + 1, true
	}
	more := 0
	for mask := byte(0x40); first&mask != 0; mask >>= 1 {
		more++
	}
	if more == 0 || more > 6 || at+1+more > len(h) {
		return 0, 0, false
	}
	number := int64(first & (0x3f >> more))
	for _, b := range h[at+1 : at+1+more] {
		if b&0xc0 != 0x80 {
			return 0, 0, false
		}
		number = number<<6 | int64(b&0x3f)
	}
	return number, at + 1 + more, true
}

// flacBlock reads how many samples the frame has.
func flacBlock(h []byte, at int) (int64, int, bool) {
	switch code := h[2] >> 4; {
	case code == 1:
		return 192, at, true
	case code <= 5:
		return 576 << (code - 2), at, true
	case code == 6 && at < len(h):
		return int64(h[at]) + 1, at + 1, true
	case code == 7 && at+1 < len(h):
		return (int64(h[at])<<8 | int64(h[at+1])) + 1, at + 2, true
	case code >= 8:
		return 256 << (code - 8), at, true
	}
	return 0, 0, false
}

func flacRateSize(code byte) int {
	switch code {
	case 12:
		return 1
	case 13, 14:
		return 2
	}
	return 0
}

func crc8(data []byte) byte {
	var sum byte
	for _, b := range data {
		sum ^= b
		for range 8 {
			if sum&0x80 != 0 {
				sum = sum<<1 ^ 0x07
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// lastSample finds the last frame in the tail and answers the sample behind it, 0 when no frame is
// found there (as with foreign tags behind the audio), which proves nothing.
func (w *flacWalk) lastSample() (int64, error) {
	tail := int64(64 << 10)
	if w.info.maxFrame > 0 {
		tail = min(2*w.info.maxFrame+1024, 1<<20)
	}
	start := max(w.at, w.s.size-tail)
	data, err := w.s.load(start, w.s.size-start)
	if err != nil {
		return 0, err
	}
	var last int64
	for at := 0; at+6 <= len(data); at++ {
		if data[at] != 0xff || data[at+1]&0xfe != 0xf8 {
			continue
		}
		end, ok := w.info.frame(data[at:min(at+flacFrameHead, len(data))])
		if ok && (w.info.samples == 0 || end <= w.info.samples) {
			last = max(last, end)
		}
	}
	return last, nil
}
