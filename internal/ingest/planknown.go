package ingest

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"hathor/internal/library"
)

// mostAsked is how many folders' songs are asked for by their paths; of more, all of the library's are read.
const mostAsked = 100

// known asks for the songs of all that changed, and for those that are missing.
func (s *Scanner) known(ctx context.Context, p *plan) ([]Known, error) {
	if p.first || len(p.changed)+len(p.vanished) > mostAsked {
		all, err := s.shelf.Known(ctx, p.folder.ID, nil)
		return slices.DeleteFunc(all, func(k Known) bool { return !p.judges(k) }), err
	}
	folders := make([]string, 0, len(p.changed)+len(p.vanished))
	return s.shelf.Known(ctx, p.folder.ID, append(slices.AppendSeq(folders, maps.Keys(p.changed)), p.vanished...))
}

// judges tells whether the survey can say of a song that it is gone: one of some folders cannot of the others.
func (p *plan) judges(k Known) bool {
	name := path.Dir(k.Path)
	_, changed := p.changed[name]
	return !p.partial || k.Missing || changed || slices.Contains(p.vanished, name)
}

// findLeft looks for songs that have left folders which change still. A file that came from there is no new song
// because its old folder is scanned later; what is found nowhere is that scan's to mark.
func (s *Scanner) findLeft(ctx context.Context, p *plan, restless []string) error {
	p.left = map[library.SongID]Known{}
	if !p.findsNew() || len(restless) == 0 {
		return nil
	}
	known, err := s.shelf.Known(ctx, p.folder.ID, restless)
	if err != nil {
		return err
	}
	for _, k := range known {
		if _, err := p.root.Lstat(k.Path); !k.Missing && !p.judges(k) && errors.Is(err, fs.ErrNotExist) {
			p.left[k.ID] = k
		}
	}
	return nil
}
