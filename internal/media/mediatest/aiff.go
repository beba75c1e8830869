package mediatest

import (
	"encoding/binary"
	"time"
)

// AIFF makes 16-bit PCM with its tags in an ID3 chunk, and the title in a text chunk too.
func AIFF(tags Tags, length time.Duration, toneHz float64) []byte {
	samples := sine(length, toneHz)
	common := binary.BigEndian.AppendUint32([]byte{0, 1}, uint32(len(samples)))
	common = append(common, 0, 16)
	common = append(common, 0x40, 0x0e, SampleRate>>8, SampleRate&0xff, 0, 0, 0, 0, 0, 0) // as a number of 80 bits
	sound := make([]byte, 8)
	for _, s := range samples {
		sound = binary.BigEndian.AppendUint16(sound, uint16(s))
	}
	body := append([]byte("AIFF"), bigChunk("COMM", common)...)
	if tags.Title != "" {
		body = append(body, bigChunk("NAME", []byte(tags.Title))...)
	}
	body = append(body, bigChunk("SSND", sound)...)
	body = append(body, bigChunk("ID3 ", ID3(tags))...)
	return bigChunk("FORM", body)
}

func bigChunk(id string, body []byte) []byte {
	c := append(binary.BigEndian.AppendUint32([]byte(id), uint32(len(body))), body...)
	if len(body)%2 == 1 {
		c = append(c, 0)
	}
	return c
}
