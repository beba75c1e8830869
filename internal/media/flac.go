package media

import (
	"encoding/binary"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// The blocks of FLAC that are read.
const (
	flacStreamInfo = 0
	flacComments   = 4
	flacPictures   = 6
	streamInfoSize = 34
)

// flac is what the stream says about itself.
type flac struct {
	maxBlock   int64 // samples in a frame
	maxFrame   int64 // bytes, 0 unknown
	sampleRate int
	channels   int
	depth      int
	samples    int64 // 0 unknown
}

// readFLAC reads the metadata blocks and holds the length they tell against the last frames.
func readFLAC(s *source, at int64, before bag) (song, error) {
	w := flacWalk{s: s, at: at + 4}
	for range maxFrames {
		last, err := w.block()
		if damaged(err) {
			return song{}, broken("The FLAC is cut short before its audio")
		}
		if err != nil {
			return song{}, err
		}
		if last {
			break
		}
	}
	if w.info.sampleRate == 0 {
		return song{}, broken("The FLAC does not say what its audio is")
	}
	w.tags.fill(before)
	audio, err := w.measure()
	return song{audio: audio, tags: w.tags}, err
}

// flacWalk goes through the metadata blocks.
type flacWalk struct {
	s    *source
	at   int64
	info flac
	tags bag
}

// block reads one block and tells whether it was the last.
func (w *flacWalk) block() (bool, error) {
	head, err := w.s.peek(w.at, 4)
	if err != nil {
		return false, err
	}
	last, kind := head[0]&0x80 != 0, head[0]&0x7f
	size := int64(head[1])<<16 | int64(head[2])<<8 | int64(head[3])
	start := w.at + 4
	if w.at = start + size; w.at > w.s.size {
		return false, errShort
	}
	switch kind {
	case flacStreamInfo:
		err = w.streamInfo(start, size)
	case flacComments:
		err = w.comments(start, size)
	case flacPictures:
		err = w.picture(start, size)
	}
	return last, err
}

func (w *flacWalk) streamInfo(at, size int64) error {
	if size < streamInfoSize {
		return broken("The FLAC does not say what its audio is")
	}
	b, err := w.s.peek(at, streamInfoSize)
	if err != nil {
		return err
	}
	packed := binary.BigEndian.Uint64(b[10:])
	w.info = flac{
		maxBlock:   int64(binary.BigEndian.Uint16(b[2:])),
		maxFrame:   int64(b[7])<<16 | int64(b[8])<<8 | int64(b[9]),
		sampleRate: int(packed >> 44), channels: int(packed>>41&7) + 1, depth: int(packed>>36&31) + 1,
		samples: int64(packed & (1<<36 - 1)),
	}
	return nil
}

func (w *flacWalk) comments(at, size int64) error {
	block, err := w.s.load(at, size)
	if err != nil {
		return err
	}
	tags := parseVorbisComment(block)
	w.tags.fill(tags)
	return nil
}

// picture looks at the head of the block first; a description longer than that is nobody's.
func (w *flacWalk) picture(at, size int64) error {
	head, err := w.s.peek(at, int(min(size, 4<<10)))
	if err != nil {
		return err
	}
	p, ok := parseFLACPicture(head, size)
	if !ok {
		w.tags.picture.refuse(damagedPicture)
		return nil
	}
	return w.tags.offerFLAC(p, func() ([]byte, error) { return w.s.load(at+p.at, p.size) })
}

func (w *flacWalk) measure() (ingest.Audio, error) {
	i := w.info
	audio := ingest.Audio{
		Format: library.FLAC, SampleRate: i.sampleRate, Channels: i.channels, BitDepth: i.depth,
	}
	head, err := w.s.peekUpTo(w.at, flacFrameHead)
	if err != nil {
		return audio, err
	}
	if _, ok := i.frame(head); !ok {
		return audio, broken("The FLAC has no audio frames")
	}
	last, err := w.lastSample()
	if err != nil {
		return audio, err
	}
	samples := i.samples
	if samples == 0 {
		samples = last
	}
	// One frame may be missing: the search finds the head of a frame, not whether its end is there.
	if last > 0 && samples-last > max(i.maxBlock, samples/1000) {
		return audio, cutShort("FLAC")
	}
	audio.Duration = lengthOf(samples, int64(i.sampleRate))
	end, _, err := readTail(w.s) // FLAC has no tags there; some programs write them all the same
	if err != nil {
		return audio, err
	}
	audio.AudioOffset, audio.AudioSize = w.at, max(end-w.at, 0)
	audio.BitRate = meanBitRate(audio.AudioSize, audio.Duration)
	return audio, nil
}
