package media

import (
	"encoding/binary"
	"fmt"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// wav collects the chunks of a WAV file.
type wav struct {
	s         *source
	format    wavFormat
	dataAt    int64
	dataEnd   int64
	wideData  int64 // of RF64, whose sizes do not fit the chunk heads
	info      bag   // LIST INFO, the poorer of the two tags
	tags      bag   // an ID3 tag in a chunk
	hasFormat bool
}

type wavFormat struct {
	codec      uint16
	channels   int
	sampleRate int
	block      int64 // bytes of one sample of all channels
	depth      int
}

const (
	wavPCM        = 1
	wavFloat      = 3
	wavExtensible = 0xfffe
	wavUnknown    = 1<<32 - 1 // the size a stream is written with
)

func readWAV(s *source) (song, error) {
	w := wav{s: s, dataAt: -1}
	if err := w.chunks(); err != nil {
		return song{}, err
	}
	if !w.hasFormat {
		return song{}, broken("The WAV does not say what its audio is")
	}
	if w.dataAt < 0 || w.dataEnd-w.dataAt < w.format.block {
		return song{}, broken("The WAV has no audio")
	}
	w.tags.fill(w.info)
	return song{audio: w.audio(), tags: w.tags}, nil
}

func (w *wav) audio() ingest.Audio {
	f, size := w.format, w.dataEnd-w.dataAt
	length := lengthOf(size/f.block, int64(f.sampleRate))
	return ingest.Audio{
		Format: library.WAV, Duration: length, BitRate: meanBitRate(size, length),
		SampleRate: f.sampleRate, Channels: f.channels, BitDepth: f.depth,
		AudioOffset: w.dataAt, AudioSize: size,
	}
}

// chunks walks the file. What stands behind the audio is read too: tags often do.
func (w *wav) chunks() error {
	at := int64(12)
	for n := 0; n < maxFrames && w.s.size-at >= 8; n++ {
		head, err := w.s.peek(at, 8)
		if err != nil {
			return err
		}
		id, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		at += 8
		if id == "data" && w.dataAt < 0 {
			if size, err = w.data(at, size); err != nil {
				return err
			}
		} else if err := w.chunk(id, at, size); err != nil {
			return err
		}
		at += size + size&1
	}
	return nil
}

// data notes where the audio lies. A recorder that could not come back to write the size left 0 or all
// ones: then the audio goes to the end.
func (w *wav) data(at, size int64) (int64, error) {
	if size == wavUnknown && w.wideData > 0 {
		size = w.wideData
	}
	if size == 0 || size > w.s.size-at && unsized(size) {
		size = w.s.size - at
	}
	if err := checkWhole("WAV", at, at+size, w.s.size); err != nil {
		return 0, err
	}
	size = min(size, w.s.size-at)
	w.dataAt, w.dataEnd = at, at+size
	return size, nil
}

// unsized knows the sizes that programs write when they do not know one: all ones, or a round number a
// little below two or four gigabytes.
func unsized(size int64) bool {
	return size > wavUnknown-1<<16 || size > 1<<31-1<<16 && size < 1<<31
}

func (w *wav) chunk(id string, at, size int64) error {
	if at+size > w.s.size {
		return nil // the walk ends here
	}
	switch id {
	case "fmt ":
		return w.formatChunk(at, size)
	case "ds64":
		if size < 16 {
			return nil
		}
		b, err := w.s.peek(at+8, 8)
		if err != nil {
			return err
		}
		w.wideData = max(0, int64(binary.LittleEndian.Uint64(b)))
	case "LIST":
		return w.list(at, size)
	case "id3 ", "ID3 ":
		tags, _, err := readID3v2At(w.s, at)
		w.tags.fill(tags)
		return err
	}
	return nil
}

func (w *wav) formatChunk(at, size int64) error {
	if size < 16 {
		return broken("The WAV does not say what its audio is")
	}
	b, err := w.s.peek(at, int(min(size, 40)))
	if err != nil {
		return err
	}
	f := wavFormat{
		codec: binary.LittleEndian.Uint16(b), channels: int(binary.LittleEndian.Uint16(b[2:])),
		sampleRate: int(binary.LittleEndian.Uint32(b[4:])), depth: int(binary.LittleEndian.Uint16(b[14:])),
	}
	if f.codec == wavExtensible && len(b) >= 26 {
		f.codec = binary.LittleEndian.Uint16(b[24:]) // the first bytes of the codec's GUID
	}
	if f.codec != wavPCM && f.codec != wavFloat {
		return notAudio(fmt.Sprintf("This WAV holds codec %#04x instead of plain samples, which is not played here", f.codec))
	}
	if f.depth < 8 || f.depth > 64 || f.channels == 0 || f.channels > maxChannels {
		return broken("The WAV names samples that cannot be")
	}
	f.block = int64(f.channels) * int64((f.depth+7)/8)
	if stated := int64(binary.LittleEndian.Uint16(b[12:])); stated > f.block && stated <= 8*int64(f.channels) {
		f.block = stated // samples stand in wider places
	}
	w.format, w.hasFormat = f, true
	return nil
}

// wavFields maps the entries of LIST INFO.
var wavFields = map[string]field{
	"INAM": title, "IART": artist, "IPRD": album, "IGNR": genre, "ICRD": date, "ITRK": trackNumber,
	"IPRT": trackNumber, "TRCK": trackNumber, "IAAR": albumArtist, "IMUS": composer,
}

func (w *wav) list(at, size int64) error {
	end := at + size
	kind, err := w.s.peekUpTo(at, 4)
	if err != nil || string(kind) != "INFO" {
		return err
	}
	at += 4
	for n := 0; n < maxFrames && end-at >= 8; n++ {
		head, err := w.s.peek(at, 8)
		if err != nil {
			return err
		}
		f, known := wavFields[string(head[:4])]
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		at += 8
		if size > end-at {
			return nil
		}
		if known {
			text, err := w.s.peek(at, int(min(size, maxText)))
			if err != nil {
				return err
			}
			w.info.addAll(f, splitNUL(infoText(text)))
		}
		at += size + size&1
	}
	return nil
}
