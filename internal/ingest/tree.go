package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"
)

// endings are those of files that a scan looks into; what they hold is found out by reading them.
var endings = []string{".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".aac", ".wav", ".wave", ".aif", ".aiff", ".aifc",
	".wv", ".ape", ".wma", ".asf", ".mpc", ".mp+", ".mpp", ".tta", ".dsf", ".dff", ".webm", ".weba", ".mka"}

// covers are the names of pictures beside the songs, the best first, and their endings.
var (
	coverNames   = []string{"cover", "folder", "front", "album"}
	coverEndings = []string{".jpg", ".jpeg", ".png", ".webp", ".gif"}
)

var discFolder = regexp.MustCompile(`(?i)^(cd|disc|disk)[ _-]*\d{1,2}$`)

// tree is what stands in a library's folder.
type tree struct {
	files    []found
	pictures map[string]found // the best one of each folder
	problems []ScanError
	unread   []string // folders that could not be listed: nothing is known of what is in them
}

// found is a file. Modified is in whole milliseconds, as the catalogue keeps it.
type found struct {
	path     string
	size     int64
	modified time.Time
	rank     int // of a picture, lower is better
}

// survey lists a folder's audio files and cover pictures. Links are not followed, wherever they lead, and
// what is no regular file is passed over: a link to a song of the library would only show it twice.
func survey(ctx context.Context, root *os.Root) (*tree, error) {
	t := &tree{pictures: map[string]found{}}
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return t.unreadable(name, err)
		}
		if entry.IsDir() && name != "." && strings.HasPrefix(path.Base(name), ".") {
			return fs.SkipDir
		}
		if entry.Type().IsRegular() {
			t.add(name, entry)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list folder: %w", err)
	}
	return t, nil
}

// unreadable notes a folder that cannot be listed; the library's own folder ends the scan of it.
func (t *tree) unreadable(name string, err error) error {
	if name == "." {
		return err
	}
	t.unread = append(t.unread, name+"/")
	t.problems = append(t.problems, ScanError{Path: shown(name), Reason: "The folder could not be read: " + reason(err)})
	return nil
}

func (t *tree) add(name string, entry fs.DirEntry) {
	base := strings.ToLower(path.Base(name))
	ending := path.Ext(base)
	audio, rank := slices.Contains(endings, ending), rankOf(base, ending)
	if !audio && rank < 0 || strings.HasPrefix(base, "._") {
		return
	}
	if !utf8.ValidString(name) {
		t.problems = append(t.problems, ScanError{Path: shown(name), Reason: "The file's name is not valid UTF-8: rename the file"})
		return
	}
	info, err := entry.Info()
	if err != nil {
		t.unread = append(t.unread, name)
		t.problems = append(t.problems, ScanError{Path: shown(name), Reason: "The file could not be read: " + reason(err)})
		return
	}
	f := found{path: name, size: info.Size(), modified: info.ModTime().UTC().Truncate(time.Millisecond), rank: rank}
	if audio {
		t.files = append(t.files, f)
		return
	}
	if best, there := t.pictures[path.Dir(name)]; !there || f.rank < best.rank {
		t.pictures[path.Dir(name)] = f
	}
}

// rankOf is a picture's place among the covers of its folder, -1 for what is no cover.
func rankOf(base, ending string) int {
	name, kind := slices.Index(coverNames, strings.TrimSuffix(base, ending)), slices.Index(coverEndings, ending)
	if name < 0 || kind < 0 {
		return -1
	}
	return name*len(coverEndings) + kind
}

// picture is the cover beside a song; a disc's folder can have it one up.
func (t *tree) picture(song string) (found, bool) {
	folder := path.Dir(song)
	p, there := t.pictures[folder]
	if !there && discFolder.MatchString(path.Base(folder)) {
		p, there = t.pictures[path.Dir(folder)]
	}
	return p, there
}

// hides tells whether the path lies where nothing could be read, so that its absence proves nothing.
func (t *tree) hides(name string) bool {
	return slices.ContainsFunc(t.unread, func(folder string) bool {
		return name == folder || strings.HasSuffix(folder, "/") && strings.HasPrefix(name, folder)
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
