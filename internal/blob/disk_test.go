package blob_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"hathor/internal/blob"
	"hathor/internal/fault"
	"hathor/internal/ingest"
)

func open(t *testing.T, folder string) *blob.Disk {
	t.Helper()
	d, err := blob.OpenDisk(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// files lists every file below the folder, staged ones too.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimPrefix(name, folder+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestStageAndCommit(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder)
	content := bytes.Repeat([]byte("music "), 100_000)
	s, err := d.Stage(t.Context(), iotest.HalfReader(bytes.NewReader(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if want := sha256.Sum256(content); !bytes.Equal(s.Hash(), want[:]) || s.Size() != int64(len(content)) {
		t.Errorf("hash %x of %d bytes, want %x of %d", s.Hash(), s.Size(), want, len(content))
	}
	if err := s.Commit(t.Context(), "audio/ab/abc"); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(); err != nil {
		t.Errorf("discard after commit: %v", err)
	}
	f, err := d.Open(t.Context(), "audio/ab/abc")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got, _ := io.ReadAll(f); !bytes.Equal(got, content) {
		t.Errorf("read %d bytes back that differ", len(got))
	}
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestCommitToATakenKeyKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder)
	for range 2 {
		if err := d.Put(t.Context(), "covers/ab/abc", []byte("picture")); err != nil {
			t.Fatal(err)
		}
	}
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestNothingIsLeftOfWhatFails(t *testing.T) {
	cases := []struct {
		name   string
		stream io.Reader
		is     func(error) bool
	}{
		{"too large", bytes.NewReader(make([]byte, 101)), func(err error) bool { return fault.KindOf(err) == fault.TooLarge }},
		{"cut short", io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(io.ErrUnexpectedEOF)),
			func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			if _, err := open(t, folder).Stage(t.Context(), c.stream, 100); !c.is(err) {
				t.Errorf("got %v", err)
			}
			if left := files(t, folder); len(left) > 0 {
				t.Errorf("left %q", left)
			}
		})
	}
}

func TestTooLargeIsFoundWithinAMegabyte(t *testing.T) {
	stream := &counter{Reader: zeros{}}
	_, err := open(t, t.TempDir()).Stage(t.Context(), stream, 1<<20)
	if fault.KindOf(err) != fault.TooLarge || stream.n > 2<<20 {
		t.Errorf("got %v after %d bytes", err, stream.n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

type counter struct {
	io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func TestStaleStagedFilesGoAtTheStart(t *testing.T) {
	folder := t.TempDir()
	if _, err := open(t, folder).Stage(t.Context(), strings.NewReader("half"), 100); err != nil {
		t.Fatal(err)
	}
	if len(files(t, folder)) != 1 {
		t.Fatal("no staged file to begin with")
	}
	open(t, folder)
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func TestKeysStayInside(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder)
	outside := filepath.Join(filepath.Dir(folder), "outside")
	for _, key := range []string{"../../outside", "/etc/passwd/x", "audio/../../outside", "audio/ab", ".staging/a/b", "a/b/c/d", "audio//x", `audio/a\b/c`, ""} {
		if err := d.Put(t.Context(), key, []byte("x")); err == nil {
			t.Errorf("%q was taken for a key", key)
		}
		if _, err := d.Open(t.Context(), key); err == nil {
			t.Errorf("%q was opened", key)
		}
		if err := d.Delete(t.Context(), key); err == nil {
			t.Errorf("%q was deleted", key)
		}
	}
	if _, err := os.Stat(outside); err == nil {
		t.Error("a file outside the folder was made")
	}
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func TestALinkOutOfTheStoreIsNotFollowed(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder)
	if err := os.MkdirAll(filepath.Join(folder, "audio"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(folder, "audio", "ab")); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), "audio/ab/abc", []byte("x")); err == nil {
		t.Error("wrote through a link out of the store")
	}
}

func TestWalkAndDelete(t *testing.T) {
	d := open(t, t.TempDir())
	for _, key := range []string{"audio/ab/abc", "covers/cd/cde"} {
		if err := d.Put(t.Context(), key, []byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Delete(t.Context(), "audio/ab/abc"); err != nil {
		t.Fatal(err)
	}
	if err := d.Delete(t.Context(), "audio/ab/abc"); err != nil {
		t.Errorf("deleting what is gone: %v", err)
	}
	var keys []string
	if err := d.Walk(t.Context(), func(o ingest.Object) error { keys = append(keys, o.Key); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(keys) != 1 || keys[0] != "covers/cd/cde" {
		t.Errorf("walked over %q", keys)
	}
	if _, err := d.Open(t.Context(), "audio/ab/abc"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("opening what is gone: %v", err)
	}
}
