package household

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"
)

// bundle is an archive that is being written, and its manifest. The manifest comes last, when all is known.
type bundle struct {
	zip     *zip.Writer
	made    time.Time
	entries []manifestEntry
	missing []manifestGap
}

// manifestEntry is one file of the archive.
type manifestEntry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// manifestGap is a song whose file was gone when its turn came.
type manifestGap struct {
	SongID int64  `json:"songId"`
	Title  string `json:"title"`
	Artist string `json:"artist"`
	Reason string `json:"reason"`
}

// add writes one file and notes its size and digest.
func (b *bundle) add(name string, method uint16, write func(io.Writer) error) error {
	target, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: b.made})
	if err != nil {
		return err
	}
	sum, size := sha256.New(), &counter{}
	if err := write(io.MultiWriter(target, sum, size)); err != nil {
		return err
	}
	b.entries = append(b.entries, manifestEntry{name, size.n, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

func (b *bundle) text(name, text string) error {
	return b.add(name, zip.Deflate, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

func (b *bundle) miss(u Upload) {
	b.missing = append(b.missing, manifestGap{int64(u.ID), u.Title, u.Artist, "The song was removed while the export was being made"})
}

// finish writes the manifest and the end of the archive.
func (b *bundle) finish() error {
	manifest := struct {
		Format  string          `json:"format"`
		MadeAt  time.Time       `json:"madeAt"`
		Entries []manifestEntry `json:"entries"`
		Missing []manifestGap   `json:"missing"`
	}{"hathor-export-1", b.made, b.entries, append([]manifestGap{}, b.missing...)}
	target, err := b.zip.CreateHeader(&zip.FileHeader{Name: "manifest.json", Method: zip.Deflate, Modified: b.made})
	if err != nil {
		return err
	}
	if err := encode(target, manifest); err != nil {
		return err
	}
	return b.zip.Close()
}

// counter counts what is written to it.
type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
