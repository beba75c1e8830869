package ffmpeg_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sound"
)

// made are signals, as ffmpeg makes them, and what they are put into.
var made = []struct {
	name, source, codec string
	frames              sound.Frames
}{
	{"tones.wav", "aevalsrc='0.4*sin(2*PI*440*t)|0.3*sin(2*PI*997*t)':d=12:s=44100", "-c:a pcm_s16le", sound.Frames{Format: library.WAV, SampleRate: 44100, Channels: 2}},
	{"noise.flac", "anoisesrc=d=20:c=pink:r=48000:a=0.5:s=1,volume='if(between(t,5,9),0.05,1)':eval=frame", "-c:a flac", sound.Frames{Format: library.FLAC, SampleRate: 48000, Channels: 1}},
	{"noise.mp3", "anoisesrc=d=20:c=pink:r=44100:a=0.9:s=2,aformat=channel_layouts=stereo,volume=3", "-c:a libmp3lame -b:a 128k", sound.Frames{Format: library.MP3, SampleRate: 44100, Channels: 2}},
	{"noise.opus", "anoisesrc=d=15:c=brown:r=48000:a=0.9:s=3,aformat=channel_layouts=stereo", "-c:a libopus -b:a 96k", sound.Frames{Format: library.Opus, SampleRate: 48000, Channels: 2}},
	{"noise.m4a", "anoisesrc=d=15:c=white:r=44100:a=0.4:s=4,tremolo=f=0.5:d=0.9", "-c:a aac -b:a 128k", sound.Frames{Format: library.AAC, SampleRate: 44100, Channels: 1}},
	{"dense.flac", "anoisesrc=d=10:c=pink:r=96000:a=0.7:s=5", "-c:a flac -sample_fmt s32", sound.Frames{Format: library.FLAC, SampleRate: 96000, Channels: 1}},
	{"around.flac", "anoisesrc=d=10:c=pink:r=48000:a=0.7:s=6,pan=5.1|c0=c0|c1=0.5*c0|c2=0.3*c0|c3=c0|c4=0.4*c0|c5=0.6*c0", "-c:a flac", sound.Frames{Format: library.FLAC, SampleRate: 48000, Channels: 6}},
	{"vorbis.ogg", "aevalsrc='0.9*sin(2*PI*t*(200+600*t))*(0.2+0.8*mod(t,1))':d=10:s=44100", "-c:a libvorbis -q:a 5", sound.Frames{Format: library.Vorbis, SampleRate: 44100, Channels: 1}},
}

func TestLoudnessIsFFmpegs(t *testing.T) {
	tool := find(t)
	for _, c := range made {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			args := append([]string{"-v", "error", "-filter_complex", c.source}, strings.Fields(c.codec)...)
			if out, err := exec.Command("ffmpeg", append(args, path)...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			got := hear(t, tool, path, c.frames)
			lufs, peak := filtered(t, path)
			if math.Abs(got.LUFS-lufs) > 0.1 || math.Abs(got.TruePeak-peak) > 0.2 {
				t.Errorf("%+v, ffmpeg's filter says %v LUFS and %v dB", got, lufs, peak)
			}
		})
	}
}

func hear(t *testing.T, decoder sound.Decoder, path string, f sound.Frames) sound.Loudness {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	var m *sound.Meter
	err = decoder.Decode(t.Context(), in, f, func(s sound.Shape) error { m = sound.NewMeter(s); return nil },
		func(block []float32) error { m.Add(block); return nil })
	if err != nil {
		t.Fatal(err)
	}
	loudness, _ := m.Result()
	if loudness == nil {
		t.Fatal("nothing was heard")
	}
	return *loudness
}

// filtered is what ffmpeg's own filter measures.
func filtered(t *testing.T, path string) (lufs, peak float64) {
	t.Helper()
	out, err := exec.Command("ffmpeg", "-v", "error", "-i", path, "-af", "ebur128=metadata=1:peak=true,ametadata=print:file=-", "-f", "null", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	peak = math.Inf(-1)
	for line := range strings.SplitSeq(string(out), "\n") {
		name, text, _ := strings.Cut(line, "=")
		value, _ := strconv.ParseFloat(text, 64)
		switch {
		case name == "lavfi.r128.I":
			lufs = value
		case strings.HasPrefix(name, "lavfi.r128.true_peaks_ch"):
			peak = max(peak, 20*math.Log10(value))
		}
	}
	return lufs, peak
}

func TestDecodingSaysWhoseFaultItIs(t *testing.T) {
	tool := find(t)
	begin := func(sound.Shape) error { return nil }
	take := func([]float32) error { return nil }
	frames := sound.Frames{Format: library.FLAC, SampleRate: 44100, Channels: 1}
	noise := file(t, "x.flac", bytes.Repeat([]byte("noise"), 10_000))
	if err := tool.Decode(t.Context(), noise, frames, begin, take); fault.KindOf(err) != fault.Unsupported {
		t.Errorf("noise: %v", err)
	}
	frames.Format = "tape"
	if err := tool.Decode(t.Context(), noise, frames, begin, take); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a format nobody knows: %v", err)
	}
	frames.Format = library.WAV
	enough := errors.New("enough")
	if err := tool.Decode(t.Context(), wave(t, 60), frames, begin, func([]float32) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("an error of who takes: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := tool.Decode(ctx, wave(t, 60), frames, begin, func([]float32) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
