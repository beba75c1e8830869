package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"

	"hathor/internal/fault"
	"hathor/internal/ingest"
)

// bufferSize is how much of a stream is in memory at once.
const bufferSize = 256 << 10

// Stage writes a stream to a temporary file and hashes it on the way. A stream longer than limit is
// refused (fault.TooLarge) as soon as it is; an error of the stream itself comes back wrapped. Nothing
// is left behind with an error. The caller ends a staged file by Commit or Discard.
func (d *Disk) Stage(ctx context.Context, r io.Reader, limit int64) (ingest.Staged, error) {
	name := path.Join(staging, rand.Text())
	f, err := d.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, explain("make staged file", err)
	}
	s := &staged{disk: d, file: f, name: name, hash: sha256.New()}
	if err := s.fill(ctx, r, limit); err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	return s, nil
}

// staged is a file that is written but not yet an object.
type staged struct {
	disk *Disk
	file *os.File
	name string
	size int64
	hash hash.Hash
	done bool
}

func (s *staged) fill(ctx context.Context, r io.Reader, limit int64) error {
	buffer := make([]byte, bufferSize)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, readErr := r.Read(buffer)
		if s.size += int64(n); s.size > limit {
			return fault.Newf(fault.TooLarge, "file_too_large", "The file is too large: at most %d MB are taken", limit>>20)
		}
		if _, err := s.file.Write(buffer[:n]); err != nil {
			return explain("write staged file", err)
		}
		s.hash.Write(buffer[:n])
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return fmt.Errorf("receive file: %w", readErr)
		}
	}
}

func (s *staged) ReadAt(p []byte, at int64) (int, error) { return s.file.ReadAt(p, at) }

// File is the open file, for other programs to read until Commit or Discard.
func (s *staged) File() *os.File { return s.file }

// Size is the number of bytes.
func (s *staged) Size() int64 { return s.size }

// Hash is the SHA-256 of the bytes.
func (s *staged) Hash() []byte { return s.hash.Sum(nil) }

// Commit makes the file the object of the key, durable when Commit returns nil. Where the key is taken,
// its bytes stay: keys are made from hashes, so they are the same.
func (s *staged) Commit(_ context.Context, key string) error {
	if err := check(key); err != nil {
		return err
	}
	if _, err := s.disk.root.Stat(key); err == nil {
		// Whoever put it there may not have synced the folder yet.
		return errors.Join(s.disk.syncFolder(path.Dir(key)), s.Discard())
	}
	if err := s.file.Sync(); err != nil {
		return explain("sync staged file", err)
	}
	if err := s.disk.makeFolder(key); err != nil {
		return explain("make object folder", err)
	}
	if err := s.disk.root.Rename(s.name, key); err != nil {
		return explain("rename staged file", err)
	}
	s.done = true
	if err := errors.Join(s.file.Close(), s.disk.syncFolder(path.Dir(key))); err != nil {
		return explain("sync object folder", err)
	}
	return nil
}

// Discard removes the file; after Commit it does nothing.
func (s *staged) Discard() error {
	if s.done {
		return nil
	}
	s.done = true
	return errors.Join(s.file.Close(), s.disk.root.Remove(s.name))
}

// Put stores bytes under the key, durable when Put returns nil; where the key is taken it does nothing.
func (d *Disk) Put(ctx context.Context, key string, content []byte) error {
	s, err := d.Stage(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	if err := s.Commit(ctx, key); err != nil {
		return errors.Join(err, s.Discard())
	}
	return nil
}

// Walk calls visit for every object, in no particular order. An error of visit ends the walk.
func (d *Disk) Walk(ctx context.Context, visit func(ingest.Object) error) error {
	return walk(ctx, d.root, func(name string, info fs.FileInfo) error {
		return visit(ingest.Object{Key: name, Size: info.Size(), ModifiedAt: info.ModTime()})
	})
}

func walk(ctx context.Context, root *os.Root, visit func(name string, info fs.FileInfo) error) error {
	return fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("walk objects: %w", err)
		}
		if name == staging || name == arriving {
			return fs.SkipDir
		}
		if entry.IsDir() || check(name) != nil {
			return ctx.Err()
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("walk objects: %w", err)
		}
		return visit(name, info)
	})
}
