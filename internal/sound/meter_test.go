package sound_test

import (
	"math"
	"testing"

	"hathor/internal/sound"
)

// tone is so many seconds of a sine in both channels, at so many dB below full scale.
func tone(rate int, frequency, seconds, level, phase float64) []float32 {
	amplitude := math.Pow(10, level/20)
	out := make([]float32, 0, 2*int(seconds*float64(rate)))
	for i := range int(seconds * float64(rate)) {
		x := float32(amplitude * math.Sin(2*math.Pi*frequency*float64(i)/float64(rate)+phase*math.Pi/180))
		out = append(out, x, x)
	}
	return out
}

func join(parts ...[]float32) (all []float32) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// measure feeds the samples in blocks of uneven size.
func measure(shape sound.Shape, samples []float32) (*sound.Loudness, sound.Waveform) {
	m := sound.NewMeter(shape)
	for n := shape.Channels; len(samples) > 0; n = n*2%7919 + shape.Channels {
		n -= n % shape.Channels
		n = min(max(n, shape.Channels), len(samples))
		m.Add(samples[:n])
		samples = samples[n:]
	}
	return m.Result()
}

// TestLoudnessOfMadeSignals follows the minimum requirements of EBU Tech 3341, signals 1 to 5, which allow 0.1 LU.
func TestLoudnessOfMadeSignals(t *testing.T) {
	for _, rate := range []int{44100, 8000} {
		level := func(seconds, dB float64) []float32 { return tone(rate, 1000, seconds, dB, 0) }
		for name, c := range map[string]struct {
			samples []float32
			want    float64
		}{
			"at -23":                    {level(20, -23), -23},
			"at -33":                    {level(5, -33), -33},
			"quiet around is left out":  {join(level(10, -36), level(60, -23), level(10, -36)), -23},
			"silence around":            {join(level(10, -72), level(10, -36), level(60, -23), level(10, -36), level(10, -72)), -23},
			"louder and quieter middle": {join(level(20, -26), level(20.1, -20), level(20, -26)), -23},
		} {
			got, _ := measure(sound.Shape{Rate: rate, Channels: 2}, c.samples)
			if got == nil || math.Abs(got.LUFS-c.want) > 0.1 {
				t.Errorf("%s at %d Hz: %+v, want %v", name, rate, got, c.want)
			}
		}
	}
}

// TestLoudnessOfSurround is signal 6 of EBU Tech 3341: five channels whose weights matter.
func TestLoudnessOfSurround(t *testing.T) {
	const rate = 48000
	var samples []float32
	for i := range 20 * rate {
		x := math.Sin(2 * math.Pi * 1000 * float64(i) / rate)
		at := func(dB float64) float32 { return float32(x * math.Pow(10, dB/20)) }
		samples = append(samples, at(-28), at(-28), at(-24), at(0), at(-30), at(-30)) // the fourth counts nothing
	}
	got, _ := measure(sound.Shape{Rate: rate, Channels: 6}, samples)
	if got == nil || math.Abs(got.LUFS+23) > 0.1 {
		t.Errorf("%+v, want -23", got)
	}
}

// TestTruePeakOfMadeSignals follows signals 15 to 19 of EBU Tech 3341: peaks between samples. +0.2 and -0.4 dB are allowed.
func TestTruePeakOfMadeSignals(t *testing.T) {
	const rate = 48000
	for name, c := range map[string]struct{ frequency, phase, level, want float64 }{
		"a quarter of the rate": {rate / 4, 0, -6.02, -6.02},
		"between the samples":   {rate / 4, 45, -6.02, -6.02},
		"a sixth":               {rate / 6, 60, -6.02, -6.02},
		"an eighth":             {rate / 8, 67.5, -6.02, -6.02},
		"over full scale":       {rate / 4, 45, 3, 3},
		"high":                  {19000, 10, -3, -3},
	} {
		samples := tone(rate, c.frequency, 1, c.level, c.phase)
		for i := range rate / 10 { // a sine that begins at once is louder than itself there
			for _, at := range []int{i, len(samples) - 1 - i} {
				samples[at] *= float32(i) / (rate / 10)
			}
		}
		got, _ := measure(sound.Shape{Rate: rate, Channels: 2}, samples)
		if got == nil || got.TruePeak-c.want > 0.2 || c.want-got.TruePeak > 0.4 {
			t.Errorf("%s: %+v, want %v", name, got, c.want)
		}
	}
}

func TestSilenceAndNonsenseHaveNoLoudness(t *testing.T) {
	nonsense := make([]float32, 2*44100)
	for i := range nonsense {
		nonsense[i] = []float32{float32(math.NaN()), float32(math.Inf(1)), 1e30}[i%3]
	}
	for name, samples := range map[string][]float32{"silence": make([]float32, 2*44100), "nonsense": nonsense, "nothing": nil} {
		got, wave := measure(sound.Shape{Rate: 44100, Channels: 2}, samples)
		if got != nil {
			t.Errorf("%s: %+v", name, got)
		}
		for _, p := range wave.Peaks {
			if p != 0 {
				t.Fatalf("%s: a peak of %d", name, p)
			}
		}
	}
}

func TestWaveformFoldsAndTellsItsPace(t *testing.T) {
	const rate = 8000
	for _, seconds := range []float64{0.01, 1, 39.9, 41, 240} {
		quiet, loud := tone(rate, 500, seconds/2, -40, 0), tone(rate, 500, seconds/2, 0, 0)
		_, wave := measure(sound.Shape{Rate: rate, Channels: 2}, join(quiet, loud))
		if n := len(wave.Peaks); n < 1 || n > 2000 || math.Abs(float64(n)/wave.PerSecond()-seconds) > 2/wave.PerSecond() {
			t.Errorf("%v s: %d points at %v a second", seconds, n, wave.PerSecond())
		}
		if n := len(wave.Peaks); n > 8 && (wave.Peaks[n/4] > 4 || wave.Peaks[3*n/4] < 250) {
			t.Errorf("%v s: %v", seconds, wave.Peaks)
		}
		back, err := sound.DecodeWaveform(wave.Encode())
		if err != nil || back.PerSecond() != wave.PerSecond() || string(back.Peaks) != string(wave.Peaks) {
			t.Errorf("%v, %v", back, err)
		}
	}
}

func BenchmarkMeter(b *testing.B) {
	samples := tone(44100, 997, 10, -6, 0)
	for i := range samples {
		samples[i] += samples[(i*7919)%len(samples)] * 0.5
	}
	b.SetBytes(int64(len(samples) * 4))
	for b.Loop() {
		m := sound.NewMeter(sound.Shape{Rate: 44100, Channels: 2})
		for at := 0; at < len(samples); at += 16384 {
			m.Add(samples[at:min(at+16384, len(samples))])
		}
		m.Result()
	}
}
