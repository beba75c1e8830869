package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hathor/internal/library"
	"hathor/internal/media"
)

// TestAProbeThatIsInstalledMeanwhileIsFound has no ffprobe at first, and then one that answers the same to all.
func TestAProbeThatIsInstalledMeanwhileIsFound(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	song, err := os.Create(filepath.Join(folder, "song"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = song.Close() }()
	p := prober{}
	if _, err := p.Probe(context.Background(), song, library.TTA); !errors.Is(err, media.ErrNoProbe) {
		t.Errorf("without one: %v", err)
	}
	for _, name := range []string{"ffmpeg", "ffprobe"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\necho '{}'\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := p.Probe(context.Background(), song, library.TTA); err != nil || string(out) != "{}\n" {
		t.Errorf("with one: %q, %v", out, err)
	}
	if _, err := (prober{path: "off"}).Probe(context.Background(), song, library.TTA); !errors.Is(err, media.ErrNoProbe) {
		t.Errorf("switched off: %v", err)
	}
}
