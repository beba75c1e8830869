package media_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// mpeg makes a silent frame of MPEG-1 layer III, 48 kHz mono, at the bit rate of the index.
func mpeg(index byte) []byte {
	rates := []int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	frame := make([]byte, 144*rates[index]*1000/48000)
	copy(frame, []byte{0xff, 0xfb, index<<4 | 4, 0xc4})
	return frame
}

// headed puts a Xing header of frames and bytes, with trim, into a frame.
func headed(word string, frames, size int, delay, padding int) []byte {
	frame := mpeg(5)
	x := append([]byte(word), 0, 0, 0, 3)
	x = binary.BigEndian.AppendUint32(x, uint32(frames))
	x = binary.BigEndian.AppendUint32(x, uint32(size))
	x = append(x, "LAME3.100"+string(make([]byte, 12))...)
	x = append(x, byte(delay>>4), byte(delay<<4|padding>>8), byte(padding))
	copy(frame[4+17:], x)
	return frame
}

func vbri(frames, size int) []byte {
	frame := mpeg(5)
	v := append([]byte("VBRI"), 0, 1, 0, 0, 0, 0)
	v = binary.BigEndian.AppendUint32(v, uint32(size))
	copy(frame[36:], binary.BigEndian.AppendUint32(v, uint32(frames)))
	return frame
}

func TestMeasuresMP3(t *testing.T) {
	const frame = 24 * time.Millisecond
	constant := bytes.Repeat(mpeg(5), 1000)
	varied := bytes.Repeat(append(mpeg(1), bytes.Repeat(mpeg(9), 2)...), 1000)
	size := len(constant) + len(mpeg(5))
	trimmed := 1000*frame - time.Duration(576+1000)*time.Second/48000
	for _, c := range []struct {
		name         string
		file         []byte
		want, within time.Duration
	}{
		{"Xing", append(headed("Xing", 1000, size, 0, 0), constant...), 1000 * frame, 0},
		{"LAME's delays taken off", append(headed("Info", 1000, size, 576, 1000), constant...), trimmed, time.Microsecond},
		{"VBRI", append(vbri(1000, size), constant...), 1000 * frame, 0},
		{"constant without header", bytes.Repeat(constant, 4), 4000 * frame, 0},
		{"small and varied without header", varied[:len(varied)/10], 300 * frame, frame},
		{"varied without header", varied, 3000 * frame, 15 * frame},
		{"Xing of a file that was cut", append(headed("Xing", 1000, size, 0, 0), constant[:len(constant)/2]...), 500 * frame, 2 * frame},
		{"Xing that lies", append(headed("Xing", 1<<31, 0, 0, 0), constant...), 2000 * frame, frame},
		{"Xing that is silent", append(headed("Xing", 0, 0, 0, 0), constant...), 1000 * frame, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, c.file).Audio
			if off := (got.Duration - c.want).Abs(); off > c.within {
				t.Errorf("%v, want %v (off by %v)", got.Duration, c.want, off)
			}
		})
	}
	if got := mustRead(t, varied).Audio.BitRate; got < 94 || got > 98 {
		t.Errorf("varied bit rate is %d, want about 96", got)
	}
}

func TestMeasuresOggAmongOtherStreams(t *testing.T) {
	opus := mediatest.Opus(mediatest.Tags{Title: "A"})
	foreign := []byte(oggPage(0, 1<<40, 99, "a page of another stream"))
	long := bytes.Repeat([]byte(oggPage(0, 1<<40, 99, string(make([]byte, 60_000)))), 12)
	for name, file := range map[string][]byte{
		"page at the end": append(bytes.Clone(opus), foreign...),
		"a tail full":     append(bytes.Clone(opus), long...),
		"without granule": append(bytes.Clone(opus), oggPage(0, 1<<64-1, binary.LittleEndian.Uint32(opus[14:]), "x")...),
	} {
		t.Run(name, func(t *testing.T) {
			if got := mustRead(t, file); got.Audio.Duration != 500*time.Millisecond || got.Tags.Title != "A" {
				t.Errorf("%v %q", got.Audio.Duration, got.Tags.Title)
			}
		})
	}
	t.Run("skeleton in front", func(t *testing.T) {
		first := 27 + int(opus[26]) + 19
		file := append(bytes.Clone(opus[:0]), oggPage(2, 0, 5, "fishead\x00\x03\x00"+string(make([]byte, 56)))...)
		file = append(append(file, opus[:first]...), oggPage(0, 0, 5, "fisbone")...)
		if got := mustRead(t, append(file, opus[first:]...)); got.Audio.Duration != 500*time.Millisecond {
			t.Errorf("%v", got.Audio.Duration)
		}
	})
	t.Run("recorded from the middle", func(t *testing.T) {
		file := bytes.Clone(opus)
		last := bytes.LastIndex(file, []byte("OggS"))
		const hour = 3600 * 48000
		granule := binary.LittleEndian.Uint64(file[last+6:])
		binary.LittleEndian.PutUint64(file[last+6:], granule+hour)
		if got := mustRead(t, file).Audio.Duration; got > 520*time.Millisecond || got < 480*time.Millisecond {
			t.Errorf("%v", got)
		}
	})
}

// TestMeasuresM4A changes the lengths that the index tells.
func TestMeasuresM4A(t *testing.T) {
	file := mediatest.AAC(mediatest.Tags{})
	hide := func(data []byte, kinds ...string) []byte {
		for _, kind := range kinds {
			data = bytes.Replace(data, []byte(kind), []byte("free"), 1)
		}
		return data
	}
	zeroMedia := bytes.Clone(file)
	at := bytes.Index(zeroMedia, []byte("mdhd"))
	copy(zeroMedia[at+4+16:], "\x00\x00\x00\x00")
	whole := 22050*time.Second/44100 + 1024*time.Second/44100
	for name, c := range map[string]struct {
		data []byte
		want time.Duration
	}{
		"edit list":    {file, 500 * time.Millisecond},
		"media header": {hide(file, "elst"), whole},
		"samples":      {hide(zeroMedia, "elst"), whole},
		"film header":  {hide(zeroMedia, "elst", "stts"), 500 * time.Millisecond},
	} {
		if got := mustRead(t, c.data).Audio.Duration; (got - c.want).Abs() > time.Millisecond {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
