package media_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// hostile are small files made to be expensive: lying lengths, endless lists, circles and bombs.
func hostile() map[string][]byte {
	flac := mediatest.FLAC(mediatest.Tags{Title: "A"}, time.Second/10, 440)
	opus := mediatest.Opus(mediatest.Tags{})
	bomb := deflated("\x03" + strings.Repeat("a", 64<<20))
	files := map[string][]byte{
		"20,000 TXXX":         append(id3Tag(3, 0, strings.Repeat(frame23("TXXX", "\x00ARTISTS\x00Ada"), 20_000)), mp3Frames()...),
		"values of one frame": append(id3Tag(4, 0, frame23("TPE1", "\x03"+strings.Repeat("a\x00", 1<<19))), mp3Frames()...),
		"genres in circles":   append(id3Tag(3, 0, frame23("TCON", "\x00"+strings.Repeat("(17)", 1<<16))), mp3Frames()...),
		"compressed bombs":    append(id3Tag(4, 0, strings.Repeat(frameWith("TIT2", "\x00\x08", bomb), 30)), mp3Frames()...),
		"all 0xff":            bytes.Repeat([]byte{0xff}, 1<<20),
		"frame heads only":    bytes.Repeat([]byte{0xff, 0xfb, 0x14, 0xc4}, 1<<18),
		"flac comment count":  lie(flac, []byte("mediatest"), 9),
		"flac comment length": lie(flac, []byte("TITLE=A"), -4),
		"flac pictures":       append(append([]byte("fLaC"), bytes.Repeat([]byte("\x06\x00\x00\x20\x00\x00\x00\x03\xff\xff\xff\xff"+strings.Repeat("\x00", 24)), 9000)...), flac[4:]...),
		"ogg empty pages":     append(bytes.Clone(opus[:47]), strings.Repeat(oggPageOf(binary.LittleEndian.Uint32(opus[14:]), "", ""), 100_000)...),
		"ogg one long packet": append(bytes.Clone(opus[:47]), strings.Repeat(oggPageOf(binary.LittleEndian.Uint32(opus[14:]), strings.Repeat("\xff", 255), strings.Repeat("a", 255*255)), 100)...),
		"ogg heads":           []byte(strings.Repeat("OggS", 1<<18)),
		"mp4 nested":          append([]byte("\x00\x00\x00\x08ftyp"), nested(20_000)...),
		"mp4 empty atoms":     append([]byte("\x00\x00\x00\x08ftyp"), bytes.Repeat([]byte("\x00\x00\x00\x08free"), 1<<17)...),
		"mp4 atoms of size 0": append([]byte("\x00\x00\x00\x08ftyp"), bytes.Repeat([]byte("\x00\x00\x00\x00moov"), 1<<16)...),
		"mp4 wide sizes":      []byte("\x00\x00\x00\x08ftyp\x00\x00\x00\x01moov\x7f\xff\xff\xff\xff\xff\xff\xff"),
		"mp4 many tracks":     append([]byte("\x00\x00\x00\x08ftyp"), boxOf("moov", strings.Repeat(boxOf("trak", strings.Repeat(boxOf("mdia", ""), 20)), 4000))...),
		"wav chunks":          append([]byte(wavOf(1, 1, 1000, 8, 500, 500)), strings.Repeat("LIST\x00\x00\x00\x00", 1<<17)...),
		"wav with id3 often":  append([]byte(wavOf(1, 1, 1000, 8, 500, 500)), strings.Repeat("id3 \x14\x00\x00\x00"+string(id3Tag(3, 0, "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")), 5000)...),
		"picture in base64":   mediatest.Opus(mediatest.Tags{Extra: map[string]string{"METADATA_BLOCK_PICTURE": strings.Repeat("A", 1<<20)}}),
		"picture's own size":  mediatest.Opus(mediatest.Tags{Extra: map[string]string{"METADATA_BLOCK_PICTURE": base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 60))}}),
		"stacked accents":     mediatest.FLAC(mediatest.Tags{Title: "a" + strings.Repeat("\u0301\u0323", 100_000)}, time.Second/10, 440),
		"text of 1 MB":        mediatest.FLAC(mediatest.Tags{Lyrics: strings.Repeat("ä\n", 1<<19)}, time.Second/10, 440),
	}
	return files
}

