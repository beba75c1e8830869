package media_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// corpus is what ffmpeg is asked for: a file's name, its format, how long a frame of the codec is, and how
// it is encoded.
var corpus = []struct {
	name   string
	format library.Format
	frame  time.Duration
	args   string
}{
	{"cbr.mp3", library.MP3, 27 * time.Millisecond, "-ac 2 -c:a libmp3lame -b:a 128k -id3v2_version 3"},
	{"vbr.mp3", library.MP3, 27 * time.Millisecond, "-ac 2 -c:a libmp3lame -q:a 5 -id3v2_version 4 -write_id3v1 1"},
	{"bare.mp3", library.MP3, 54 * time.Millisecond, "-ac 1 -c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0 -write_id3v1 1"},
	{"mpeg2.mp3", library.MP3, 54 * time.Millisecond, "-ac 1 -ar 22050 -c:a libmp3lame -b:a 32k"},
	{"mpeg25.mp3", library.MP3, 80 * time.Millisecond, "-ac 2 -ar 8000 -c:a libmp3lame -b:a 16k"},
	{"abr.mp3", library.MP3, 27 * time.Millisecond, "-ac 2 -c:a libmp3lame -b:a 192k -id3v2_version 4 -abr 1"},
	{"plain.flac", library.FLAC, 0, "-ac 2 -c:a flac"},
	{"deep.flac", library.FLAC, 0, "-ac 6 -ar 96000 -c:a flac -sample_fmt s32 -compression_level 12"},
	{"vorbis.ogg", library.Vorbis, time.Millisecond, "-ac 2 -c:a libvorbis -q:a 3"},
	{"low.ogg", library.Vorbis, time.Millisecond, "-ac 1 -ar 22050 -c:a libvorbis -q:a 0"},
	{"opus.ogg", library.Opus, 20 * time.Millisecond, "-ac 2 -c:a libopus -b:a 96k"},
	{"long.opus", library.Opus, 60 * time.Millisecond, "-ac 1 -c:a libopus -b:a 16k -frame_duration 60"},
	{"surround.opus", library.Opus, 20 * time.Millisecond, "-ac 6 -c:a libopus -b:a 128k"},
	{"aac.m4a", library.AAC, 24 * time.Millisecond, "-ac 2 -c:a aac -b:a 128k"},
	{"fast.m4a", library.AAC, 24 * time.Millisecond, "-ac 2 -c:a aac -b:a 128k -movflags +faststart"},
	{"pieces.m4a", library.AAC, 47 * time.Millisecond, "-ac 2 -c:a aac -movflags +frag_keyframe+empty_moov -frag_duration 500000"},
	{"quick.mov", library.AAC, 24 * time.Millisecond, "-ac 2 -c:a aac -b:a 96k"},
	{"surround.m4a", library.AAC, 24 * time.Millisecond, "-ac 6 -ar 48000 -c:a aac -b:a 256k"},
	{"alac.m4a", library.ALAC, time.Millisecond, "-ac 2 -c:a alac"},
	{"deep.m4a", library.ALAC, time.Millisecond, "-ac 2 -ar 96000 -c:a alac -sample_fmt s32p"},
	{"s16.wav", library.WAV, 0, "-ac 2 -c:a pcm_s16le"},
	{"u8.wav", library.WAV, 0, "-ac 1 -c:a pcm_u8"},
	{"s24.wav", library.WAV, 0, "-ac 6 -c:a pcm_s24le"},
	{"f64.wav", library.WAV, 0, "-ac 2 -c:a pcm_f64le"},
	{"rf64.wav", library.WAV, 0, "-ac 2 -c:a pcm_s32le -rf64 always"},
}

// TestAgreesWithFFmpeg encodes a corpus and holds the lengths against the samples that ffmpeg decodes, and
// the rest against what ffprobe says.
func TestAgreesWithFFmpeg(t *testing.T) {
	needFFmpeg(t)
	for _, c := range corpus {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			args := "-v error -f lavfi -i anoisesrc=d=3.217:c=pink:r=44100:a=0.3 -metadata title=Größe -metadata album=Lines " +
				"-metadata artist=Ada -metadata genre=Dub -metadata date=2021 -metadata track=3 " + c.args
			run(t, "ffmpeg", append(strings.Fields(args), path)...)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := mustRead(t, data)
			rate, channels := probe(t, path)
			if got.Audio.Format != c.format || got.Audio.SampleRate != rate || got.Audio.Channels != channels {
				t.Errorf("%+v, ffprobe says %d Hz and %d channels", got.Audio, rate, channels)
			}
			if off := (got.Audio.Duration - decoded(t, path, rate)).Abs(); off > c.frame+time.Microsecond {
				t.Errorf("%v is off by %v", got.Audio.Duration, off)
			}
			want := ingest.Tags{Title: "Größe", Album: "Lines", Artists: []string{"Ada"}, Genres: []string{"Dub"}, Track: 3, Year: 2021, Date: "2021"}
			switch c.name {
			case "bare.mp3": // ffmpeg writes no ID3v1 alone
				want = ingest.Tags{}
			case "quick.mov": // nor a number into QuickTime
				want.Track = 0
			}
			if diff := cmp.Diff(want, got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
		})
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return string(out)
}

func probe(t *testing.T, path string) (rate, channels int) {
	t.Helper()
	out := run(t, "ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=sample_rate,channels", "-of", "csv=p=0", path)
	fields := strings.Split(strings.TrimSpace(out), ",")
	if len(fields) < 2 {
		t.Fatalf("ffprobe says %q", out)
	}
	rate, _ = strconv.Atoi(fields[0])
	channels, _ = strconv.Atoi(fields[1])
	return rate, channels
}

// decoded is the length of what ffmpeg decodes.
func decoded(t *testing.T, path string, rate int) time.Duration {
	t.Helper()
	samples := len(run(t, "ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-f", "s16le", "-")) / 2
	return time.Duration(float64(samples) / float64(rate) * float64(time.Second))
}

// TestReadsWhatIsPiped has the sizes that an encoder leaves when it cannot go back.
func TestReadsWhatIsPiped(t *testing.T) {
	needFFmpeg(t)
	for _, format := range []string{"wav", "flac", "mp3"} {
		out := run(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=2.5:r=44100", "-f", format, "-")
		got := mustRead(t, []byte(out)).Audio.Duration
		if (got - 2500*time.Millisecond).Abs() > 54*time.Millisecond {
			t.Errorf("%s: %v", format, got)
		}
	}
}

func needFFmpeg(t *testing.T) {
	t.Helper()
	for _, program := range []string{"ffmpeg", "ffprobe"} {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI must run this test", program)
		}
		t.Skipf("%s is not installed: the corpus it would make is not tested", program)
	}
}
