package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

func inspect(picture []byte) (ingest.Picture, error) {
	return media.NewPictures(1).Inspect(context.Background(), picture)
}

func TestInspectsPictures(t *testing.T) {
	blue := color.NRGBA{R: 30, G: 60, B: 220, A: 255}
	webp, err := os.ReadFile(filepath.Join("testdata", "cover.webp"))
	if err != nil {
		t.Fatal(err)
	}
	var animated bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{blue})
	if err := gif.EncodeAll(&animated, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		picture []byte
		want    ingest.Picture
	}{
		{"jpeg", mediatest.JPEG(300, 200, blue), ingest.Picture{MediaType: "image/jpeg", Width: 300, Height: 200, Hue: 265}},
		{"png", mediatest.PNG(300, 200, blue), ingest.Picture{MediaType: "image/png", Width: 300, Height: 200, Hue: 265}},
		{"gif", animated.Bytes(), ingest.Picture{MediaType: "image/gif", Width: 30, Height: 20, Hue: 265}},
		{"webp", webp, ingest.Picture{MediaType: "image/webp", Width: 32, Height: 24, Hue: 196}},
		{"one pixel", mediatest.PNG(1, 1, blue), ingest.Picture{MediaType: "image/png", Width: 1, Height: 1, Hue: 265}},
		{"a line", mediatest.PNG(9000, 1, blue), ingest.Picture{MediaType: "image/png", Width: 9000, Height: 1, Hue: 265}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := inspect(c.picture)
			if err != nil {
				t.Fatal(err)
			}
			if off := (got.Hue - c.want.Hue + 360) % 360; off > 3 && off < 357 {
				t.Errorf("hue %d, want %d", got.Hue, c.want.Hue)
			}
			got.Hue = c.want.Hue
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFindsTheHueOfTheLargestArea(t *testing.T) {
	red, green, grey := color.NRGBA{R: 220, A: 255}, color.NRGBA{G: 160, B: 40, A: 255}, color.NRGBA{R: 120, G: 120, B: 121, A: 255}
	for _, c := range []struct {
		name  string
		share map[color.NRGBA]int // of a hundred columns
		want  int
	}{
		{"grey", map[color.NRGBA]int{grey: 100}, 70},
		{"black", map[color.NRGBA]int{{A: 255}: 100}, 70},
		{"seen through", map[color.NRGBA]int{{R: 220}: 100}, 70},
		{"red", map[color.NRGBA]int{red: 100}, 29},
		{"more green", map[color.NRGBA]int{red: 30, green: 70}, 145},
		{"red on grey", map[color.NRGBA]int{red: 20, grey: 80}, 29},
		{"a speck on grey", map[color.NRGBA]int{red: 1, grey: 99}, 70},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := inspect(columns(c.share))
			if err != nil {
				t.Fatal(err)
			}
			if off := (got.Hue - c.want + 360) % 360; off > 3 && off < 357 {
				t.Errorf("hue %d, want %d", got.Hue, c.want)
			}
		})
	}
}

