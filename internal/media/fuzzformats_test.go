package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// FuzzAIFF takes what stands behind the head of an AIFF or AIFC.
func FuzzAIFF(f *testing.F) {
	f.Add(false, mediatest.AIFF(fullTags(), 10*time.Millisecond, 440)[12:])
	f.Add(true, []byte("COMM\x00\x00\x00\x18\x00\x02\x00\x00\x00\x09\x00\x10\x40\x0e\xac\x44\x00\x00\x00\x00\x00\x00sowt\x00\x00SSND\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00audio"))
	f.Fuzz(func(t *testing.T, packed bool, chunks []byte) {
		kind := "AIFF"
		if packed {
			kind = "AIFC"
		}
		checkRead(t, append([]byte("FORM\x00\x00\x00\x00"+kind), chunks...))
	})
}

// FuzzWavPack takes what stands behind the first four bytes.
func FuzzWavPack(f *testing.F) {
	f.Add(mediatest.WavPack(fullTags())[4:])
	f.Add(fixture(f, "dsd.wv")[4:])
	f.Fuzz(func(t *testing.T, rest []byte) { checkRead(t, append([]byte("wvpk"), rest...)) })
}

// FuzzAPE takes APEv2 tags behind and before audio that is whole.
func FuzzAPE(f *testing.F) {
	audio := mp3Frames()[:960]
	f.Add(mediatest.APE(fullTags()), false)
	f.Add(mediatest.APE(fullTags()), true)
	f.Fuzz(func(t *testing.T, tag []byte, before bool) {
		if before {
			checkRead(t, append([]byte("APETAGEX"), append(tag, audio...)...))
			return
		}
		checkRead(t, append(bytes.Clone(audio), tag...))
	})
}

// FuzzASF takes the header of a Windows Media file, behind its GUID.
func FuzzASF(f *testing.F) {
	f.Add(asfObjects(), []byte("audio"))
	f.Fuzz(func(t *testing.T, objects, audio []byte) {
		if len(objects) < 1<<20 {
			checkRead(t, asfFile(objects, audio))
		}
	})
}

const asfHead = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"

func asfFile(objects, audio []byte) []byte {
	file := binary.LittleEndian.AppendUint64([]byte(asfHead), uint64(30+len(objects)))
	file = append(file, 3, 0, 0, 0, 1, 2)
	return append(append(file, objects...), audio...)
}

// asfObjects say that the audio is a second of stereo, with a few tags and a picture.
func asfObjects() []byte {
	le := binary.LittleEndian
	object := func(guid string, body []byte) []byte {
		return append(le.AppendUint64([]byte(guid), uint64(24+len(body))), body...)
	}
	wide := func(text string) []byte { return []byte(little(text + "\x00"))[2:] }
	file := make([]byte, 80)
	le.PutUint64(file[40:], 13_000_000)
	le.PutUint64(file[56:], 300)
	stream := append([]byte("\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"), make([]byte, 38)...)
	stream = append(stream, 0x61, 1, 2, 0, 0x44, 0xac, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0)
	content := []byte{10, 0, 8, 0, 0, 0, 0, 0, 0, 0}
	content = append(append(content, wide("Tea!")...), wide("Ada")...)
	pair := func(name string, kind uint16, value []byte) []byte {
		b := le.AppendUint16(nil, uint16(len(wide(name))))
		b = le.AppendUint16(append(b, wide(name)...), kind)
		return append(le.AppendUint16(b, uint16(len(value))), value...)
	}
	picture := append([]byte{3, 4, 0, 0, 0}, append(append(wide("image/png"), wide("")...), "data"...)...)
	extended := append([]byte{3, 0}, pair("WM/TrackNumber", 3, []byte{7, 0, 0, 0})...)
	extended = append(append(extended, pair("WM/Genre", 0, wide("Dub"))...), pair("WM/Picture", 1, picture)...)
	more := []byte{1, 0, 0, 0, 0, 0, 14, 0, 0, 0, 8, 0, 0, 0}
	more = append(append(more, wide("Author")...), wide("Bea")...)
	extension := append(make([]byte, 22), object("\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54", more)...)
	return bytes.Join([][]byte{
		object("\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65", extension),
		object("\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65", file),
		object("\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65", stream),
		object("\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", content),
		object("\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50", extended),
	}, nil)
}

