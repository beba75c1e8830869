package mediatest

import (
	"embed"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// ToneLength is how long the files of Vorbis, Opus, AAC and ALAC play, which were encoded once.
const ToneLength = 500 * time.Millisecond

//go:embed tones
var tones embed.FS

func tone(name string) []byte {
	data, err := tones.ReadFile("tones/" + name)
	if err != nil {
		panic(err) // the files are in the binary
	}
	return data
}

// Vorbis makes an Ogg Vorbis file of half a second, 440 Hz, 44.1 kHz mono.
func Vorbis(tags Tags) []byte {
	comments := append([]byte("\x03vorbis"), oggComments(tags)...)
	return retag(tone("tone.ogg"), append(comments, 1))
}

// Opus makes an Ogg Opus file of half a second, 440 Hz, mono.
func Opus(tags Tags) []byte {
	return retag(tone("tone.opus"), append([]byte("OpusTags"), oggComments(tags)...))
}

func oggComments(tags Tags) []byte {
	if len(tags.Picture) == 0 {
		return VorbisComment(tags)
	}
	extra := map[string]string{"METADATA_BLOCK_PICTURE": base64.StdEncoding.EncodeToString(FLACPicture(tags.Picture))}
	for name, value := range tags.Extra {
		extra[name] = value
	}
	tags.Extra = extra
	return VorbisComment(tags)
}

// page is a page of Ogg.
type page struct {
	flags byte
	head  []byte // 27 bytes
	table []byte
	body  []byte
}

// retag puts another comment packet, the second, into a file whose header packets fill whole pages.
func retag(file, comments []byte) []byte {
	pages := parsePages(file)
	var rest [][]byte // header packets behind the comments
	if packets := splitPackets(pages[1]); len(packets) > 1 {
		rest = packets[1:]
	}
	out := pages[:1:1]
	out = append(out, packPages(pages[0].head, append([][]byte{comments}, rest...))...)
	out = append(out, pages[2:]...)
	var made []byte
	for number, p := range out {
		made = append(made, p.bytes(number)...)
	}
	return made
}

func parsePages(file []byte) []page {
	var pages []page
	for len(file) >= 27 {
		tableEnd := 27 + int(file[26])
		size := 0
		for _, s := range file[27:tableEnd] {
			size += int(s)
		}
		pages = append(pages, page{
			flags: file[5], head: file[:27], table: file[27:tableEnd], body: file[tableEnd : tableEnd+size],
		})
		file = file[tableEnd+size:]
	}
	return pages
}

func splitPackets(p page) [][]byte {
	var packets [][]byte
	start, end := 0, 0
	for _, s := range p.table {
		end += int(s)
		if s < 255 {
			packets = append(packets, p.body[start:end])
			start = end
		}
	}
	return packets
}

// packPages lays packets into pages of up to 255 segments.
func packPages(like []byte, packets [][]byte) []page {
	var table, body []byte
	for _, p := range packets {
		for range len(p) / 255 {
			table = append(table, 255)
		}
		table = append(table, byte(len(p)%255))
		body = append(body, p...)
	}
	var pages []page
	continued := byte(0)
	for len(table) > 0 {
		n, size := min(len(table), 255), 0
		for _, s := range table[:n] {
			size += int(s)
		}
		head := append([]byte(nil), like...)
		granule := uint64(0)
		if n == 255 && table[n-1] == 255 {
			granule = ^uint64(0) // maybe no packet ends here
		}
		binary.LittleEndian.PutUint64(head[6:], granule)
		pages = append(pages, page{flags: continued, head: head, table: table[:n], body: body[:size]})
		continued = 0
		if table[n-1] == 255 {
			continued = 1
		}
		table, body = table[n:], body[size:]
	}
	return pages
}

func (p page) bytes(number int) []byte {
	b := append([]byte(nil), p.head...)
	b[5], b[26] = p.flags, byte(len(p.table))
	binary.LittleEndian.PutUint32(b[18:], uint32(number))
	binary.LittleEndian.PutUint32(b[22:], 0)
	b = append(append(b, p.table...), p.body...)
	binary.LittleEndian.PutUint32(b[22:], oggChecksum(b))
	return b
}

// oggChecksum is the CRC of Ogg: highest bit first, nothing inverted.
func oggChecksum(data []byte) uint32 {
	var sum uint32
	for _, b := range data {
		sum ^= uint32(b) << 24
		for range 8 {
			carry := sum&(1<<31) != 0
			sum <<= 1
			if carry {
				sum ^= 0x04c11db7
			}
		}
	}
	return sum
}
