package sound

import "math"

const (
	absoluteGate = -70.0 // LUFS
	relativeGate = -10.0 // LU
	overlapping  = 4     // segments of 100 ms in a block
)

// gating integrates loudness over blocks of 400 ms, a new one every 100 ms.
type gating struct {
	segment  int       // samples of 100 ms
	left     int       // to come of the segment under way
	sum      float64   // its energy so far
	energies []float64 // mean squares of the segments, weighted over channels
}

func newGating(rate int) *gating {
	segment := max(1, (rate+5)/10)
	return &gating{segment: segment, left: segment}
}

// room is how many samples fit into the segment under way.
func (g *gating) room() int { return g.left }

func (g *gating) add(energy float64, samples int) {
	g.sum += energy
	if g.left -= samples; g.left == 0 {
		g.energies = append(g.energies, g.sum/float64(g.segment))
		g.sum, g.left = 0, g.segment
	}
}

func loudnessOf(energy float64) float64 { return -0.691 + 10*math.Log10(energy) }

func energyOf(lufs float64) float64 { return math.Pow(10, (lufs+0.691)/10) }

// integrated is the loudness of all of it, false where all is silence.
func (g *gating) integrated() (float64, bool) {
	quiet := energyOf(absoluteGate)
	mean := g.meanAbove(quiet)
	if mean == 0 {
		return 0, false
	}
	return loudnessOf(g.meanAbove(max(quiet, mean*math.Pow(10, relativeGate/10)))), true
}

// meanAbove is the mean energy of the blocks above the gate. What is shorter than a block is one.
func (g *gating) meanAbove(gate float64) float64 {
	if len(g.energies) < overlapping {
		if all := g.whole(); all > gate {
			return all
		}
		return 0
	}
	sum, count := 0.0, 0
	for at := range len(g.energies) - overlapping + 1 {
		e := g.energies[at : at+overlapping]
		if block := (e[0] + e[1] + e[2] + e[3]) / overlapping; block > gate {
			sum, count = sum+block, count+1
		}
	}
	if count == 0 {
		return 0
	}
	return sum / float64(count)
}

func (g *gating) whole() float64 {
	sum := g.sum
	for _, e := range g.energies {
		sum += e * float64(g.segment)
	}
	if samples := len(g.energies)*g.segment + g.segment - g.left; samples > 0 {
		return sum / float64(samples)
	}
	return 0
}
