package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// oggStream is the audio stream of an Ogg file.
type oggStream struct {
	packets oggPackets
	audio   ingest.Audio
	preSkip int64
	rate    int64 // of the granules
}

// readOgg reads the first Vorbis or Opus stream; others beside it are passed over.
func readOgg(s *source) (song, error) {
	stream, err := findOggStream(s)
	if err != nil {
		return song{}, oggShort(err)
	}
	name := formatName(stream.audio.Format)
	tags, err := stream.comments()
	if err != nil {
		return song{}, oggShort(err)
	}
	if err := stream.measure(s); err != nil {
		if damaged(err) {
			return song{}, brokenf("The %s has no audio", name)
		}
		return song{}, err
	}
	return song{audio: stream.audio, tags: tags}, nil
}

func oggShort(err error) error {
	if damaged(err) {
		return broken("The Ogg file is cut short before its audio")
	}
	return err
}

// findOggStream looks at the first page of every stream, which all stand at the start.
func findOggStream(s *source) (oggStream, error) {
	other := ""
	at := int64(0)
	for range 64 {
		page, err := oggPageAt(s, at)
		if err != nil && (!damaged(err) || other == "") {
			return oggStream{}, err
		}
		if err != nil || page.flags&oggFirst == 0 {
			break
		}
		first := oggPackets{s: s, serial: page.serial, page: page, sizes: bytes.Clone(page.segments), at: page.bodyAt()}
		head, err := s.peekUpTo(first.at, int(min(page.body, 64)))
		if err != nil {
			return oggStream{}, err
		}
		stream, known, err := oggCodec(head)
		if err != nil {
			return oggStream{}, err
		}
		if known {
			stream.packets = first
			return stream, nil
		}
		other = oggOther(head, other)
		at = page.end()
	}
	if other == "" {
		return oggStream{}, broken("The Ogg file does not start at its start")
	}
	return oggStream{}, notAudio(fmt.Sprintf("This is an Ogg file with %s, which is not played here", other))
}

// oggCodec knows the heads of Vorbis and Opus.
func oggCodec(head []byte) (oggStream, bool, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\x01vorbis")):
		if len(head) < 28 {
			return oggStream{}, false, errShort
		}
		rate := binary.LittleEndian.Uint32(head[12:])
		audio := ingest.Audio{Format: library.Vorbis, SampleRate: int(rate), Channels: int(head[11])}
		return oggStream{audio: audio, rate: int64(rate)}, true, nil
	case bytes.HasPrefix(head, []byte("OpusHead")):
		if len(head) < 19 {
			return oggStream{}, false, errShort
		}
		const rate = 48000 // whatever was put in, Opus plays at this
		audio := ingest.Audio{Format: library.Opus, SampleRate: rate, Channels: int(head[9])}
		return oggStream{audio: audio, rate: rate, preSkip: int64(binary.LittleEndian.Uint16(head[10:]))}, true, nil
	}
	return oggStream{}, false, nil
}

func oggOther(head []byte, before string) string {
	for _, known := range []struct{ start, what string }{
		{"\x80theora", "Theora video"}, {"Speex   ", "Speex"}, {"\x7fFLAC", "FLAC"}, {"BBCD", "Dirac video"},
	} {
		if bytes.HasPrefix(head, []byte(known.start)) {
			return known.what
		}
	}
	if before != "" {
		return before
	}
	return "an unknown codec"
}

// comments reads the second packet, and for Vorbis the third, so that the audio comes next.
func (o *oggStream) comments() (bag, error) {
	if _, err := o.packets.next(); err != nil {
		return bag{}, err
	}
	packet, err := o.packets.next()
	if err != nil {
		return bag{}, err
	}
	if o.audio.Format == library.Opus {
		body, ok := bytes.CutPrefix(packet, []byte("OpusTags"))
		if !ok {
			return bag{}, broken("The Ogg Opus has no comments where they must be")
		}
		return parseVorbisComment(body), nil
	}
	body, ok := bytes.CutPrefix(packet, []byte("\x03vorbis"))
	if !ok {
		return bag{}, broken("The Ogg Vorbis has no comments where they must be")
	}
	if _, err := o.packets.next(); err != nil { // the codebooks
		return bag{}, err
	}
	return parseVorbisComment(body), nil
}

