package cli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/ffmpeg"
	"hathor/internal/media"
	"hathor/internal/sound"
)

// BenchmarkMeasuring measures songs of four minutes and tells the CPU seconds of each, those of the decoder's
// process included: by ffmpeg, and without.
func BenchmarkMeasuring(b *testing.B) {
	tool, err := ffmpeg.Find(b.Context(), ffmpeg.Settings{})
	if err != nil {
		b.Skip(err)
	}
	const music = "aevalsrc='0.3*sin(2*PI*t*(110+mod(floor(t*2),7)*55))*exp(-3*mod(t,0.5))+0.2*sin(2*PI*880*t)*exp(-8*mod(t,0.25))+0.1*(random(0)-0.5)|0.3*sin(2*PI*t*(165+mod(floor(t*2),5)*55))*exp(-3*mod(t,0.5))+0.2*sin(2*PI*660*t)*exp(-8*mod(t,0.25))+0.1*(random(1)-0.5)':s=44100:d=240"
	for name, codec := range map[string]string{
		"song.mp3": "-c:a libmp3lame -b:a 192k", "song.flac": "-c:a flac -sample_fmt s16", "song.opus": "-c:a libopus -b:a 128k", "song.m4a": "-c:a aac -b:a 192k",
	} {
		path := filepath.Join(b.TempDir(), name)
		args := append([]string{"-v", "error", "-f", "lavfi", "-i", music}, strings.Fields(codec)...)
		if out, err := exec.Command("ffmpeg", append(args, path)...).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		b.Run(name+"/ffmpeg", func(b *testing.B) { measureSong(b, path, tool) })
		b.Run(name+"/own", func(b *testing.B) { measureSong(b, path, media.Decoder{}) })
	}
}

func measureSong(b *testing.B, path string, decoder sound.Decoder) {
	b.ReportAllocs()
	before := processorTime()
	for b.Loop() {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		info, _ := file.Stat()
		frames, err := media.NewReader(clock.System{}).Walk(context.Background(), file, info.Size())
		if err != nil {
			b.Fatal(err)
		}
		var m *sound.Meter
		err = decoder.Decode(context.Background(), file, frames, func(s sound.Shape) error { m = sound.NewMeter(s); return nil },
			func(block []float32) error { m.Add(block); return nil })
		if err != nil {
			b.Skip(err)
		}
		m.Result()
		_ = file.Close()
	}
	b.ReportMetric((processorTime()-before).Seconds()/float64(b.N), "cpu-s/song")
}

// processorTime is what this process and its children took so far.
func processorTime() time.Duration {
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var use syscall.Rusage
		_ = syscall.Getrusage(who, &use)
		sum += time.Duration(use.Utime.Nano() + use.Stime.Nano())
	}
	return sum
}
