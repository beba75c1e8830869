package media

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// parseVorbisComment reads the comments that FLAC, Vorbis and Opus share. Where a length lies, what
// stands before it is kept.
func parseVorbisComment(block []byte) bag {
	var b bag
	_, rest, ok := cutSized(block) // who wrote it
	if !ok || len(rest) < 4 {
		return b
	}
	count := binary.LittleEndian.Uint32(rest)
	rest = rest[4:]
	for range min(count, maxFrames) {
		var comment []byte
		if comment, rest, ok = cutSized(rest); !ok {
			break
		}
		b.addComment(comment)
	}
	return b
}

// cutSized takes a text that has its length in front.
func cutSized(data []byte) (text, rest []byte, ok bool) {
	if len(data) < 4 {
		return nil, nil, false
	}
	size := int64(binary.LittleEndian.Uint32(data))
	if data = data[4:]; size > int64(len(data)) {
		return nil, nil, false
	}
	return data[:size], data[size:], true
}

func (b *bag) addComment(comment []byte) {
	const longestName = 64
	head := string(comment[:min(len(comment), longestName)])
	name, _, ok := strings.Cut(head, "=")
	if !ok {
		return
	}
	value := comment[len(name)+1:]
	if strings.EqualFold(name, "METADATA_BLOCK_PICTURE") {
		b.addPictureText(value)
		return
	}
	if strings.EqualFold(name, "COVERART") {
		b.addCoverArt(value)
		return
	}
	if f, ok := fieldOf(name); ok {
		b.addAll(f, splitNUL(string(value[:min(len(value), maxText+4)])))
	}
}

// addPictureText takes a FLAC picture block in base64. Only its head is decoded to see whether it is
// better than what is there.
func (b *bag) addPictureText(text []byte) {
	head := make([]byte, base64.StdEncoding.DecodedLen(16))
	n, err := base64.StdEncoding.Decode(head, text[:min(len(text), 16)])
	if err != nil || n < 4 {
		b.picture.refuse(damagedPicture)
		return
	}
	if !b.picture.better(int(binary.BigEndian.Uint32(head)), int64(len(text)/4*3)) {
		return
	}
	block, ok := unpackBase64(text)
	p, whole := parseFLACPicture(block, int64(len(block)))
	if !ok || !whole {
		b.picture.refuse(damagedPicture)
		return
	}
	b.offerFLAC(p, func() ([]byte, error) { return block[p.at : p.at+p.size], nil })
}

// addCoverArt takes the older form: a bare picture in base64.
func (b *bag) addCoverArt(text []byte) {
	if !b.picture.better(otherPicture, int64(len(text)/4*3)) {
		return
	}
	if picture, ok := unpackBase64(text); ok && len(picture) > 0 {
		b.picture.take(otherPicture, picture)
	}
}

const damagedPicture = "The picture in the file is damaged"

// flacPicture is the head of FLAC's picture block.
type flacPicture struct {
	kind    int
	address bool  // the picture is elsewhere
	at      int64 // of its bytes, within the block
	size    int64
}

// parseFLACPicture reads the head from the first bytes of a block of the given size.
func parseFLACPicture(head []byte, blockSize int64) (flacPicture, bool) {
	var p flacPicture
	at := int64(0)
	number := func() (int64, bool) {
		if at < 0 || at+4 > int64(len(head)) {
			return 0, false
		}
		at += 4
		return int64(binary.BigEndian.Uint32(head[at-4:])), true
	}
	kind, ok1 := number()
	mediaType, ok2 := number()
	if !ok1 || !ok2 || at+mediaType > int64(len(head)) {
		return p, false
	}
	p.kind = int(kind)
	p.address = string(head[at:at+mediaType]) == "-->"
	at += mediaType
	description, ok := number()
	at += description + 16 // width, height, depth, colours: not believed
	size, ok3 := number()
	p.at, p.size = at, size
	return p, ok && ok3 && size <= blockSize-at
}

// offerFLAC takes the picture if it is better than what is there; load is asked for its bytes only then.
func (b *bag) offerFLAC(p flacPicture, load func() ([]byte, error)) error {
	if p.address {
		b.picture.refuse("The picture is only an address, not in the file")
		return nil
	}
	if !b.picture.better(p.kind, p.size) {
		return nil
	}
	data, err := load()
	if err != nil {
		return err
	}
	b.picture.take(p.kind, data)
	return nil
}
