package ingest

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"hathor/internal/library"
)

// plan is what a scan has to do in one library's folder.
type plan struct {
	folder   library.Library
	root     *os.Root
	tree     *tree
	kept     map[string]int64 // listings as the last scan left them
	first    bool             // no scan left any
	partial  bool             // only some folders are looked at
	changed  map[string]int64 // listings of the folders that are not as they were
	vanished []string         // folders that are there no more
	read     []job
	returned []library.SongID         // missing songs whose files are back as they were
	gone     map[library.SongID]Known // songs without a file: missing already, or from now on
	left     map[library.SongID]Known // songs that left folders which are not looked at yet
	present  int                      // songs of what changed that had a file at the last scan
	mates    map[string][]Known       // unchanged songs on an album, by their folder
}

// job is a file to read; id is the song that had this path, and sound what that song sounds like.
type job struct {
	found
	dir   *dir
	id    library.SongID
	sound []byte
}

// extent is how much of the libraries a scan looks at.
type extent struct {
	// folders are some of some libraries, without what is below them, or all of a library; nil is everything.
	folders map[library.ID][]string
	// restless are folders that change still and are left for another scan.
	restless map[library.ID][]string
	again    bool // files are read again, changed or not
}

// plan lists a library's folder and compares it with the catalogue. Without an error and a plan there is
// nothing to do, or it was noted why nothing can be done.
func (s *Scanner) plan(ctx context.Context, folder library.Library, what extent) (*plan, error) {
	root, err := os.OpenRoot(folder.Path)
	if err != nil {
		return nil, s.unreachable(ctx, folder, "The folder could not be opened: "+reason(err))
	}
	p := &plan{folder: folder, root: root}
	ready, err := s.fill(ctx, p, what)
	if err != nil || !ready {
		_ = root.Close()
		return nil, err
	}
	return p, nil
}

func (s *Scanner) fill(ctx context.Context, p *plan, what extent) (ready bool, err error) {
	if p.kept, err = s.shelf.Listings(ctx, p.folder.ID); err != nil {
		return false, err
	}
	p.first = len(p.kept) == 0
	if err := p.survey(ctx, what.folders[p.folder.ID]); err != nil {
		if ctx.Err() != nil {
			return false, err
		}
		return false, s.unreachable(ctx, p.folder, "The folder could not be read: "+reason(err))
	}
	s.count(func(state *State) { state.Seen += p.tree.files })
	p.compareListings(what.again)
	known, err := s.known(ctx, p)
	if err != nil {
		return false, err
	}
	p.compare(known, what.again)
	if err := s.findLeft(ctx, p, what.restless[p.folder.ID]); err != nil {
		return false, err
	}
	if p.tree.files == 0 && p.present > 0 && !p.partial {
		return false, s.unreachable(ctx, p.folder, fmt.Sprintf(
			"The folder is empty, though it had %d songs. Is its disk mounted? Nothing was marked missing", p.present))
	}
	return true, nil
}

// survey lists the whole folder, or only those of its folders with what is new below them. A folder that is
// empty as a whole is looked at as a whole: then its disk is away.
func (p *plan) survey(ctx context.Context, only []string) (err error) {
	all := func(string) bool { return true }
	if only == nil {
		p.tree, err = survey(ctx, p.root, []string{"."}, all)
		return err
	}
	p.partial = true
	from := map[string]bool{}
	for _, name := range only {
		from[name] = true
		if above := path.Dir(name); discFolder.MatchString(path.Base(name)) {
			from[above] = true // the cover of a disc
		}
	}
	p.tree, err = survey(ctx, p.root, slices.Collect(maps.Keys(from)), func(name string) bool {
		_, known := p.kept[name]
		return !from[name] && (!known && !p.knowsBelow(name) || discFolder.MatchString(path.Base(name)))
	})
	if err != nil {
		return err
	}
	if top := p.tree.dirs["."]; top != nil && top.empty {
		p.partial = false
		p.tree, err = survey(ctx, p.root, []string{"."}, all)
		return err
	}
	p.forgetBelow(from)
	return err
}

// knowsBelow tells whether folders below this one had songs: then it is not new.
func (p *plan) knowsBelow(name string) bool {
	for kept := range p.kept {
		if strings.HasPrefix(kept, name+"/") {
			return true
		}
	}
	return false
}

// forgetBelow leaves of the kept listings those that the survey of some folders can speak for: the folders
// themselves, and what was below those of their folders that are there no more.
func (p *plan) forgetBelow(from map[string]bool) {
	maps.DeleteFunc(p.kept, func(name string, _ int64) bool {
		if from[name] || p.tree.dirs[name] != nil {
			return false
		}
		for above := name; above != "."; {
			child := above
			above = path.Dir(above)
			if d := p.tree.dirs[above]; d != nil {
				return slices.Contains(d.folders, child)
			}
			if from[above] {
				return false // it went as a whole
			}
		}
		return true
	})
}

// compareListings finds the folders that are not as the last scan left them.
func (p *plan) compareListings(again bool) {
	now := p.tree.listings()
	p.changed = map[string]int64{}
	for name, sum := range now {
		if was, known := p.kept[name]; again || !known || was != sum {
			p.changed[name] = sum
		}
	}
	for name := range p.kept {
		if _, there := now[name]; !there && !p.tree.hides(name) {
			p.vanished = append(p.vanished, name)
		}
	}
}

// compare finds the files to read, and the songs that are back or gone.
func (p *plan) compare(known []Known, again bool) {
	p.gone, p.mates = map[library.SongID]Known{}, map[string][]Known{}
	byPath := make(map[string]Known, len(known))
	for _, k := range known {
		byPath[k.Path] = k
		if !k.Missing {
			p.present++
		}
	}
	p.tree.songs(func(d *dir, f found) {
		k, there := byPath[f.path]
		delete(byPath, f.path)
		if _, changed := p.changed[d.path]; !changed && !k.Missing {
			return
		}
		if again || !there || k.Size != f.size || !k.ModifiedAt.Equal(f.modified) || k.Version < ReadVersion {
			p.read = append(p.read, job{f, d, k.ID, k.Sound})
			return
		}
		if k.Missing {
			p.returned = append(p.returned, k.ID)
		}
		if k.AlbumKey != "" {
			p.mates[d.path] = append(p.mates[d.path], k)
		}
	})
	// Folder by folder: what is held back for its folder does not wait for the rest.
	slices.SortFunc(p.read, func(a, b job) int { return strings.Compare(a.path, b.path) })
	for _, k := range byPath {
		if !p.tree.hides(k.Path) {
			p.gone[k.ID] = k
		}
	}
}
