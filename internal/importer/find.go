package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// item is a file to be sent.
type item struct {
	path    string // for people
	name    string // for the server: without folders
	size    int64
	stamp   int64 // when it was changed, 0 in an archive
	meter   *meter
	content func() (io.ReadSeekCloser, error)
	close   func() // when it is done with
}

func (it item) open() (io.ReadSeekCloser, error) { return it.content() }

// sample is how much of a file's head and tail tell it from others.
const sample = 16 << 10

// fingerprint is what the server remembers a file by: where it goes, name, size, time, and its first and last
// bytes. It only ever finds the importer's own files.
func (it item) fingerprint(fields map[string]string) (string, error) {
	file, err := it.open()
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q %q %d %d ", fields, it.name, it.size, it.stamp) // a hash takes everything
	for _, at := range []int64{0, max(0, it.size-sample)} {
		if _, err := file.Seek(at, io.SeekStart); err != nil {
			return "", err
		}
		if _, err := io.CopyN(h, file, min(sample, it.size)); err != nil {
			return "", fmt.Errorf("the file is shorter than it was: %w", err)
		}
	}
	return "import-" + hex.EncodeToString(h.Sum(nil)), nil
}

var (
	audio   = regexp.MustCompile(`(?i)\.(mp3|flac|ogg|oga|opus|m4a|m4b|mp4|aac|wav|wave|aif|aiff|aifc|wv|ape|wma|asf|mpc|mp\+|mpp|tta|dsf|dff|webm|weba|mka)$`)
	archive = regexp.MustCompile(`(?i)\.(zip|tar|tar\.gz|tgz)$`)
)

// finder brings items out of paths.
type finder struct {
	bounds   Bounds
	largest  int64
	progress Progress
	out      chan<- item
}

// found are the files and archives below the paths.
type found struct{ files, archives []string }

// all finds what is below the paths. It counts the files of folders first, so that the end is known.
func (f finder) all(ctx context.Context, paths []string) error {
	var all found
	for _, given := range paths {
		if err := f.given(ctx, given, &all); err != nil {
			return err
		}
	}
	return errors.Join(f.files(ctx, all.files), f.archives(ctx, all.archives))
}

// given looks at what stands in the command: unlike links in folders, one that is named is meant.
func (f finder) given(ctx context.Context, name string, into *found) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return f.folder(ctx, name, into)
	case info.Mode().IsRegular() && archive.MatchString(name):
		into.archives = append(into.archives, name)
	default:
		f.file(name, info.Mode(), into)
	}
	return nil
}

// folder walks through it. The separator at the end makes a link the folder that it leads to.
func (f finder) folder(ctx context.Context, root string, into *found) error {
	return filepath.WalkDir(root+string(filepath.Separator), func(name string, entry fs.DirEntry, err error) error {
		below := filepath.Clean(name) != filepath.Clean(root)
		switch {
		case err != nil && !below:
			return err
		case err != nil:
			f.progress.Ended(Result{name, Failed, err.Error()})
			return nil
		case below && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			f.file(name, entry.Type(), into)
		}
		return ctx.Err()
	})
}

// file takes what is audio by its name.
func (f finder) file(name string, mode fs.FileMode, into *found) {
	if mode.IsRegular() && audio.MatchString(name) {
		into.files = append(into.files, name)
		return
	}
	f.progress.Ended(Result{Path: name, Outcome: Skipped})
}

func (f finder) files(ctx context.Context, names []string) error {
	var items []item
	var total int64
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			f.progress.Ended(Result{name, Failed, err.Error()})
			continue
		}
		total += info.Size()
		items = append(items, item{
			path: name, name: baseOf(name), size: info.Size(), stamp: info.ModTime().UnixNano(),
			content: func() (io.ReadSeekCloser, error) { return os.Open(name) }, close: func() {},
		})
	}
	f.progress.Found(len(items), total)
	for _, it := range items {
		if !f.hand(ctx, it) {
			return ctx.Err()
		}
	}
	return nil
}

// hand waits until somebody takes the item.
func (f finder) hand(ctx context.Context, it item) bool {
	it.meter = &meter{progress: f.progress}
	select {
	case f.out <- it:
		return true
	case <-ctx.Done():
		it.close()
		return false
	}
}

// baseOf is the last part of a name, whatever parts it.
func baseOf(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }
