package mediatest

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// AAC makes an M4A file of half a second, 440 Hz, 44.1 kHz mono.
func AAC(tags Tags) []byte { return putMoov(tone("aac.m4a"), tags) }

// ALAC makes a lossless M4A file of half a second, 440 Hz, 8 kHz mono.
func ALAC(tags Tags) []byte { return putMoov(tone("alac.m4a"), tags) }

// putMoov adds the tags to the index, which is the last atom of the tones, so that nothing moves.
func putMoov(file []byte, tags Tags) []byte {
	at := bytes.LastIndex(file, []byte("moov")) - 4
	handler := box("hdlr", []byte("\x00\x00\x00\x00\x00\x00\x00\x00mdirappl\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	meta := box("meta", append(append(make([]byte, 4), handler...), box("ilst", ilst(tags))...))
	moov := append(append([]byte(nil), file[at+8:]...), box("udta", meta)...)
	return append(append([]byte(nil), file[:at]...), box("moov", moov)...)
}

func box(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(b, kind...), body...)
}

// mp4Names are the atoms of the Vorbis names that have one.
var mp4Names = map[string]string{
	"TITLE": "\xa9nam", "ARTIST": "\xa9ART", "ALBUMARTIST": "aART", "ALBUM": "\xa9alb", "GENRE": "\xa9gen",
	"DATE": "\xa9day", "LYRICS": "\xa9lyr", "TITLESORT": "sonm", "ARTISTSORT": "soar", "ALBUMSORT": "soal",
}

// freeNames are the names that iTunes and MusicBrainz give to what has no atom.
var freeNames = map[string]string{
	"MUSICBRAINZ_TRACKID": "MusicBrainz Track Id", "MUSICBRAINZ_ALBUMID": "MusicBrainz Album Id",
}

func ilst(tags Tags) []byte {
	var list []byte
	for _, n := range tags.names() {
		if n.name == "TRACKNUMBER" || n.name == "DISCNUMBER" || n.name == "COMPILATION" || len(n.values) == 0 {
			continue
		}
		list = append(list, mp4Item(n.name, n.values)...)
	}
	for _, name := range slices.Sorted(maps.Keys(tags.Extra)) {
		list = append(list, mp4Item(name, one(tags.Extra[name]))...)
	}
	if tags.Track > 0 {
		list = append(list, box("trkn", data(0, pair(tags.Track, tags.TrackTotal, 8)))...)
	}
	if tags.Disc > 0 {
		list = append(list, box("disk", data(0, pair(tags.Disc, tags.DiscTotal, 6)))...)
	}
	if tags.Compilation {
		list = append(list, box("cpil", data(21, []byte{1}))...)
	}
	if len(tags.Picture) > 0 {
		list = append(list, box("covr", data(13, tags.Picture))...)
	}
	return list
}

func mp4Item(name string, values []string) []byte {
	var body []byte
	kind, known := mp4Names[name]
	if !known {
		kind = "----"
		if free, ok := freeNames[name]; ok {
			name = free
		}
		body = append(box("mean", []byte("\x00\x00\x00\x00com.apple.iTunes")), box("name", []byte("\x00\x00\x00\x00"+name))...)
	}
	for _, v := range values {
		body = append(body, data(1, []byte(v))...)
	}
	return box(kind, body)
}

func data(kind uint32, value []byte) []byte {
	head := binary.BigEndian.AppendUint64(nil, uint64(kind)<<32)
	return box("data", append(head, value...))
}

func pair(number, total, size int) []byte {
	b := make([]byte, size)
	binary.BigEndian.PutUint16(b[2:], uint16(number))
	binary.BigEndian.PutUint16(b[4:], uint16(total))
	return b
}
