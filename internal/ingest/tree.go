package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// endings are those of files that a scan looks into; what they hold is found out by reading them.
var endings = []string{
	".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".aac", ".wav", ".wave",
	".aif", ".aiff", ".aifc", ".wv", ".ape", ".wma", ".asf", ".mpc", ".mp+", ".mpp", ".tta", ".dsf", ".dff", ".webm", ".weba", ".mka",
}

// lyricsEnding is that of lyrics with times beside a song.
const lyricsEnding = ".lrc"

// covers are the names of pictures beside the songs, the best first, and their endings.
var (
	coverNames   = []string{"cover", "folder", "front", "album"}
	coverEndings = []string{".jpg", ".jpeg", ".png", ".webp", ".gif"}
)

var discFolder = regexp.MustCompile(`(?i)^(cd|disc|disk)[ _-]*\d{1,2}$`)

// tree is what stands in a library's folder, or in some of the folders in it.
type tree struct {
	dirs     map[string]*dir
	problems []ScanError
	unread   []string // folders and files of which nothing is known; a folder's ends in "/"
	files    int      // audio files
}

// dir is what stands in one folder.
type dir struct {
	path    string
	songs   []found
	picture found            // the best one; without a path there is none
	lyrics  map[string]found // by the path of the song without its ending
	folders []string         // below it
	empty   bool             // nothing is in it at all
}

// found is a file. Modified is in whole milliseconds, as the catalogue keeps it.
type found struct {
	path     string
	size     int64
	modified time.Time
	rank     int // of a picture, lower is better
}

// songs calls visit for every song, with the newest time of it and of what stands beside it for it.
func (t *tree) songs(visit func(d *dir, f found)) {
	for _, d := range t.dirs {
		for _, f := range d.songs {
			visit(d, t.withCompany(d, f))
		}
	}
}

// withCompany dates a song by what is newest: a newer cover, or newer lyrics, are a change of it.
func (t *tree) withCompany(d *dir, f found) found {
	if p, there := t.picture(d); there && p.modified.After(f.modified) {
		f.modified = p.modified
	}
	if l, there := d.lyricsOf(f.path); there && l.modified.After(f.modified) {
		f.modified = l.modified
	}
	return f
}

// picture is the cover beside the songs of a folder; a disc's folder can have it one up.
func (t *tree) picture(d *dir) (found, bool) {
	if d.picture.path != "" {
		return d.picture, true
	}
	if above := t.dirs[path.Dir(d.path)]; above != nil && above.picture.path != "" && discFolder.MatchString(path.Base(d.path)) {
		return above.picture, true
	}
	return found{}, false
}

func (d *dir) lyricsOf(song string) (found, bool) {
	l, there := d.lyrics[strings.TrimSuffix(song, path.Ext(song))]
	return l, there
}

// rankOf is a picture's place among the covers of its folder, -1 for what is no cover.
func rankOf(base, ending string) int {
	name, kind := slices.Index(coverNames, strings.TrimSuffix(base, ending)), slices.Index(coverEndings, ending)
	if name < 0 || kind < 0 {
		return -1
	}
	return name*len(coverEndings) + kind
}

// hides tells whether the path lies where nothing could be read, so that its absence proves nothing.
func (t *tree) hides(name string) bool {
	return slices.ContainsFunc(t.unread, func(folder string) bool {
		return name == folder || strings.HasSuffix(folder, "/") && strings.HasPrefix(name+"/", folder)
	})
}

// openRegular opens a regular file for reading and nothing else; a pipe put in its place does not block.
func openRegular(root *os.Root, name string) (*os.File, int64, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// shown is a file's name that can be stored and answered.
func shown(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }

// reason is an error of the file system without the path, which the entry has already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}
