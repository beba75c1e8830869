package media

import (
	"errors"
	"fmt"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// mp4 collects what the atoms of a file tell.
type mp4 struct {
	s          *source
	movie      timescale // of the whole film
	tracks     []mp4Track
	tags       bag
	mediaBytes int64 // of all mdat
	media      mp4Media
	fragments  mp4Fragments
	found      bool // a moov
}

// timescale is a length in units of its own.
type timescale struct{ units, perSecond int64 }

func (t timescale) length() time.Duration { return lengthOf(t.units, t.perSecond) }

func readMP4(s *source) (song, error) {
	if err := refuseBrand(s); err != nil {
		return song{}, err
	}
	m := mp4{s: s}
	if err := m.top(); err != nil {
		return song{}, err
	}
	if !m.found {
		return song{}, broken("The M4A is cut short: its index is missing")
	}
	track, err := m.audioTrack()
	if err != nil {
		return song{}, err
	}
	audio := track.audio
	if audio.Duration, err = m.length(track); err != nil {
		return song{}, err
	}
	if m.mediaBytes == 0 {
		return song{}, broken("The M4A has no audio")
	}
	audio.AudioOffset, audio.AudioSize = m.media.span()
	audio.BitRate = track.bitRate
	if len(m.tracks) == 1 || audio.BitRate == 0 {
		audio.BitRate = meanBitRate(m.mediaBytes, audio.Duration)
	}
	return song{audio: audio, tags: m.tags}, nil
}

// refuseBrand names pictures that come in the same container.
func refuseBrand(s *source) error {
	head, err := s.peekUpTo(0, 12)
	if err != nil || len(head) < 12 || string(head[4:8]) != "ftyp" {
		return err
	}
	switch string(head[8:12]) {
	case "heic", "heix", "mif1", "msf1", "hevc":
		return notAudio("This is a HEIC picture, not audio that can be played here")
	case "avif", "avis":
		return notAudio("This is an AVIF picture, not audio that can be played here")
	case "crx ":
		return notAudio("This is a raw photo, not audio that can be played here")
	}
	return nil
}

// top walks the outermost atoms. One that ends behind the file means that the file was cut.
func (m *mp4) top() error {
	at := int64(0)
	for n := 0; at < m.s.size && n < maxFragments; n++ {
		a, err := atomAt(m.s, at, m.s.size)
		if damaged(err) {
			return m.leftover()
		}
		if err != nil {
			return err
		}
		if a.end > m.s.size {
			if err := checkWhole("M4A", a.from, a.end, m.s.size); err != nil {
				return err
			}
			a.end = m.s.size
		}
		if err := m.outer(a); err != nil {
			return err
		}
		at = a.end
	}
	return nil
}

// leftover forgives junk behind a file that has all it needs.
func (m *mp4) leftover() error {
	if m.found && m.mediaBytes > 0 {
		return nil
	}
	return cutShort("M4A")
}

func (m *mp4) outer(a atom) error {
	switch a.kind {
	case "moov":
		m.found = true
		m.media.index()
		return children(m.s, a.from, a.end, m.inMovie)
	case "mdat":
		m.mediaBytes += a.size()
		m.media.add(a)
	case "moof":
		return m.fragments.add(m.s, a)
	}
	return nil
}

func (m *mp4) inMovie(a atom) error {
	switch a.kind {
	case "mvhd":
		return readScale(m.s, a, &m.movie)
	case "trak":
		t := mp4Track{s: m.s}
		if err := children(m.s, a.from, a.end, t.visit); err != nil {
			return err
		}
		m.tracks = append(m.tracks, t)
	case "mvex":
		return children(m.s, a.from, a.end, m.fragments.defaults(m.s))
	case "udta", "meta":
		return m.metadata(a)
	}
	return nil
}

// readScale reads the units of mvhd and mdhd, which stand at the same place.
func readScale(s *source, a atom, into *timescale) error {
	wide, err := field32(s, a, 0)
	if err != nil {
		return forgive(err)
	}
	offset := int64(12)
	if wide>>24 == 1 {
		offset = 20
	}
	perSecond, err := field32(s, a, offset)
	if err != nil {
		return forgive(err)
	}
	units, err := versioned(s, a, 16, 8)
	*into = timescale{units, perSecond}
	return forgive(err)
}

// forgive lets an atom go that is too short for what should be in it; what needs it will miss it.
func forgive(err error) error {
	if errors.Is(err, errShort) {
		return nil
	}
	return err
}

// audioTrack picks the first track of sound.
func (m *mp4) audioTrack() (mp4Track, error) {
	video := false
	for _, t := range m.tracks {
		if t.handler == "soun" && t.audio.Format != "" {
			return t, nil
		}
		if t.handler == "soun" {
			return t, notAudio(fmt.Sprintf("This MP4 holds %q audio, which is not played here", line(t.codec)))
		}
		video = video || t.handler == "vide"
	}
	if video {
		return mp4Track{}, notAudio("This is a video without sound")
	}
	return mp4Track{}, broken("The M4A has no audio track")
}

// length is that of the part the edit list plays, when it has one; else that of the track; else that of
// its samples, in the track or in fragments.
func (m *mp4) length(t mp4Track) (time.Duration, error) {
	media := t.media.length()
	if media == 0 {
		media = timescale{t.sampleUnits, t.media.perSecond}.length()
	}
	if media == 0 {
		media = timescale{m.fragments.units[t.id], t.media.perSecond}.length()
	}
	edited := timescale{t.edited, m.movie.perSecond}.length()
	if edited > 0 && (media == 0 || edited <= media) {
		return edited, nil
	}
	if media == 0 {
		media = m.movie.length()
	}
	return media, nil
}

// isLossless tells the two formats of the container apart.
func isLossless(codec string) bool { return codec == "alac" }

func audioOf(codec string) ingest.Audio {
	if isLossless(codec) {
		return ingest.Audio{Format: library.ALAC}
	}
	return ingest.Audio{Format: library.AAC}
}
