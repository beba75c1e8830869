package mediatest

import (
	"crypto/md5"
	"encoding/binary"
	"net/http"
	"time"
	"unicode/utf8"
)

const flacBlock = 4096 // samples in a frame

// FLAC makes 16-bit mono FLAC without compression (verbatim subframes, right checksums), with a comment
// block and, where the tags have one, a front cover.
func FLAC(tags Tags, length time.Duration, toneHz float64) []byte {
	samples := sine(length, toneHz)
	file := append([]byte("fLaC"), flacMeta(0, streamInfo(samples))...)
	if len(tags.Picture) > 0 {
		file = append(file, flacMeta(6, FLACPicture(tags.Picture))...)
	}
	comments := flacMeta(4, VorbisComment(tags))
	comments[0] |= 0x80 // the last block before the audio
	file = append(file, comments...)
	for number := 0; number*flacBlock < len(samples); number++ {
		end := min((number+1)*flacBlock, len(samples))
		file = append(file, flacFrame(number, samples[number*flacBlock:end])...)
	}
	return file
}

func flacMeta(kind byte, body []byte) []byte {
	return append([]byte{kind, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}, body...)
}

func streamInfo(samples []int16) []byte {
	info := []byte{flacBlock >> 8, flacBlock & 0xff, flacBlock >> 8, flacBlock & 0xff, 0, 0, 0, 0, 0, 0}
	const monoSixteen = 0<<41 | (16-1)<<36
	info = binary.BigEndian.AppendUint64(info, SampleRate<<44|monoSixteen|uint64(len(samples)))
	var raw []byte
	for _, s := range samples {
		raw = binary.LittleEndian.AppendUint16(raw, uint16(s))
	}
	sum := md5.Sum(raw)
	return append(info, sum[:]...)
}

// FLACPicture makes the picture block of FLAC, which Ogg files carry in base64.
func FLACPicture(picture []byte) []byte {
	mediaType := http.DetectContentType(picture)
	block := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 3}, uint32(len(mediaType)))
	block = append(block, mediaType...)
	block = append(block, make([]byte, 4+16)...) // no description; size and depth are not told
	return append(binary.BigEndian.AppendUint32(block, uint32(len(picture))), picture...)
}

func flacFrame(number int, samples []int16) []byte {
	const fixedBlocks, sizeIn16Bits, rate44100, monoOf16Bits, verbatim = 0xf8, 0x70, 0x09, 0x08, 0x02
	f := []byte{0xff, fixedBlocks, sizeIn16Bits | rate44100, monoOf16Bits}
	f = utf8.AppendRune(f, rune(number))
	f = binary.BigEndian.AppendUint16(f, uint16(len(samples)-1))
	f = append(f, byte(checksum(f, 8, 0x07)), verbatim)
	for _, s := range samples {
		f = binary.BigEndian.AppendUint16(f, uint16(s))
	}
	return binary.BigEndian.AppendUint16(f, checksum(f, 16, 0x8005))
}

// checksum is a plain CRC of the given width (8 or 16) and polynomial, highest bit first.
func checksum(data []byte, width int, polynomial uint16) uint16 {
	var sum uint16
	top := uint16(1) << (width - 1)
	for _, b := range data {
		sum ^= uint16(b) << (width - 8)
		for range 8 {
			carry := sum&top != 0
			sum <<= 1
			if carry {
				sum ^= polynomial
			}
		}
	}
	return sum & (top<<1 - 1)
}
