package media_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/ffmpeg"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
)

const probeAnswer = `{"streams":[
	{"codec_type":"video","codec_name":"mjpeg","disposition":{"attached_pic":1}},
	{"codec_type":"audio","codec_name":"flac","sample_rate":"44100","channels":2,"bits_per_raw_sample":"24","tags":{"TITLE":"Under","GENRE":"Dub"}}],
	"format":{"duration":"2.500000","bit_rate":"109696","tags":{"title":"Tea","ALBUM/ARTIST":"Crew","artist":"A; B","ARTISTS":"Ada;Bea","PART_NUMBER":"3","DATE_RELEASED":"2021-05"}}}`

// probing reads a Matroska file of which ffprobe says what it is told to.
func probing(p media.Prober) (ingest.File, error) {
	file := opened{bytes.NewReader([]byte("\x1aE\xdf\xa3 and so on"))}
	return prober(p).Read(context.Background(), file, file.Size())
}

func TestReadsWhatFFprobeSays(t *testing.T) {
	got, err := probing(canned{answer: probeAnswer})
	if err != nil {
		t.Fatal(err)
	}
	want := ingest.File{
		Tags: ingest.Tags{Title: "Tea", Artists: []string{"Ada", "Bea"}, AlbumArtists: []string{"Crew"}, Genres: []string{"Dub"}, Track: 3, Year: 2021, Date: "2021-05"},
		Audio: ingest.Audio{
			Format: library.WebM, Duration: 2500 * time.Millisecond, BitRate: 110, SampleRate: 44100, Channels: 2, BitDepth: 24, AudioSize: 14,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRefusesWhatFFprobeCannotRead(t *testing.T) {
	stream := func(kind, codec string) string {
		return fmt.Sprintf(`{"streams":[{"codec_type":%q,"codec_name":%q,"sample_rate":"48000","channels":2,"duration":"1"}]}`, kind, codec)
	}
	for _, c := range []struct {
		name           string
		prober         canned
		code, sentence string
	}{
		{"no ffprobe", canned{err: fmt.Errorf("look: %w", media.ErrNoProbe)}, "not_audio", "install ffmpeg on the server and scan again"},
		{"refused", canned{err: fault.New(fault.Unsupported, "broken_audio", "no")}, "broken_audio", "ffprobe cannot read it"},
		{"nonsense", canned{answer: "Segmentation fault"}, "broken_audio", "ffprobe cannot read it"},
		{"nothing in it", canned{answer: "{}"}, "broken_audio", "without audio"},
		{"a film", canned{answer: stream("video", "vp9")}, "not_audio", "This is a video"},
		{"an unknown codec", canned{answer: stream("audio", "")}, "not_audio", "cannot decode"},
		{"no length", canned{answer: strings.Replace(stream("audio", "opus"), `"duration":"1"`, `"duration":"N/A"`, 1)}, "broken_audio", "has no audio"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := probing(c.prober)
			wantFault(t, err, c.code, c.sentence)
		})
	}
	failed := errors.New("no more processes")
	if _, err := probing(canned{err: failed}); !errors.Is(err, failed) {
		t.Errorf("a failure of the machine became %v", err)
	}
}

// TestReadsWithFFprobe lets ffmpeg write the formats that only ffprobe reads.
func TestReadsWithFFprobe(t *testing.T) {
	needFFmpeg(t)
	tool, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	reader := media.NewProbingReader(clock.System{}, tool)
	folder := t.TempDir()
	cover := filepath.Join(folder, "cover.jpg")
	if err := os.WriteFile(cover, fixture(t, "cover.jpg"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string]string{
		"song.webm":  "-c:a libopus",
		"song.mka":   "-c:a flac",
		"cover.mka":  "-attach " + cover + " -metadata:s:t mimetype=image/jpeg -c:a libvorbis",
		"vorbis.mkv": "-c:a libvorbis",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			args := "-v error -f lavfi -i anoisesrc=d=1.237:r=48000:a=0.3 -metadata title=Größe -metadata artist=Ada -metadata track=3/9 -metadata date=2021 " + args
			run(t, "ffmpeg", append(strings.Fields(args), path)...)
			got := readFile(t, reader, path)
			if a := got.Audio; a.Format != library.WebM || (a.Duration-1237*time.Millisecond).Abs() > 30*time.Millisecond || a.SampleRate != 48000 || a.Channels != 1 {
				t.Errorf("audio %+v", a)
			}
			want := ingest.Tags{Title: "Größe", Artists: []string{"Ada"}, Track: 3, TrackTotal: 9, Year: 2021, Date: "2021"}
			if diff := cmp.Diff(want, got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
		})
	}
	broken := filepath.Join(folder, "broken.mka")
	content := []byte("\x1aE\xdf\xa3 and nothing that follows")
	if err := os.WriteFile(broken, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(broken)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = reader.Read(context.Background(), f, int64(len(content)))
	wantFault(t, err, "broken_audio", "ffprobe cannot read it")
}
