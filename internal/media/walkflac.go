package media

import (
	"bytes"

	"hathor/internal/ingest"
	"hathor/internal/sound"
)

// lostFrames is how many bytes without the frame that has to come are damage, so that a later one will do.
const lostFrames = 1 << 20

// walkFLAC finds the frames by their heads: that they follow each other without a gap is what tells a head
// from samples that look like one.
func walkFLAC(s *source, a ingest.Audio, f *sound.Frames) error {
	w := flacWalk{s: s}
	if err := w.stream(a.AudioOffset); err != nil {
		return err
	}
	index := sound.Indexer{Rate: w.info.sampleRate}
	next, found := int64(0), a.AudioOffset
	for at := a.AudioOffset; at < s.size; {
		part, err := s.peekUpTo(at, peekLimit)
		if err != nil {
			return err
		}
		for from := 0; ; from++ {
			skip := bytes.IndexByte(part[from:], 0xff)
			if skip < 0 {
				break
			}
			from += skip
			if from > len(part)-flacFrameHead && at+int64(len(part)) < s.size {
				break
			}
			place := at + int64(from)
			first, block, ok := w.info.frameHead(part[from:min(from+flacFrameHead, len(part))])
			if ok && (first == next || first > next && place-found > lostFrames && (w.info.samples == 0 || first < w.info.samples)) {
				index.Frame(first, place)
				next, found = first+block, place
			}
		}
		at += int64(max(len(part)-flacFrameHead, 1))
	}
	f.Source, f.TotalSamples = sound.Exact, w.info.samples
	if w.info.samples == 0 || next < w.info.samples {
		f.TotalSamples = next
	}
	f.Index = index.End(f.TotalSamples)
	return nil
}

// stream reads what the stream says of itself, from the blocks that end where the audio begins.
func (w *flacWalk) stream(audio int64) error {
	head, err := w.s.peekUpTo(0, 4)
	if err != nil {
		return err
	}
	if !bytes.Equal(head, []byte("fLaC")) {
		_, w.at, err = readID3v2At(w.s, 0)
		if err != nil {
			return err
		}
	}
	w.at += 4
	for last := false; !last && w.at < audio && w.info.sampleRate == 0; {
		if last, err = w.block(); err != nil {
			return err
		}
	}
	if w.info.sampleRate == 0 {
		return broken("The FLAC does not say what its audio is")
	}
	return nil
}
