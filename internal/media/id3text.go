package media

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// The four encodings of ID3v2 text.
const (
	encodingLatin1  = 0
	encodingUTF16   = 1 // with a mark that tells the order
	encodingUTF16BE = 2
	encodingUTF8    = 3
)

// id3Text decodes the texts of one frame. The order of bytes that one text's mark tells holds for those
// behind it that bring none.
type id3Text struct {
	encoding byte
	little   bool
}

func (t *id3Text) wide() bool { return t.encoding == encodingUTF16 || t.encoding == encodingUTF16BE }

// cut parts the data at the first end of a text. Without one, all of it is the first part.
func (t *id3Text) cut(data []byte) (text, rest []byte) {
	if !t.wide() {
		text, rest, _ = bytes.Cut(data, []byte{0})
		return text, rest
	}
	for i := 0; i+1 < len(data); i += 2 {
		if data[i] == 0 && data[i+1] == 0 {
			return data[:i], data[i+2:]
		}
	}
	return data, nil
}

// values decodes every value of a text; taggers part them by NUL in all versions.
func (t *id3Text) values(data []byte) []string {
	var values []string
	for len(data) > 0 && len(values) < maxFrames {
		var one []byte
		one, data = t.cut(data)
		if value := t.decode(one); value != "" {
			values = append(values, value)
		}
	}
	return values
}

func (t *id3Text) decode(data []byte) string {
	switch {
	case t.wide():
		return t.decodeUTF16(data[:min(len(data), 2*maxText)])
	case t.encoding == encodingUTF8:
		return string(data[:min(len(data), maxText+utf8.UTFMax)])
	}
	return western(data)
}

// decodeUTF16 follows and drops the mark in front; a half that lacks its other half becomes U+FFFD.
func (t *id3Text) decodeUTF16(data []byte) string {
	if len(data) >= 2 && t.encoding == encodingUTF16 {
		switch binary.BigEndian.Uint16(data) {
		case 0xfffe:
			t.little, data = true, data[2:]
		case 0xfeff:
			t.little, data = false, data[2:]
		}
	}
	var order binary.ByteOrder = binary.BigEndian
	if t.little {
		order = binary.LittleEndian
	}
	text := make([]byte, 0, len(data)/2+8)
	for len(data) >= 2 {
		r := rune(order.Uint16(data))
		data = data[2:]
		if utf16.IsSurrogate(r) && len(data) >= 2 {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data))); pair != utf8.RuneError {
				r, data = pair, data[2:]
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text)
}