func TestReadsWindowsMedia(t *testing.T) {
	got := mustRead(t, asfFile(asfObjects(), make([]byte, 4000)))
	if a := got.Audio; a.Format != library.WMA || a.Duration != time.Second || a.SampleRate != 44100 || a.Channels != 2 {
		t.Errorf("audio %+v", a)
	}
	if tags := got.Tags; tags.Title != "Tea!" || strings.Join(tags.Artists, "+") != "Ada+Bea" || tags.Track != 7 || string(got.Picture) != "data" {
		t.Errorf("tags %+v", tags)
	}
}

// FuzzFixedHead takes the formats whose head is a row of numbers.
func FuzzFixedHead(f *testing.F) {
	f.Add(fixture(f, "tone.mpc"))
	f.Add(dsfFile(8000, mediatest.ID3(fullTags())))
	f.Add(monkeyFile(44_100))
	f.Add(append([]byte("TTA1\x01\x00\x02\x00\x10\x00\x44\xac\x00\x00\x10\x27\x00\x00\x00\x00\x00\x00"), mediatest.APE(fullTags())...))
	f.Add([]byte("MP+\x07\x04\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x90audio"))
	f.Fuzz(checkRead)
}

// FuzzLyrics takes LRC, and the times of ID3.
func FuzzLyrics(f *testing.F) {
	f.Add("[ar:Ada]\n[offset:+250]\n[00:01.00]<00:01.00>One <00:01.50>word\n[00:02.5][01:02]Two", "\x00eng\x02\x01\x00One\x00\x00\x00\x03\xe8Two\x00\x00\x00\x07\xd0")
	f.Add("[99:99.99]["+strings.Repeat("[00:00.00]", 50)+"x", "\x01eng\x02\x01\xff\xfe\x00\x00"+little("\nÿ")+"\x00\x00\x00\x00\x00\x01")
	f.Fuzz(func(t *testing.T, lrc, sylt string) {
		if len(lrc)+len(sylt) < 1<<20 {
			checkRead(t, append(id3Tag(4, 0, frame23("USLT", "\x03eng\x00"+lrc)+frame23("SYLT", sylt)), mp3Frames()[:960]...))
		}
	})
}

// canned answers what it was given, as if ffprobe had said it.
type canned struct {
	answer string
	err    error
}

func (c canned) Probe(context.Context, *os.File, library.Format) ([]byte, error) {
	return []byte(c.answer), c.err
}

// opened is bytes that seem to be an open file.
type opened struct{ *bytes.Reader }

func (opened) File() *os.File { return nil }

// FuzzProbe takes what ffprobe may say.
func FuzzProbe(f *testing.F) {
	f.Add(probeAnswer)
	f.Add(`{"streams":[{"codec_type":"audio","codec_name":"dsd_msbf","sample_rate":"352800","channels":2,"duration":"1e9"}],"format":{"tags":{"a":"b"}}}`)
	f.Fuzz(func(t *testing.T, answer string) {
		file, err := probing(canned{answer: answer})
		if err != nil {
			if fault.KindOf(err) != fault.Unsupported {
				t.Fatalf("%v is no fault of the file's", err)
			}
			return
		}
		checkTags(t, file.Tags)
		if a := file.Audio; a.Duration <= 0 || a.Duration > 1000*time.Hour || a.SampleRate <= 0 || a.Channels <= 0 || a.BitRate < 0 {
			t.Fatalf("audio %+v", a)
		}
	})
}

func prober(p media.Prober) *media.Reader { return media.NewProbingReader(clock.System{}, p) }
