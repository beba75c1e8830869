package httpapi

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// qrView is a QR code for a client to draw, one unit a square, without the margin.
type qrView struct {
	Size int    `json:"size" minimum:"21" doc:"Squares to a side; leave a margin of four"`
	Path string `json:"path" doc:"The dark squares as the d of an SVG path"`
}

// drawQR makes rows of squares into one path.
func drawQR(text string) (qrView, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrView{}, fmt.Errorf("encode QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			begin := x
			for code.Black(x, y) { // white beyond the edge
				x++
			}
			if x > begin {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begin, y, x-begin, x-begin)
			}
		}
	}
	return qrView{Size: code.Size, Path: path.String()}, nil
}
