package ingest_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// heardLog is a log that a test reads.
type heardLog struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *heardLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *heardLog) has(words string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), words)
}

// TestAScanOnAFullDisk has a database for which there is no room any more, and then room again.
func TestAScanOnAFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size=4m"); err != nil {
		if os.Getenv("CI") == "true" && os.Getuid() == 0 {
			t.Fatalf("mount a small disk: %v", err)
		}
		t.Skipf("a full disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	log := &heardLog{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	path := filepath.Join(folder, "hathor.db")
	h := newHouse(t, "sqlite://"+path, "sqlite", path)
	const songs = 300
	for n := range songs {
		h.put(fmt.Sprintf("%d/%d.wav", n%10, n), tone(fmt.Sprintf("Song %d", n), 1+n%40))
	}
	ballast := filepath.Join(folder, "ballast")
	fill(t, ballast)
	h.scan()
	if !log.has("full") {
		t.Errorf("the log says %s", log.text.String())
	}
	if n := len(h.songs()); n == songs {
		t.Fatal("there was room for all")
	}
	h.must(os.Truncate(ballast, 0))
	h.scan()
	if n := len(h.songs()); n != songs || len(h.problems()) != 0 {
		t.Errorf("%d songs, problems %q", n, h.problems())
	}
	h.expect(h.scan(), [5]int{songs, 0, 0, 0, 0})
}

// fill leaves no room on the disk of a file.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for piece := make([]byte, 4096); err == nil; {
		_, err = f.Write(piece)
	}
}
