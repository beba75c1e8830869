package mediatest

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
)

// apeNames are the names of APEv2 that differ from those of Vorbis comments.
var apeNames = map[string]string{"ALBUMARTIST": "Album Artist", "TRACKNUMBER": "Track", "DISCNUMBER": "Disc", "DATE": "Year"}

// APE makes an APEv2 tag, as it stands behind the audio.
func APE(tags Tags) []byte {
	var items []byte
	count := uint32(0)
	add := func(name string, kind uint32, value string) {
		items = binary.LittleEndian.AppendUint32(items, uint32(len(value)))
		items = binary.LittleEndian.AppendUint32(items, kind<<1)
		items = append(append(append(items, name...), 0), value...)
		count++
	}
	list := tags.names()
	for _, name := range slices.Sorted(maps.Keys(tags.Extra)) {
		list = append(list, named{name: name, values: one(tags.Extra[name])})
	}
	for _, n := range list {
		name, ok := apeNames[n.name]
		if !ok {
			name = n.name
		}
		if len(n.values) > 0 {
			add(name, 0, strings.Join(n.values, "\x00"))
		}
	}
	if len(tags.Picture) > 0 {
		add("Cover Art (Front)", 1, "cover.jpg\x00"+string(tags.Picture))
	}
	const hasHead, isHead = 1 << 31, 1 << 29
	end := func(flags uint32) []byte {
		b := binary.LittleEndian.AppendUint32([]byte("APETAGEX"), 2000)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(items)+32))
		b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, count), flags)
		return append(b, make([]byte, 8)...)
	}
	return append(append(end(hasHead|isHead), items...), end(hasHead)...)
}

// WavPack makes half a second of 440 Hz, 8 kHz mono, 16 bits, with an APEv2 tag behind it.
func WavPack(tags Tags) []byte { return append(tone("tone.wv"), APE(tags)...) }
