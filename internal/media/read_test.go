package media_test

import (
	"bytes"
	"context"
	"errors"
	"image/color"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

func read(data []byte) (ingest.File, error) {
	reader := media.NewReader(clock.NewFake(time.Unix(0, 0)))
	return reader.Read(context.Background(), bytes.NewReader(data), int64(len(data)))
}

// withoutPlace leaves out where the audio lies, which has tests of its own.
func withoutPlace(a ingest.Audio) ingest.Audio {
	a.AudioOffset, a.AudioSize = 0, 0
	return a
}

func mustRead(t *testing.T, data []byte) ingest.File {
	t.Helper()
	file, err := read(data)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return file
}

func fullTags() mediatest.Tags {
	return mediatest.Tags{
		Title: "Nacht/Bus – 夜", Artists: []string{"Ada", "AC/DC", "Björn"}, AlbumArtists: []string{"Ada", "Crew"},
		Album: "Lines", Genres: []string{"Dub", "R&B/Soul"}, Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2,
		Date: "2021-05-17", Compilation: true, TitleSort: "Bus, Nacht", ArtistSort: "Ada", AlbumSort: "Lines, The",
		TrackMBID: "0383dadf-2a4e-4d10-a46a-e9e041da8eb3", AlbumMBID: "2c5ad3d4-4d0c-4a3c-8a3b-ff0e5cbb3a5e",
		TrackGain: "-6.25 dB", Lyrics: "One\nTwo", Picture: mediatest.JPEG(16, 16, color.RGBA{R: 200, A: 255}),
		Extra: map[string]string{
			"REPLAYGAIN_TRACK_PEAK": "0.98", "ALBUMARTISTSORT": "Ada & Crew", "ORIGINALDATE": "1999",
			"MUSICBRAINZ_ARTISTID": "0383dadf-2a4e-4d10-a46a-e9e041da8eb3/2C5AD3D4-4D0C-4A3C-8A3B-FF0E5CBB3A5E",
		},
	}
}

// wantTags are fullTags with another picture.
func wantTags(front []byte) ingest.Tags {
	gain, peak := -6.25, 0.98
	return ingest.Tags{
		Title: "Nacht/Bus – 夜", Artists: []string{"Ada", "AC/DC", "Björn"}, AlbumArtists: []string{"Ada", "Crew"},
		Album: "Lines", Genres: []string{"Dub", "R&B/Soul"}, Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2,
		Year: 2021, Date: "2021-05-17", OriginalDate: "1999", Compilation: true,
		TitleSort: "Bus, Nacht", ArtistSort: "Ada", AlbumSort: "Lines, The", AlbumArtistSort: "Ada & Crew",
		TrackMBID: "0383dadf-2a4e-4d10-a46a-e9e041da8eb3", AlbumMBID: "2c5ad3d4-4d0c-4a3c-8a3b-ff0e5cbb3a5e",
		ArtistMBIDs: []string{"0383dadf-2a4e-4d10-a46a-e9e041da8eb3", "2c5ad3d4-4d0c-4a3c-8a3b-ff0e5cbb3a5e"},
		TrackGain:   &gain, TrackPeak: &peak, Lyrics: "One\nTwo", Pictures: map[ingest.PictureKind][]byte{ingest.FrontPicture: front},
	}
}

// TestReadsEveryFormat writes the same tags into all formats and wants the same back from all.
func TestReadsEveryFormat(t *testing.T) {
	tags := fullTags()
	second := time.Second
	for _, c := range []struct {
		name string
		file []byte
		want ingest.Audio
	}{
		{"mp3", mediatest.MP3(tags, 1200*time.Millisecond, 440),
			ingest.Audio{Format: library.MP3, Duration: 1200 * time.Millisecond, BitRate: 32, SampleRate: 48000, Channels: 1}},
		{"flac", mediatest.FLAC(tags, second, 440),
			ingest.Audio{Format: library.FLAC, Duration: second, BitRate: 707, SampleRate: 44100, Channels: 1, BitDepth: 16}},
		{"wav", mediatest.WAV(tags, second, 440),
			ingest.Audio{Format: library.WAV, Duration: second, BitRate: 706, SampleRate: 44100, Channels: 1, BitDepth: 16}},
		{"aiff", mediatest.AIFF(tags, second, 440),
			ingest.Audio{Format: library.AIFF, Duration: second, BitRate: 706, SampleRate: 44100, Channels: 1, BitDepth: 16}},
		{"wavpack", mediatest.WavPack(tags),
			ingest.Audio{Format: library.WavPack, Duration: second / 2, BitRate: 48, SampleRate: 8000, Channels: 1, BitDepth: 16}},
		{"vorbis", mediatest.Vorbis(tags),
			ingest.Audio{Format: library.Vorbis, Duration: second / 2, BitRate: 16, SampleRate: 44100, Channels: 1}},
		{"opus", mediatest.Opus(tags),
			ingest.Audio{Format: library.Opus, Duration: second / 2, BitRate: 18, SampleRate: 48000, Channels: 1}},
		{"aac", mediatest.AAC(tags),
			ingest.Audio{Format: library.AAC, Duration: second / 2, BitRate: 24, SampleRate: 44100, Channels: 1}},
		{"alac", mediatest.ALAC(tags),
			ingest.Audio{Format: library.ALAC, Duration: second / 2, BitRate: 51, SampleRate: 8000, Channels: 1, BitDepth: 16}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, c.file)
			if diff := cmp.Diff(wantTags(tags.Picture), got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.want, withoutPlace(got.Audio)); diff != "" {
				t.Errorf("audio (-want +got):\n%s", diff)
			}
			if !bytes.Equal(got.Picture, tags.Picture) || got.PictureProblem != "" {
				t.Errorf("picture: %d bytes, %q", len(got.Picture), got.PictureProblem)
			}
		})
	}
}

