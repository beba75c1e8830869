package media_test

import (
	"bytes"
	"context"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// checkRead holds what any file may lead to: a fault of the file's, or a song whose figures and texts
// are safe to store and to show.
func checkRead(t *testing.T, data []byte) {
	start := time.Now()
	got, err := read(data)
	if took := time.Since(start); took > 4*time.Second {
		t.Fatalf("took %v", took)
	}
	if err != nil {
		if fault.KindOf(err) != fault.Unsupported {
			t.Fatalf("%v is no fault of the file's", err)
		}
		return
	}
	a := got.Audio
	if a.Duration <= 0 || a.Duration > 1000*time.Hour || a.SampleRate <= 0 || a.Channels <= 0 || a.BitRate < 0 || a.Format == "" {
		t.Fatalf("audio %+v", a)
	}
	checkTags(t, got.Tags)
	if len(got.Picture) > 16<<20 {
		t.Fatalf("picture of %d bytes", len(got.Picture))
	}
}

func checkTags(t *testing.T, tags ingest.Tags) {
	texts := []string{tags.Title, tags.Album, tags.TitleSort, tags.ArtistSort, tags.AlbumSort, tags.AlbumArtistSort}
	texts = append(append(append(texts, tags.Artists...), tags.AlbumArtists...), tags.Genres...)
	for _, text := range texts {
		if !utf8.ValidString(text) || len(text) > 64<<10 || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\x00\n\r\t\x1b\u202e\u2067") {
			t.Fatalf("text %q", text)
		}
	}
	if !utf8.ValidString(tags.Lyrics) || len(tags.Lyrics) > 64<<10 {
		t.Fatalf("lyrics of %d bytes", len(tags.Lyrics))
	}
	if tags.Track < 0 || tags.TrackTotal < 0 || tags.Disc < 0 || tags.DiscTotal < 0 || tags.Year < 0 || tags.Year > 9999 {
		t.Fatalf("numbers %+v", tags)
	}
}

// FuzzReader takes whole files of all formats.
func FuzzReader(f *testing.F) {
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
	for _, data := range hostile() {
		if len(data) < 20<<10 {
			f.Add(data)
		}
	}
	f.Fuzz(checkRead)
}

// FuzzID3 takes the bodies of ID3v2 tags, before audio that is whole.
func FuzzID3(f *testing.F) {
	audio := mp3Frames()[:960]
	f.Add(byte(3), byte(0), frame23("TIT2", "\x01"+little("A"))+frame23("APIC", "\x00image/png\x00\x03\x00data"))
	f.Add(byte(4), byte(0x80), frame23("TXXX", "\x03ARTISTS\x00A\x00B")+frameWith("TIT2", "\x00\x0b", "\x00\x00\x00\x02"+deflated("\x03A")))
	f.Add(byte(2), byte(0), frame22("TT2", "\x00A")+frame22("PIC", "\x00JPG\x03\x00data")+frame22("ULT", "\x01eng\xff\xfe\x00\x00\xff\xfeA\x00"))
	f.Add(byte(3), byte(0x40), "\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00"+frame23("TCON", "\x00(17)((x"))
	f.Fuzz(func(t *testing.T, version, flags byte, frames string) {
		if len(frames) < 1<<20 {
			checkRead(t, append(id3Tag(version%3+2, flags, frames), audio...))
		}
	})
}

// FuzzVorbisComment takes comment blocks inside a whole FLAC.
func FuzzVorbisComment(f *testing.F) {
	flac := mediatest.FLAC(mediatest.Tags{}, 100*time.Millisecond, 440)
	head, audio := flac[:4+4+34], flac[bytes.Index(flac, []byte("\xff\xf8")):]
	f.Add(mediatest.VorbisComment(fullTags()), mediatest.FLACPicture([]byte("picture")))
	f.Add(mediatest.VorbisComment(mediatest.Tags{Extra: map[string]string{"METADATA_BLOCK_PICTURE": "AAAAAwAAAAA=", "COVERART": "AAAA"}}), []byte{})
	f.Fuzz(func(t *testing.T, comments, picture []byte) {
		if len(comments)+len(picture) > 1<<20 {
			return
		}
		file := append(bytes.Clone(head), 4, byte(len(comments)>>16), byte(len(comments)>>8), byte(len(comments)))
		file = append(append(file, comments...), 0x86, byte(len(picture)>>16), byte(len(picture)>>8), byte(len(picture)))
		checkRead(t, append(append(file, picture...), audio...))
	})
}

// FuzzMP4 takes the contents of the index.
func FuzzMP4(f *testing.F) {
	for _, file := range [][]byte{mediatest.AAC(fullTags()), mediatest.ALAC(mediatest.Tags{})} {
		f.Add(string(file[bytes.LastIndex(file, []byte("moov"))+4:]), "")
	}
	f.Add("", boxOf("traf", boxOf("tfhd", "\x00\x00\x00\x08\x00\x00\x00\x01\x00\x00\x04\x00")+boxOf("trun", "\x00\x00\x00\x00\x00\x00\x00\x09")))
	f.Fuzz(func(t *testing.T, index, piece string) {
		checkRead(t, []byte(boxOf("ftyp", "M4A \x00\x00\x00\x00")+boxOf("moov", index)+boxOf("moof", piece)+boxOf("mdat", "some audio")))
	})
}

// FuzzOgg takes packets, in pages of their own.
func FuzzOgg(f *testing.F) {
	opus := "OpusHead\x01\x02\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
	f.Add(opus, "OpusTags"+string(mediatest.VorbisComment(fullTags())), "\xfc\xff\xfe", uint64(48000))
	f.Add("\x01vorbis\x00\x00\x00\x00\x02\x44\xac\x00\x00"+strings.Repeat("\x00", 13), "\x03vorbis"+string(mediatest.VorbisComment(fullTags())), "audio", uint64(44100))
	f.Fuzz(func(t *testing.T, head, comments, audio string, granule uint64) {
		if max(len(head), len(comments), len(audio)) < 60_000 {
			checkRead(t, []byte(oggPage(2, 0, 1, head)+oggPage(0, 0, 1, comments)+oggPage(0, granule, 1, audio)+oggPage(4, granule, 1, audio)))
		}
	})
}

// FuzzWAV takes what stands behind the head of a WAV.
func FuzzWAV(f *testing.F) {
	wav := mediatest.WAV(fullTags(), 10*time.Millisecond, 440)
	f.Add(wav[12:])
	f.Add([]byte(extensible()[12:200]))
	f.Fuzz(func(t *testing.T, chunks []byte) {
		checkRead(t, append([]byte("RIFF\x00\x00\x00\x00WAVE"), chunks...))
	})
}

// FuzzPicture takes pictures, small ones by their own account.
func FuzzPicture(f *testing.F) {
	for _, name := range []string{"cover.jpg", "cover.webp"} {
		f.Add(fixture(f, name))
	}
	f.Add(mediatest.PNG(9, 9, color.White))
	f.Add(pngHead(10_000, 4_000))
	pictures := media.NewPictures(1)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := pictures.Inspect(context.Background(), data)
		if err != nil {
			if fault.KindOf(err) != fault.Unsupported {
				t.Fatalf("%v is no fault of the picture's", err)
			}
			return
		}
		if got.Hue < 0 || got.Hue > 359 || got.Width < 1 || got.Height < 1 || got.MediaType == "" {
			t.Fatalf("%+v", got)
		}
		if _, _, err := pictures.Shrink(context.Background(), data, 16); err != nil {
			t.Fatalf("inspected, but not shrunk: %v", err)
		}
	})
}
