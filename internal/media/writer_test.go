package media_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

func rewrite(file []byte, labels ingest.Labels) ([]byte, error) {
	var out bytes.Buffer
	err := media.NewWriter(clock.System{}).Write(context.Background(), &out, bytes.NewReader(file), int64(len(file)), labels)
	return out.Bytes(), err
}

func soundHash(t *testing.T, file []byte) string {
	t.Helper()
	hash, err := media.NewWriter(clock.System{}).SoundHash(context.Background(), bytes.NewReader(file), int64(len(file)), mustRead(t, file).Audio)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", hash)
}

func green() []byte { return mediatest.PNG(300, 300, color.RGBA{G: 200, A: 255}) }

// written are labels to try: plain, in other scripts, long, many, and none.
func written() map[string]ingest.Labels {
	long := strings.Repeat("夜の回線 ", 40)
	var many []string
	for i := range 50 {
		many = append(many, fmt.Sprintf("Artist %d", i))
	}
	return map[string]ingest.Labels{
		"plain": {Title: "New", Artists: []string{"Ada feat. Bo"}, Album: "Lines", AlbumArtists: []string{"Ada"}, Genres: []string{"Jazz"}, Year: 1999, Track: 7, Disc: 2, AlbumMBID: true},
		"scripts": {Title: "夜", Artists: []string{"مغني", "Ö \"quoted\""}, Album: "AC/DC; \\ =", AlbumArtists: []string{"Various Artists"},
			Genres: []string{"R&B/Soul", "ジャズ"}, Year: 2021, Compilation: true, Cover: green(), Picture: ingest.Picture{MediaType: "image/png", Width: 300, Height: 300}},
		"long":  {Title: strings.TrimSpace(long), Artists: many, Album: strings.TrimSpace(long), AlbumArtists: many, Genres: many, Track: 9999, Disc: 9999},
		"empty": {Title: "x"},
	}
}

// subjects are files of every format, with tags and without, as several programs leave them.
func subjects(t *testing.T) map[string][]byte {
	full := fullTags()
	full.Picture = mediatest.JPEG(60, 60, color.RGBA{R: 9, A: 255})
	full.Extra = map[string]string{"MOOD": "odd"}
	all := map[string][]byte{
		"bare.mp3": mediatest.MP3(mediatest.Tags{}, time.Second, 440), "full.mp3": mediatest.MP3(full, time.Second, 440),
		"bare.flac": mediatest.FLAC(mediatest.Tags{}, time.Second, 440), "full.flac": mediatest.FLAC(full, time.Second, 440),
		"bare.wav": mediatest.WAV(mediatest.Tags{}, time.Second, 440), "full.wav": mediatest.WAV(full, time.Second, 440),
		"bare.ogg": mediatest.Vorbis(mediatest.Tags{}), "full.ogg": mediatest.Vorbis(full),
		"bare.opus": mediatest.Opus(mediatest.Tags{}), "full.opus": mediatest.Opus(full),
		"bare.m4a": mediatest.AAC(mediatest.Tags{}), "full.m4a": mediatest.AAC(full), "alac.m4a": mediatest.ALAC(full),
		"first.m4a": moovFirstShifted(t, mediatest.AAC(full)),
		"tails.mp3": []byte(string(mediatest.MP3(full, time.Second, 440)) + string(apeTag("Title", "Old")) + string(id3v1("Old"))),
		"id3.flac":  append(mediatest.ID3(full), mediatest.FLAC(mediatest.Tags{}, time.Second, 440)...),
	}
	for _, name := range []string{"lame.mp3", "vbr.mp3", "tone.flac", "vorbis.ogg", "opus.ogg", "aac.m4a", "alac.m4a", "pcm.wav", "float32.wav"} {
		all["fixture "+name] = fixture(t, name)
	}
	return all
}

// moovFirstShifted is a file with its index first that plays: made by the writer's own rule, checked by ffmpeg.
func moovFirstShifted(t *testing.T, file []byte) []byte {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return moovFirst(file)
	}
	in, out := filepath.Join(t.TempDir(), "in.m4a"), filepath.Join(t.TempDir(), "out.m4a")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-i", in, "-map", "0:a", "-c", "copy", "-movflags", "+faststart", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	made, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestWrittenTagsAreReadBackAndTheSoundStays(t *testing.T) {
	for name, file := range subjects(t) {
		for kind, labels := range written() {
			t.Run(name+" "+kind, func(t *testing.T) {
				before := mustRead(t, file)
				made, err := rewrite(file, labels)
				if err != nil {
					t.Fatal(err)
				}
				after := mustRead(t, made)
				checkLabels(t, labels, after.Tags)
				if labels.Cover != nil && !bytes.Equal(after.Picture, labels.Cover) || labels.Cover == nil && !bytes.Equal(after.Picture, before.Picture) {
					t.Errorf("picture of %d bytes, was %d", len(after.Picture), len(before.Picture))
				}
				if soundHash(t, file) != soundHash(t, made) {
					t.Error("the sound is another")
				}
				if after.Audio.Duration != before.Audio.Duration || after.Audio.SampleRate != before.Audio.SampleRate {
					t.Errorf("audio was %+v, is %+v", before.Audio, after.Audio)
				}
				checkKept(t, before.Tags, after.Tags)
				again, err := rewrite(made, labels)
				if err != nil || !bytes.Equal(again, made) {
					t.Errorf("writing the same again changes the file: %d and %d bytes, %v", len(made), len(again), err)
				}
			})
		}
	}
}

