package importer

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Bounds keep an archive from becoming more than anybody meant.
type Bounds struct {
	Entries int   // files and folders in one archive
	Total   int64 // bytes of all its files
	Ratio   int64 // how many times the archive's own size they may be, once they are more than freeSize
}

// freeSize may come out of any archive.
const freeSize = 100 << 20

// entry is one file of an archive, in whatever format.
type entry struct {
	name    string
	regular bool
	size    int64 // as the archive says, which is not believed
	open    func() (io.ReadCloser, error)
}

func (f finder) archives(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := f.archive(ctx, name); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			f.progress.Ended(Result{name, Failed, err.Error()})
		}
	}
	return nil
}

func (f finder) archive(ctx context.Context, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	u := &unpacking{finder: f, archive: name, packed: info.Size()}
	if strings.HasSuffix(strings.ToLower(name), ".zip") {
		return u.zip(ctx, file, info.Size())
	}
	var stream io.Reader = file
	if !strings.HasSuffix(strings.ToLower(name), ".tar") {
		unzipped, err := gzip.NewReader(file)
		if err != nil {
			return fmt.Errorf("it is no gzip file: %w", err)
		}
		stream = unzipped
	}
	return u.tar(ctx, stream)
}

// unpacking is one archive on its way out.
type unpacking struct {
	finder
	archive string
	packed  int64
	entries int
	total   int64 // bytes of its files
}

func (u *unpacking) zip(ctx context.Context, file io.ReaderAt, size int64) error {
	reader, err := zip.NewReader(file, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are no paths here
		return fmt.Errorf("it is no zip file: %w", err)
	}
	for _, z := range reader.File {
		open := func() (io.ReadCloser, error) {
			content, err := z.Open()
			return both{&bounded{content, u, &u.total}, content}, err
		}
		if err := u.take(ctx, entry{z.Name, z.Mode().IsRegular(), int64(z.UncompressedSize64), open}); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacking) tar(ctx context.Context, stream io.Reader) error {
	// What is passed over has to be unpacked, and a sparse file is more than the stream has of it: both count.
	var unpacked int64
	reader := tar.NewReader(&bounded{stream, u, &unpacked})
	for {
		h, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return fmt.Errorf("it is no whole tar file: %w", err)
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(&bounded{reader, u, &u.total}), nil }
		if err := u.take(ctx, entry{h.Name, h.Typeflag == tar.TypeReg, h.Size, open}); err != nil {
			return err
		}
	}
}

var (
	errManyEntries = errors.New("it has more files than an archive may have")
	errMuch        = errors.New("it unpacks to more than an archive may")
	errBomb        = errors.New("it unpacks to many times its size, which music does not")
)

// take brings one entry out and hands it on.
func (u *unpacking) take(ctx context.Context, e entry) error {
	if u.entries++; u.entries > u.bounds.Entries {
		return errManyEntries
	}
	shown := u.archive + ":" + e.name
	base := baseOf(e.name)
	if !e.regular || strings.HasPrefix(base, ".") {
		return ctx.Err()
	}
	if !audio.MatchString(base) {
		u.progress.Ended(Result{Path: shown, Outcome: Skipped})
		return ctx.Err()
	}
	if e.size > u.largest {
		u.progress.Ended(Result{shown, Refused, "The file is larger than the server takes"})
		return ctx.Err()
	}
	spool, size, err := u.spool(e)
	if err != nil {
		return err
	}
	it := item{path: shown, name: base, size: size, close: func() { _ = spool.Close() }}
	it.content = func() (io.ReadSeekCloser, error) { return section{io.NewSectionReader(spool, 0, size)}, nil }
	u.progress.Found(1, size)
	if !u.hand(ctx, it) {
		return ctx.Err()
	}
	return nil
}

// spool unpacks into a file without a name, for an upload may have to go back.
func (u *unpacking) spool(e entry) (*os.File, int64, error) {
	content, err := e.open()
	if err != nil {
		return nil, 0, fmt.Errorf("unpack %s: %w", e.name, err)
	}
	defer func() { _ = content.Close() }()
	file, err := os.CreateTemp("", "hathor-import-*")
	if err != nil {
		return nil, 0, err
	}
	err = os.Remove(file.Name())
	size := int64(0)
	if err == nil {
		size, err = io.Copy(file, io.LimitReader(content, u.largest+1))
	}
	if err == nil && size > u.largest {
		err = errMuch
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("unpack %s: %w", e.name, err), file.Close())
	}
	return file, size, nil
}

// bounded counts what comes out of the archive, and ends it when that is too much.
type bounded struct {
	io.Reader
	of    *unpacking
	total *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	*b.total += int64(n)
	switch {
	case *b.total > b.of.bounds.Total:
		return n, errMuch
	case *b.total > freeSize && *b.total/b.of.bounds.Ratio > b.of.packed:
		return n, errBomb
	}
	return n, err
}

// both reads one and closes the other.
type both struct {
	io.Reader
	io.Closer
}

// section is a part of a file that stays open.
type section struct{ *io.SectionReader }

// Close leaves the file open.
func (section) Close() error { return nil }
