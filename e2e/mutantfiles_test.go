package e2e

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hathor/internal/media/mediatest"
)

const (
	mutantCount = 2000
	goodCount   = 200
)

// kinds make one short file each, in every format that is made without other programs.
var mutantKinds = []struct {
	ending string
	make   func(mediatest.Tags) []byte
}{
	{"mp3", func(t mediatest.Tags) []byte { return mediatest.MP3(t, 300*time.Millisecond, 440) }},
	{"flac", func(t mediatest.Tags) []byte { return mediatest.FLAC(t, 100*time.Millisecond, 440) }},
	{"wav", func(t mediatest.Tags) []byte { return mediatest.WAV(t, 100*time.Millisecond, 440) }},
	{"aiff", func(t mediatest.Tags) []byte { return mediatest.AIFF(t, 100*time.Millisecond, 440) }},
	{"ogg", mediatest.Vorbis}, {"opus", mediatest.Opus}, {"m4a", mediatest.AAC}, {"mp4", mediatest.ALAC}, {"wv", mediatest.WavPack},
}

// mutation is one way to hurt a file. One that is deadly leaves nothing that can be played.
type mutation struct {
	name   string
	deadly bool
	hurt   func(r *rand.Rand, file []byte) []byte
}

var mutations = []mutation{
	{"flipped", false, func(r *rand.Rand, file []byte) []byte {
		for range 1 + r.IntN(40) {
			file[r.IntN(len(file))] ^= byte(1 + r.IntN(255))
		}
		return file
	}},
	{"head", false, func(r *rand.Rand, file []byte) []byte {
		for range 1 + r.IntN(8) {
			file[r.IntN(min(len(file), 120))] = byte(r.Uint32())
		}
		return file
	}},
	{"cut", false, func(r *rand.Rand, file []byte) []byte { return file[:r.IntN(len(file))] }},
	{"tail", false, func(r *rand.Rand, file []byte) []byte { return file[r.IntN(len(file)):] }},
	{"holes", false, func(r *rand.Rand, file []byte) []byte {
		from := r.IntN(len(file))
		clear(file[from:min(len(file), from+r.IntN(4000))])
		return file
	}},
	{"lengths", false, func(r *rand.Rand, file []byte) []byte {
		for range 1 + r.IntN(6) {
			at := r.IntN(min(len(file)-4, 4000))
			binary.BigEndian.PutUint32(file[at:], []uint32{1<<32 - 1, 1<<31 - 1, 1 << 24, 0, uint32(r.Uint32())}[r.IntN(5)])
		}
		return file
	}},
	{"doubled", false, func(r *rand.Rand, file []byte) []byte {
		at := r.IntN(len(file))
		return slices.Concat(file[:at], file[:at], file[at/2:])
	}},
	{"zeros", true, func(_ *rand.Rand, file []byte) []byte { clear(file); return file }},
	{"stub", true, func(r *rand.Rand, file []byte) []byte { return file[:1+r.IntN(10)] }},
	{"empty", true, func(*rand.Rand, []byte) []byte { return nil }},
	{"noise", true, func(r *rand.Rand, file []byte) []byte {
		for i := range file {
			file[i] = byte(1 + r.IntN(126)) // no byte that a frame could begin with
		}
		copy(file, "\x01\x02\x03\x04noise")
		return file
	}},
}

