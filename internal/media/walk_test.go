package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
	"hathor/internal/sound"
)

// A recording of noise, mono, of a number of samples that no codec's frames divide.
const (
	recordedRate = 48000
	recorded     = 7*recordedRate + 1237
)

func recording(t *testing.T) (path string, samples []float32) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	samples = make([]float32, recorded)
	raw := make([]byte, 4*recorded)
	smooth := 0.0
	for i := range samples {
		smooth += 0.2 * (random.Float64()*2 - 1 - smooth) // high noise is the first thing that encoders leave out
		samples[i] = float32(smooth)
		binary.LittleEndian.PutUint32(raw[4*i:], math.Float32bits(samples[i]))
	}
	path = filepath.Join(t.TempDir(), "recording.f32")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, samples
}

// walked are formats that the recording is put into: by what they tell how much of the start is the codec's, and how
// much that is.
var walked = []struct {
	name   string
	source sound.TrimSource
	start  int64
	entry  bool // whether decoding can begin at a byte of the file, with the head before it
	args   string
}{
	{"cbr.mp3", sound.LAME, 1105, true, "-c:a libmp3lame -b:a 192k"},
	{"vbr.mp3", sound.LAME, 1105, true, "-c:a libmp3lame -q:a 4"},
	{"plain.flac", sound.Exact, 0, true, "-c:a flac"},
	{"small.flac", sound.Exact, 0, true, "-c:a flac -frame_size 1152 -compression_level 12"},
	{"vorbis.ogg", sound.Vorbis, 0, true, "-c:a libvorbis -q:a 4"},
	{"opus.opus", sound.Opus, 312, true, "-c:a libopus -b:a 96k"},
	{"aac.m4a", sound.EditList, 1024, false, "-c:a aac -b:a 160k"},
	{"fast.m4a", sound.EditList, 1024, false, "-c:a aac -b:a 160k -movflags +faststart"},
	{"alac.m4a", sound.Exact, 0, false, "-c:a alac"},
	{"s16.wav", sound.Exact, 0, false, "-c:a pcm_s16le"},
	{"s24.wav", sound.Exact, 0, false, "-c:a pcm_s24le"},
	{"f32.wav", sound.Exact, 0, false, "-c:a pcm_f32le"},
	{"s16.aiff", sound.Exact, 0, false, "-c:a pcm_s16be"},
	{"s24.aiff", sound.Exact, 0, false, "-c:a pcm_s24be"},
	{"sowt.aiff", sound.Exact, 0, false, "-c:a pcm_s16le -f aiff"},
	{"f32.aiff", sound.Exact, 0, false, "-c:a pcm_f32be -f aiff"},
}

func walk(t *testing.T, data []byte) sound.Frames {
	t.Helper()
	f, err := media.NewReader(clock.NewFake(time.Unix(0, 0))).Walk(t.Context(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// untrimmed are all samples that ffmpeg's decoder gives, as a player's would.
func untrimmed(t *testing.T, path string) []float32 {
	t.Helper()
	args := []string{"-v", "error", "-flags2", "+skip_manual"}
	if strings.HasSuffix(path, ".m4a") {
		args = append(args, "-ignore_editlist", "1")
	}
	return floats(run(t, "ffmpeg", append(args, "-i", path, "-f", "f32le", "-")...))
}

func floats(raw string) []float32 {
	out := make([]float32, len(raw)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(raw[4*i : 4*i+4])))
	}
	return out
}

// shift is how many samples b's content comes later than a's, at most so many.
func shift(a, b []float32, most int) int {
	best, at := math.Inf(-1), 0
	n := min(len(a), len(b))
	for lag := -most; lag <= most; lag++ {
		sum := 0.0
		for i := max(0, -lag); i < min(n, n-lag) && i < 5000; i++ {
			sum += float64(a[i]) * float64(b[i+lag])
		}
		if sum > best {
			best, at = sum, lag
		}
	}
	return at
}

func TestWalksToTheSample(t *testing.T) {
	needFFmpeg(t)
	source, samples := recording(t)
	for _, c := range walked {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			run(t, "ffmpeg", append(append([]string{"-v", "error", "-f", "f32le", "-ar", strconv.Itoa(recordedRate), "-i", source}, strings.Fields(c.args)...), path)...)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := walk(t, data)
			if f.Source != c.source || f.StartTrim != c.start || f.TotalSamples != recorded || f.SampleRate != recordedRate {
				t.Fatalf("%s, %d + %d at %d, want %s, %d + %d", f.Source, f.StartTrim, f.TotalSamples, f.SampleRate, c.source, c.start, recorded)
			}
			raw := untrimmed(t, path)
			if int64(len(raw)) < f.StartTrim+f.TotalSamples {
				t.Fatalf("%d samples come out, less than %d + %d", len(raw), f.StartTrim, f.TotalSamples)
			}
			middle := recorded / 2
			if off := shift(samples[middle:], raw[int(f.StartTrim)+middle:], 100); off != 0 {
				t.Errorf("the music is %d samples off", off)
			}
			checkIndex(t, f)
			if c.entry {
				checkEntries(t, c.name, data, f, raw)
			} else if strings.HasSuffix(c.name, ".m4a") {
				checkPackets(t, path, f)
			}
		})
	}
}

