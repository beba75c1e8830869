package mediatest

import (
	"embed"
	"encoding/binary"
	"math"
	"time"
)

// SampleRate is the rate of the WAV and FLAC files made here: 44.1 kHz, one channel, 16 bits.
const SampleRate = 44100

// sine is a tone at a quarter of full scale. Its length is rounded to the next whole sample.
func sine(length time.Duration, toneHz float64) []int16 {
	samples := make([]int16, int(math.Round(length.Seconds()*SampleRate)))
	for i := range samples {
		samples[i] = int16(8191 * math.Sin(2*math.Pi*toneHz*float64(i)/SampleRate))
	}
	return samples
}

// WAV makes 16-bit PCM with its tags in an id3 chunk, and title, artist and album in LIST INFO too.
func WAV(tags Tags, length time.Duration, toneHz float64) []byte {
	format := binary.LittleEndian.AppendUint32([]byte{1, 0, 1, 0}, SampleRate)
	format = binary.LittleEndian.AppendUint32(format, 2*SampleRate)
	format = append(format, 2, 0, 16, 0)
	var data []byte
	for _, s := range sine(length, toneHz) {
		data = binary.LittleEndian.AppendUint16(data, uint16(s))
	}
	body := append([]byte("WAVE"), chunk("fmt ", format)...)
	body = append(body, info(tags)...)
	body = append(body, chunk("data", data)...)
	body = append(body, chunk("id3 ", ID3(tags))...)
	return chunk("RIFF", body)
}

func info(tags Tags) []byte {
	list := []byte("INFO")
	add := func(id, text string) {
		if text != "" {
			list = append(list, chunk(id, []byte(text+"\x00"))...)
		}
	}
	add("INAM", tags.Title)
	add("IPRD", tags.Album)
	if len(tags.Artists) > 0 {
		add("IART", tags.Artists[0])
	}
	return chunk("LIST", list)
}

func chunk(id string, body []byte) []byte {
	c := append(binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body))), body...)
	if len(body)%2 == 1 {
		c = append(c, 0)
	}
	return c
}

//go:embed frames/*.mp3
var frames embed.FS

const (
	mp3FrameSize   = 96                    // 32 kbit/s at 48 kHz, one channel
	mp3FrameLength = 24 * time.Millisecond // 1152 samples
	mp3Loop        = 25                    // frames; 0.6 s hold a whole number of cycles of every tone
)

// MP3 makes 32 kbit/s, 48 kHz, mono with an ID3v2.4 tag and no Xing header. Its length is rounded up to
// whole frames of 24 ms. The tone is the nearest of 220, 440 and 880 Hz.
func MP3(tags Tags, length time.Duration, toneHz float64) []byte {
	name := "frames/220.mp3"
	if toneHz > 310 {
		name = "frames/440.mp3"
	}
	if toneHz > 620 {
		name = "frames/880.mp3"
	}
	loop, err := frames.ReadFile(name)
	if err != nil {
		panic(err) // the files are in the binary
	}
	file := ID3(tags)
	count := int((length + mp3FrameLength - 1) / mp3FrameLength)
	for i := range count {
		at := i % mp3Loop * mp3FrameSize
		file = append(file, loop[at:at+mp3FrameSize]...)
	}
	return file
}
