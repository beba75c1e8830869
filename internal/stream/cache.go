package stream

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"sync"
	"time"

	"hathor/internal/clock"
)

// Cache keeps what was converted in a folder of its own, the least recently used going first when it is too much. All
// of it can be made again: the folder may be emptied at any time. It is safe for concurrent use; one process at a time
// may have it. Whoever opens it closes it.
type Cache struct {
	folder string
	most   int64
	clock  clock.Clock

	mu      sync.Mutex
	root    *os.Root
	entries map[string]*kept
	total   int64
	parts   int // numbers the files that are being written
}

// kept is a file of the cache.
type kept struct {
	size   int64
	used   time.Time
	marked time.Time // what the file's own time says of that
}

const (
	partsFolder = "parts" // what is still being written
	wholeFolder = "whole"
	// markEvery is how seldom the use of a file is written down, for the next start.
	markEvery = time.Hour
)

// OpenCache opens the cache in a folder, which is made when it is not there, and removes what a process that died was
// writing. It holds at most so many bytes; with 0 nothing is kept.
func OpenCache(folder string, most int64, c clock.Clock) (*Cache, error) {
	cache := &Cache{folder: folder, most: most, clock: c}
	cache.mu.Lock()
	defer cache.mu.Unlock()
	if err := cache.open(); err != nil {
		return nil, fmt.Errorf("open cache of converted songs: %w", err)
	}
	cache.shrink(most)
	return cache, nil
}

// open makes the folders and reads what is there. The lock is held.
func (c *Cache) open() error {
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(c.folder)
	if err != nil {
		return err
	}
	err = errors.Join(root.RemoveAll(partsFolder), root.Mkdir(partsFolder, 0o700), root.MkdirAll(wholeFolder, 0o700))
	if err != nil {
		return errors.Join(err, root.Close())
	}
	c.root, c.entries, c.total = root, map[string]*kept{}, 0
	return fs.WalkDir(root.FS(), wholeFolder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			c.entries[d.Name()] = &kept{size: info.Size(), used: info.ModTime(), marked: info.ModTime()}
			c.total += info.Size()
		}
		return nil
	})
}

// Close ends the use of the folder.
func (c *Cache) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.root.Close()
}

// file is the name on disk of what is called name.
func file(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// find opens what is kept under the name, nil when nothing is. The caller closes it.
func (c *Cache) find(name string) *os.File {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry := c.entries[file(name)]
	if entry == nil {
		return nil
	}
	path := wholeFolder + "/" + file(name)
	found, err := c.root.Open(path)
	if err != nil { // somebody emptied the folder
		c.forget(file(name))
		return nil
	}
	entry.used = c.clock.Now()
	if entry.used.Sub(entry.marked) > markEvery {
		entry.marked = entry.used
		_ = c.root.Chtimes(path, entry.used, entry.used)
	}
	return found
}

// forget takes an entry out of the books. The lock is held.
func (c *Cache) forget(name string) {
	if entry := c.entries[name]; entry != nil {
		c.total -= entry.size
		delete(c.entries, name)
	}
}

// part is a file of the cache that is being written.
type part struct {
	file *os.File
	path string
}

// begin makes a file to write to; it is kept or dropped in the end. Where there is no disk for it, nobody can tell
// before writing.
func (c *Cache) begin() (part, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.parts++
	p := part{path: partsFolder + "/" + strconv.Itoa(c.parts)}
	var err error
	p.file, err = c.root.OpenFile(p.path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	// Somebody removed the folder: begin anew.
	_ = c.root.Close()
	if err := c.open(); err != nil {
		return p, err
	}
	p.file, err = c.root.OpenFile(p.path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	return p, err
}

// keep gives a whole part its name, durable before it has it, and makes room. A part that is not kept is dropped.
func (c *Cache) keep(p part, name string, size int64) error {
	if size > c.most {
		return c.drop(p)
	}
	if err := p.file.Sync(); err != nil {
		return errors.Join(err, c.drop(p))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shrink(c.most - size)
	if err := c.root.Rename(p.path, wholeFolder+"/"+file(name)); err != nil {
		return errors.Join(err, c.root.Remove(p.path))
	}
	c.forget(file(name))
	now := c.clock.Now()
	c.entries[file(name)] = &kept{size: size, used: now, marked: now}
	c.total += size
	return nil
}

// drop removes a part.
func (c *Cache) drop(p part) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.root.Remove(p.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// shrink removes what was longest not used until at most so many bytes are left. The lock is held.
func (c *Cache) shrink(most int64) {
	for c.total > max(0, most) {
		oldest := ""
		for name, entry := range c.entries {
			if oldest == "" || entry.used.Before(c.entries[oldest].used) {
				oldest = name
			}
		}
		_ = c.root.Remove(wholeFolder + "/" + oldest) // one that cannot be removed is found again at the next start
		c.forget(oldest)
	}
}
