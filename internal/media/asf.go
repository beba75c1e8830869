package media

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// The objects of Windows Media that are read, by their GUIDs as they stand in files.
const (
	asfHeader    = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfFile      = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65"
	asfStream    = "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65"
	asfSound     = "\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"
	asfVideo     = "\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"
	asfContent   = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfExtended  = "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50"
	asfExtension = "\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65"
	asfMetadata  = "\xc5\xf8\xcb\xea\x5b\xaf\x48\x77\x84\x67\xaa\x8c\x44\xfa\x4c\xca"
	asfLibrary   = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54"
)

// asf collects what the header of a Windows Media file tells.
type asf struct {
	audio ingest.Audio
	video bool
	tags  bag
	more  bag // of the objects that hold what is behind the first value, wherever they stand
	steps int
}

func readASF(s *source) (song, error) {
	const head = 30
	h, err := s.peekUpTo(0, head)
	if err != nil {
		return song{}, err
	}
	if len(h) < head {
		return song{}, cutShort("Windows Media file")
	}
	size := binary.LittleEndian.Uint64(h[16:])
	if size > maxTag {
		return song{}, broken("The head of the Windows Media file is bigger than 16 MB")
	}
	if size < head || int64(size) > s.size {
		return song{}, cutShort("Windows Media file")
	}
	body, err := s.load(head, int64(size)-head)
	if err != nil {
		return song{}, err
	}
	var a asf
	a.objects(body, 0)
	if a.video {
		return song{}, notAudio("This is a video, not audio that can be played here")
	}
	if a.audio.Format == "" {
		return song{}, broken("The Windows Media file does not say what its audio is")
	}
	a.audio.AudioOffset, a.audio.AudioSize = int64(size), s.size-int64(size)
	if a.audio.AudioSize == 0 {
		return song{}, broken("The Windows Media file has no audio")
	}
	a.audio.BitRate = meanBitRate(a.audio.AudioSize, a.audio.Duration)
	for f, values := range a.more.values {
		a.tags.addAll(f, values)
	}
	a.tags.picture.fill(a.more.picture)
	return song{audio: a.audio, tags: a.tags}, nil
}

// objects walks a row of objects, and those within the extension of the header.
func (a *asf) objects(data []byte, depth int) {
	const head = 24
	for len(data) >= head && a.steps < maxFrames {
		a.steps++
		size := binary.LittleEndian.Uint64(data[16:])
		if size < head || size > uint64(len(data)) {
			return
		}
		body := data[head:size]
		switch string(data[:16]) {
		case asfFile:
			a.file(body)
		case asfStream:
			a.stream(body)
		case asfContent:
			a.content(body)
		case asfExtended:
			a.extended(body)
		case asfMetadata, asfLibrary:
			a.library(body)
		case asfExtension:
			const reserved = 22
			if depth == 0 && len(body) > reserved {
				a.objects(body[reserved:], depth+1)
			}
		}
		data = data[size:]
	}
}

// file reads the length, which counts the time that players fill their buffers.
func (a *asf) file(b []byte) {
	if len(b) < 64 {
		return
	}
	const tick = 100 * time.Nanosecond
	length, preroll := binary.LittleEndian.Uint64(b[40:]), binary.LittleEndian.Uint64(b[56:])
	if length/uint64(time.Second/tick) > uint64(maxDuration/time.Second) {
		a.audio.Duration = maxDuration + time.Second
		return
	}
	a.audio.Duration = time.Duration(length)*tick - time.Duration(min(preroll, 3600_000))*time.Millisecond
}

func (a *asf) stream(b []byte) {
	const fixed, format = 54, 16
	if len(b) < fixed {
		return
	}
	switch string(b[:16]) {
	case asfVideo:
		a.video = true
	case asfSound:
		f := b[fixed:]
		if len(f) < format || a.audio.Format != "" {
			return
		}
		a.audio.Format = library.WMA
		a.audio.Channels, a.audio.SampleRate = int(binary.LittleEndian.Uint16(f[2:])), int(binary.LittleEndian.Uint32(f[4:]))
		const lossless = 0x163
		if binary.LittleEndian.Uint16(f) == lossless {
			a.audio.BitDepth = int(binary.LittleEndian.Uint16(f[14:]))
		}
	}
}

