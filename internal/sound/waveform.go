package sound

import (
	"encoding/binary"
	"errors"
)

// mostPoints bounds a waveform; it has more than half as many unless the song is very short.
const mostPoints = 2000

// Waveform is the loudest sample of each stretch of a song, in any channel, 255 at full scale and above.
type Waveform struct {
	Stretch int // samples
	Rate    int // samples a second
	Peaks   []byte
}

// PerSecond is how many points a second has.
func (w Waveform) PerSecond() float64 {
	if w.Stretch == 0 {
		return 0
	}
	return float64(w.Rate) / float64(w.Stretch)
}

// Encode writes the waveform.
func (w Waveform) Encode() []byte {
	if len(w.Peaks) == 0 {
		return nil
	}
	out := binary.AppendUvarint(nil, uint64(w.Stretch))
	out = binary.AppendUvarint(out, uint64(w.Rate))
	return append(out, w.Peaks...)
}

var errWaveform = errors.New("the bytes are no waveform")

// DecodeWaveform reads what Encode wrote.
func DecodeWaveform(data []byte) (Waveform, error) {
	if len(data) == 0 {
		return Waveform{}, nil
	}
	stretch, n := binary.Uvarint(data)
	if n <= 0 || stretch == 0 || stretch > 1<<40 {
		return Waveform{}, errWaveform
	}
	rate, m := binary.Uvarint(data[n:])
	if m <= 0 || rate > 1<<31 {
		return Waveform{}, errWaveform
	}
	return Waveform{Stretch: int(stretch), Rate: int(rate), Peaks: data[n+m:]}, nil
}

// outline makes a waveform of a song whose length is not known: where it would have too many points, two
// become one. Its stretches begin at a fiftieth of a second.
type outline struct {
	stretch int
	points  []float32
	loudest float32 // of the stretch under way
	left    int     // samples of it to come
}

func newOutline(rate int) *outline {
	stretch := max(1, rate/50)
	return &outline{stretch: stretch, left: stretch, points: make([]float32, 0, mostPoints)}
}

// room is how many samples fit into the stretch under way.
func (o *outline) room() int { return o.left }

// add takes the loudest of so many samples, no more than there is room for.
func (o *outline) add(loudest float32, samples int) {
	o.loudest = max(o.loudest, loudest)
	if o.left -= samples; o.left == 0 {
		o.close()
	}
}

func (o *outline) close() {
	o.points = append(o.points, o.loudest)
	if len(o.points) == mostPoints {
		for i := range mostPoints / 2 {
			o.points[i] = max(o.points[2*i], o.points[2*i+1])
		}
		o.points = o.points[:mostPoints/2]
		o.stretch *= 2
	}
	o.loudest, o.left = 0, o.stretch
}

func (o *outline) waveform(rate int) Waveform {
	if o.left < o.stretch {
		o.points = append(o.points, o.loudest)
	}
	w := Waveform{Stretch: o.stretch, Rate: rate, Peaks: make([]byte, len(o.points))}
	for i, p := range o.points {
		w.Peaks[i] = byte(min(p*255+0.5, 255))
	}
	return w
}
