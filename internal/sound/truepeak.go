package sound

import "math"

const (
	taps = 16 // samples around a place that decide what is between them
	half = taps / 2
	run  = 32 // samples that are passed over together where they cannot hold the peak
)

// between makes samples a quarter, a half and three quarters of the way from one to the next, by a sinc
// under a Kaiser window. The first and the last are mirror images, so one is the sum and the other the
// difference of an even and an odd part; the loudest of both is the sum of their sizes.
type between struct {
	even, odd, middle [half]float32
	most              float32 // a made sample is never louder than the loudest around it times this
}

func newBetween() *between {
	var b between
	quarter, centre := kernel(0.25), kernel(0.5)
	most := 0.0
	for k := range half {
		b.even[k] = float32((quarter[k] + quarter[taps-1-k]) / 2)
		b.odd[k] = float32((quarter[k] - quarter[taps-1-k]) / 2)
		b.middle[k] = float32(centre[k])
	}
	for _, h := range [][taps]float64{quarter, centre} {
		sum := 0.0
		for _, c := range h {
			sum += math.Abs(c)
		}
		most = max(most, sum)
	}
	b.most = float32(most)
	return &b
}

// kernel is the weight of each tap for a place so far behind the last of the first half.
func kernel(fraction float64) (h [taps]float64) {
	const beta = 5.0
	sum := 0.0
	for k := range taps {
		x := float64(k-half+1) - fraction
		window := bessel(beta*math.Sqrt(max(0, 1-x*x/(half*half)))) / bessel(beta)
		h[k] = window
		if x != 0 {
			h[k] *= math.Sin(math.Pi*x) / (math.Pi * x)
		}
		sum += h[k]
	}
	for k := range h {
		h[k] /= sum
	}
	return h
}

// bessel is the modified Bessel function of order 0.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for n := 1.0; term > 1e-12*sum; n++ {
		term *= x / 2 / n * x / 2 / n
		sum += term
	}
	return sum
}

// loudest is the larger of the peak so far and what stands between the samples of x, of which the first
// taps-1 are those before.
func (b *between) loudest(x []float32, peak float32) float32 {
	before := largest(x[:min(taps-1, len(x))])
	for at := 0; at+taps <= len(x); at += run {
		end := min(at+taps-1+run, len(x))
		here := largest(x[at+taps-1 : end])
		if max(before, here)*b.most > peak {
			peak = b.stretch(x[at:end], peak)
		}
		before = here
	}
	return peak
}

func (b *between) stretch(x []float32, peak float32) float32 {
	for ; len(x) >= taps; x = x[1:] {
		w := (*[taps]float32)(x)
		var even, odd, middle float32
		for k := range half {
			s, d := w[k]+w[taps-1-k], w[k]-w[taps-1-k]
			even += b.even[k] * s
			odd += b.odd[k] * d
			middle += b.middle[k] * s
		}
		peak = max(peak, size(even)+size(odd), size(middle))
	}
	return peak
}

func size(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

func largest(x []float32) float32 {
	var most uint32
	for _, sample := range x {
		most = max(most, math.Float32bits(sample)&^(1<<31))
	}
	return math.Float32frombits(most)
}
