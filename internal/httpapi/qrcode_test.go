package httpapi

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The drawing has to hold each dark module of the code at its place, and nothing else.
func TestCodeIsDrawnModuleForModule(t *testing.T) {
	const text = "http://192.168.1.5:5000/certificate"
	picture, err := drawCode(text)
	if err != nil {
		t.Fatal(err)
	}
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(picture, &svg); err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("0 0 %d %d", code.Size+8, code.Size+8); svg.ViewBox != want {
		t.Errorf("view %s, want %s", svg.ViewBox, want)
	}
	dark := map[[2]int]bool{}
	for run := range strings.SplitSeq(strings.TrimPrefix(svg.Paths[1].D, "M"), "M") {
		var x, y, length, back int
		if _, err := fmt.Sscanf(run, "%d %dh%dv1h-%dz", &x, &y, &length, &back); err != nil || length != back {
			t.Fatalf("a run %q: %v", run, err)
		}
		for i := range length {
			dark[[2]int{x - 4 + i, y - 4}] = true
		}
	}
	for y := range code.Size {
		for x := range code.Size {
			if dark[[2]int{x, y}] != code.Black(x, y) {
				t.Fatalf("module %d, %d is wrong", x, y)
			}
		}
	}
}
