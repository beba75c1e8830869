package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
)

const most24 = 1<<24 - 1 // bytes of a FLAC block

// comments is the block of comments with the new values. Its writer's name stays, and so does every comment
// whose meaning is not known here. Pictures are in it where the format has no better place.
func (r *retag) comments(old []byte, pictures bool) []byte {
	vendor, rest, ok := cutSized(old)
	if !ok {
		vendor, rest = nil, nil
	}
	kept := r.foreignComments(rest, pictures)
	for _, f := range r.fields() {
		for _, v := range r.values[f] {
			kept = append(kept, []byte(string(f)+"="+v))
		}
	}
	if pictures && len(r.labels.Cover) > 0 {
		kept = append(kept, []byte("METADATA_BLOCK_PICTURE="+base64.StdEncoding.EncodeToString(r.flacPicture())))
	}
	block := appendSized(nil, vendor)
	block = binary.LittleEndian.AppendUint32(block, uint32(len(kept)))
	for _, c := range kept {
		block = appendSized(block, c)
	}
	return block
}

func (r *retag) foreignComments(rest []byte, pictures bool) (kept [][]byte) {
	if len(rest) < 4 {
		return nil
	}
	count := binary.LittleEndian.Uint32(rest)
	rest = rest[4:]
	for range min(count, maxFrames) {
		comment, after, ok := cutSized(rest)
		if !ok {
			break
		}
		rest = after
		name, value, named := bytes.Cut(comment, []byte("="))
		if !named {
			continue
		}
		if _, known := fieldOf(string(name)); known || pictures && r.replacesText(string(name), value) {
			continue
		}
		kept = append(kept, comment)
	}
	return kept
}

// replacesText tells whether a comment is a picture that gives way to the new cover.
func (r *retag) replacesText(name string, value []byte) bool {
	if strings.EqualFold(name, "COVERART") || strings.EqualFold(name, "COVERARTMIME") {
		return r.replaces(otherPicture)
	}
	if !strings.EqualFold(name, "METADATA_BLOCK_PICTURE") {
		return false
	}
	block, ok := fromBase64(value[:min(len(value), 8)/4*4])
	return !ok || len(block) < 4 || r.replaces(int(binary.BigEndian.Uint32(block)))
}

func appendSized(to, text []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(to, uint32(len(text))), text...)
}

// flacPicture is the new cover as FLAC keeps it.
func (r *retag) flacPicture() []byte {
	const depth = 24
	p := r.labels.Picture
	b := binary.BigEndian.AppendUint32(nil, frontCover)
	b = binary.BigEndian.AppendUint32(b, uint32(len(p.MediaType)))
	b = append(b, p.MediaType...)
	for _, n := range []int{0, p.Width, p.Height, depth, 0, len(r.labels.Cover)} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return append(b, r.labels.Cover...)
}

const flacPadding = 1

// flac puts new comments behind the first block, which says what the audio is. Tags before and behind the FLAC go: they are read into
// the comments.
func (r *retag) flac() ([]piece, error) {
	at, err := r.flacStart()
	if err != nil {
		return nil, err
	}
	var blocks []piece
	var old []byte
	pictures := 0
	for last := false; !last; {
		head, err := r.s.peek(at, 4)
		if err != nil {
			return nil, err
		}
		last = head[0]&0x80 != 0
		kind, size := int(head[0]&0x7f), int64(head[1])<<16|int64(head[2])<<8|int64(head[3])
		at += 4
		switch {
		case kind == flacComments && old == nil:
			if old, err = r.s.load(at, size); err != nil {
				return nil, err
			}
		case kind == flacComments, kind == flacPadding, kind == flacPictures && r.replacesBlock(at, size):
		default:
			if kind == flacPictures {
				pictures++
			}
			blocks = append(blocks, piece{data: blockHead(kind, size)}, piece{from: at, size: size})
		}
		if at += size; at > r.s.size || len(blocks) > 2*maxFrames {
			return nil, errShort
		}
	}
	if len(r.labels.Cover) == 0 && len(r.old) > 0 && pictures == 0 {
		r.rescue()
	}
	comments := r.comments(old, false)
	if len(comments) > most24 || len(blocks) < 2 {
		return nil, notWritable("The tags are too large for a FLAC")
	}
	blocks = slices.Insert(blocks, 2, piece{data: append(blockHead(flacComments, int64(len(comments))), comments...)})
	if len(r.labels.Cover) > 0 {
		picture := r.flacPicture()
		if len(picture) > most24 {
			return nil, notWritable("The cover is too large for a FLAC")
		}
		blocks = append(blocks, piece{data: append(blockHead(flacPictures, int64(len(picture))), picture...)})
	}
	const spare = 4096 // so that the next program need not copy the file
	padding := append(blockHead(flacPadding|0x80, spare), make([]byte, spare)...)
	plan := append([]piece{{data: []byte("fLaC")}}, blocks...)
	return append(plan, piece{data: padding}, piece{from: r.audio.AudioOffset, size: r.audio.AudioSize}), nil
}

func blockHead(kind int, size int64) []byte {
	return []byte{byte(kind), byte(size >> 16), byte(size >> 8), byte(size)}
}

func (r *retag) flacStart() (int64, error) {
	_, at, err := readID3v2At(r.s, 0)
	return at + 4, err
}

func (r *retag) replacesBlock(at, size int64) bool {
	head, err := r.s.peek(at, int(min(size, 4)))
	return err == nil && len(head) == 4 && r.replaces(int(binary.BigEndian.Uint32(head)))
}