// specialMutants are files of a shape that chance does not find.
func specialMutants() map[string][]byte {
	many := func(count int) []byte {
		var frames []byte
		for i := range count {
			frames = append(frames, fmt.Sprintf("TXXX\x00\x00\x00\x08\x00\x00\x00n%05d\x00", i)...)
			frames[len(frames)-10-8+7] = 8
		}
		return frames
	}
	tag := func(frames []byte) []byte {
		n := len(frames)
		return append([]byte{'I', 'D', '3', 3, 0, 0, byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}, frames...)
	}
	audio := mediatest.MP3(mediatest.Tags{}, 300*time.Millisecond, 440)
	comments := map[string]string{}
	for i := range 20_000 {
		comments[fmt.Sprintf("N%05d", i)] = "x"
	}
	bomb := func(width, height uint32) []byte { return pngOfSize(width, height) }
	hostile := mediatest.Tags{
		Title: "../../../etc/passwd", Artists: []string{"\x1b[31m\x00\x07", "..\\..\\x", strings.Repeat("n", 70_000)}, Album: "\u202egnp.exe",
		Genres: []string{"<script>alert(1)</script>", strings.Repeat("g;", 5000)}, Lyrics: strings.Repeat("[99:99.99]", 20_000),
	}
	return map[string][]byte{
		"frames.mp3":         append(tag(many(20_000)), audio...),
		"comments.flac":      mediatest.FLAC(mediatest.Tags{Extra: comments}, 100*time.Millisecond, 440),
		"comments.opus":      mediatest.Opus(mediatest.Tags{Extra: comments}),
		"names.mp3":          mediatest.MP3(hostile, 300*time.Millisecond, 440),
		"names.flac":         mediatest.FLAC(hostile, 100*time.Millisecond, 440),
		"names.m4a":          mediatest.AAC(hostile),
		"names.wv":           mediatest.WavPack(hostile),
		"bomb wide.flac":     mediatest.FLAC(mediatest.Tags{Picture: bomb(60_000, 60_000)}, 100*time.Millisecond, 440),
		"bomb tall.m4a":      mediatest.AAC(mediatest.Tags{Picture: bomb(3, 4_000_000_000)}),
		"bomb forty.mp3":     mediatest.MP3(mediatest.Tags{Picture: mediatest.PNG(8000, 4900, color.White)}, 300*time.Millisecond, 440),
		"bomb forty two.ogg": mediatest.Vorbis(mediatest.Tags{Picture: mediatest.PNG(4900, 8000, color.Black)}),
		"tag of 16 MB.mp3":   append(tag(append(many(10), make([]byte, 16<<20)...)), audio...),
		"promised.mp3":       append([]byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), audio...),
	}
}

// pngOfSize is a PNG that claims a size and has no pixels.
func pngOfSize(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	head = append(head, 16, 6, 0, 0, 0)
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	return binary.BigEndian.AppendUint32(append(b, head...), crc32.ChecksumIEEE(head))
}

// strangeNames are names of files that climb, hide or do something to a terminal.
var strangeNames = []string{
	"-rf %s", "..%%2f..%%2f%s", "..\\..\\%s", "bell\x07 \x1b[31m%s", "two\nlines %s", "\u202egnp %s", "con %s", " %s", "%%n%%s %s", strings.Repeat("n", 200) + " %s",
	"夜 %s", "'; drop table songs; -- %s", "<img src=x onerror=alert(1)> %s",
}

// plantMutants fills a folder: good files, mutants, and what is known to be dead. The same folder every time.
func plantMutants(folder string) (deadly []string, err error) {
	r := rand.New(rand.NewPCG(20, 26))
	put := func(name string, content []byte) {
		path := filepath.Join(folder, name)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o700)
		}
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
	}
	cover := mediatest.JPEG(32, 32, color.RGBA{G: 90, A: 255})
	for i := range goodCount {
		kind := mutantKinds[i%len(mutantKinds)]
		tags := mediatest.Tags{Title: fmt.Sprintf("Good %03d", i), Artists: []string{"Ada"}, Album: "Whole", Track: i + 1, Picture: cover}
		put(fmt.Sprintf("mixed/%02d/good %03d.%s", i%20, i, kind.ending), kind.make(tags))
	}
	special := specialMutants()
	for name, content := range special {
		put("special/"+name, content)
	}
	for i := range mutantCount - len(special) {
		kind, m := mutantKinds[r.IntN(len(mutantKinds))], mutations[i%len(mutations)]
		tags := mediatest.Tags{Title: fmt.Sprintf("Mutant %d", i), Artists: []string{"Bea", "Cee"}, Album: "Hurt", Track: 3, TrackTotal: 9, Lyrics: "One\nTwo", Picture: cover}
		name := fmt.Sprintf("mixed/%02d/%04d %s.%s", i%20, i, m.name, kind.ending)
		if i%40 == 7 {
			name = filepath.Dir(name) + "/" + fmt.Sprintf(strangeNames[i/40%len(strangeNames)], filepath.Base(name))
		}
		put(name, m.hurt(r, bytes.Clone(kind.make(tags))))
		if m.deadly {
			deadly = append(deadly, name)
		}
	}
	return deadly, err
}
