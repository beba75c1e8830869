package media

import (
	"bytes"

	"hathor/internal/ingest"
	"hathor/internal/sound"
)

// decoderDelay is how many samples every MP3 decoder gives out before the first that was put in, beside
// what the encoder says that it added.
const decoderDelay = 529

// walkMP3 counts the frames. The header's own is silent, and no decoder gives it out.
func walkMP3(s *source, a ingest.Audio, f *sound.Frames) error {
	m := mp3{s: s, end: a.AudioOffset + a.AudioSize}
	if err := m.findFirst(a.AudioOffset); err != nil {
		return err
	}
	header, found, err := m.lengthHeader()
	if err != nil {
		return err
	}
	at := m.start
	if found {
		at += m.first.size
	}
	index := sound.Indexer{Rate: m.first.sampleRate}
	frames, err := m.walkAll(at, func(n, at int64) { index.Frame(n*m.first.samples, at) })
	if err != nil {
		return err
	}
	given := frames * m.first.samples
	f.SampleRate, f.TotalSamples, f.Index = m.first.sampleRate, given, index.End(given)
	if start := header.delay + decoderDelay; header.trim > 0 && start < given {
		f.Source, f.StartTrim = sound.LAME, start
		f.TotalSamples = given - start
		if whole := max(header.frames, frames) * m.first.samples; whole > header.trim {
			f.TotalSamples = min(whole-header.trim, f.TotalSamples) // of a file that was cut the padding is gone
		}
	}
	return nil
}

// walkAll visits every whole frame, over what stands between that is none.
func (m *mp3) walkAll(at int64, visit func(n, at int64)) (frames int64, err error) {
	for at+mpegHead <= m.end {
		head, err := m.s.peek(at, mpegHead)
		if err != nil {
			return frames, err
		}
		frame, ok := parseMPEG(head)
		if !ok || !frame.alike(m.first) {
			if at, err = m.nextFrame(at + 1); err != nil {
				return frames, err
			}
			continue
		}
		if at+frame.size > m.end {
			break
		}
		visit(frames, at)
		frames++
		at += frame.size
	}
	return frames, nil
}

// nextFrame finds a frame that others follow, the end where there is none.
func (m *mp3) nextFrame(at int64) (int64, error) {
	for at+mpegHead <= m.end {
		part, err := m.s.peekUpTo(at, peekLimit)
		if err != nil {
			return m.end, err
		}
		skip := bytes.IndexByte(part[:len(part)-mpegHead+1], 0xff)
		if skip < 0 {
			at += int64(len(part) - mpegHead + 1)
			continue
		}
		at += int64(skip)
		if f, ok := parseMPEG(part[skip:]); ok && f.alike(m.first) {
			if follows, err := m.follows(at, f); follows || err != nil {
				return at, err
			}
		}
		at++
	}
	return m.end, nil
}
