package media

import (
	"encoding/binary"
	"math"
	"strconv"
)

// mp4Atoms are the items of the fields that have one; all others bring their own name.
var mp4Atoms = map[field]string{
	title: "\xa9nam", artist: "\xa9ART", albumArtist: "aART", album: "\xa9alb", genre: "\xa9gen", date: "\xa9day",
	lyrics: "\xa9lyr", titleSort: "sonm", artistSort: "soar", albumSort: "soal", albumArtistSort: "soaa",
	composer: "\xa9wrt",
}

// mp4 writes the index with other tags. Where audio stands behind it, the places in the index move along.
func (r *retag) mp4() ([]piece, error) {
	var plan []piece
	var index atom
	var start int64 // of the index
	place := 0
	for at, n := int64(0), 0; at < r.s.size; n++ {
		a, err := atomAt(r.s, at, r.s.size)
		if err != nil {
			return nil, err
		}
		switch {
		case n >= maxFrames || a.kind == "moof" || a.kind == "sidx" || a.kind == "moov" && index.end != 0:
			return nil, notWritable("Tags cannot be written into an M4A that is in pieces")
		case a.end > r.s.size:
			return nil, notWritable("The M4A is cut short")
		case a.kind == "moov":
			index, start, place = a, at, len(plan)
			plan = append(plan, piece{data: []byte{}})
		default:
			plan = append(plan, piece{from: at, size: a.end - at})
		}
		at = a.end
	}
	if index.end == 0 {
		return nil, broken("The M4A is cut short: its index is missing")
	}
	moov, err := r.moov(index)
	if err != nil {
		return nil, err
	}
	if err := shiftChunks(moov[8:], index.end, int64(len(moov))-(index.end-start)); err != nil {
		return nil, err
	}
	plan[place].data = moov
	return plan, nil
}

