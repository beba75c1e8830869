package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image/color"
	"strings"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/media/mediatest"
)

func wantFault(t *testing.T, err error, code, sentence string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	if f.Code != code || !strings.Contains(f.Message, sentence) {
		t.Errorf("got %s %q, want %s %q", f.Code, f.Message, code, sentence)
	}
}

func TestRefusesWhatIsNoAudio(t *testing.T) {
	riff := func(kind string) string { return "RIFF\x10\x00\x00\x00" + kind + strings.Repeat("\x00", 20) }
	for _, c := range []struct{ name, data, sentence string }{
		{"empty", "", "The file is empty"},
		{"png", string(mediatest.PNG(8, 8, color.Black)), "This is a PNG picture, not audio"},
		{"jpeg", string(mediatest.JPEG(8, 8, color.Black)), "a JPEG picture"},
		{"gif", "GIF89a" + strings.Repeat("\x00", 30), "a GIF picture"},
		{"webp", riff("WEBP"), "a WebP picture"},
		{"avi", riff("AVI "), "an AVI video"},
		{"html", "\xef\xbb\xbf\n<!DOCTYPE html><html><body>404</body></html>", "an HTML page"},
		{"svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG picture"},
		{"hls", "#EXTM3U\n#EXT-X-TARGETDURATION:10\nhttp://10.0.0.1/a.ts\n", "playlist"},
		{"ffconcat", "ffconcat version 1.0\nfile /etc/passwd\n", "an ffconcat list"},
		{"text", "Just a letter to nobody, and long enough to hold many words.", "a text file"},
		{"json", `{"error":"not found"}`, "a JSON document"},
		{"pdf", "%PDF-1.7\n", "a PDF document"},
		{"zip", "PK\x03\x04rest", "a ZIP archive"},
		{"matroska", "\x1aE\xdf\xa3rest", "a Matroska or WebM file, which is read with the help of ffprobe: install ffmpeg"},
		{"dsdiff behind a tag", "ID3\x04\x00\x00\x00\x00\x00\x00FRM8rest", "a DSDIFF file, which is read with the help of ffprobe"},
		{"old musepack", "MP+\x06and more", "a Musepack file of an old kind"},
		{"packed aiff", "FORM\x00\x00\x00\x30AIFCCOMM\x00\x00\x00\x18\x00\x02\x00\x00\x00\x09\x00\x10\x40\x0e\xac\x44\x00\x00\x00\x00\x00\x00ima4\x00\x00", `This AIFF holds "ima4" audio`},
		{"iff picture", "FORM\x00\x00\x00\x10ILBMBMHD", "no audio of a known kind"},
		{"three bytes of a frame", "\xff\xfb\x14", "no audio of a known kind"},
		{"a letter cut within a rune", strings.Repeat("ä", 700), "a text file"},
		{"zeros", strings.Repeat("\x00", 50_000), "no audio of a known kind"},
		{"noise", strings.Repeat("\x01\x80\xfe\x99", 5000), "no audio of a known kind"},
		{"adts", "\xff\xf1\x50\x80\x02\x1f\xfc" + strings.Repeat("\x21", 200), "bare AAC"},
		{"layer two", strings.Repeat("\xff\xfd\x14\xc4"+strings.Repeat("\x00", 92), 8), "layer II"},
		{"ogg speex", oggPage(2, 0, 7, "Speex   1.2rc1"+strings.Repeat("\x00", 60)), "Speex"},
		{"ogg theora", oggPage(2, 0, 7, "\x80theora\x03\x02\x01") + oggPage(0, 0, 7, "\x81theora"), "Theora"},
		{"heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"},
		{"video", string(videoOnly()), "a video without sound"},
		{"wav adpcm", wavOf(0x11, 2, 8000, 4, 1000, 1000), "codec 0x0011"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read([]byte(c.data))
			wantFault(t, err, "not_audio", c.sentence)
		})
	}
}

func TestRefusesBrokenAudio(t *testing.T) {
	tags := mediatest.Tags{Title: "A", Picture: bytes.Repeat([]byte("x"), 2000)}
	flac, wav := mediatest.FLAC(tags, time.Second, 440), mediatest.WAV(tags, time.Second, 440)
	aac, vorbis, opus := mediatest.AAC(tags), mediatest.Vorbis(tags), mediatest.Opus(tags)
	huge := append([]byte("ID3\x04\x00\x00"), 0x7f, 0x7f, 0x7f, 0x7f)
	for _, c := range []struct {
		name     string
		data     []byte
		sentence string
	}{
		{"mp3 tag alone", mediatest.ID3(tags), "no audio frames"},
		{"mp3 tag and junk", append(mediatest.ID3(tags), bytes.Repeat([]byte{1}, 9000)...), "no audio frames"},
		{"mp3 within its tag", mediatest.ID3(tags)[:900], "cut short"},
		{"mp3 with half a frame", append(mediatest.ID3(tags), mediatest.MP3(mediatest.Tags{}, time.Second, 440)[10:60]...), "no audio frames"},
		{"mp3 with a huge tag", huge, "bigger than 16 MB"},
		{"flac marker alone", []byte("fLaC"), "cut short"},
		{"flac within its picture", flac[:500], "cut short"},
		{"flac before its audio", flac[:bytes.Index(flac, []byte("\xff\xf8\x79"))], "no audio frames"},
		{"flac in the middle", flac[:len(flac)/2], "cut short"},
		{"wav head alone", wav[:12], "does not say"},
		{"wav in the middle", wav[:len(wav)/2], "cut short"},
		{"wav without samples", []byte(wavOf(1, 2, 44100, 16, 0, 0)), "no audio"},
		{"wav without channels", []byte(wavOf(1, 0, 44100, 16, 100, 100)), "cannot be"},
		{"wav without a rate", []byte(wavOf(1, 1, 0, 16, 100, 100)), "sample rate"},
		{"wav with a mad rate", []byte(wavOf(1, 1, 1<<31, 16, 100, 100)), "sample rate"},
		{"m4a within its audio", aac[:bytes.Index(aac, []byte("moov"))-400], "cut short"},
		{"m4a without an index", aac[:bytes.Index(aac, []byte("moov"))-4], "index is missing"},
		{"m4a head alone", aac[:40], "cut short"},
		{"vorbis head alone", vorbis[:58], "cut short"},
		{"vorbis within its tags", vorbis[:1000], "cut short"},
		{"opus head alone", opus[:47], "cut short"},
		{"opus without audio", opus[:bytes.LastIndex(opus, []byte("OggS"))], "no audio"},
		{"ogg from the middle", vorbis[bytes.LastIndex(vorbis, []byte("OggS")):], "does not start at its start"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read(c.data)
			wantFault(t, err, "broken_audio", c.sentence)
		})
	}
}

