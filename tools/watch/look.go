package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// stamp is what tells one state of a file from another.
type stamp struct {
	modified time.Time
	size     int64
}

// snapshot is the state of all files the server is built from.
type snapshot map[string]stamp

func (s snapshot) equal(other snapshot) bool { return other != nil && maps.Equal(s, other) }

// look walks the folder. Files that vanish while it walks are left out: the next look settles it.
func look(root string) (snapshot, error) {
	seen := snapshot{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(path, entry.Name())
		}
		info, err := os.Stat(path)
		if err == nil && matters(entry.Name()) {
			seen[path] = stamp{info.ModTime(), info.Size()}
		}
		return nil
	})
	return seen, err
}

// enter leaves out what the server is not built from.
func enter(path, name string) error {
	if path == "." {
		return nil
	}
	if strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "data", "bin", "tools", "e2e"}, name) {
		return fs.SkipDir
	}
	return nil
}

func matters(name string) bool {
	switch filepath.Ext(name) {
	case ".go":
		return !strings.HasSuffix(name, "_test.go")
	case ".sql", ".mod", ".sum":
		return true
	}
	return false
}
