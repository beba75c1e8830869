package sound

import "math"

// biquad are the coefficients of one second-order filter, a0 being 1.
type biquad struct{ b0, b1, b2, a1, a2 float64 }

// weighting is the K-weighting of ITU-R BS.1770-4 for one channel: a shelf for the head, then a high-pass.
// The standard gives coefficients for 48 kHz only; these come from the analogue filters behind them.
type weighting struct {
	shelf, pass    biquad
	s1, s2, p1, p2 float64
}

func newWeighting(rate int) weighting {
	return weighting{shelf: shelfAt(float64(rate)), pass: highPassAt(float64(rate))}
}

func shelfAt(rate float64) biquad {
	const frequency, gain, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
	k := math.Tan(math.Pi * math.Min(frequency/rate, 0.49))
	high := math.Pow(10, gain/20)
	band := math.Pow(high, 0.4996667741545416)
	a0 := 1 + k/quality + k*k
	return biquad{
		b0: (high + band*k/quality + k*k) / a0, b1: 2 * (k*k - high) / a0, b2: (high - band*k/quality + k*k) / a0,
		a1: 2 * (k*k - 1) / a0, a2: (1 - k/quality + k*k) / a0,
	}
}

func highPassAt(rate float64) biquad {
	const frequency, quality = 38.13547087602444, 0.5003270373238773
	k := math.Tan(math.Pi * frequency / rate)
	a0 := 1 + k/quality + k*k
	return biquad{b0: 1, b1: -2, b2: 1, a1: 2 * (k*k - 1) / a0, a2: (1 - k/quality + k*k) / a0}
}

// energy filters the samples and answers the sum of their squares.
func (w *weighting) energy(samples []float32) float64 {
	shelf, pass := w.shelf, w.pass
	s1, s2, p1, p2 := w.s1, w.s2, w.p1, w.p2
	sum := 0.0
	for _, sample := range samples {
		x := float64(sample)
		y := shelf.b0*x + s1
		s1 = shelf.b1*x - shelf.a1*y + s2
		s2 = shelf.b2*x - shelf.a2*y
		z := y + p1 // the high-pass has 1, -2, 1
		p1 = p2 - 2*y - pass.a1*z
		p2 = y - pass.a2*z
		sum += z * z
	}
	w.s1, w.s2, w.p1, w.p2 = settled(s1), settled(s2), settled(p1), settled(p2)
	return sum
}

// settled ends the tail of a filter after music: numbers next to nothing are slow to compute with.
func settled(state float64) float64 {
	if math.Abs(state) < 1e-30 {
		return 0
	}
	return state
}
