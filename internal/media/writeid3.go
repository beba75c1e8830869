package media

import (
	"bytes"
	"encoding/binary"
)

// id3Frames are the text frames of ID3v2.4 for the fields that have one; all others go into free texts.
var id3Frames = map[field]string{
	title: "TIT2", artist: "TPE1", albumArtist: "TPE2", album: "TALB", genre: "TCON", date: "TDRC", releaseDate: "TDRL",
	originalDate: "TDOR", compilation: "TCMP", titleSort: "TSOT", artistSort: "TSOP", albumSort: "TSOA", albumArtistSort: "TSO2",
	composer: "TCOM", remixer: "TPE4",
}

// id3Gone are frames that ID3v2.4 does not know any more.
var id3Gone = map[string]bool{
	"EQUA": true, "IPLS": true, "RVAD": true, "TDAT": true, "TIME": true, "TORY": true, "TRDA": true, "TSIZ": true, "TYER": true,
	"SEEK": true, "ASPI": true, // these speak of places in the file
}

// mp3 writes one ID3v2.4 tag in front, and nothing behind: what APE and ID3v1 said is in it.
func (r *retag) mp3() ([]piece, error) {
	tag, err := r.id3(0)
	if err != nil {
		return nil, err
	}
	return []piece{{data: tag}, {from: r.audio.AudioOffset, size: r.audio.AudioSize}}, nil
}

// id3 is the new tag, with those frames of the old one at the offset whose meaning is not known here.
func (r *retag) id3(old int64) ([]byte, error) {
	body, err := r.foreignFrames(old)
	if err != nil {
		return nil, err
	}
	if len(r.labels.Cover) == 0 && len(r.old) > 0 && !bytes.Contains(body, r.old) {
		r.rescue()
	}
	for _, f := range r.fields() {
		body = append(body, r.id3Field(f)...)
	}
	if cover := r.labels.Cover; len(cover) > 0 {
		data := append([]byte{encodingLatin1}, r.labels.Picture.MediaType...)
		data = append(data, 0, frontCover, 0)
		body = append(body, id3FrameOf("APIC", append(data, cover...))...)
	}
	if len(body) > maxTag {
		return nil, notWritable("The tags would be bigger than 16 MB")
	}
	return append(append([]byte("ID3\x04\x00\x00"), unsynchsafe(len(body))...), body...), nil
}

func (r *retag) id3Field(f field) []byte {
	switch f {
	case trackNumber:
		return id3FrameOf("TRCK", id3Values([]string{r.part(trackNumber, trackTotal)}))
	case discNumber:
		return id3FrameOf("TPOS", id3Values([]string{r.part(discNumber, discTotal)}))
	case trackTotal, discTotal:
		return nil
	case lyrics:
		return id3FrameOf("USLT", append([]byte("\x03und\x00"), r.values[f][0]...))
	case syncedLyrics:
		if body := sylt(r.values[f][0]); body != nil {
			return id3FrameOf("SYLT", body)
		}
	}
	if id, ok := id3Frames[f]; ok {
		return id3FrameOf(id, id3Values(r.values[f]))
	}
	return id3FrameOf("TXXX", append(append([]byte{encodingUTF8}, string(f)+"\x00"...), id3Values(r.values[f])[1:]...))
}

// id3Values are texts in UTF-8, parted by NUL.
func id3Values(values []string) []byte {
	data := []byte{encodingUTF8}
	for i, v := range values {
		if i > 0 {
			data = append(data, 0)
		}
		data = append(data, v...)
	}
	return data
}

func id3FrameOf(id string, data []byte) []byte {
	frame := append([]byte(id), unsynchsafe(len(data))...)
	return append(append(frame, 0, 0), data...)
}

// unsynchsafe writes four bytes of seven bits.
func unsynchsafe(n int) []byte {
	return []byte{byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}
}