// columns paints a picture of 400 pixels a side with shares of its width.
func columns(share map[color.NRGBA]int) []byte {
	picture, x := image.NewNRGBA(image.Rect(0, 0, 400, 400)), 0
	for c, columns := range share {
		for end := x + 4*columns; x < end; x++ {
			for y := range 400 {
				picture.SetNRGBA(x, y, c)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		panic(err) // only sizes no test asks for
	}
	return b.Bytes()
}

func TestRefusesPictures(t *testing.T) {
	whole := mediatest.PNG(200, 200, color.White)
	jpeg := mediatest.JPEG(64, 64, color.White)
	scans := append(bytes.Clone(jpeg[:len(jpeg)-2]), bytes.Repeat([]byte("\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"), 200)...)
	for _, c := range []struct {
		name     string
		picture  []byte
		sentence string
	}{
		{"empty", nil, "empty"},
		{"too many bytes", append(bytes.Clone(whole), make([]byte, 16<<20)...), "bigger than 16 MB"},
		{"no picture", []byte("<svg/>"), "not a JPEG, PNG, WebP or GIF"},
		{"RIFF without a picture", []byte("RIFF\x00\x00\x00\x00WAVEfmt "), "not a JPEG, PNG, WebP or GIF"},
		{"too wide", pngHead(10_001, 10), "the most is 10000 a side"},
		{"too many pixels", pngHead(10_000, 4_001), "megapixels"},
		{"the bomb of all sides", pngHead(1<<31-1, 1<<31-1), ""},
		{"head alone", whole[:60], "broken"},
		{"cut in the middle", whole[:len(whole)-40], "broken"},
		{"broken head", []byte("\x89PNG\r\n\x1a\nrubbish"), "broken"},
		{"jpeg cut", jpeg[:len(jpeg)/2], "broken"},
		{"jpeg of many layers", scans, "too many layers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := inspect(c.picture)
			code := "bad_picture"
			if strings.Contains(c.sentence, "a side") {
				code = ingest.PictureBomb
			}
			wantFault(t, err, code, c.sentence)
			if _, _, err := media.NewPictures(1).Shrink(context.Background(), c.picture, 1); err == nil {
				t.Error("Shrink takes it")
			}
		})
	}
}

// pngHead is a picture that claims a size and has nothing in it.
func pngHead(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	head = append(binary.BigEndian.AppendUint32(head, height), 8, 6, 0, 0, 0)
	picture := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(picture, crc32.ChecksumIEEE(head))
}

func TestInspectStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := media.NewPictures(1).Inspect(ctx, mediatest.JPEG(8, 8, color.White)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestShrinks(t *testing.T) {
	red := color.NRGBA{R: 200, G: 30, B: 30, A: 255}
	for _, c := range []struct {
		name          string
		picture       []byte
		side          int
		width, height int
		mediaType     string
		middle        color.NRGBA
	}{
		{"a square", mediatest.JPEG(1000, 1000, red), 300, 300, 300, "image/jpeg", red},
		{"a wide one", mediatest.PNG(1000, 500, red), 300, 300, 150, "image/jpeg", red},
		{"a tall one", mediatest.PNG(333, 999, red), 300, 100, 300, "image/jpeg", red},
		{"a line", mediatest.PNG(5000, 2, red), 64, 64, 1, "image/jpeg", red},
		{"one that fits", mediatest.PNG(100, 50, red), 300, 100, 50, "image/png", red},
		{"one that is see-through", mediatest.PNG(500, 500, color.NRGBA{}), 100, 100, 100, "image/jpeg", color.NRGBA{R: 128, G: 128, B: 128, A: 255}},
	} {
		t.Run(c.name, func(t *testing.T) {
			small, mediaType, err := media.NewPictures(1).Shrink(context.Background(), c.picture, c.side)
			if err != nil {
				t.Fatal(err)
			}
			decoded, _, err := image.Decode(bytes.NewReader(small))
			if err != nil {
				t.Fatal(err)
			}
			if b := decoded.Bounds(); b.Dx() != c.width || b.Dy() != c.height || mediaType != c.mediaType {
				t.Errorf("%d by %d, %s", b.Dx(), b.Dy(), mediaType)
			}
			got := color.NRGBAModel.Convert(decoded.At(c.width/2, c.height/2)).(color.NRGBA)
			if distance(got, c.middle) > 8 {
				t.Errorf("the middle is %v, want %v", got, c.middle)
			}
		})
	}
	if _, _, err := media.NewPictures(1).Shrink(context.Background(), mediatest.PNG(9, 9, red), 0); err == nil {
		t.Error("a side of 0 is taken")
	}
}

func distance(a, b color.NRGBA) int {
	most := 0
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		most = max(most, d, -d)
	}
	return most
}

func BenchmarkShrink(b *testing.B) {
	picture := mediatest.JPEG(1400, 1400, color.NRGBA{R: 200, A: 255})
	for b.Loop() {
		if _, _, err := media.NewPictures(1).Shrink(context.Background(), picture, 300); err != nil {
			b.Fatal(err)
		}
	}
}
