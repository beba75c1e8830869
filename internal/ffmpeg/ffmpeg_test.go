package ffmpeg_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/ffmpeg"
	"hathor/internal/library"
	"hathor/internal/media/mediatest"
	"hathor/internal/stream"
)

var roomy = ffmpeg.Limits{Time: time.Minute, CPU: time.Minute, Memory: 1 << 30, Output: 64 << 20, Nice: 5}

// encode is how the tests make Opus of whatever they have.
var encode = []string{"-map", "0:a:0", "-c:a", "libopus", "-b:a", "64k", "-f", "ogg", "pipe:1"}

func find(t *testing.T) *ffmpeg.Tool {
	t.Helper()
	tool, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{})
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return tool
}

func file(t *testing.T, name string, content []byte) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// wave is a tone of some seconds, mono, 16 bits.
func wave(t *testing.T, seconds int) *os.File {
	t.Helper()
	return file(t, "-i.wav", mediatest.WAV(mediatest.Tags{}, time.Duration(seconds)*time.Second, 440))
}

func TestFindsWhatIsInstalled(t *testing.T) {
	tool := find(t)
	if tool.Version() == "" || !tool.Encodes("libopus") || tool.Encodes("=") || tool.Encodes("libx264") || !tool.Probes() {
		t.Errorf("found %+v", tool)
	}
}

func TestSaysWhyThereIsNone(t *testing.T) {
	if _, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{Path: "off"}); !errors.Is(err, ffmpeg.ErrOff) || !errors.Is(err, ffmpeg.ErrAbsent) {
		t.Errorf("switched off: %v", err)
	}
	if _, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{Path: "/nowhere/ffmpeg"}); !errors.Is(err, ffmpeg.ErrAbsent) {
		t.Errorf("not there: %v", err)
	}
	other, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{Path: "/bin/echo"})
	if err != nil || other.Check() == nil || other.Version() != "" || other.Encodes("libopus") {
		t.Errorf("another program: %v, %v", other, err)
	}
}

