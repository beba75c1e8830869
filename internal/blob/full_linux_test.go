package blob_test

import (
	"io"
	"os"
	"syscall"
	"testing"

	"hathor/internal/fault"
)

func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size=1m"); err != nil {
		if os.Getenv("CI") == "true" && os.Getuid() == 0 {
			t.Fatalf("mount a small disk: %v", err)
		}
		t.Skipf("a full disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
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