// lie writes a huge length at an offset behind the place where the bytes are found.
func lie(file, at []byte, offset int) []byte {
	file = bytes.Clone(file)
	binary.LittleEndian.PutUint32(file[bytes.Index(file, at)+offset:], 0xfffffff0)
	return file
}

func oggPageOf(serial uint32, table, body string) string {
	b := binary.LittleEndian.AppendUint32(append([]byte("OggS"), make([]byte, 10)...), serial)
	return string(append(append(b, make([]byte, 8)...), byte(len(table)))) + table + body
}

func boxOf(kind, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + kind + body
}

// nested puts atoms into each other.
func nested(depth int) []byte {
	var b []byte
	kinds := []string{"moov", "trak", "mdia", "minf", "stbl"}
	for i := range depth {
		b = append(binary.BigEndian.AppendUint32(b, uint32(8*(depth-i))), kinds[min(i, 4)]...)
	}
	return b
}

// TestHostileFilesAreCheap wants an answer within limits of memory and time, whatever the answer is.
func TestHostileFilesAreCheap(t *testing.T) {
	files := hostile()
	maps.Copy(files, bare())
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			got, err := read(file)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 64<<20 {
				t.Errorf("allocated %d MB", allocated>>20)
			}
			if took > 2*time.Second {
				t.Errorf("took %v", took)
			}
			if err == nil && (len(got.Tags.Artists) > 200 || len(got.Tags.Genres) > 200 || len(got.Tags.Lyrics) > 64<<10) {
				t.Errorf("kept %d artists, %d genres, %d bytes of lyrics", len(got.Tags.Artists), len(got.Tags.Genres), len(got.Tags.Lyrics))
			}
			t.Logf("%v, %d kB, %v", took, (after.TotalAlloc-before.TotalAlloc)>>10, err)
		})
	}
}

// TestReadsTagsOfTenMegabytes holds for the honest but big: the song is read, and so is the picture.
func TestReadsTagsOfTenMegabytes(t *testing.T) {
	picture := mediatest.Tags{Title: "A", Picture: bytes.Repeat([]byte("\xff\xd8\xff picture"), 1<<20)}
	text := mediatest.Tags{Title: "A", Lyrics: strings.Repeat("Größe ", 10<<20/8)}
	for name, write := range map[string]func(mediatest.Tags) []byte{
		"mp3":  func(tags mediatest.Tags) []byte { return mediatest.MP3(tags, time.Second, 440) },
		"flac": func(tags mediatest.Tags) []byte { return mediatest.FLAC(tags, time.Second, 440) },
		"wav":  func(tags mediatest.Tags) []byte { return mediatest.WAV(tags, time.Second, 440) },
		"opus": mediatest.Opus, "vorbis": mediatest.Vorbis, "aac": mediatest.AAC,
	} {
		t.Run(name, func(t *testing.T) {
			if got := mustRead(t, write(picture)); !bytes.Equal(got.Picture, picture.Picture) || got.Tags.Title != "A" {
				t.Errorf("picture of %d bytes, problem %q", len(got.Picture), got.PictureProblem)
			}
			got := mustRead(t, write(text))
			if n := len(got.Tags.Lyrics); n > 64<<10 || n < 64<<10-8 || !strings.HasPrefix(text.Lyrics, got.Tags.Lyrics) {
				t.Errorf("lyrics of %d bytes", n)
			}
		})
	}
}

func TestLeavesOutPicturesOver16MB(t *testing.T) {
	tags := mediatest.Tags{Title: "A", Picture: make([]byte, 16<<20+1)}
	got := mustRead(t, mediatest.AAC(tags))
	if got.Picture != nil || !strings.Contains(got.PictureProblem, "bigger than 16 MB") || got.Tags.Title != "A" {
		t.Errorf("picture of %d bytes, problem %q", len(got.Picture), got.PictureProblem)
	}
	_, err := read(mediatest.Opus(tags))
	wantFault(t, err, "broken_audio", "bigger than 16 MB")
}
