package media

import (
	"bytes"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

const (
	junkPlain  = 4 << 10  // bytes of junk before the first frame that are skipped
	junkTagged = 64 << 10 // the same behind a tag, whose padding is often miscounted
)

// mp3 is an MP3 file: where its frames lie, and the first of them.
type mp3 struct {
	s     *source
	start int64 // of the first frame
	end   int64 // behind the last
	first mpegFrame
}

func readMP3(s *source, at int64, tags bag) (song, error) {
	end, tail, err := readTail(s)
	if err != nil {
		return song{}, err
	}
	m := mp3{s: s, end: max(end, at)}
	if err := m.findFirst(at); err != nil {
		return song{}, err
	}
	if m.first.layer != 3 {
		return song{}, notAudio("This is MPEG layer II audio, which is not played here")
	}
	tags.fill(tail)
	audio, err := m.measure()
	return song{audio: audio, tags: tags}, err
}

// findFirst looks for a frame that the next ones follow without a gap.
func (m *mp3) findFirst(at int64) error {
	span := int64(junkPlain)
	if at > 0 {
		span = junkTagged
	}
	stop := min(at+span, m.end-mpegHead)
	for pos := at; pos <= stop; {
		head, err := m.s.peekUpTo(pos, mpegHead+1024)
		if err != nil {
			return err
		}
		skip := bytes.IndexByte(head[:len(head)-mpegHead+1], 0xff)
		if skip < 0 {
			pos += int64(len(head) - mpegHead + 1)
			continue
		}
		pos += int64(skip)
		if f, ok := parseMPEG(head[skip:]); ok && pos <= stop {
			follows, err := m.follows(pos, f)
			if err != nil {
				return err
			}
			if follows {
				m.start, m.first = pos, f
				return nil
			}
		}
		pos++
	}
	return m.refuse(at)
}

// follows tells whether two more frames, or the end of the audio, come where this one says.
func (m *mp3) follows(pos int64, f mpegFrame) (bool, error) {
	for range 2 {
		pos += f.size
		if pos == m.end {
			return true, nil
		}
		head, err := m.s.peek(pos, mpegHead)
		if damaged(err) || err == nil && pos+mpegHead > m.end {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		next, ok := parseMPEG(head)
		if !ok || !next.alike(f) {
			return false, nil
		}
		f = next
	}
	return true, nil
}

// refuse says what a file without MP3 frames looks like.
func (m *mp3) refuse(at int64) error {
	head, err := m.s.peekUpTo(at, 1024)
	if err != nil {
		return err
	}
	if len(head) > 1 && head[0] == 0xff && head[1]&0xf6 == 0xf0 {
		return notAudio("This is a bare AAC stream; put into an M4A file it can be played")
	}
	if _, ok := parseMPEG(head); ok || at > 0 {
		return broken("The MP3 has no audio frames")
	}
	return notAudio("This is no audio of a known kind")
}

func (m *mp3) measure() (ingest.Audio, error) {
	audio := ingest.Audio{Format: library.MP3, SampleRate: m.first.sampleRate, Channels: m.first.channels}
	header, found, err := m.lengthHeader()
	if err != nil {
		return audio, err
	}
	audio.AudioOffset, audio.AudioSize = m.start, m.end-m.start
	if found {
		m.start += m.first.size // the header's own frame is silent
	}
	bytes := m.end - m.start
	samples, err := m.samples(header, bytes)
	if err != nil {
		return audio, err
	}
	audio.Duration = lengthOf(samples, int64(m.first.sampleRate))
	audio.BitRate = meanBitRate(bytes, lengthOf(samples+header.trim, int64(m.first.sampleRate)))
	return audio, nil
}