// measure takes the length from the last granule of the stream. The first audio page must be there.
func (o *oggStream) measure(s *source) error {
	start := o.packets.page.end()
	if err := o.packets.turn(); err != nil {
		return err
	}
	first := o.packets.page
	if first.end() > s.size && first.bodyAt() >= s.size {
		return errShort
	}
	skipped := o.startsLate(s, first)
	last, err := o.lastGranule(s, first)
	if err != nil {
		return err
	}
	o.audio.Duration = lengthOf(last-skipped-o.preSkip, o.rate)
	o.audio.AudioOffset, o.audio.AudioSize = start, s.size-start
	o.audio.BitRate = meanBitRate(o.audio.AudioSize, o.audio.Duration)
	return nil
}

// startsLate answers how far into its own time the stream begins, as recordings of radio do. Opus
// packets tell their length; those of Vorbis do not, so only what no page can hold counts as late.
func (o *oggStream) startsLate(s *source, first oggPage) int64 {
	if first.granule <= 0 || first.flags&oggContinued != 0 {
		return 0
	}
	if o.audio.Format == library.Vorbis {
		const widest = oggMaxTable * 4096 // samples of a page at most
		return max(0, first.granule-widest)
	}
	return max(0, first.granule-o.opusSamples(s, first))
}

// opusSamples adds up the packets of the page. On the last page the granule may be smaller, which trims.
func (o *oggStream) opusSamples(s *source, page oggPage) int64 {
	var samples int64
	rest := oggPackets{s: s, sizes: bytes.Clone(page.segments), at: page.bodyAt()}
	for len(rest.sizes) > 0 {
		size, _ := rest.take()
		head, err := s.peekUpTo(rest.at, 2)
		if err != nil || size < 1 || len(head) < 1 {
			return max(samples, page.granule) // nothing can be told, so nothing is skipped
		}
		samples += opusPacket(head)
		rest.at += size
	}
	return samples
}

// opusPacket is the length of a packet by its first bytes, in samples at 48 kHz.
func opusPacket(head []byte) int64 {
	config := head[0] >> 3
	frame := int64(2880)
	switch {
	case config >= 16:
		frame = 120 << (config & 3)
	case config >= 12:
		frame = 480 << (config & 1)
	case config&3 < 3:
		frame = 480 << (config & 3)
	}
	switch head[0] & 3 {
	case 0:
		return frame
	case 3:
		if len(head) > 1 {
			return frame * int64(head[1]&0x3f)
		}
	}
	return 2 * frame
}

// lastGranule finds the end of the stream in the tail. Where other streams fill the tail, it walks the
// pages from the first.
func (o *oggStream) lastGranule(s *source, first oggPage) (int64, error) {
	for _, tail := range []int64{16 << 10, oggMaxPage, 8 * oggMaxPage} {
		start := max(first.at, s.size-tail)
		data, err := s.load(start, s.size-start)
		if err != nil {
			return 0, err
		}
		if granule, ok := o.lastIn(data); ok {
			return granule, nil
		}
		if start == first.at {
			return 0, errShort
		}
	}
	return o.walkGranules(s, first)
}

// lastIn searches backwards for a page of the stream on which a packet ends.
func (o *oggStream) lastIn(data []byte) (int64, bool) {
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], []byte("OggS"))
		if at < 0 {
			return 0, false
		}
		page, ok := parseOggPage(int64(at), data[at:])
		if ok && page.serial == o.packets.serial && page.granule >= 0 {
			return page.granule, true
		}
		end = at
	}
}

// walkPages bounds how many pages are looked at one by one: about four hours of music.
const walkPages = 20_000

func (o *oggStream) walkGranules(s *source, page oggPage) (int64, error) {
	last := int64(-1)
	for range walkPages {
		if page.serial == o.packets.serial && page.granule >= 0 {
			last = page.granule
		}
		next, err := oggPageAt(s, page.end())
		if errors.Is(err, errShort) {
			break
		}
		if err != nil {
			return 0, err
		}
		page = next
	}
	if last < 0 {
		return 0, errShort
	}
	return last, nil
}
