package media_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// The files of testdata were encoded by ffmpeg from a tone of 440 Hz and carry the same tags, several
// artists and genres among them, and a tiny cover.
var fixtures = map[string]ingest.Audio{
	"lame.mp3":    {Format: library.MP3, Duration: 500 * time.Millisecond, SampleRate: 44100, Channels: 1},
	"vbr.mp3":     {Format: library.MP3, Duration: 500 * time.Millisecond, SampleRate: 44100, Channels: 1},
	"tone.flac":   {Format: library.FLAC, Duration: 500 * time.Millisecond, SampleRate: 44100, Channels: 1, BitDepth: 16},
	"vorbis.ogg":  {Format: library.Vorbis, Duration: 500 * time.Millisecond, SampleRate: 44100, Channels: 1},
	"opus.ogg":    {Format: library.Opus, Duration: 500 * time.Millisecond, SampleRate: 48000, Channels: 1},
	"aac.m4a":     {Format: library.AAC, Duration: 500 * time.Millisecond, SampleRate: 44100, Channels: 1},
	"alac.m4a":    {Format: library.ALAC, Duration: 500 * time.Millisecond, SampleRate: 8000, Channels: 1, BitDepth: 16},
	"pieces.m4a":  {Format: library.AAC, Duration: 523 * time.Millisecond, SampleRate: 44100, Channels: 1},
	"pcm.wav":     {Format: library.WAV, Duration: 300 * time.Millisecond, SampleRate: 8000, Channels: 1, BitDepth: 16},
	"float32.wav": {Format: library.WAV, Duration: 300 * time.Millisecond, SampleRate: 8000, Channels: 2, BitDepth: 32},
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReadsFixtures(t *testing.T) {
	cover := fixture(t, "cover.jpg")
	for name, want := range fixtures {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, fixture(t, name))
			if got.Audio.BitRate == 0 {
				t.Error("no bit rate")
			}
			if a := got.Audio; a.AudioOffset <= 0 || a.AudioSize <= 0 {
				t.Errorf("the audio is %d bytes at %d", a.AudioSize, a.AudioOffset)
			}
			got.Audio = withoutPlace(got.Audio)
			got.Audio.BitRate = 0
			got.Audio.Duration = got.Audio.Duration.Round(time.Millisecond)
			if diff := cmp.Diff(want, got.Audio); diff != "" {
				t.Errorf("audio (-want +got):\n%s", diff)
			}
			if name == "pieces.m4a" || name == "float32.wav" { // as ffmpeg left them
				if got.Tags.Title != "Night" || got.Tags.Album != "Lines" || got.Tags.Track != 3 {
					t.Errorf("tags %+v", got.Tags)
				}
				return
			}
			if diff := cmp.Diff(wantTags(cover), got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
			if string(got.Picture) != string(cover) {
				t.Errorf("picture of %d bytes", len(got.Picture))
			}
		})
	}
}
