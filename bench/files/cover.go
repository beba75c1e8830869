package files

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
)

// coverSide is how many pixels a cover is wide and high.
const coverSide = 500

// pictures are the covers that albums share but for a remark, which makes each album's bytes its own.
const pictures = 24

// Covers makes the covers of albums.
type Covers struct{ bases [pictures][]byte }

// NewCovers paints the pictures.
func NewCovers() (*Covers, error) {
	c := &Covers{}
	for i := range c.bases {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, paint(i), nil); err != nil {
			return nil, fmt.Errorf("paint a cover: %w", err)
		}
		c.bases[i] = b.Bytes()
	}
	return c, nil
}

// Of is the cover of an album, a JPEG whose bytes no other album has.
func (c *Covers) Of(album int) []byte {
	base := c.bases[album%pictures]
	remark := fmt.Sprintf("album %d", album)
	const start = 2 // the marker that begins a JPEG; a comment may follow it
	made := append([]byte(nil), base[:start]...)
	made = binary.BigEndian.AppendUint16(append(made, 0xff, 0xfe), uint16(2+len(remark)))
	return append(append(made, remark...), base[start:]...)
}

// paint draws large squares of a few colours.
func paint(number int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, coverSide, coverSide))
	for y := range coverSide {
		for x := range coverSide {
			step := (x/125*3 + y/125*5 + number*7) % 9
			picture.SetRGBA(x, y, color.RGBA{R: uint8(number * 10), G: uint8(step * 28), B: uint8(255 - number*7 - step*8), A: 255})
		}
	}
	return picture
}
