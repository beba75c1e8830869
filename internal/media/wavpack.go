package media

import (
	"bytes"
	"encoding/binary"
	"math"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

const (
	wvHead     = 32
	wvMaxBlock = 1 << 20 // bytes; what the format allows
	wvHybrid   = 1 << 3
	wvFloat    = 1 << 7
	wvFirst    = 1 << 11 // of the blocks that hold one stretch of time
	wvDSD      = 1 << 31
)

// wvBlock is the head of one block.
type wvBlock struct {
	at      int64 // where it was found in the tail
	size    int64 // with the head
	samples int64 // of the whole file, -1 unknown
	index   int64 // of the first sample
	count   int64 // samples in it
	flags   uint32
}

func parseWV(h []byte) (wvBlock, bool) {
	if len(h) < wvHead || string(h[:4]) != "wvpk" {
		return wvBlock{}, false
	}
	version := binary.LittleEndian.Uint16(h[8:])
	b := wvBlock{
		size:    int64(binary.LittleEndian.Uint32(h[4:])) + 8,
		index:   int64(h[10])<<32 | int64(binary.LittleEndian.Uint32(h[16:])),
		samples: int64(h[11])<<32 | int64(binary.LittleEndian.Uint32(h[12:])),
		count:   int64(binary.LittleEndian.Uint32(h[20:])), flags: binary.LittleEndian.Uint32(h[24:]),
	}
	if binary.LittleEndian.Uint32(h[12:]) == 1<<32-1 {
		b.samples = -1
	}
	return b, version >= 0x402 && version <= 0x410 && b.size >= wvHead && b.size <= wvMaxBlock
}

// wavpack is a WavPack file: its audio is a row of blocks.
type wavpack struct {
	s     *source
	end   int64 // of the audio
	first wvBlock
	audio ingest.Audio
	rate  wvRate
	// ticks are what blocks count in a second: samples, and of DSD eight at once.
	ticks int64
}

func readWavPack(s *source, at int64, tags bag) (song, error) {
	end, tail, err := readTail(s)
	if err != nil {
		return song{}, err
	}
	tags.fill(tail)
	w := wavpack{s: s, end: max(end, at)}
	if err := w.start(at); err != nil {
		return song{}, err
	}
	w.audio.AudioOffset, w.audio.AudioSize = at, w.end-at
	if err := w.measure(); err != nil {
		return song{}, err
	}
	return song{audio: w.audio, tags: tags}, nil
}

// start goes to the first block with audio; some hold only what stood around it in the file that was packed.
// One stretch of time with many channels is several blocks.
func (w *wavpack) start(at int64) error {
	for range maxFrames {
		head, err := w.s.peekUpTo(at, wvHead)
		if err != nil {
			return err
		}
		b, ok := parseWV(head)
		if !ok {
			break
		}
		if b.count > 0 {
			w.first = b
			return w.describe(at)
		}
		at += b.size
	}
	return broken("The WavPack has no audio")
}

// wvRates are those that the flags can name; the last one means that it is told elsewhere.
var wvRates = [16]int{6000, 8000, 9600, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 192000, 0}

// wvRate is what the blocks' own chunks tell beside the flags.
type wvRate struct {
	hz       int
	channels int
	shift    int // of DSD: how often its rate doubles
}

func (w *wavpack) describe(at int64) error {
	flags := w.first.flags
	if err := w.chunks(at+wvHead, at+w.first.size); err != nil {
		return err
	}
	channels := 2 - int(flags>>2&1)
	if w.rate.channels > 0 {
		channels = w.rate.channels
	}
	hz := wvRates[flags>>23&15]
	if w.rate.hz > 0 {
		hz = w.rate.hz
	}
	depth := (int(flags&3) + 1) * 8
	if shift := int(flags >> 13 & 31); flags&wvFloat == 0 {
		depth = max(depth-shift, 1)
	}
	w.audio = ingest.Audio{Format: library.WavPack, SampleRate: hz, Channels: channels, BitDepth: depth}
	if w.ticks = int64(hz) << min(w.rate.shift, 16); flags&wvDSD != 0 {
		w.audio.BitDepth, w.audio.SampleRate = 1, int(min(8*w.ticks, math.MaxInt32))
	}
	if flags&wvHybrid != 0 {
		w.audio.BitDepth = 0 // what is in this file alone is lossy
	}
	return nil
}

// chunks reads those within a block that say what the flags cannot.
func (w *wavpack) chunks(at, end int64) error {
	const odd, large, id = 0x40, 0x80, 0x3f
	const channelInfo, dsdBlock, sampleRate = 0x0d, 0x0e, 0x27
	for n := 0; n < maxFrames && end-at >= 2; n++ {
		head, err := w.s.peekUpTo(at, 8)
		if damaged(err) || err == nil && len(head) < 2 {
			return nil
		}
		if err != nil {
			return err
		}
		kind, size, from := head[0], int64(head[1])*2, 2
		if kind&large != 0 {
			if len(head) < 4 {
				return nil
			}
			size, from = size+int64(head[2])<<9+int64(head[3])<<17, 4
		}
		at += int64(from) + size
		if kind&odd != 0 {
			size--
		}
		body := head[from:]
		if size < int64(len(body)) {
			body = body[:max(size, 0)]
		}
		switch {
		case kind&id == sampleRate && len(body) >= 3:
			w.rate.hz = int(body[0]) | int(body[1])<<8 | int(body[2])<<16
			if len(body) > 3 {
				w.rate.hz |= int(body[3]&0x7f) << 24
			}
		case kind&id == channelInfo && len(body) >= 1:
			w.rate.channels = int(body[0])
			if size > 5 && len(body) >= 3 { // the wide form counts from 0, up to 4096
				w.rate.channels += int(body[2]&0x0f)<<8 + 1
			}
		case kind&id == dsdBlock && len(body) >= 1:
			w.rate.shift = int(body[0])
		}
	}
	return nil
}

// measure believes the first block, held against the last one in the tail.
func (w *wavpack) measure() error {
	last, err := w.reached()
	if err != nil {
		return err
	}
	samples := w.first.samples
	if samples < 0 {
		samples = last.index + last.count - w.first.index
	}
	if last.count == 0 && w.first.samples < 0 {
		return broken("The WavPack does not say how long it is")
	}
	if err := checkWhole("WavPack", w.audio.AudioOffset, last.at+last.size, w.end); err != nil {
		return err
	}
	if last.count > 0 && samples-last.index-last.count > max(last.count, samples/1000) {
		return cutShort("WavPack")
	}
	w.audio.Duration = lengthOf(samples, w.ticks)
	w.audio.BitRate = meanBitRate(w.audio.AudioSize, w.audio.Duration)
	return nil
}

// reached finds the last block with audio in the tail, none where other things fill it.
func (w *wavpack) reached() (wvBlock, error) {
	for _, tail := range []int64{128 << 10, 2 * wvMaxBlock} {
		start := max(w.audio.AudioOffset, w.end-tail)
		data, err := w.s.load(start, w.end-start)
		if err != nil {
			return wvBlock{}, err
		}
		for end := len(data); end > 0; {
			at := bytes.LastIndex(data[:end], []byte("wvpk"))
			if at < 0 {
				break
			}
			if b, ok := parseWV(data[at:]); ok && b.count > 0 {
				b.at = start + int64(at)
				return b, nil
			}
			end = at
		}
		if start == w.audio.AudioOffset {
			break
		}
	}
	return wvBlock{}, nil
}
