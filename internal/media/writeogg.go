package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync"

	"hathor/internal/library"
)

// ogg writes the comments anew. The pages behind them are the same but for their numbers.
func (r *retag) ogg() ([]piece, error) {
	stream, err := findOggStream(r.s)
	if err != nil {
		return nil, err
	}
	if stream.packets.page.at != 0 {
		return nil, notWritable("The Ogg file holds several streams")
	}
	first := stream.packets.page
	firstEnd := first.end()
	serial := first.serial
	headers, err := r.oggHeaders(&stream)
	if err != nil {
		return nil, err
	}
	number, err := r.s.peek(r.audio.AudioOffset, oggHead)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(number, []byte("OggS")) || binary.LittleEndian.Uint32(number[14:]) != serial {
		return nil, notWritable("The Ogg file holds several streams")
	}
	was := binary.LittleEndian.Uint32(number[18:])
	pages, count := oggPages(serial, headers)
	shift := count + 1 - was
	from, size, file := r.audio.AudioOffset, r.s.size, r.s.r
	renumber := func(ctx context.Context, out io.Writer) error {
		return eachOggPage(ctx, file, from, size, func(page []byte) error {
			if binary.LittleEndian.Uint32(page[14:]) == serial && shift != 0 {
				binary.LittleEndian.PutUint32(page[18:], binary.LittleEndian.Uint32(page[18:])+shift)
				checksum(page)
			}
			_, err := out.Write(page)
			return err
		})
	}
	return []piece{{from: 0, size: firstEnd}, {data: pages}, {copy: renumber}}, nil
}

// oggHeaders are the header packets behind the first.
func (r *retag) oggHeaders(stream *oggStream) ([][]byte, error) {
	if _, err := stream.packets.next(); err != nil {
		return nil, err
	}
	packet, err := stream.packets.next()
	if err != nil {
		return nil, err
	}
	if r.audio.Format == library.Opus {
		body, ok := bytes.CutPrefix(packet, []byte("OpusTags"))
		if !ok {
			return nil, broken("The Ogg Opus has no comments where they must be")
		}
		return [][]byte{append([]byte("OpusTags"), r.comments(body, true)...)}, nil
	}
	body, ok := bytes.CutPrefix(packet, []byte("\x03vorbis"))
	if !ok {
		return nil, broken("The Ogg Vorbis has no comments where they must be")
	}
	codebooks, err := stream.packets.next()
	if err != nil {
		return nil, err
	}
	const framing = 1
	comments := append(append([]byte("\x03vorbis"), r.comments(body, true)...), framing)
	return [][]byte{comments, codebooks}, nil
}

// oggPages packs header packets into pages numbered from 1, and says how many.
func oggPages(serial uint32, packets [][]byte) ([]byte, uint32) {
	var table, body, out []byte
	for _, p := range packets {
		table = append(append(table, bytes.Repeat([]byte{255}, len(p)/255)...), byte(len(p)%255))
		body = append(body, p...)
	}
	number, continued := uint32(0), byte(0)
	for len(table) > 0 {
		n, size, ends := min(len(table), oggMaxTable), 0, false
		for _, s := range table[:n] {
			size += int(s)
			ends = ends || s < 255
		}
		number++
		page := append([]byte("OggS\x00"), continued)
		granule := uint64(0)
		if !ends {
			granule = ^uint64(0) // no packet ends here
		}
		page = binary.LittleEndian.AppendUint64(page, granule)
		page = binary.LittleEndian.AppendUint32(page, serial)
		page = binary.LittleEndian.AppendUint32(page, number)
		page = append(page, 0, 0, 0, 0, byte(n))
		page = append(append(page, table[:n]...), body[:size]...)
		checksum(page)
		out = append(out, page...)
		continued = 0
		if table[n-1] == 255 {
			continued = oggContinued
		}
		table, body = table[n:], body[size:]
	}
	return out, number
}

// eachOggPage calls take with every page from the offset to the end. The bytes are take's to change.
func eachOggPage(ctx context.Context, file io.ReaderAt, at, size int64, take func(page []byte) error) error {
	buffer := make([]byte, oggMaxPage)
	for at < size {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("copy Ogg pages: %w", err)
		}
		n, err := file.ReadAt(buffer[:min(int64(len(buffer)), size-at)], at)
		if err != nil && n == 0 {
			return fmt.Errorf("read Ogg page: %w", err)
		}
		p, ok := parseOggPage(at, buffer[:n])
		if !ok || p.end() > at+int64(n) {
			return notWritable("The Ogg file has damaged pages")
		}
		if err := take(buffer[:p.end()-at]); err != nil {
			return err
		}
		at = p.end()
	}
	return nil
}

// oggTable is the table of Ogg's checksum: CRC-32 with the bits in plain order.
var oggTable = sync.OnceValue(func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			carry := sum&(1<<31) != 0
			if sum <<= 1; carry {
				sum ^= 0x04c11db7
			}
		}
		table[i] = sum
	}
	return table
})

// checksum writes the page's own.
func checksum(page []byte) {
	clear(page[22:26])
	table, sum := oggTable(), uint32(0)
	for _, b := range page {
		sum = sum<<8 ^ table[byte(sum>>24)^b]
	}
	binary.LittleEndian.PutUint32(page[22:], sum)
}
