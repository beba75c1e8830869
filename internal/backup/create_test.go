package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hathor/internal/backup"
	"hathor/internal/blob"
)

func TestALostObjectIsNamedUnlessItIsSkipped(t *testing.T) {
	source := small(t)
	lost := t.TempDir()
	empty, err := blob.OpenView(lost)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = empty.Close() }()
	source.Objects = empty
	var file bytes.Buffer
	if _, err := backup.Create(t.Context(), source, &file, quiet{}); err == nil || !strings.Contains(err.Error(), keyOf("bytes of a song")) {
		t.Errorf("got %v", err)
	}
	source.SkipMissing = true
	file.Reset()
	done, err := backup.Create(t.Context(), source, &file, quiet{})
	if err != nil || len(done.Missing) != 1 || done.Objects != 0 {
		t.Fatalf("got %+v, %v", done, err)
	}
	eachTarget(t, func(t *testing.T, to *target) {
		if err := to.restore(t.Context(), file.Bytes()); err != nil {
			t.Error(err)
		}
	})
}

// changing is an object store that deletes amid a backup, as a server does when a song is deleted.
type changing struct {
	*blob.View
	disk *blob.Disk
	said error
}

func (c *changing) Size(ctx context.Context, key string) (int64, error) {
	c.said = c.disk.Delete(ctx, key)
	return c.View.Size(ctx, key)
}

func TestObjectsDeletedMeanwhileAreHeld(t *testing.T) {
	folder := t.TempDir()
	disk, err := blob.OpenDisk(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = disk.Close() }()
	key := keyOf("bytes of a song")
	if err := disk.Put(t.Context(), key, []byte("bytes of a song")); err != nil {
		t.Fatal(err)
	}
	view, err := blob.OpenView(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = view.Close() }()
	store := &changing{View: view, disk: disk}
	source := small(t)
	source.Objects = store
	var file bytes.Buffer
	if _, err := backup.Create(t.Context(), source, &file, quiet{}); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(store.said, blob.ErrHeld) {
		t.Errorf("the deletion got %v", store.said)
	}
	if _, err := verify(t, file.Bytes()); err != nil {
		t.Error(err)
	}
	if err := disk.Delete(t.Context(), key); err != nil {
		t.Errorf("after the backup: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, key)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it was not deleted: %v", err)
	}
}

func TestWithoutSecretThereIsNone(t *testing.T) {
	file := madeFrom(t, func(s *backup.Source) { s.Secret = nil })
	found, err := verify(t, file)
	if err != nil || found.Secret || bytes.Contains(file, []byte("a secret")) {
		t.Errorf("got %+v, %v", found, err)
	}
}

func TestLongTablesAreWrittenInParts(t *testing.T) {
	source := small(t)
	db := source.Database
	source.Database = many{db}
	var file bytes.Buffer
	done, err := backup.Create(t.Context(), source, &file, quiet{})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(file.Bytes(), []byte("tables/listens/0000")); n < 4 { // in headers and in the manifest
		t.Errorf("the rows are in %d parts", n)
	}
	if found, err := verify(t, file.Bytes()); err != nil || found.Rows != done.Rows {
		t.Errorf("got %+v, %v", found, err)
	}
}

// many is a database whose listens are many.
type many struct{ backup.Database }

func (m many) Snapshot(ctx context.Context) (backup.Snapshot, error) {
	s, err := m.Database.Snapshot(ctx)
	return manyRows{s}, err
}

type manyRows struct{ backup.Snapshot }

func (m manyRows) Rows(ctx context.Context, of backup.Table, visit func([]any) error) error {
	if of.Name != "listens" {
		return m.Snapshot.Rows(ctx, of, visit)
	}
	for n := range int64(40_000) {
		row := make([]any, len(of.Columns))
		for i := range row {
			row[i] = n
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
}

func TestSaveLeavesAllOrNothing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "backup.tar")
	failed := errors.New("no more")
	err := backup.Save(name, func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(name)); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
