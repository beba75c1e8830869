package blob_test

import (
	"io"
	"os"
	"syscall"
	"testing"

	"hathor/internal/fault"
)

// smallDisk is a folder with room for that much, such as "1m".
func smallDisk(t *testing.T, size string) string {
	folder := t.TempDir()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size="+size); err != nil {
		if os.Getenv("CI") == "true" && os.Getuid() == 0 {
			t.Fatalf("mount a small disk: %v", err)
		}
		t.Skipf("a full disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// TestPieceOnAFullDisk has to leave room for whoever notes how far the piece came.
func TestPieceOnAFullDisk(t *testing.T) {
	d := open(t, smallDisk(t, "4m"))
	var durable int64
	err := d.Partials().Append(t.Context(), "piece", 0, io.LimitReader(zeros{}, 8<<20), func(n int64) error {
		if err := d.Put(t.Context(), "audio/ab/note", make([]byte, 64<<10)); err != nil {
			return err
		}
		durable = n
		return nil
	})
	if fault.KindOf(err) != fault.NoSpace {
		t.Errorf("got %v, want a fault that says the disk is full", err)
	}
	if length, err := d.Partials().Length(t.Context(), "piece"); err != nil || durable != length || durable < 2<<20 {
		t.Errorf("%d bytes are durable of %d, %v", durable, length, err)
	}
}

func TestFullDisk(t *testing.T) {
	folder := smallDisk(t, "1m")
	d := open(t, folder)
	if err := d.Put(t.Context(), "audio/ab/small", []byte("small")); err != nil {
		t.Fatal(err)
	}
	_, err := d.Stage(t.Context(), io.LimitReader(zeros{}, 2<<20), 10<<20)
	if fault.KindOf(err) != fault.NoSpace {
		t.Errorf("got %v, want a fault that says the disk is full", err)
	}
	if left := files(t, folder); len(left) != 1 {
		t.Errorf("the folder holds %q", left)
	}
	if err := d.Put(t.Context(), "audio/ab/next", []byte("next")); err != nil {
		t.Errorf("the next small one: %v", err)
	}
}
