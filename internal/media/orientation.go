package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a picture has to be turned to stand upright, from 1 to 8 as EXIF numbers it; 1 is
// not at all.
type orientation int

// turn takes a place of the upright picture to its place in the file: first the axes are swapped, then
// each is counted from its other end.
type turn struct{ swap, flipX, flipY bool }

var turns = [...]turn{
	2: {flipX: true}, 3: {flipX: true, flipY: true}, 4: {flipY: true}, 5: {swap: true},
	6: {swap: true, flipY: true}, 7: {swap: true, flipX: true, flipY: true}, 8: {swap: true, flipX: true},
}

// size is that of the upright picture.
func (o orientation) size(width, height int) (int, int) {
	if turns[o].swap {
		return height, width
	}
	return width, height
}

// upright turns the picture, whose bounds must start at zero.
func (o orientation) upright(picture *image.RGBA) *image.RGBA {
	if turns[o] == (turn{}) {
		return picture
	}
	t, width, height := turns[o], picture.Rect.Dx(), picture.Rect.Dy()
	w, h := o.size(width, height)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fromX, fromY := x, y
			if t.swap {
				fromX, fromY = y, x
			}
			if t.flipX {
				fromX = width - 1 - fromX
			}
			if t.flipY {
				fromY = height - 1 - fromY
			}
			out.SetRGBA(x, y, picture.RGBAAt(fromX, fromY))
		}
	}
	return out
}

// orientationOf reads the orientation of a JPEG. Whatever is damaged on the way to it makes it 1.
func orientationOf(c codec, picture []byte) orientation {
	if c.mediaType != "image/jpeg" {
		return 1
	}
	for rest := picture[2:]; len(rest) >= 4 && rest[0] == 0xff; {
		const exif, scan = 0xe1, 0xda
		size := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if rest[1] == scan || size < 4 || size > len(rest) {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(rest[4:size], []byte("Exif\x00\x00")); ok && rest[1] == exif {
			return tiffOrientation(tiff)
		}
		rest = rest[size:]
	}
	return 1
}

// tiffOrientation looks through the first directory, whose entries have twelve bytes.
func tiffOrientation(tiff []byte) orientation {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at > int64(len(tiff))-2 {
		return 1
	}
	const entry, tag, short = 12, 0x0112, 3
	count, entries := order.Uint16(tiff[at:]), tiff[at+2:]
	for range count {
		if len(entries) < entry {
			return 1
		}
		if order.Uint16(entries) == tag {
			value := order.Uint16(entries[8:])
			if order.Uint16(entries[2:]) == short && value >= 1 && int(value) < len(turns) {
				return orientation(value)
			}
			return 1
		}
		entries = entries[entry:]
	}
	return 1
}
