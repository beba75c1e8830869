package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"

	"hathor/internal/ingest"
)

// arriving is the folder of files that come in pieces. They outlive the process, so it is not cleared at
// the start; its name can be no key.
const arriving = ".arriving"

// Partials are the files of a store that arrive in pieces. It is safe for concurrent use; one file has one
// writer at a time, which is the caller's business.
type Partials struct{ disk *Disk }

// Partials gives the files that arrive in pieces.
func (d *Disk) Partials() Partials { return Partials{d} }

// Append writes the stream behind the first bytes of the file, and forgets what stood behind them: it was
// never answered for. mark is told now and then how many bytes are durable by then, and at the end, also
// when the stream breaks off or the disk is full; its error ends the writing.
func (p Partials) Append(ctx context.Context, name string, at int64, r io.Reader, mark func(durable int64) error) error {
	file, err := p.open(name)
	if err != nil {
		return explain("open partial file", err)
	}
	a := appending{file: file, end: at, durable: at, mark: mark}
	if err := a.seek(); err != nil {
		return errors.Join(explain("open partial file", err), file.Close())
	}
	err = a.fill(ctx, r)
	return errors.Join(err, a.settle(), file.Close())
}

// open makes the file durable in its folder, and the folder in the store, when they are not there yet.
func (p Partials) open(name string) (*os.File, error) {
	name = path.Join(arriving, name)
	file, err := p.disk.root.OpenFile(name, os.O_RDWR, 0o600)
	if !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	if err := p.disk.root.Mkdir(arriving, 0o700); err == nil {
		err = p.disk.syncFolder(".")
		if err != nil {
			return nil, err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if file, err = p.disk.root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if err := p.disk.syncFolder(arriving); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// markEvery is how many bytes may be lost when the process dies.
const markEvery = 8 << 20

// appending is one piece on its way into its file.
type appending struct {
	file         *os.File
	end, durable int64
	mark         func(int64) error
}

// seek cuts the file off where the piece begins. A file that is shorter than that has lost something.
func (a *appending) seek() error {
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < a.end {
		return fmt.Errorf("the file has %d bytes, not %d", info.Size(), a.end)
	}
	if err := a.file.Truncate(a.end); err != nil {
		return err
	}
	_, err = a.file.Seek(a.end, io.SeekStart)
	return err
}

func (a *appending) fill(ctx context.Context, r io.Reader) error {
	buffer := make([]byte, bufferSize)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, readErr := r.Read(buffer)
		written, err := a.file.Write(buffer[:n])
		a.end += int64(written)
		if err != nil {
			return errors.Join(explain("write partial file", err), a.makeRoom())
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return fmt.Errorf("receive piece: %w", readErr)
		}
		if a.end-a.durable >= markEvery {
			if err := a.settle(); err != nil {
				return err
			}
		}
	}
}

// spare is what a full disk gets back of a piece that it cut short: the database may be on it, and has to
// note how far the piece came.
const spare = 128 << 10

// makeRoom cuts the last of what was written off again.
func (a *appending) makeRoom() error {
	a.end = max(a.durable, a.end-spare)
	if err := a.file.Truncate(a.end); err != nil {
		return explain("cut partial file", err)
	}
	return nil
}

// settle makes durable what was written, and says so.
func (a *appending) settle() error {
	if a.end == a.durable {
		return nil
	}
	if err := a.file.Sync(); err != nil {
		return explain("sync partial file", err)
	}
	a.durable = a.end
	return a.mark(a.durable)
}

// Length is how many bytes of the file are there, 0 without the file.
func (p Partials) Length(_ context.Context, name string) (int64, error) {
	info, err := p.disk.root.Stat(path.Join(arriving, name))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("measure partial file: %w", err)
	}
	return info.Size(), nil
}

// Stage opens a file that is whole, as a received one is. The file itself stays until Remove, so that a
// process that dies in between can stage it again.
func (p Partials) Stage(ctx context.Context, name string) (ingest.Staged, error) {
	file, err := p.open(name)
	if err != nil {
		return nil, explain("open partial file", err)
	}
	w := &whole{disk: p.disk, file: file, name: path.Join(arriving, name), hash: sha256.New()}
	if w.size, err = io.Copy(w.hash, readerOf(ctx, file)); err != nil {
		return nil, errors.Join(fmt.Errorf("read partial file: %w", err), file.Close())
	}
	return w, nil
}

// readerOf reads until the context ends.
func readerOf(ctx context.Context, file *os.File) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return file.Read(p)
	})
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// Remove takes the file away; one that is not there is no error.
func (p Partials) Remove(_ context.Context, name string) error {
	if err := p.disk.root.Remove(path.Join(arriving, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove partial file: %w", err)
	}
	return nil
}

// List names all files.
func (p Partials) List(_ context.Context) ([]string, error) {
	entries, err := fs.ReadDir(p.disk.root.FS(), arriving)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list partial files: %w", err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names, nil
}

// whole is a file of which all pieces are there.
type whole struct {
	disk *Disk
	file *os.File
	name string
	size int64
	hash hash.Hash
	done bool
}

func (w *whole) ReadAt(p []byte, at int64) (int, error) { return w.file.ReadAt(p, at) }

// File is the open file, for other programs to read until Commit or Discard.
func (w *whole) File() *os.File { return w.file }

// Size is the number of bytes.
func (w *whole) Size() int64 { return w.size }

// Hash is the SHA-256 of the bytes.
func (w *whole) Hash() []byte { return w.hash.Sum(nil) }

// Commit makes the file an object as well, under the key. Where the file system knows no second name for a
// file, the file becomes the object.
func (w *whole) Commit(_ context.Context, key string) error {
	if err := check(key); err != nil {
		return err
	}
	if _, err := w.disk.root.Stat(key); err == nil {
		return errors.Join(w.disk.syncFolder(path.Dir(key)), w.Discard())
	}
	if err := w.disk.makeFolder(key); err != nil {
		return explain("make object folder", err)
	}
	if err := w.disk.root.Link(w.name, key); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := w.disk.root.Rename(w.name, key); err != nil {
			return explain("rename partial file", err)
		}
	}
	return errors.Join(w.disk.syncFolder(path.Dir(key)), w.Discard())
}

// Discard closes the file.
func (w *whole) Discard() error {
	if w.done {
		return nil
	}
	w.done = true
	return w.file.Close()
}
