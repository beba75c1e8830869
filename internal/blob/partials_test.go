package blob_test

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"hathor/internal/blob"
)

func openPartials(t *testing.T, folder string) (*blob.Disk, blob.Partials) {
	t.Helper()
	disk, err := blob.OpenDisk(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	return disk, disk.Partials()
}

func appendAll(t *testing.T, p blob.Partials, at int64, r io.Reader) (marks []int64, err error) {
	t.Helper()
	err = p.Append(t.Context(), "x", at, r, func(durable int64) error {
		marks = append(marks, durable)
		return nil
	})
	return marks, err
}

func TestPiecesBecomeAnObject(t *testing.T) {
	folder := t.TempDir()
	_, p := openPartials(t, folder)
	marks, err := appendAll(t, p, 0, strings.NewReader("Hello, "))
	if err != nil || !slices.Equal(marks, []int64{7}) {
		t.Fatal(err, marks)
	}
	// Another process goes on: what is staged is gone by then, pieces are not.
	disk, p := openPartials(t, folder)
	if n, err := p.Length(t.Context(), "x"); err != nil || n != 7 {
		t.Fatal(err, n)
	}
	if _, err := appendAll(t, p, 7, strings.NewReader("world")); err != nil {
		t.Fatal(err)
	}
	staged, err := p.Stage(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256([]byte("Hello, world"))
	if staged.Size() != 12 || string(staged.Hash()) != string(want[:]) {
		t.Errorf("%d bytes, hash %x", staged.Size(), staged.Hash())
	}
	if err := errors.Join(staged.Commit(t.Context(), "audio/aa/aa"), staged.Discard()); err != nil {
		t.Fatal(err)
	}
	file, err := disk.Open(t.Context(), "audio/aa/aa")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if text, _ := io.ReadAll(file); string(text) != "Hello, world" {
		t.Errorf("the object is %q", text)
	}
	// Again, as after a death before anybody knew: the same end.
	if staged, err = p.Stage(t.Context(), "x"); err != nil || staged.Commit(t.Context(), "audio/aa/aa") != nil {
		t.Error(err)
	}
	if err := errors.Join(p.Remove(t.Context(), "x"), p.Remove(t.Context(), "x")); err != nil {
		t.Error(err)
	}
	if names, err := p.List(t.Context()); err != nil || len(names) != 0 {
		t.Error(err, names)
	}
}

func TestAppendForgetsWhatWasNotAnsweredFor(t *testing.T) {
	_, p := openPartials(t, t.TempDir())
	if _, err := appendAll(t, p, 0, strings.NewReader("0123456789")); err != nil {
		t.Fatal(err)
	}
	if marks, err := appendAll(t, p, 4, strings.NewReader("ab")); err != nil || !slices.Equal(marks, []int64{6}) {
		t.Error(err, marks)
	}
	staged, err := p.Stage(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = staged.Discard() }()
	text := make([]byte, staged.Size())
	if _, err := staged.ReadAt(text, 0); err != nil || string(text) != "0123ab" {
		t.Errorf("%v %q", err, text)
	}
	if _, err := appendAll(t, p, 7, strings.NewReader("x")); err == nil {
		t.Error("a hole was left in a file")
	}
}

func TestAppendKeepsWhatArrivedBeforeTheBreak(t *testing.T) {
	_, p := openPartials(t, t.TempDir())
	broken := errors.New("pulled out")
	marks, err := appendAll(t, p, 0, io.MultiReader(strings.NewReader("012345"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || !slices.Equal(marks, []int64{6}) {
		t.Error(err, marks)
	}
	if n, _ := p.Length(t.Context(), "x"); n != 6 {
		t.Errorf("%d bytes are there", n)
	}
	long := io.LimitReader(strings.NewReader(strings.Repeat("x", 20<<20)), 20<<20)
	if marks, err := appendAll(t, p, 6, long); err != nil || len(marks) != 3 || marks[2] != 6+20<<20 || marks[0] < 8<<20 {
		t.Error("a long piece is not made durable on the way", err, marks)
	}
	refused := errors.New("no row")
	err = p.Append(t.Context(), "y", 0, strings.NewReader("x"), func(int64) error { return refused })
	if !errors.Is(err, refused) {
		t.Error(err)
	}
}

func TestPartialsStayBelowTheirFolder(t *testing.T) {
	folder := t.TempDir()
	_, p := openPartials(t, filepath.Join(folder, "objects"))
	err := p.Append(t.Context(), "../../out", 0, strings.NewReader("x"), func(int64) error { return nil })
	if _, stat := os.Stat(filepath.Join(folder, "out")); err == nil || stat == nil {
		t.Errorf("wrote outside: %v", err)
	}
}
