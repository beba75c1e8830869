package sound

import (
	"math"
	"time"
)

// longest is the music that is measured for loudness; what follows is not decoded.
const longest = 48 * time.Hour

// Meter measures samples as they come: loudness, true peak and waveform, in one go and in little memory.
type Meter struct {
	shape    Shape
	channels []channel
	outline  *outline
	gates    *gating
	between  *between // nil where samples are so dense that nothing hides between them
	frames   int64
}

type channel struct {
	weight  float64
	filter  weighting
	samples []float32 // taps-1 of those before, then those under way
	peak    float32   // between samples too
}

// stride is how many samples of a channel are worked on at once.
const stride = 2048

// absurd is the bits of 64, a sample that no music has.
const absurd = 0x42800000

// NewMeter begins to measure.
func NewMeter(s Shape) *Meter {
	m := &Meter{shape: s, outline: newOutline(s.Rate), gates: newGating(s.Rate), channels: make([]channel, s.Channels)}
	if s.Rate < 192_000 {
		m.between = newBetween()
	}
	for i := range m.channels {
		m.channels[i] = channel{weight: weight(i, s.Channels), filter: newWeighting(s.Rate), samples: make([]float32, taps-1, taps-1+stride)}
	}
	return m
}

// weight is what BS.1770 gives a channel, in the order of WAV files: the low-frequency one counts nothing, those at the
// sides and behind more.
func weight(channel, of int) float64 {
	const around = 1.41
	switch {
	case of >= 6 && channel == 3:
		return 0
	case of >= 6 && channel > 3, of == 5 && channel > 2, of == 4 && channel > 1:
		return around
	}
	return 1
}

// Add measures a block of whole frames, channels interleaved.
func (m *Meter) Add(block []float32) {
	for n := m.shape.Channels; len(block) >= n; {
		frames := min(len(block)/n, m.outline.room(), m.gates.room(), stride)
		m.work(block[:frames*n], frames)
		block = block[frames*n:]
	}
}

func (m *Meter) work(block []float32, frames int) {
	var loudest float32
	energy := 0.0
	for i := range m.channels {
		c := &m.channels[i]
		peak := c.take(block[i:], m.shape.Channels, frames)
		loudest = max(loudest, peak)
		if c.weight > 0 {
			energy += c.weight * c.filter.energy(c.samples[taps-1:])
		}
		c.search(m.between, peak)
	}
	m.frames += int64(frames)
	m.outline.add(loudest, frames)
	m.gates.add(energy, frames)
}

// take picks the channel out of a block, behind the last samples of the one before, and answers the loudest.
func (c *channel) take(block []float32, step, frames int) float32 {
	copy(c.samples, c.samples[len(c.samples)-taps+1:])
	c.samples = c.samples[:taps-1+frames]
	to := c.samples[taps-1:]
	var most uint32 // the bits of positive numbers are in their order, and nonsense comes behind all of them
	for i, at := 0, 0; i < len(to) && at < len(block); i, at = i+1, at+step {
		x := block[at]
		bits := math.Float32bits(x) &^ (1 << 31)
		if bits >= absurd {
			x, bits = 0, 0
		}
		to[i] = x
		most = max(most, bits)
	}
	return math.Float32frombits(most)
}

func (c *channel) search(b *between, loudest float32) {
	c.peak = max(c.peak, loudest)
	if b != nil {
		c.peak = b.loudest(c.samples, c.peak)
	}
}

// Frames is how many samples of each channel there were.
func (m *Meter) Frames() int64 { return m.frames }

// Result is what was measured; the loudness of silence is nil. Nothing may be added afterwards.
func (m *Meter) Result() (*Loudness, Waveform) {
	wave := m.outline.waveform(m.shape.Rate)
	var peak float32
	for i := range m.channels {
		c := &m.channels[i]
		c.take(make([]float32, half*m.shape.Channels), m.shape.Channels, half) // what swings on behind the end
		c.search(m.between, 0)
		peak = max(peak, c.peak)
	}
	lufs, ok := m.gates.integrated()
	if !ok {
		return nil, wave
	}
	return &Loudness{LUFS: lufs, TruePeak: 20 * math.Log10(float64(peak))}, wave
}
