package ingest

import (
	"context"
	"os"
	"path"

	"hathor/internal/library"
)

// folderAlbums finds the collections of a scan. It holds back the songs that do not say whose album they
// are on until all changed files of their folder are read. It belongs to the writer's goroutine.
type folderAlbums struct {
	scanner *Scanner
	root    *os.Root
	left    map[string]int      // changed files of each folder that were not taken yet
	held    map[string][]result // by folder
	mates   map[string][]Known  // unchanged songs, by folder
	named   map[inFolder]bool   // collections that changed files name themselves
}

// inFolder is an album title, folded, in one folder.
type inFolder struct{ folder, album string }

func newFolderAlbums(s *Scanner, p *plan) *folderAlbums {
	f := &folderAlbums{
		scanner: s, root: p.root, left: map[string]int{}, held: map[string][]result{}, mates: p.mates,
		named: map[inFolder]bool{},
	}
	for _, j := range p.read {
		f.left[path.Dir(j.path)]++
	}
	return f
}

// take answers what can be written now that the file was read, and the unchanged songs that turn out to be
// on a collection. A file that could not be read counts as taken.
func (f *folderAlbums) take(ctx context.Context, r result) (ready []result, joining []Known) {
	folder := path.Dir(r.job.path)
	switch {
	case r.failure != "":
	case r.unowned:
		f.held[folder] = append(f.held[folder], r)
	default:
		ready = append(ready, r)
		if title := library.Key(r.draft.Album); r.draft.AlbumKey == collectionKey(title) {
			f.named[inFolder{folder, title}] = true
		}
	}
	if f.left[folder]--; f.left[folder] > 0 {
		return ready, nil
	}
	settled, joining := f.settle(ctx, folder)
	return append(ready, settled...), joining
}

// settle decides over a folder whose changed files are all read.
func (f *folderAlbums) settle(ctx context.Context, folder string) (settled []result, joining []Known) {
	settled = f.held[folder]
	delete(f.held, folder)
	albums := map[string][]mate{}
	for i := range settled {
		title := library.Key(settled[i].draft.Album)
		albums[title] = append(albums[title], mateOf(&settled[i].draft))
	}
	collections := map[string]bool{}
	for title, mates := range albums {
		unchanged, others, collected := f.unchanged(ctx, inFolder{folder, title})
		if collected || f.named[inFolder{folder, title}] || isCollection(append(mates, others...)) {
			collections[title] = true
			joining = append(joining, unchanged...)
		}
	}
	for i := range settled {
		if d := &settled[i].draft; collections[library.Key(d.Album)] {
			d.Collect()
		}
	}
	return settled, joining
}

// unchanged lists the unchanged songs of the album that do not say whose it is, and tells whether another
// one is on a collection already. One that people put on another album is none of them.
func (f *folderAlbums) unchanged(ctx context.Context, in inFolder) (songs []Known, mates []mate, collected bool) {
	for _, k := range f.mates[in.folder] {
		if k.Album != in.album {
			continue
		}
		if k.AlbumKey == collectionKey(in.album) {
			collected = true
			continue
		}
		if d, unowned := f.scanner.look(ctx, f.root, k.Path); unowned && k.AlbumKey == d.AlbumKey {
			songs, mates = append(songs, k), append(mates, mateOf(&d))
		}
	}
	return songs, mates, collected
}
