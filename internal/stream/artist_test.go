package stream_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// gallery is a catalogue of one artist: songs in folders, and an album with a cover.
type gallery struct {
	*shelf
	folder string
	paths  []string
}

func (g gallery) ArtistFiles(_ context.Context, scope library.Scope, _ library.ArtistID) (files []library.SongFile, err error) {
	for _, path := range g.paths {
		if len(scope.Libraries) > 0 {
			files = append(files, library.SongFile{Folder: g.folder, Path: path})
		}
	}
	return files, nil
}

func (g gallery) ArtistCover(context.Context, library.Scope, library.ArtistID) (library.Picture, error) {
	return library.Picture{Hash: hash}, nil
}

// painter makes small pictures, but of nothing that is bad.
type painter struct{}

func (painter) Shrink(_ context.Context, picture []byte, _ int) ([]byte, string, error) {
	if string(picture) == "bad" {
		return nil, "", fault.New(fault.Unsupported, "bad_picture", "bad")
	}
	return append([]byte("small "), picture...), "image/jpeg", nil
}

// tagged finds a portrait in songs that hold one.
type tagged struct{}

func (tagged) Portrait(_ context.Context, song stream.File) []byte {
	content, _ := io.ReadAll(song)
	if string(content) == "song with a portrait" {
		return []byte("from the tags")
	}
	return nil
}

func TestArtistPictures(t *testing.T) {
	now := clock.NewFake(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	g := gallery{newShelf(t), t.TempDir(), []string{"Marit/Stairs/1.flac", "Marit/Doors/2.flac", "loose.flac"}}
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(g.folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
		now.Advance(time.Hour)
	}
	service := stream.NewService(stream.Parts{
		Catalogue: g, Objects: g, Pictures: newShelf(t), Folders: stream.RootedFolders{}, Shrinker: painter{}, Portraits: tagged{}, Clock: now,
	})
	see := func(scope library.Scope, side int) string {
		t.Helper()
		cover, err := service.ArtistCover(t.Context(), scope, 1, side)
		if err != nil {
			t.Fatal(err)
		}
		if err := cover.Close(); err != nil {
			t.Fatal(err)
		}
		return string(cover.Content)
	}
	hears, deaf := library.Scope{Libraries: []library.ID{1}}, library.Scope{}
	expect := func(want string) {
		t.Helper()
		if got := see(hears, 128); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	write("artist.jpg", "of the library, so nobody's")
	write("Marit/Stairs/1.flac", "song")
	expect("small original")
	write("Marit/Doors/2.flac", "song with a portrait")
	expect("small from the tags")
	write("Marit/Stairs/artist.png", "beside the songs")
	expect("small beside the songs")
	write("Marit/artist.jpg", "the artist")
	expect("small the artist")
	if got := see(deaf, 128); got != "small original" {
		t.Errorf("who may not hear the library sees %q", got)
	}
	if got := see(hears, 0); got != "small the artist" {
		t.Errorf("what nobody has looked at is given out as it is: %q", got)
	}
	write("Marit/artist.jpg", "bad")
	expect("small original")
}
