package media

// mpegFrame is the head of one MPEG audio frame.
type mpegFrame struct {
	version    int // 1 MPEG-1, 2 MPEG-2, 25 MPEG-2.5
	layer      int
	bitRate    int // bit/s
	sampleRate int
	channels   int
	size       int64 // bytes, with the head
	samples    int64
}

const mpegHead = 4

var (
	layer3Rates1 = [15]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	layer3Rates2 = [15]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	layer2Rates1 = [15]int{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384}
	mpegRates    = [3]int{44100, 48000, 32000}
)

// parseMPEG reads a frame's head. Free format, reserved values and layer I are no frames here; layer II
// is told, so that it can be named.
func parseMPEG(h []byte) (mpegFrame, bool) {
	if len(h) < mpegHead || h[0] != 0xff || h[1]&0xe0 != 0xe0 {
		return mpegFrame{}, false
	}
	rate, sample, layer := h[2]>>4, h[2]>>2&3, 4-int(h[1]>>1&3)
	if rate == 0 || rate == 15 || sample == 3 || layer != 2 && layer != 3 || h[3]&3 == 2 {
		return mpegFrame{}, false
	}
	f := mpegFrame{layer: layer, channels: 2}
	switch h[1] >> 3 & 3 {
	case 3:
		f.version, f.sampleRate = 1, mpegRates[sample]
	case 2:
		f.version, f.sampleRate = 2, mpegRates[sample]/2
	case 0:
		f.version, f.sampleRate = 25, mpegRates[sample]/4
	default:
		return mpegFrame{}, false
	}
	if h[3]>>6 == 3 {
		f.channels = 1
	}
	f.measure(int(rate), int64(h[2]>>1&1))
	return f, true
}

func (f *mpegFrame) measure(rate int, padding int64) {
	f.samples = 1152
	switch {
	case f.layer == 2 && f.version == 1:
		f.bitRate = layer2Rates1[rate] * 1000
	case f.version == 1:
		f.bitRate = layer3Rates1[rate] * 1000
	default:
		f.bitRate = layer3Rates2[rate] * 1000
		if f.layer == 3 {
			f.samples = 576
		}
	}
	f.size = f.samples/8*int64(f.bitRate)/int64(f.sampleRate) + padding
}

// alike tells whether two frames can be of one stream.
func (f mpegFrame) alike(other mpegFrame) bool {
	return f.version == other.version && f.layer == other.layer && f.sampleRate == other.sampleRate
}

// sideInfo is the size of what stands between the head and a Xing header.
func (f mpegFrame) sideInfo() int64 {
	switch {
	case f.version == 1 && f.channels == 2:
		return 32
	case f.version == 1 || f.channels == 2:
		return 17
	}
	return 9
}
