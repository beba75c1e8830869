package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// quarters is a wide JPEG of four colours: red and green above, blue and grey below.
func quarters(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 320, 160))
	for y := range 160 {
		for x := range 320 {
			picture.Set(x, y, corners[y/80*2+x/160])
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var corners = []color.NRGBA{{200, 0, 0, 255}, {0, 200, 0, 255}, {0, 0, 200, 255}, {128, 128, 128, 255}}

// exif is a segment whose second entry of the first directory is the orientation.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	tiff := []byte("MM")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = []byte("II")
	}
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, e := range [][2]uint16{{0x010f, 7}, {0x0112, orientation}} {
		tiff = order.AppendUint16(tiff, e[0])
		tiff = order.AppendUint16(tiff, 3) // a short
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, e[1])
		tiff = append(tiff, 0, 0)
	}
	return append([]byte("Exif\x00\x00"), tiff...)
}

// withEXIF puts the segment behind the start of a JPEG.
func withEXIF(picture, segment []byte) []byte {
	out := append(bytes.Clone(picture[:2]), 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	return append(append(out, segment...), picture[2:]...)
}

func TestShrinksUpright(t *testing.T) {
	// Of each orientation, which colours stand above left, above right, below left and below right.
	for orientation, want := range [][4]int{
		0: {0, 1, 2, 3}, 1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1}, 5: {0, 2, 1, 3},
		6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2}, 9: {0, 1, 2, 3},
	} {
		width, height := 80, 40
		if orientation >= 5 && orientation <= 8 {
			width, height = height, width
		}
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			picture := withEXIF(quarters(t), exif(order, uint16(orientation)))
			got := shrunk(t, picture, 80)
			if got.Bounds() != image.Rect(0, 0, width, height) {
				t.Errorf("%d: %v", orientation, got.Bounds())
			}
			for i, at := range []image.Point{{width / 4, height / 4}, {3 * width / 4, height / 4}, {width / 4, 3 * height / 4}, {3 * width / 4, 3 * height / 4}} {
				if c := color.NRGBAModel.Convert(got.At(at.X, at.Y)).(color.NRGBA); distance(c, corners[want[i]]) > 20 {
					t.Errorf("%d: corner %d is %v, want %v", orientation, i, c, corners[want[i]])
				}
			}
			if info, err := inspect(picture); err != nil || info.Width != 4*width || info.Height != 4*height {
				t.Errorf("%d: inspected as %d by %d, %v", orientation, info.Width, info.Height, err)
			}
		}
	}
}

func shrunk(t *testing.T, picture []byte, side int) image.Image {
	t.Helper()
	small, _, err := media.NewPictures(1).Shrink(context.Background(), picture, side)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(bytes.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func TestDamagedEXIFTurnsNothing(t *testing.T) {
	whole := exif(binary.BigEndian, 6)
	far := bytes.Clone(whole)
	copy(far[10:], "\xff\xff\xff\xff") // the directory lies behind everything
	segments := [][]byte{far}
	for n := range len(whole) - 4 { // up to within the value
		segments = append(segments, whole[:n])
	}
	for i, segment := range segments {
		if got := shrunk(t, withEXIF(quarters(t), segment), 80).Bounds(); got.Dx() != 80 {
			t.Errorf("segment %d of %d bytes: %v", i, len(segment), got)
		}
	}
}

func TestShrinkStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := media.NewPictures(1).Shrink(ctx, mediatest.JPEG(800, 800, color.White), 100)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