// TestForgives reads files that are wrong in ways that real programs make.
func TestForgives(t *testing.T) {
	second := mediatest.MP3(mediatest.Tags{}, 960*time.Millisecond, 440)
	frames := second[len(mediatest.ID3(mediatest.Tags{})):]
	flac := mediatest.FLAC(mediatest.Tags{}, time.Second, 440)
	for _, c := range []struct {
		name string
		data []byte
		want time.Duration
	}{
		{"wav with size 0", []byte(wavOf(1, 1, 1000, 8, 0, 500)), 500 * time.Millisecond},
		{"wav with size of all ones", []byte(wavOf(1, 1, 1000, 8, 0xffffffff, 500)), 500 * time.Millisecond},
		{"wav with size near 2 GB", []byte(wavOf(1, 1, 1000, 8, 0x7ffff000, 500)), 500 * time.Millisecond},
		{"wav a few bytes short", []byte(wavOf(1, 1, 1000, 8, 510, 500)), 500 * time.Millisecond},
		{"extensible wav", []byte(extensible()), 250 * time.Millisecond},
		{"mp3 behind junk", append(bytes.Repeat([]byte{0xff, 0}, 700), frames...), 960 * time.Millisecond},
		{"mp3 cut in the middle", frames[:len(frames)/2+20], 480 * time.Millisecond},
		{"mp3 with junk behind", append(bytes.Clone(frames), "some lyrics"...), 960 * time.Millisecond},
		{"mp3 with two tags", append(mediatest.ID3(mediatest.Tags{Title: "A"}), second...), 960 * time.Millisecond},
		{"flac behind ID3", append(mediatest.ID3(mediatest.Tags{Title: "A"}), flac...), time.Second},
		{"flac with ID3v1 behind", append(bytes.Clone(flac), id3v1("A")...), time.Second},
		{"flac of unknown length", zeroFLACLength(flac), time.Second},
		{"m4a with junk behind", append(mediatest.AAC(mediatest.Tags{}), 0, 0, 0, 3, 1), 500 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := mustRead(t, c.data).Audio.Duration; got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// wavOf makes a WAV whose data chunk claims one size and has another.
func wavOf(codec, channels uint16, rate uint32, depth uint16, claimed uint32, there int) string {
	block := channels * depth / 8
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(36+there))
	b = append(b, "WAVEfmt \x10\x00\x00\x00"...)
	b = binary.LittleEndian.AppendUint16(b, codec)
	b = binary.LittleEndian.AppendUint16(b, channels)
	b = binary.LittleEndian.AppendUint32(b, rate)
	b = binary.LittleEndian.AppendUint32(b, rate*uint32(block))
	b = binary.LittleEndian.AppendUint16(b, block)
	b = binary.LittleEndian.AppendUint16(b, depth)
	b = binary.LittleEndian.AppendUint32(append(b, "data"...), claimed)
	return string(b) + strings.Repeat("\x80", there)
}

// extensible is 24 bits in places of 32, two channels, 2000 Hz, a quarter of a second.
func extensible() string {
	head := "RIFF\x00\x00\x00\x00WAVEfmt \x28\x00\x00\x00\xfe\xff\x02\x00\xd0\x07\x00\x00\x80\x3e\x00\x00\x08\x00\x18\x00" +
		"\x16\x00\x18\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71data\xa0\x0f\x00\x00"
	return head + strings.Repeat("\x00", 4000)
}

// oggPage makes a page with one packet; nobody here checks the sum.
func oggPage(flags byte, granule uint64, serial uint32, packet string) string {
	b := binary.LittleEndian.AppendUint64([]byte{'O', 'g', 'g', 'S', 0, flags}, granule)
	b = binary.LittleEndian.AppendUint32(b, serial)
	b = append(b, make([]byte, 8)...)
	b = append(b, byte(len(packet)/255+1))
	b = append(b, bytes.Repeat([]byte{255}, len(packet)/255)...)
	return string(append(b, byte(len(packet)%255))) + packet
}

func id3v1(title string) []byte {
	tag := make([]byte, 128)
	copy(tag, "TAG"+title)
	return tag
}

func zeroFLACLength(file []byte) []byte {
	file = bytes.Clone(file)
	file[8+13] &= 0xf0
	copy(file[8+14:], "\x00\x00\x00\x00")
	return file
}

// videoOnly turns the sound of an M4A into a picture.
func videoOnly() []byte {
	return bytes.ReplaceAll(mediatest.AAC(mediatest.Tags{}), []byte("soun"), []byte("vide"))
}