// moov is the index with the new tags. Tags of QuickTime, which stand openly in udta, give way.
func (r *retag) moov(index atom) ([]byte, error) {
	if index.size() > maxRead/2 {
		return nil, notWritable("The index of the M4A is too large")
	}
	body, err := r.s.load(index.from, index.size())
	if err != nil {
		return nil, err
	}
	var kept, udta, items []byte
	err = eachBox(body, func(kind string, whole, content []byte) error {
		switch kind {
		case "udta":
			return eachBox(content, func(kind string, whole, content []byte) error {
				if _, text := mp4Fields[kind]; text {
					return nil
				}
				if kind == "meta" {
					items = append(items, r.foreignItems(content)...)
					return nil
				}
				udta = append(udta, whole...)
				return nil
			})
		case "meta":
			items = append(items, r.foreignItems(content)...)
		default:
			kept = append(kept, whole...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	handler := box("hdlr", []byte("\x00\x00\x00\x00\x00\x00\x00\x00mdirappl\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	meta := append(append(make([]byte, 4), handler...), box("ilst", append(items, r.items()...))...)
	kept = append(kept, box("udta", append(udta, box("meta", meta)...))...)
	return box("moov", kept), nil
}

// foreignItems are the items of a meta box whose meaning is not known here, and the covers when they stay.
func (r *retag) foreignItems(meta []byte) []byte {
	if len(meta) >= 8 && string(meta[4:8]) != "hdlr" {
		meta = meta[4:]
	}
	var kept []byte
	_ = eachBox(meta, func(kind string, _, content []byte) error { // what is damaged is left out
		if kind != "ilst" {
			return nil
		}
		return eachBox(content, func(kind string, whole, content []byte) error {
			if r.staysItem(kind, content) {
				kept = append(kept, whole...)
			}
			return nil
		})
	})
	return kept
}

func (r *retag) staysItem(kind string, content []byte) bool {
	if _, known := mp4Fields[kind]; known {
		return false
	}
	switch kind {
	case "trkn", "disk", "cpil", "gnre":
		return false
	case "covr":
		return len(r.labels.Cover) == 0
	case "----":
		known := false
		_ = eachBox(content, func(kind string, _, content []byte) error {
			if kind == "name" && len(content) > 4 {
				_, known = fieldOf(string(content[4:]))
			}
			return nil
		})
		return !known
	}
	return true
}

func (r *retag) items() []byte {
	var list []byte
	for _, f := range r.fields() {
		switch f {
		case trackNumber:
			list = append(list, box("trkn", dataOf(0, r.pair(trackNumber, trackTotal, 8)))...)
		case discNumber:
			list = append(list, box("disk", dataOf(0, r.pair(discNumber, discTotal, 6)))...)
		case trackTotal, discTotal:
		case compilation:
			list = append(list, box("cpil", dataOf(21, []byte{1}))...)
		default:
			list = append(list, r.item(f)...)
		}
	}
	if cover := r.labels.Cover; len(cover) > 0 {
		kind := uint32(13)
		if r.labels.Picture.MediaType == "image/png" {
			kind = 14
		}
		list = append(list, box("covr", dataOf(kind, cover))...)
	}
	return list
}

func (r *retag) item(f field) []byte {
	var body []byte
	kind, known := mp4Atoms[f]
	if !known {
		kind = "----"
		body = append(box("mean", []byte("\x00\x00\x00\x00com.apple.iTunes")), box("name", []byte("\x00\x00\x00\x00"+string(f)))...)
	}
	for _, v := range r.values[f] {
		body = append(body, dataOf(mp4UTF8, []byte(v))...)
	}
	return box(kind, body)
}

func (r *retag) pair(of, total field, size int) []byte {
	b := make([]byte, size)
	for i, f := range []field{of, total} {
		if len(r.values[f]) > 0 {
			n, _ := strconv.Atoi(r.values[f][0]) // a number of ours
			binary.BigEndian.PutUint16(b[2+2*i:], uint16(min(n, math.MaxUint16)))
		}
	}
	return b
}

func dataOf(kind uint32, value []byte) []byte {
	return box("data", append(binary.BigEndian.AppendUint64(nil, uint64(kind)<<32), value...))
}

func box(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, len(body)+8), uint32(len(body)+8))
	return append(append(b, kind...), body...)
}

// eachBox calls take for every box in the bytes: its kind, all of it, and what is in it.
func eachBox(data []byte, take func(kind string, whole, content []byte) error) error {
	for n := 0; len(data) >= 8; n++ {
		size, head := int64(binary.BigEndian.Uint32(data)), int64(8)
		if size == 1 && len(data) >= 16 {
			size, head = int64(binary.BigEndian.Uint64(data[8:])), 16
		}
		if size == 0 {
			size = int64(len(data))
		}
		if size < head || size > int64(len(data)) || n > maxFrames {
			return notWritable("The index of the M4A is damaged")
		}
		if err := take(string(data[4:8]), data[:size], data[head:size]); err != nil {
			return err
		}
		data = data[size:]
	}
	return nil
}

// shiftChunks moves, in place, all places of audio that lie at or behind the limit.
func shiftChunks(boxes []byte, limit, by int64) error {
	return eachBox(boxes, func(kind string, _, content []byte) error {
		switch kind {
		case "trak", "mdia", "minf", "stbl":
			return shiftChunks(content, limit, by)
		case "stco":
			return shiftTable(content, 4, limit, by)
		case "co64":
			return shiftTable(content, 8, limit, by)
		}
		return nil
	})
}

func shiftTable(content []byte, width int, limit, by int64) error {
	if len(content) < 8 {
		return notWritable("The index of the M4A is damaged")
	}
	count := int64(binary.BigEndian.Uint32(content[4:]))
	table := content[8:]
	if count > int64(len(table)/width) {
		return notWritable("The index of the M4A is damaged")
	}
	for i := range int(count) {
		at := table[i*width:]
		if width == 8 {
			if place := int64(binary.BigEndian.Uint64(at)); place >= limit {
				binary.BigEndian.PutUint64(at, uint64(place+by))
			}
			continue
		}
		place := int64(binary.BigEndian.Uint32(at))
		if place < limit {
			continue
		}
		if place+by > math.MaxUint32 || place+by < 0 {
			return notWritable("The M4A is too large to get other tags")
		}
		binary.BigEndian.PutUint32(at, uint32(place+by))
	}
	return nil
}