// checkIndex holds an index against what it says of itself.
func checkIndex(t *testing.T, f sound.Frames) {
	t.Helper()
	i := f.Index
	if want := (f.StartTrim + f.TotalSamples - 1) / recordedRate; int64(len(i.Offsets)) < want+1 || len(i.Offsets) != len(i.Samples) {
		t.Fatalf("%d entries, want %d", len(i.Offsets), want+1)
	}
	for k, first := range i.Samples {
		if late := int64(k)*recordedRate - first; late < 0 || late > 2*recordedRate { // a page may be longer than a second
			t.Errorf("entry %d begins %d samples before its second", k, late)
		}
	}
	back, err := sound.DecodeIndex(i.Encode(f.SampleRate), f.SampleRate)
	if err != nil || len(back.Offsets) != len(i.Offsets) || back.Offsets[1] != i.Offsets[1] || back.Samples[2] != i.Samples[2] {
		t.Errorf("read back %+v, %v", back, err)
	}
}

// checkEntries decodes from each entry on and looks where in the whole that is.
func checkEntries(t *testing.T, name string, data []byte, f sound.Frames, raw []float32) {
	t.Helper()
	head := data[:f.Index.Offsets[0]]
	if strings.HasSuffix(name, ".mp3") {
		head = nil
	}
	for k := 1; k < len(f.Index.Offsets)-2; k += 3 {
		path := filepath.Join(t.TempDir(), strconv.Itoa(k)+name)
		if err := os.WriteFile(path, append(bytes.Clone(head), data[f.Index.Offsets[k]:]...), 0o600); err != nil {
			t.Fatal(err)
		}
		from := floats(run(t, "ffmpeg", "-v", "quiet", "-flags2", "+skip_manual", "-i", path, "-t", "1.5", "-f", "f32le", "-"))
		const skipped = 6000 // what a decoder needs to get into the music
		there := int(f.Index.Samples[k]) + skipped
		off := shift(raw[there:], from[skipped:], 3000)
		if off > 0 || -off >= 3000 || (strings.HasSuffix(name, "flac") && off != 0) {
			t.Errorf("decoding from entry %d is %d samples off", k, off)
		}
	}
}

// checkPackets holds the entries against where ffprobe finds packets.
func checkPackets(t *testing.T, path string, f sound.Frames) {
	t.Helper()
	places := map[int64]bool{}
	for line := range strings.SplitSeq(run(t, "ffprobe", "-v", "error", "-show_entries", "packet=pos", "-of", "csv=p=0", path), "\n") {
		at, _ := strconv.ParseInt(strings.TrimRight(strings.TrimSpace(line), ","), 10, 64)
		places[at] = true
	}
	for k, at := range f.Index.Offsets {
		if !places[at] {
			t.Errorf("no packet begins at %d, where entry %d is", at, k)
		}
	}
}

