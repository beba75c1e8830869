package mediatest

import (
	"encoding/binary"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// ID3 makes an ID3v2.4 tag. Several values of one frame are parted by NUL, as the standard has it.
func ID3(tags Tags) []byte {
	var frames []byte
	for _, n := range tags.names() {
		frames = append(frames, textFrame(n)...)
	}
	for _, name := range slices.Sorted(maps.Keys(tags.Extra)) {
		frames = append(frames, textFrame(named{name: name, values: one(tags.Extra[name])})...)
	}
	if len(tags.Picture) > 0 {
		body := "\x00" + http.DetectContentType(tags.Picture) + "\x00\x03\x00" + string(tags.Picture)
		frames = append(frames, frame("APIC", body)...)
	}
	return append([]byte("ID3\x04\x00\x00"+synchsafe(len(frames))), frames...)
}

const utf8Text = "\x03"

func textFrame(n named) []byte {
	if len(n.values) == 0 {
		return nil
	}
	text := strings.Join(n.values, "\x00")
	switch n.frame {
	case "":
		return frame("TXXX", utf8Text+n.name+"\x00"+text)
	case "USLT":
		return frame("USLT", utf8Text+"eng\x00"+text)
	}
	return frame(n.frame, utf8Text+text)
}

func frame(id, body string) []byte {
	return []byte(id + synchsafe(len(body)) + "\x00\x00" + body)
}

// synchsafe is a number in four bytes of seven bits, so that it never looks like the start of audio.
func synchsafe(n int) string {
	return string([]byte{byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)})
}

// VorbisComment makes the comment block that FLAC, Vorbis and Opus share, without the codec's framing.
func VorbisComment(tags Tags) []byte {
	var list []string
	for _, n := range tags.names() {
		for _, v := range n.values {
			list = append(list, n.name+"="+v)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tags.Extra)) {
		list = append(list, name+"="+tags.Extra[name])
	}
	block := sized(nil, "hathor mediatest")
	block = binary.LittleEndian.AppendUint32(block, uint32(len(list)))
	for _, comment := range list {
		block = sized(block, comment)
	}
	return block
}

func sized(to []byte, text string) []byte {
	return append(binary.LittleEndian.AppendUint32(to, uint32(len(text))), text...)
}