// foreignFrames are the frames of the first tag at the offset that stay as they are. Those of ID3v2.2 have no
// counterpart.
func (r *retag) foreignFrames(at int64) ([]byte, error) {
	head, err := r.s.peekUpTo(at, id3Head)
	if err != nil {
		return nil, err
	}
	tag, ok := parseID3Head(head)
	if !ok || tag.version == 2 {
		return nil, nil
	}
	if tag.size > maxTag {
		return nil, notWritable("The ID3 tag is bigger than 16 MB")
	}
	body, err := r.s.load(at+id3Head, tag.size)
	if err != nil {
		return nil, err
	}
	if tag.version < 4 && tag.flags&id3Unsynchronised != 0 {
		body = resynchronise(body)
	}
	if tag.flags&id3Extended != 0 {
		body = skipExtended(tag.version, body)
	}
	p := id3Parser{version: tag.version, inflateLeft: maxInflated, unsynchronised: tag.version == 4 && tag.flags&id3Unsynchronised != 0}
	var kept []byte
	for range maxFrames {
		frame, size, ok := p.next(body)
		if !ok {
			break
		}
		body = body[size:]
		if data, ok := p.unpack(frame); ok && r.staysFrame(frame.id, data) {
			kept = append(kept, id3FrameOf(frame.id, data)...)
		}
	}
	return kept, nil
}

func (r *retag) staysFrame(id string, data []byte) bool {
	if _, known := id3Fields[id]; known || id3Gone[id] || len(data) < 2 {
		return false
	}
	switch id {
	case "TRCK", "TPOS", "USLT":
		return false
	case "SYLT":
		return synchronised(data) == ""
	case "TXXX":
		t := id3Text{encoding: data[0]}
		name, _ := t.cut(data[1:])
		_, known := fieldOf(t.decode(name))
		return !known
	case "APIC":
		_, rest, ok := bytes.Cut(data[1:], []byte{0})
		return ok && len(rest) > 0 && !r.replaces(int(rest[0]))
	}
	return true
}

// wavNames are the entries of LIST INFO that are written, for programs that know no ID3 there.
var wavNames = []struct {
	id string
	of field
}{{"INAM", title}, {"IART", artist}, {"IPRD", album}, {"IGNR", genre}, {"ICRD", date}, {"ITRK", trackNumber}}

// wav keeps all chunks but the tags, which it writes behind them.
func (r *retag) wav() ([]piece, error) {
	head, err := r.s.peek(0, 12)
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "RIFF" {
		return nil, notWritable("Tags cannot be written into a WAV of more than 4 GB")
	}
	chunks, old, total, err := r.wavChunks()
	if err != nil {
		return nil, err
	}
	tag, err := r.id3(old)
	if err != nil {
		return nil, err
	}
	tags := append(r.wavInfo(), chunk("id3 ", tag)...)
	if total += int64(len(tags)) + 4; total > wavUnknown-1 {
		return nil, notWritable("Tags cannot be written into a WAV of more than 4 GB")
	}
	start := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(total))
	plan := append([]piece{{data: append(start, "WAVE"...)}}, chunks...)
	return append(plan, piece{data: tags}), nil
}

// wavChunks are the chunks that stay, where the old ID3 tag is (the end of the file without one), and their size.
func (r *retag) wavChunks() (chunks []piece, id3At, total int64, err error) {
	id3At = r.s.size
	for at, n := int64(12), 0; r.s.size-at >= 8 && n < maxFrames; n++ {
		head, err := r.s.peek(at, 8)
		if err != nil {
			return nil, 0, 0, err
		}
		id, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		if id == "data" && size != r.audio.AudioSize {
			return nil, 0, 0, notWritable("The WAV does not say how long its audio is")
		}
		end := at + 8 + size
		if end > r.s.size {
			break
		}
		kind, err := r.s.peekUpTo(at+8, 4)
		if err != nil {
			return nil, 0, 0, err
		}
		switch {
		case id == "id3 " || id == "ID3 ":
			id3At = at + 8
		case id == "LIST" && string(kind) == "INFO":
		default:
			chunks = append(chunks, piece{from: at, size: 8 + size})
			total += 8 + size + size&1
			if size&1 == 1 {
				chunks = append(chunks, piece{data: []byte{0}})
			}
		}
		at = end + size&1
	}
	return chunks, id3At, total, nil
}

func (r *retag) wavInfo() []byte {
	list := []byte("INFO")
	for _, n := range wavNames {
		if len(r.values[n.of]) > 0 {
			list = append(list, chunk(n.id, append([]byte(r.values[n.of][0]), 0))...)
		}
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