// content reads the oldest tag: title and author are the first two of five texts.
func (a *asf) content(b []byte) {
	const heads = 10
	if len(b) < heads {
		return
	}
	at := heads
	for i, f := range []field{title, artist} {
		end := at + int(binary.LittleEndian.Uint16(b[2*i:]))
		if end > len(b) {
			return
		}
		a.tags.add(f, wideText(b[at:end]))
		at = end
	}
}

// extended reads pairs of names and values of up to 64 KB.
func (a *asf) extended(b []byte) {
	if len(b) < 2 {
		return
	}
	count := binary.LittleEndian.Uint16(b)
	b = b[2:]
	for range min(count, maxFrames) {
		name, rest, ok := cutWide(b)
		if !ok || len(rest) < 4 {
			return
		}
		kind, size := binary.LittleEndian.Uint16(rest), int(binary.LittleEndian.Uint16(rest[2:]))
		if rest = rest[4:]; size > len(rest) {
			return
		}
		a.tags.addASF(wideText(name), kind, rest[:size])
		b = rest[size:]
	}
}

func cutWide(b []byte) (text, rest []byte, ok bool) {
	if len(b) < 2 {
		return nil, nil, false
	}
	size := int(binary.LittleEndian.Uint16(b))
	if b = b[2:]; size > len(b) {
		return nil, nil, false
	}
	return b[:size], b[size:], true
}

// library reads values of any size; those behind the first of a name are here.
func (a *asf) library(b []byte) {
	const head = 12
	if len(b) < 2 {
		return
	}
	count := binary.LittleEndian.Uint16(b)
	b = b[2:]
	for range min(count, maxFrames) {
		if len(b) < head {
			return
		}
		name, kind, size := int64(binary.LittleEndian.Uint16(b[4:])), binary.LittleEndian.Uint16(b[6:]), int64(binary.LittleEndian.Uint32(b[8:]))
		if b = b[head:]; name+size > int64(len(b)) {
			return
		}
		a.more.addASF(wideText(b[:name]), kind, b[name:name+size])
		b = b[name+size:]
	}
}

// addASF takes a text, a number or a picture.
func (b *bag) addASF(name string, kind uint16, data []byte) {
	const text, binaryData = 0, 1
	if kind == binaryData && name == "WM/Picture" {
		b.addASFPicture(data)
		return
	}
	f, ok := probedField(name)
	if !ok || kind == binaryData {
		return
	}
	if kind == text {
		b.addAll(f, splitNUL(wideText(data)))
		return
	}
	var number [8]byte
	if len(data) > 0 && len(data) <= len(number) {
		copy(number[:], data)
		b.add(f, strconv.FormatUint(binary.LittleEndian.Uint64(number[:]), 10))
	}
}

// addASFPicture reads a kind, a size, media type and description, and the bytes.
func (b *bag) addASFPicture(data []byte) {
	const head = 1 + 4
	if len(data) < head {
		return
	}
	kind, size := int(data[0]), int64(binary.LittleEndian.Uint32(data[1:]))
	wide := id3Text{encoding: encodingUTF16}
	_, rest := wide.cut(data[head:])
	_, rest = wide.cut(rest)
	if size > int64(len(rest)) {
		b.picture.refuse(damagedPicture)
		return
	}
	if b.picture.better(kind, size) {
		b.picture.take(kind, rest[:size])
	}
}

// wideText reads UTF-16, lowest byte first, up to its end mark.
func wideText(b []byte) string {
	t := id3Text{encoding: encodingUTF16, little: true}
	return strings.TrimRight(t.decodeUTF16(b[:min(len(b), 2*maxText)]), "\x00")
}

func isASF(head []byte) bool { return bytes.HasPrefix(head, []byte(asfHeader[:12])) }