func TestReadsFilesWithoutTags(t *testing.T) {
	for name, file := range bare() {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, file)
			if diff := cmp.Diff(ingest.Tags{}, got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
			if got.Audio.Duration <= 0 || got.Picture != nil {
				t.Errorf("%+v, picture of %d bytes", got.Audio, len(got.Picture))
			}
		})
	}
}

// bare is one short file of each format, without tags.
func bare() map[string][]byte {
	none := mediatest.Tags{}
	return map[string][]byte{
		"mp3": mediatest.MP3(none, time.Second, 440), "flac": mediatest.FLAC(none, time.Second, 440),
		"wav": mediatest.WAV(none, time.Second, 440), "vorbis": mediatest.Vorbis(none),
		"aiff": mediatest.AIFF(none, time.Second, 440), "wavpack": mediatest.WavPack(none),
		"opus": mediatest.Opus(none), "aac": mediatest.AAC(none), "alac": mediatest.ALAC(none),
	}
}

func TestArtistsListWinsOverJoinedArtist(t *testing.T) {
	tags := mediatest.Tags{Artists: []string{"Ada feat. Björn"}, Extra: map[string]string{"ARTISTS": "Ada\x00Björn"}}
	for name, file := range map[string][]byte{
		"mp3": mediatest.MP3(tags, time.Second, 440), "flac": mediatest.FLAC(tags, time.Second, 440), "aac": mediatest.AAC(tags),
	} {
		if got := mustRead(t, file).Tags.Artists; !cmp.Equal(got, []string{"Ada", "Björn"}) {
			t.Errorf("%s: artists %q", name, got)
		}
	}
}

func TestCleansText(t *testing.T) {
	for in, want := range map[string]string{
		"  spaced\t out \r\n":       "spaced  out",
		"abc\u202Egpj.exe\u2066":    "abcgpj.exe",
		"cafe\u0301":                "café",
		"bell\x07 and \x1b[31mred":  "bell and [31mred",
		"bad \xff\xfe bytes":        "bad \uFFFD bytes",
		"\uFEFFmarked":              "marked",
		"<script>alert(1)</script>": "<script>alert(1)</script>",
	} {
		if got := mustRead(t, mediatest.FLAC(mediatest.Tags{Title: in}, time.Second/10, 440)).Tags.Title; got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestOpusGainIsOnTheReplayGainScale(t *testing.T) {
	file := mediatest.Opus(mediatest.Tags{Extra: map[string]string{"R128_TRACK_GAIN": "-512", "R128_ALBUM_GAIN": "nonsense"}})
	got := mustRead(t, file).Tags
	if got.TrackGain == nil || *got.TrackGain != 3 || got.AlbumGain != nil {
		t.Errorf("track %v, album %v", got.TrackGain, got.AlbumGain)
	}
}

func TestStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := mediatest.FLAC(mediatest.Tags{}, time.Second, 440)
	_, err := media.NewReader(clock.System{}).Read(ctx, bytes.NewReader(data), int64(len(data)))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// slowDisk lets three seconds go by at each read.
type slowDisk struct {
	*bytes.Reader
	clock *clock.Fake
}

func (s slowDisk) ReadAt(b []byte, at int64) (int, error) {
	s.clock.Advance(3 * time.Second)
	return s.Reader.ReadAt(b, at)
}

func TestStopsAfterTwoSeconds(t *testing.T) {
	fake := clock.NewFake(time.Unix(0, 0))
	data := mediatest.FLAC(mediatest.Tags{}, time.Second, 440)
	_, err := media.NewReader(fake).Read(context.Background(), slowDisk{bytes.NewReader(data), fake}, int64(len(data)))
	wantFault(t, err, "too_slow", "took too long")
}

// badDisk fails at each read.
type badDisk struct{}

var errDisk = errors.New("disk on fire")

func (badDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestDiskErrorsAreNotTheFilesFault(t *testing.T) {
	_, err := media.NewReader(clock.System{}).Read(context.Background(), badDisk{}, 1000)
	if !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}
