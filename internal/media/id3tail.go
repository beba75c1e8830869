package media

import (
	"bytes"
	"strconv"
	"strings"
)

const id3v1Size = 128

// readTail reads the tags behind the audio, ID3v1 last and APEv2 before it, and answers where the audio
// ends. APEv2 is the better one of the two. Lyrics3 and an ID3v2 behind the audio are only passed over.
func readTail(s *source) (int64, bag, error) {
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
	for range maxTails {
		before := end
		var one bag
		if end, one, err = readAPE(s, end); err != nil {
			return 0, tags, err
		}
		tags.fill(one)
		if end, err = passTail(s, end); err != nil {
			return 0, tags, err
		}
		if end == before {
			break
		}
	}
	tags.fill(old)
	return end, tags, nil
}

// maxTails is how many tags of each kind may stand behind the audio.
const maxTails = 4

// passTail answers where a Lyrics3 or an ID3v2 with a footer starts that ends at the offset, which is
// the offset itself without one.
func passTail(s *source, end int64) (int64, error) {
	foot, err := s.peek(end-lyricsFoot, lyricsFoot)
	if damaged(err) {
		return end, nil
	}
	if err != nil {
		return 0, err
	}
	start := end
	if string(foot[6:]) == "LYRICS200" {
		if size, err := strconv.ParseUint(string(foot[:6]), 10, 32); err == nil {
			start = end - lyricsFoot - int64(size)
		}
		return startsWith(s, start, end, "LYRICSBEGIN")
	}
	last := foot[lyricsFoot-id3Head:]
	if string(last[:3]) == "3DI" {
		if size, ok := synchsafe(last[6:]); ok {
			start = end - 2*id3Head - size
		}
		return startsWith(s, start, end, "ID3")
	}
	return end, nil
}

// lyricsFoot is the size of Lyrics3 in six digits, and its name.
const lyricsFoot = 6 + 9

// startsWith answers start where the mark stands there, and else end.
func startsWith(s *source, start, end int64, mark string) (int64, error) {
	head, err := s.peek(start, len(mark))
	if damaged(err) || err == nil && string(head) != mark {
		return end, nil
	}
	return start, err
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