func checkLabels(t *testing.T, want ingest.Labels, got ingest.Tags) {
	t.Helper()
	back := ingest.Labels{
		Title: got.Title, Artists: got.Artists, Album: got.Album, AlbumArtists: got.AlbumArtists, Genres: got.Genres,
		Year: got.Year, Track: got.Track, Disc: got.Disc, Compilation: got.Compilation,
	}
	want.Cover, want.Picture, want.AlbumMBID = nil, ingest.Picture{}, false
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

// checkKept holds what is no label.
func checkKept(t *testing.T, before, after ingest.Tags) {
	t.Helper()
	if before.TrackMBID != after.TrackMBID || before.Lyrics != after.Lyrics || before.OriginalDate != after.OriginalDate ||
		(before.TrackGain == nil) != (after.TrackGain == nil) || before.TrackGain != nil && *before.TrackGain != *after.TrackGain {
		t.Errorf("lost: %+v\nnow %+v", before, after)
	}
	if after.Year == before.Year && before.Date != after.Date {
		t.Errorf("the day %s became %s", before.Date, after.Date)
	}
}

func TestForeignTagsStay(t *testing.T) {
	full := fullTags()
	full.Extra = map[string]string{"MOOD": "oddly specific"}
	for name, file := range map[string][]byte{
		"mp3": mediatest.MP3(full, time.Second, 440), "flac": mediatest.FLAC(full, time.Second, 440),
		"opus": mediatest.Opus(full), "m4a": mediatest.AAC(full), "wav": mediatest.WAV(full, time.Second, 440),
	} {
		made, err := rewrite(file, written()["scripts"])
		if err != nil || !bytes.Contains(made, []byte("oddly specific")) {
			t.Errorf("%s: a tag of another program is gone (%v)", name, err)
		}
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	full := mediatest.WAV(fullTags(), time.Second, 440)
	streamed := bytes.Clone(full)
	at := bytes.Index(streamed, []byte("data"))
	copy(streamed[at+4:], []byte{0xff, 0xff, 0xff, 0xff})
	for name, file := range map[string][]byte{
		"pieces": fixture(t, "pieces.m4a"), "a stream's WAV": streamed,
	} {
		_, err := rewrite(file, written()["plain"])
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Conflict || f.Code != "not_writable" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := rewrite([]byte("<html>"), written()["plain"]); fault.KindOf(err) != fault.Unsupported {
		t.Errorf("a page: %v", err)
	}
}

// TestFFmpegUnderstandsWhatIsWritten decodes old and new with ffmpeg, and asks ffprobe for the tags.
func TestFFmpegUnderstandsWhatIsWritten(t *testing.T) {
	needFFmpeg(t)
	for name, file := range subjects(t) {
		t.Run(name, func(t *testing.T) {
			labels := written()["scripts"]
			made, err := rewrite(file, labels)
			if err != nil {
				t.Fatal(err)
			}
			if samples(t, file) != samples(t, made) {
				t.Error("the samples are others")
			}
			tags := probed(t, made)
			if tags["title"] != labels.Title || tags["album"] != labels.Album || !strings.Contains(tags["artist"], "Ö \"quoted\"") && !strings.Contains(tags["artist"], "مغني") {
				t.Errorf("ffprobe reads %q", tags)
			}
		})
	}
}

func samples(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "md5", "-").CombinedOutput()
	if err != nil || !bytes.HasPrefix(out, []byte("MD5=")) {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// probed are the tags of a file's container and its audio, by names in lower case.
func probed(t *testing.T, file []byte) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Format  struct{ Tags map[string]string }
		Streams []struct{ Tags map[string]string }
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{}
	for _, s := range said.Streams {
		for name, value := range s.Tags {
			tags[strings.ToLower(name)] = value
		}
	}
	for name, value := range said.Format.Tags {
		tags[strings.ToLower(name)] = value
	}
	return tags
}

// FuzzWriter takes whole files of all formats: what is written is read back, and sounds the same.
func FuzzWriter(f *testing.F) {
	names, err := filepath.Glob("testdata/*.*")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		labels := written()["scripts"]
		before, err := read(data)
		if err != nil {
			return
		}
		made, err := rewrite(data, labels)
		if err != nil {
			if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.Unsupported {
				t.Fatalf("%v is no fault of the file's", err)
			}
			return
		}
		after, err := read(made)
		if err != nil {
			return // ingest refuses what cannot be read back
		}
		if before.Audio.Format == library.FLAC && after.Audio.AudioSize != before.Audio.AudioSize {
			t.Fatalf("the sound was %d bytes, is %d", before.Audio.AudioSize, after.Audio.AudioSize)
		}
	})
}
