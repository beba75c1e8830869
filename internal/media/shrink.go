package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"

	"hathor/internal/fault"
)

const jpegQuality = 85

// ground is what shows through a see-through cover: black and white drawings both stand out on it.
var ground = color.RGBA{R: 128, G: 128, B: 128, A: 255}

// Shrink implements stream.Shrinker. A picture that fits already is given as it is; all else becomes a
// JPEG, on a neutral grey where it is see-through, and turned as its EXIF says.
func (p *Pictures) Shrink(ctx context.Context, picture []byte, side int) ([]byte, string, error) {
	if side < 1 {
		return nil, "", fault.New(fault.Invalid, "invalid_size", "A cover is at least one pixel wide")
	}
	c, config, err := checkHeader(picture)
	if err != nil {
		return nil, "", err
	}
	if config.Width <= side && config.Height <= side {
		return picture, c.mediaType, nil
	}
	var out bytes.Buffer
	err = p.decode(ctx, c, config, picture, func(decoded image.Image) error {
		small := orientationOf(c, picture).upright(fit(decoded, side))
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return fmt.Errorf("encode cover: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	return out.Bytes(), "image/jpeg", nil
}

// fit makes the picture fit into a square. Whole boxes of pixels are averaged first, down to about
// twice the size, because the fine filter's cost grows with what it is given.
func fit(picture image.Image, side int) *image.RGBA {
	b := picture.Bounds()
	width, height := scaled(b.Dx(), b.Dy(), side)
	boxed := shrinkBoxes(picture, 2*side)
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), boxed, boxed.Bounds(), draw.Over, nil)
	return out
}

// scaled is the size with the longer side as given, the shape kept, no side below one.
func scaled(width, height, side int) (int, int) {
	if width >= height {
		return side, max(1, (height*side+width/2)/width)
	}
	return max(1, (width*side+height/2)/height), side
}

// shrinkBoxes averages whole boxes of pixels so that the longer side comes down towards the given one,
// but never below it. A strip of one row of boxes is converted at a time.
func shrinkBoxes(picture image.Image, side int) *image.RGBA {
	b := picture.Bounds()
	box := max(1, max(b.Dx(), b.Dy())/max(side, 1))
	across, down := min(box, b.Dx()), min(box, b.Dy()) // a strip may be thinner than a box
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/across, b.Dy()/down))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), down))
	for y := range out.Rect.Dy() {
		draw.Draw(strip, strip.Bounds(), picture, image.Pt(b.Min.X, b.Min.Y+y*down), draw.Src)
		averageStrip(out.Pix[y*out.Stride:(y+1)*out.Stride], strip, across, down)
	}
	return out
}

// averageStrip makes one row of pixels out of a strip that is one box high.
func averageStrip(row []byte, strip *image.RGBA, across, down int) {
	area := across * down
	for x := 0; x < len(row)/4; x++ {
		var sum [4]int
		for dy := range down {
			start := dy*strip.Stride + x*across*4
			for i, v := range strip.Pix[start : start+across*4] {
				sum[i&3] += int(v)
			}
		}
		for i := range sum {
			row[x*4+i] = byte((sum[i] + area/2) / area)
		}
	}
}
