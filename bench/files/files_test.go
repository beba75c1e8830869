package files_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hathor/bench/files"
	"hathor/bench/songs"
	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/media"
)

func quiet(int) {}

func TestFilesSayWhatTheLibrarySays(t *testing.T) {
	made, err := files.Make(t.Context(), t.TempDir(), 300, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for s := range songs.Library(300) {
		got := read(t, filepath.Join(made.Music, s.Path))
		if s.Bare {
			s.Title, s.Year = "", 0
		}
		if got.Tags.Title != s.Title || got.Tags.Year != s.Year || got.Audio.Duration < time.Second || got.Audio.Duration > 2*time.Second {
			t.Errorf("%s: got %q of %d, %s; want %q of %d, a second or two", s.Path, got.Tags.Title, got.Tags.Year, got.Audio.Duration, s.Title, s.Year)
		}
		if inside := s.Album.Cover == songs.Inside && !s.Bare; inside != (len(got.Picture) > 0) {
			t.Errorf("%s: a picture inside: got %t", s.Path, !inside)
		}
	}
	full := read(t, filepath.Join(made.Full, "01.mp3"))
	if full.Audio.Duration < 2*time.Minute || full.Audio.BitRate != 320 {
		t.Errorf("the full-size song: got %s at %d kbit/s", full.Audio.Duration, full.Audio.BitRate)
	}
}

func read(t *testing.T, path string) ingest.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	got, err := media.NewReader(clock.System{}).Read(t.Context(), f, info.Size())
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return got
}

// TestEveryFormatPlays lets ffmpeg decode a file of each format to its end.
func TestEveryFormatPlays(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is not installed, and CI must run this test")
		}
		t.Skip("ffmpeg is not installed, so nothing decodes what is made here")
	}
	made, err := files.Make(t.Context(), t.TempDir(), 300, quiet)
	if err != nil {
		t.Fatal(err)
	}
	tried := map[songs.Format]bool{}
	for s := range songs.Library(300) {
		if tried[s.Album.Format] {
			continue
		}
		tried[s.Album.Format] = true
		out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-err_detect", "crccheck+explode",
			"-i", filepath.Join(made.Music, s.Path), "-map", "0:a", "-f", "null", "-").CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", s.Path, err, out)
		}
	}
	if len(tried) != 6 {
		t.Errorf("tried %v, want every format", tried)
	}
}

func TestFinishedLibraryIsUsedAgain(t *testing.T) {
	folder := t.TempDir()
	made, err := files.Make(t.Context(), folder, 20, quiet)
	if err != nil {
		t.Fatal(err)
	}
	mark := filepath.Join(made.Music, "mark")
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again := func(ctx context.Context) error { _, err := files.Make(ctx, folder, 20, quiet); return err }
	if err := again(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mark); err != nil {
		t.Errorf("the library was made anew: %v", err)
	}
	if err := os.Remove(made.Music + ".stamp"); err != nil {
		t.Fatal(err)
	}
	if err := again(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("a library without a stamp was taken for whole")
	}
}
