package media

import (
	"encoding/binary"
	"strconv"
	"strings"

	"hathor/internal/library"
	"hathor/internal/sound"
)

// mp4Walk finds where each sample of the track lies: the tables that tell, and what is cut off at its ends.
type mp4Walk struct {
	s      *source
	movie  timescale
	track  mp4Track
	tables map[string]atom
	itunes string // what iTunes wrote of the ends
}

// walkMP4 goes through the sample table. A file in pieces has none, so it gets no index.
func walkMP4(s *source, f *sound.Frames) error {
	w := mp4Walk{s: s}
	if err := w.top(); err != nil {
		return err
	}
	perSecond := w.track.media.perSecond
	if perSecond <= 0 || f.SampleRate <= 0 {
		return nil
	}
	index := sound.Indexer{Rate: f.SampleRate}
	t := tableWalk{s: s, tables: w.tables}
	given, err := t.each(func(units, offset int64) { index.Frame(rescaled(units, int64(f.SampleRate), perSecond), offset) })
	if err != nil {
		return forgive(err)
	}
	f.TotalSamples = rescaled(given, int64(f.SampleRate), perSecond)
	f.Index = index.End(f.TotalSamples)
	if f.Format == library.ALAC {
		f.Source = sound.Exact
	}
	return w.ends(f, given)
}

// rescaled turns units of one clock into those of another, rounded.
func rescaled(units, to, from int64) int64 {
	if from <= 0 || units < 0 || units > 1<<48 {
		return 0
	}
	whole, rest := units/from, units%from
	return whole*to + (rest*to+from/2)/from
}

func (w *mp4Walk) top() error {
	for at, n := int64(0), 0; at < w.s.size && n < maxFragments; n++ {
		a, err := atomAt(w.s, at, w.s.size)
		if err != nil {
			return forgive(err)
		}
		if a.kind == "moov" {
			return children(w.s, a.from, a.end, w.inMovie)
		}
		at = a.end
	}
	return nil
}

func (w *mp4Walk) inMovie(a atom) error {
	switch a.kind {
	case "mvhd":
		return readScale(w.s, a, &w.movie)
	case "trak":
		if w.track.handler == "soun" {
			return nil // the first one is played
		}
		w.track, w.tables = mp4Track{s: w.s}, map[string]atom{}
		return children(w.s, a.from, a.end, w.inTrack)
	case "udta", "meta", "ilst":
		from := a.from
		if a.kind == "meta" {
			from += (&mp4{s: w.s}).metaHead(a)
		}
		return children(w.s, from, a.end, w.inMovie)
	case "----":
		return w.freeform(a)
	}
	return nil
}

func (w *mp4Walk) inTrack(a atom) error {
	switch a.kind {
	case "mdia", "minf", "stbl", "edts":
		return children(w.s, a.from, a.end, w.inTrack)
	case "stsz", "stz2", "stsc", "stco", "co64", "stts", "elst":
		w.tables[a.kind] = a
		return nil
	}
	return w.track.visit(a)
}

func (w *mp4Walk) freeform(a atom) error {
	found := false
	return children(w.s, a.from, a.end, func(child atom) error {
		b, err := w.s.peekUpTo(child.from, int(min(child.size(), 256)))
		switch {
		case err != nil:
			return forgive(err)
		case child.kind == "name" && len(b) > 4:
			found = strings.EqualFold(string(b[4:]), "iTunSMPB")
		case child.kind == "data" && found && len(b) > 8:
			w.itunes = string(b[8:])
		}
		return nil
	})
}

// ends says what of the samples is music: by the edit list, else by what iTunes wrote.
func (w *mp4Walk) ends(f *sound.Frames, given int64) error {
	from, length, err := w.edit()
	if err != nil {
		return err
	}
	rate, perSecond := int64(f.SampleRate), w.track.media.perSecond
	if from > 0 && from < given {
		rest := rescaled(given-from, rate, perSecond)
		f.Source, f.StartTrim, f.TotalSamples = sound.EditList, rescaled(from, rate, perSecond), rest
		// The film's clock is often a coarse one; within its tick the track's own end is the better word.
		if played := rescaled(length, rate, w.movie.perSecond); played > 0 && rest-played > rate/max(w.movie.perSecond, 1)+1 {
			f.TotalSamples = played
		}
		return nil
	}
	if delay, samples, ok := parseITunes(w.itunes); ok && delay+samples <= f.TotalSamples {
		f.Source, f.StartTrim, f.TotalSamples = sound.ITunes, delay, samples
	}
	return nil
}

// edit reads the first part that is played: from where, in the track's units, and how long, in the film's.
func (w *mp4Walk) edit() (from, length int64, err error) {
	a, ok := w.tables["elst"]
	if !ok {
		return 0, 0, nil
	}
	head, err := w.s.peekUpTo(a.from, int(min(a.size(), 8)))
	if err != nil || len(head) < 8 {
		return 0, 0, forgive(err)
	}
	size, count := int64(12), int64(binary.BigEndian.Uint32(head[4:]))
	if head[0] == 1 {
		size = 20
	}
	for i := range min(count, 16) {
		e, err := w.s.peek(a.from+8+i*size, int(size))
		if err != nil {
			return 0, 0, forgive(err)
		}
		if size == 20 {
			length, from = int64(binary.BigEndian.Uint64(e)), int64(binary.BigEndian.Uint64(e[8:]))
		} else {
			length, from = int64(binary.BigEndian.Uint32(e)), int64(int32(binary.BigEndian.Uint32(e[4:])))
		}
		if from >= 0 {
			return from, length, nil
		}
	}
	return 0, 0, nil
}

// parseITunes reads " 00000000 00000840 000001CA 00000000003F31F6 …": delay, padding and samples.
func parseITunes(text string) (delay, samples int64, ok bool) {
	words := strings.Fields(text)
	if len(words) < 4 {
		return 0, 0, false
	}
	delay, errDelay := strconv.ParseInt(words[1], 16, 32)
	samples, errSamples := strconv.ParseInt(words[3], 16, 48)
	return delay, samples, errDelay == nil && errSamples == nil && delay > 0 && samples > 0
}
