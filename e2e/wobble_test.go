package e2e

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"testing"
)

const wobbleRate = 8000

// wobble is sound that is like itself nowhere else: a tone whose pitch wanders.
func wobble(seconds int) []float64 {
	random, phase, pitch := rand.New(rand.NewPCG(1, 2)), 0.0, 600.0
	samples := make([]float64, seconds*wobbleRate)
	for i := range samples {
		if i%400 == 0 {
			pitch = 300 + 1500*random.Float64()
		}
		phase += 2 * math.Pi * pitch / wobbleRate
		samples[i] = 0.4 * math.Sin(phase)
	}
	return samples
}

// wave is 16-bit mono WAV at 48 kHz: six of each sample.
func wave(samples []float64) []byte {
	data := make([]byte, 0, 12*len(samples))
	for _, s := range samples {
		for range 6 {
			data = binary.LittleEndian.AppendUint16(data, uint16(int16(s*32767)))
		}
	}
	head := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(36+len(data)))...)
	head = append(head, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	head = binary.LittleEndian.AppendUint32(head, 6*wobbleRate)
	head = binary.LittleEndian.AppendUint32(head, 12*wobbleRate)
	head = append(head, "\x02\x00\x10\x00data"...)
	return append(binary.LittleEndian.AppendUint32(head, uint32(len(data))), data...)
}

// decoded is what a player would make of a converted song.
func decoded(t *testing.T, song []byte) []float64 {
	t.Helper()
	command := exec.Command(ffmpegPath(t), "-nostdin", "-v", "error", "-i", "-", "-ar", fmt.Sprint(wobbleRate), "-ac", "1", "-f", "s16le", "-")
	command.Stdin = bytes.NewReader(song)
	raw, err := command.Output()
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	samples := make([]float64, len(raw)/2)
	for i := range samples {
		samples[i] = float64(int16(binary.LittleEndian.Uint16(raw[2*i:]))) / 32767
	}
	return samples
}

// placeOf finds where in the original two seconds of a song are, by the best correlation within a second around.
func placeOf(original, piece []float64, around int) (place int, likeness float64) {
	const length = 2 * wobbleRate
	best := -1.0
	for at := max(0, around-wobbleRate); at <= around+wobbleRate && at+length <= len(original); at++ {
		var product, a, b float64
		for i := range length {
			x, y := original[at+i], piece[i]
			product, a, b = product+x*y, a+x*x, b+y*y
		}
		if like := product / math.Sqrt(a*b+1e-12); like > best {
			best, place = like, at
		}
	}
	return place, best
}
