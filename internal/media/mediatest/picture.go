package mediatest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// JPEG makes a picture of one colour.
func JPEG(width, height int, c color.Color) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, plain(width, height, c), nil); err != nil {
		panic(err) // only sizes no test asks for
	}
	return b.Bytes()
}

// PNG makes a picture of one colour; the colour may be see-through.
func PNG(width, height int, c color.Color) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, plain(width, height, c)); err != nil {
		panic(err) // only sizes no test asks for
	}
	return b.Bytes()
}

func plain(width, height int, c color.Color) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return picture
}
