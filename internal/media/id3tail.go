package media

import (
	"bytes"
	"strconv"
	"strings"
)

const id3v1Size = 128

// readMP3Tail reads the tags behind the audio, ID3v1 last and APEv2 before it, and answers where the
// audio ends. APEv2 is the better one of the two.
func readMP3Tail(s *source) (int64, bag, error) {
	var tags bag
	end := s.size
	tail, err := s.peek(end-id3v1Size, id3v1Size)
	if err != nil && !damaged(err) {
		return 0, tags, err
	}
	var old bag
	if err == nil && bytes.HasPrefix(tail, []byte("TAG")) {
		old = parseID3v1(tail)
		end -= id3v1Size
	}
	end, tags, err = readAPE(s, end)
	tags.fill(old)
	return end, tags, err
}

// parseID3v1 reads fixed fields of Latin-1, padded with zeros or spaces. Version 1.1 has the track number in
// the last byte of the comment.
func parseID3v1(tag []byte) bag {
	var b bag
	b.add(title, fixed(tag[3:33]))
	b.add(artist, fixed(tag[33:63]))
	b.add(album, fixed(tag[63:93]))
	b.add(date, fixed(tag[93:97]))
	if tag[125] == 0 && tag[126] != 0 {
		b.add(trackNumber, strconv.Itoa(int(tag[126])))
	}
	if number := int(tag[127]); number < len(id3GenreNames) {
		b.add(genre, id3GenreNames[number])
	}
	return b
}

func fixed(data []byte) string {
	data, _, _ = bytes.Cut(data, []byte{0})
	return strings.TrimRight(western(data), " ")
}