func TestReadsAnOpenFileWhateverItsName(t *testing.T) {
	var out bytes.Buffer
	in := wave(t, 2)
	if err := os.Remove(in.Name()); err != nil {
		t.Fatal(err)
	}
	err := find(t).Run(t.Context(), ffmpeg.Job{Input: in, Format: library.WAV, After: encode, Output: &out, Limits: roomy})
	if err != nil || !bytes.HasPrefix(out.Bytes(), []byte("OggS")) {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
}

// A playlist that is called a song would be followed if ffmpeg chose how to read it.
func TestFollowsNoPlaylist(t *testing.T) {
	target := wave(t, 1)
	for name, text := range map[string]string{
		"hls":    "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n",
		"concat": "ffconcat version 1.0\nfile %s\n",
	} {
		for _, format := range []library.Format{library.MP3, library.WAV, library.WebM} {
			var out bytes.Buffer
			err := find(t).Run(t.Context(), ffmpeg.Job{
				Input: file(t, "song.mp3", fmt.Appendf(nil, text, target.Name())), Format: format, After: encode, Output: &out, Limits: roomy,
			})
			if failed := new(ffmpeg.Failure); !errors.As(err, &failed) || out.Len() > 0 {
				t.Errorf("%s as %s: %d bytes, %v", name, format, out.Len(), err)
			}
		}
	}
}

func TestOutputHasALimit(t *testing.T) {
	limits := roomy
	limits.Output = 10_000
	var out bytes.Buffer
	err := find(t).Run(t.Context(), ffmpeg.Job{Input: wave(t, 60), Format: library.WAV, After: encode, Output: &out, Limits: limits})
	if !errors.Is(err, ffmpeg.ErrTooMuch) || out.Len() > 10_000 {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
}

func TestNobodyTakesTheOutput(t *testing.T) {
	r, w := io.Pipe()
	gone := errors.New("the listener left")
	_ = r.CloseWithError(gone)
	err := find(t).Run(t.Context(), ffmpeg.Job{Input: wave(t, 60), Format: library.WAV, After: encode, Output: w, Limits: roomy})
	if !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

// endless asks for a day of sound in no hurry.
var endless = append([]string{"-af", "aloop=loop=-1:size=8000", "-t", "86400"}, encode...)

func TestEndsWithItsContextAndItsTime(t *testing.T) {
	tool := find(t)
	ctx, cancel := context.WithCancel(t.Context())
	began := beginning{cancel}
	err := tool.Run(ctx, ffmpeg.Job{Input: wave(t, 1), Format: library.WAV, After: endless, Output: began, Limits: roomy})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	limits := roomy
	limits.Time = 300 * time.Millisecond
	err = tool.Run(t.Context(), ffmpeg.Job{Input: wave(t, 1), Format: library.WAV, After: endless, Output: io.Discard, Limits: limits})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("out of time: %v", err)
	}
}

// beginning calls a function at the first byte.
type beginning struct{ begun func() }

func (b beginning) Write(p []byte) (int, error) {
	b.begun()
	return len(p), nil
}

func TestMayWriteNoFile(t *testing.T) {
	target := filepath.Join(t.TempDir(), "written.ogg")
	after := append(append([]string{}, encode[:len(encode)-1]...), "-y", target)
	err := find(t).Run(t.Context(), ffmpeg.Job{Input: wave(t, 20), Format: library.WAV, After: after, Output: io.Discard, Limits: roomy})
	info, statErr := os.Stat(target)
	if err == nil || statErr == nil && info.Size() > 0 {
		t.Errorf("it wrote: %v, %v", info, err)
	}
}

func TestLastWordsAreKeptForTheLog(t *testing.T) {
	err := find(t).Run(t.Context(), ffmpeg.Job{
		Input: file(t, "x.flac", bytes.Repeat([]byte("noise"), 10_000)), Format: library.FLAC, After: encode, Output: io.Discard, Limits: roomy,
	})
	failed := new(ffmpeg.Failure)
	if !errors.As(err, &failed) || failed.Words == "" || len(failed.Words) > 4096 || strings.Contains(failed.Words, "\x1b") {
		t.Errorf("got %v", err)
	}
	if err := find(t).Run(t.Context(), ffmpeg.Job{Input: wave(t, 1), Format: "tape", Limits: roomy}); err == nil || !strings.Contains(err.Error(), "tape") {
		t.Errorf("a format nobody knows: %v", err)
	}
}

func TestTellsHowLongIsWhatItMade(t *testing.T) {
	whole := wave(t, 8)
	content, err := io.ReadAll(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		input        *os.File
		start, least time.Duration
	}{
		{whole, 0, 8 * time.Second}, {whole, 3 * time.Second, 5 * time.Second}, {file(t, "cut.wav", content[:len(content)/2]), 0, 4 * time.Second},
	} {
		for codec := range map[stream.Codec]bool{stream.OpusCodec: true, stream.AACCodec: true, stream.MP3Codec: true} {
			made, err := find(t).Convert(t.Context(), stream.Source{File: c.input, Format: library.WAV, Duration: 8 * time.Second, SampleRate: 44100, Channels: 1},
				stream.Want{Codec: codec, BitRate: 64, Start: c.start}, io.Discard)
			if err != nil || made < c.least-50*time.Millisecond || made > c.least+150*time.Millisecond {
				t.Errorf("%s: %v, want %v; %v", codec, made, c.least, err)
			}
		}
	}
}

// TestAToolThatHangsIsKilledAtItsLimit has an ffmpeg that says something and then nothing for ever, with a child of its own.
func TestAToolThatHangsIsKilledAtItsLimit(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "ffmpeg")
	script := "#!/bin/sh\necho $$\necho trouble >&2\nexec sleep 3600\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	tool, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	limits := roomy
	limits.Time = 300 * time.Millisecond
	var out bytes.Buffer
	err = tool.Run(t.Context(), ffmpeg.Job{Input: wave(t, 1), Format: library.WAV, After: encode, Output: &out, Limits: limits})
	pid := strings.TrimSpace(out.String())
	if !errors.Is(err, context.DeadlineExceeded) || pid == "" {
		t.Fatalf("%q, %v", pid, err)
	}
	if _, err := os.Stat("/proc/" + pid); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is there still: %v", err)
	}
}
