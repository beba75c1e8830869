package media

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"runtime"
)

// What pictures may take while they are decoded and used, all together. One that takes more is refused.
const (
	mostDecoded = 14 * tokenSize
	tokenSize   = 16 << 20
	// sweepFrom is the size from which what is left of a picture is swept up before the next may come: the
	// collector would let as much again pile up.
	sweepFrom = 48 << 20
)

// gate lets in as many pictures as there is room for, those that wait in the order of their coming.
type gate struct {
	turn  chan struct{} // of the one that takes tokens
	taken chan struct{} // a token each
	least int           // tokens that every picture takes, which bounds how many are in
}

func newGate(atOnce int) *gate {
	tokens := mostDecoded / tokenSize
	return &gate{make(chan struct{}, 1), make(chan struct{}, tokens), tokens / min(max(atOnce, 1), tokens)}
}

// enter waits for room for so many bytes and answers how to leave.
func (g *gate) enter(ctx context.Context, size int64) (func(), error) {
	need := min(max(int((size+tokenSize-1)/tokenSize), g.least), cap(g.taken))
	got := 0
	leave := func() {
		if size >= sweepFrom && got == need {
			runtime.GC()
		}
		for range got {
			<-g.taken
		}
	}
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for room to decode a picture: %w", ctx.Err())
	}
	for ; got < need; got++ {
		select {
		case g.taken <- struct{}{}:
		case <-ctx.Done():
			leave()
			return nil, fmt.Errorf("wait for room to decode a picture: %w", ctx.Err())
		}
	}
	return leave, nil
}

// decodedSize is about what decoding takes, in bytes, by the header alone.
func decodedSize(c codec, config image.Config, picture []byte) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	if c.mediaType == "image/jpeg" {
		return pixels * jpegPixel(picture) / 4
	}
	size := pixels * 4
	switch config.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		size = pixels * 8
	case color.Gray16Model:
		size = pixels * 2
	case color.GrayModel:
		size = pixels
	}
	const interlaced = 28 // the place of PNG's word for it
	if c.mediaType == "image/png" && len(picture) > interlaced && picture[interlaced] != 0 {
		size *= 2
	}
	return size
}

// jpegPixel is what a pixel takes while a JPEG is decoded, in quarters of a byte: its samples, and where the
// picture comes in layers a number of four bytes for each of them as well.
func jpegPixel(picture []byte) int64 {
	const inLayers, most = 0xc2, 4 * 4 * 5
	for at := 2; at+10 < len(picture) && picture[at] == 0xff; {
		kind, size := picture[at+1], int(picture[at+2])<<8|int(picture[at+3])
		if kind < 0xc0 || kind > inLayers {
			at += 2 + max(size, 2)
			continue
		}
		var widest, samples int64
		parts := int(picture[at+9])
		for i := 0; i < parts && at+11+3*i < len(picture); i++ {
			n := int64(picture[at+11+3*i]>>4) * int64(picture[at+11+3*i]&0x0f)
			widest, samples = max(widest, n), samples+n
		}
		if widest == 0 {
			return most
		}
		quarters := (4*samples + widest - 1) / widest
		if kind == inLayers {
			quarters *= 5
		}
		return min(quarters, most)
	}
	return most
}
