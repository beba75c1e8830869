package media

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"

	"hathor/internal/clock"
	"hathor/internal/library"
)

// pcm reads plain samples: of 8 to 32 bits, or floating point.
func (d *decoding) pcm() error {
	read, block, err := d.samples()
	if err != nil {
		return err
	}
	raw := make([]byte, 4096*block)
	for {
		n, err := io.ReadFull(d.from, raw)
		whole := raw[:n/block*block]
		width := block / d.shape.Channels
		out := d.room(len(whole) / width)
		for i := range out {
			out[i] = read(whole[i*width:])
		}
		if err := d.give(out); err != nil {
			return ended(err)
		}
		if err != nil {
			return ended(err)
		}
	}
}

// samples answers how one sample is read, and how many bytes those of all channels take.
func (d *decoding) samples() (read func([]byte) float32, block int, err error) {
	if d.frames.Format == library.AIFF {
		return d.aiff()
	}
	w := wav{s: newSource(d.ctx, clock.System{}, d.whole, d.whole.Size()), dataAt: -1}
	if err := w.chunks(); err != nil {
		return nil, 0, err
	}
	f := w.format
	width := int(f.block) / max(f.channels, 1)
	if f.channels != d.shape.Channels || width < 1 {
		return nil, 0, errors.ErrUnsupported
	}
	return littleEndian(f.codec == wavFloat, width), int(f.block), nil
}

// aiff does the same for AIFF, whose samples are turned around and read as those of WAV.
func (d *decoding) aiff() (read func([]byte) float32, block int, err error) {
	a := aiff{s: newSource(d.ctx, clock.System{}, d.whole, d.whole.Size()), dataAt: -1}
	head, err := a.s.peek(0, 12)
	if err != nil {
		return nil, 0, err
	}
	if err := a.chunks(string(head[8:12]) == "AIFC"); err != nil {
		return nil, 0, err
	}
	width := int(a.block) / max(a.audio.Channels, 1)
	if a.audio.Channels != d.shape.Channels || width < 1 || width > 8 {
		return nil, 0, errors.ErrUnsupported
	}
	switch {
	case a.kind == "sowt":
		return littleEndian(false, width), int(a.block), nil
	case width == 1 && a.kind != "raw ":
		return func(b []byte) float32 { return float32(int8(b[0])) / 128 }, int(a.block), nil
	}
	little := littleEndian(strings.EqualFold(a.kind[:2], "fl"), width)
	var turned [8]byte
	return func(b []byte) float32 {
		for i := range width {
			turned[i] = b[width-1-i]
		}
		return little(turned[:width])
	}, int(a.block), nil
}

// littleEndian reads a sample of so many bytes; one of 8 bits has no sign.
func littleEndian(float bool, width int) func([]byte) float32 {
	switch {
	case float && width == 4:
		return func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }
	case float:
		return func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) }
	case width == 1:
		return func(b []byte) float32 { return (float32(b[0]) - 128) / 128 }
	case width == 2:
		return func(b []byte) float32 { return float32(int16(binary.LittleEndian.Uint16(b))) / (1 << 15) }
	case width == 3:
		return func(b []byte) float32 {
			return float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (1 << 31)
		}
	}
	return func(b []byte) float32 { return float32(int32(binary.LittleEndian.Uint32(b[width-4:]))) / (1 << 31) }
}
