package media

import (
	"image"
	"image/color"
	"math"
)

const (
	hueSide    = 64   // the picture is looked at this small
	greyHue    = 70   // what a grey picture lends
	hueBins    = 36   // of ten degrees
	leastTint  = 0.03 // chroma below which a pixel counts as grey
	leastShare = 0.02 // of the pixels must be coloured, or the picture is grey
)

// hueOf finds the hue of the picture's largest coloured area, in degrees of OKLCH. Each pixel counts by
// its chroma, so that a sleeve's colour wins over its tinted grey.
func hueOf(picture image.Image) int {
	small := shrinkBoxes(picture, hueSide)
	bounds := small.Bounds()
	var h hueCount
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			h.add(small.RGBAAt(x, y))
		}
	}
	return h.strongest()
}

// hueCount is a histogram over the circle of hues. Vectors are kept beside the weights, so that the
// answer is the mean of the strongest colours and not the middle of a bin.
type hueCount struct {
	weight, x, y [hueBins]float64
	seen, tinted int
}

func (h *hueCount) add(c color.RGBA) {
	if c.A < 128 {
		return
	}
	h.seen++
	a, b := oklab(c)
	chroma := math.Hypot(a, b)
	if chroma < leastTint {
		return
	}
	h.tinted++
	bin := int((math.Atan2(b, a)+2*math.Pi)/(2*math.Pi)*hueBins) % hueBins
	h.weight[bin] += chroma
	h.x[bin] += a
	h.y[bin] += b
}

// strongest looks at each bin with its neighbours, since an area of one colour lies across two.
func (h *hueCount) strongest() int {
	if float64(h.tinted) < leastShare*float64(h.seen) || h.tinted == 0 {
		return greyHue
	}
	best, most := 0, -1.0
	for i := range hueBins {
		before, after := (i+hueBins-1)%hueBins, (i+1)%hueBins
		if sum := h.weight[before] + 2*h.weight[i] + h.weight[after]; sum > most {
			best, most = i, sum
		}
	}
	before, after := (best+hueBins-1)%hueBins, (best+1)%hueBins
	x, y := h.x[before]+h.x[best]+h.x[after], h.y[before]+h.y[best]+h.y[after]
	degrees := int(math.Round(math.Atan2(y, x) * 180 / math.Pi))
	return (degrees + 360) % 360
}

// oklab gives the two colour axes of OKLab; lightness is not needed here.
func oklab(c color.RGBA) (a, b float64) {
	red, green, blue := linear(c.R, c.A), linear(c.G, c.A), linear(c.B, c.A)
	l := math.Cbrt(0.4122214708*red + 0.5363325363*green + 0.0514459929*blue)
	m := math.Cbrt(0.2119034982*red + 0.6806995451*green + 0.1073969566*blue)
	s := math.Cbrt(0.0883024619*red + 0.2817188376*green + 0.6299787005*blue)
	return 1.9779984951*l - 2.4285922050*m + 0.4505937099*s, 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
}

// linear undoes the curve of sRGB, and the alpha that color.RGBA has multiplied in.
func linear(channel, alpha uint8) float64 {
	v := min(float64(channel)/float64(alpha), 1)
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