// TestDecodesWithoutHelp holds what is decoded in plain Go against the recording.
func TestDecodesWithoutHelp(t *testing.T) {
	needFFmpeg(t)
	source, samples := recording(t)
	for _, c := range walked {
		if !strings.HasSuffix(c.name, "mp3") && !strings.HasSuffix(c.name, "flac") && !strings.HasSuffix(c.name, "wav") && !strings.HasSuffix(c.name, "aiff") {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			run(t, "ffmpeg", append(append([]string{"-v", "error", "-f", "f32le", "-ar", strconv.Itoa(recordedRate), "-i", source}, strings.Fields(c.args)...), path)...)
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			data, _ := os.ReadFile(path)
			var out []float32
			err = media.Decoder{}.Decode(t.Context(), file, walk(t, data), func(s sound.Shape) error {
				if s != (sound.Shape{Rate: recordedRate, Channels: 1}) {
					t.Errorf("shape %+v", s)
				}
				return nil
			}, func(block []float32) error {
				out = append(out, block...)
				return nil
			})
			if err != nil || len(out) != recorded {
				t.Fatalf("%d samples, want %d: %v", len(out), recorded, err)
			}
			if off := shift(samples[1000:], out[1000:], 100); off != 0 {
				t.Errorf("the music is %d samples off", off)
			}
			alike, all := 0.0, 0.0
			for i, x := range samples {
				alike, all = alike+float64(x*out[i]), all+float64(x*x)
			}
			if alike/all < 0.9 || alike/all > 1.01 {
				t.Errorf("it is %v times as loud", alike/all)
			}
		})
	}
}

// FuzzWalk takes whole files of all formats.
func FuzzWalk(f *testing.F) {
	names, err := filepath.Glob("testdata/*.*")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		f.Add(fixture(f, filepath.Base(name)))
	}
	f.Add(mediatest.FLAC(mediatest.Tags{}, time.Second, 440))
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, err := media.NewReader(clock.NewFake(time.Unix(0, 0))).Walk(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if fault.KindOf(err) != fault.Unsupported {
				t.Fatalf("%v is no fault of the file's", err)
			}
			return
		}
		if frames.StartTrim < 0 || frames.TotalSamples < 0 || len(frames.Index.Offsets) != len(frames.Index.Samples) {
			t.Fatalf("%+v", frames)
		}
		if _, err := sound.DecodeIndex(frames.Index.Encode(frames.SampleRate), frames.SampleRate); err != nil {
			t.Fatal(err)
		}
	})
}

// TestEndsByITunes has what iTunes writes where there is no edit list.
func TestEndsByITunes(t *testing.T) {
	file := mediatest.AAC(mediatest.Tags{Extra: map[string]string{"iTunSMPB": " 00000000 00000840 000000A2 0000000000005000 00000000"}})
	if f := walk(t, file); f.Source != sound.EditList || f.StartTrim != 1024 {
		t.Errorf("with an edit list: %s, %d + %d", f.Source, f.StartTrim, f.TotalSamples)
	}
	file = bytes.Replace(file, []byte("elst"), []byte("free"), 1)
	if f := walk(t, file); f.Source != sound.ITunes || f.StartTrim != 0x840 || f.TotalSamples != 0x5000 {
		t.Errorf("without: %s, %d + %d", f.Source, f.StartTrim, f.TotalSamples)
	}
	file = bytes.Replace(file, []byte("0000000000005000"), []byte("0000000005000000"), 1)
	if f := walk(t, file); f.Source != sound.None || f.StartTrim != 0 {
		t.Errorf("that lies: %s, %d + %d", f.Source, f.StartTrim, f.TotalSamples)
	}
}

// TestEndsOfMP3 cuts a file and puts foreign bytes into it.
func TestEndsOfMP3(t *testing.T) {
	const frame = 1152
	constant := bytes.Repeat(mpeg(5), 100)
	file := append(headed("Info", 100, len(constant)+len(mpeg(5)), 576, 1000), constant...)
	for _, c := range []struct {
		name   string
		file   []byte
		source sound.TrimSource
		start  int64
		total  int64
	}{
		{"whole", file, sound.LAME, 1105, 100*frame - 1576},
		{"cut", file[:len(file)-20*len(mpeg(5))-7], sound.LAME, 1105, 79*frame - 1105},
		{"foreign bytes within", bytes.Join([][]byte{file[:len(mpeg(5))*50], make([]byte, 3000), file[len(mpeg(5))*50:]}, nil), sound.LAME, 1105, 100*frame - 1576},
		{"no delays", append(headed("Info", 100, 0, 0, 0), constant...), sound.None, 0, 100 * frame},
		{"no header", constant, sound.None, 0, 100 * frame},
	} {
		if f := walk(t, c.file); f.Source != c.source || f.StartTrim != c.start || f.TotalSamples != c.total {
			t.Errorf("%s: %s, %d + %d, want %s, %d + %d", c.name, f.Source, f.StartTrim, f.TotalSamples, c.source, c.start, c.total)
		}
	}
}
