package mediatest_test

import (
	"bytes"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// TestPlays lets ffmpeg decode what is made here, to the end and with every checksum checked.
func TestPlays(t *testing.T) {
	needFFmpeg(t)
	tags := mediatest.Tags{
		Title: "Night Bus", Artists: []string{"Ada", "Björn"}, Album: "Lines", Track: 3, TrackTotal: 9,
		Picture: mediatest.JPEG(32, 32, color.RGBA{R: 200, A: 255}),
	}
	for name, file := range map[string][]byte{
		"tone.wav":  mediatest.WAV(tags, 700*time.Millisecond, 440),
		"tone.flac": mediatest.FLAC(tags, 700*time.Millisecond, 440),
		"tone.aiff": mediatest.AIFF(tags, 700*time.Millisecond, 440),
		"tone.wv":   mediatest.WavPack(tags),
		"tone.mp3":  mediatest.MP3(tags, 700*time.Millisecond, 440),
		"tone.ogg":  mediatest.Vorbis(tags),
		"tone.opus": mediatest.Opus(tags),
		"aac.m4a":   mediatest.AAC(tags),
		"alac.m4a":  mediatest.ALAC(tags),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-err_detect", "crccheck+explode",
				"-i", path, "-map", "0:a", "-f", "null", "-").CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Fatalf("ffmpeg: %v\n%s", err, out)
			}
			out, err = exec.Command("ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", path).Output()
			if err != nil || !bytes.Contains(out, []byte("Night Bus")) {
				t.Fatalf("no title in %s (%v)", out, err)
			}
		})
	}
}

func needFFmpeg(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("ffmpeg is not installed, and CI must run this test")
	}
	t.Skip("ffmpeg is not installed, so nothing decodes what is made here")
}

func TestSameArgumentsGiveSameBytes(t *testing.T) {
	tags := mediatest.Tags{Title: "A", Extra: map[string]string{"B": "1", "A": "2", "C": "3"}}
	if !bytes.Equal(mediatest.FLAC(tags, time.Second, 300), mediatest.FLAC(tags, time.Second, 300)) {
		t.Error("two FLAC files differ")
	}
	if !bytes.Equal(mediatest.MP3(tags, time.Second, 300), mediatest.MP3(tags, time.Second, 300)) {
		t.Error("two MP3 files differ")
	}
}
