package media

import (
	"bytes"

	"hathor/internal/library"
	"hathor/internal/sound"
)

// walkOgg goes from page to page. A page is entered at the sample behind the page before it.
func walkOgg(s *source, f *sound.Frames) error {
	stream, err := findOggStream(s)
	if err != nil {
		return err
	}
	if _, err := stream.comments(); err != nil {
		return err
	}
	if err := stream.packets.turn(); err != nil {
		return err
	}
	first := stream.packets.page
	late := stream.startsLate(s, first)
	index := sound.Indexer{Rate: int(stream.rate)}
	given := int64(0)
	for at := first.at; at < s.size; {
		page, err := oggPageAt(s, at)
		if damaged(err) {
			if at, err = nextPage(s, at+1); err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if page.end() > s.size && page.bodyAt() >= s.size {
			break
		}
		if page.serial == stream.packets.serial && page.granule >= 0 {
			index.Frame(given, page.at)
			given = max(given, page.granule-late)
		}
		at = page.end()
	}
	f.Index, f.TotalSamples, f.Source = index.End(given), given, sound.Vorbis
	if f.Format == library.Opus {
		f.Source, f.StartTrim = sound.Opus, min(stream.preSkip, given)
		f.TotalSamples = given - f.StartTrim
	}
	return nil
}

// nextPage finds where a page may begin at or behind the offset, the end of the file where none does.
func nextPage(s *source, at int64) (int64, error) {
	for at < s.size {
		part, err := s.peekUpTo(at, peekLimit)
		if err != nil {
			return 0, err
		}
		if skip := bytes.Index(part, []byte("OggS")); skip >= 0 {
			return at + int64(skip), nil
		}
		at += int64(max(len(part)-3, 1))
	}
	return s.size, nil
}
