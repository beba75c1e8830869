package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"
)

// archive writes the tar's entries one after the other, and remembers them for the manifest.
type archive struct {
	raw     io.Writer
	tar     *tar.Writer
	sum     hash.Hash // of everything written
	at      time.Time
	entries []Entry
	buffer  []byte
}

func newArchive(to io.Writer, at time.Time) *archive {
	sum := sha256.New()
	return &archive{
		raw: to, tar: tar.NewWriter(io.MultiWriter(to, sum)), sum: sum, at: at.Truncate(time.Second), buffer: make([]byte, 256<<10),
	}
}

// add writes an entry of exactly that size.
func (a *archive) add(ctx context.Context, name string, size int64, content io.Reader) error {
	if err := a.tar.WriteHeader(header(name, size, a.at)); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := sha256.New()
	n, err := io.CopyBuffer(io.MultiWriter(a.tar, sum), io.LimitReader(readerWith(ctx, content), size), a.buffer)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if n != size {
		return fmt.Errorf("write %s: it has %d bytes, not %d", name, n, size)
	}
	a.entries = append(a.entries, Entry{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

func (a *archive) addJSON(ctx context.Context, name string, value any) error {
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	text = append(text, '\n')
	return a.add(ctx, name, int64(len(text)), bytes.NewReader(text))
}

// seal ends the file and returns the digest of all but the seal.
func (a *archive) seal() (string, error) {
	if err := a.tar.Flush(); err != nil {
		return "", fmt.Errorf("write the last entry: %w", err)
	}
	digest := hex.EncodeToString(a.sum.Sum(nil))
	tail, err := sealOf(digest)
	if err == nil {
		_, err = a.raw.Write(tail)
	}
	if err != nil {
		return "", fmt.Errorf("write the seal: %w", err)
	}
	return digest, nil
}

// sealSize is how many bytes the seal takes: a header, a block with the digest, two empty blocks that end a tar.
const sealSize = 4 * 512

// sealOf is the end of a file whose other bytes have the digest. Nothing in it is free, so that a change of any
// of its bytes shows.
func sealOf(digest string) ([]byte, error) {
	var tail bytes.Buffer
	w := tar.NewWriter(&tail)
	text := digest + "\n"
	if err := w.WriteHeader(header(sealName, int64(len(text)), time.Unix(0, 0))); err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return nil, err
	}
	err := w.Close()
	return tail.Bytes(), err
}

func header(name string, size int64, at time.Time) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at}
}

// readerWith is a reader that ends with its context.
func readerWith(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// telling is a reader that tells how far it is.
type telling struct {
	io.Reader
	progress Progress
}

func (t telling) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	t.progress.Add(int64(n))
	return n, err
}
