// Package files writes the library of package songs as real, playable, tagged files. The sound was encoded once
// (templates/make.sh) and gets other tags in Go, so 100,000 files take a minute or less.
package files

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"hathor/bench/songs"
	"hathor/internal/media/mediatest"
)

//go:embed templates
var templates embed.FS

// version changes when the same count of songs gives other files, so that kept libraries are made anew.
const version = 1

// The full-size songs, for streams: one album of MP3 at 320 kbit/s.
const (
	FullSongs = 12
	fullSize  = 5_300_000 // bytes, without the tag
)

// Made is a library that stands on the disk.
type Made struct {
	Music string // folder of the songs
	Full  string // folder of the full-size songs
	Songs int
}

// Make writes the first songs of the library below the folder, and the full-size ones. What an earlier run
// finished is used again; what one broke off is made anew. progress is called now and then with how many are
// written, from one goroutine at a time.
func Make(ctx context.Context, folder string, count int, progress func(done int)) (Made, error) {
	made := Made{Music: filepath.Join(folder, strconv.Itoa(count)), Full: filepath.Join(folder, "full"), Songs: count}
	w, err := newWriter(progress)
	if err != nil {
		return made, err
	}
	if err := once(made.Full, FullSongs, func() error { return w.full(made.Full) }); err != nil {
		return made, err
	}
	return made, once(made.Music, count, func() error { return w.library(ctx, made.Music, count) })
}

// stamp says that a folder is whole, and what is in it. It lies beside the folder, where no scan sees it.
type stamp struct{ Version, Songs int }

func once(folder string, count int, write func() error) error {
	want, name := stamp{version, count}, folder+".stamp"
	var have stamp
	text, err := os.ReadFile(name)
	if err == nil && json.Unmarshal(text, &have) == nil && have == want {
		return nil
	}
	if err := errors.Join(os.RemoveAll(folder), os.RemoveAll(name), os.MkdirAll(folder, 0o755)); err != nil {
		return fmt.Errorf("clear a library folder: %w", err)
	}
	if err := write(); err != nil {
		return err
	}
	if text, err = json.Marshal(want); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

type writer struct {
	sounds   map[songs.Format][]byte
	long     []byte
	covers   *Covers
	progress func(int)
}

func newWriter(progress func(int)) (*writer, error) {
	w := &writer{sounds: map[songs.Format][]byte{}, progress: progress}
	for _, f := range []songs.Format{songs.CBR, songs.VBR, songs.FLAC, songs.AAC, songs.Opus, songs.Vorbis} {
		name := string(f)
		if !strings.Contains(name, ".") {
			name = "sound." + name
		}
		sound, err := templates.ReadFile("templates/" + name)
		if err != nil {
			return nil, err
		}
		w.sounds[f] = sound
	}
	var err error
	if w.long, err = templates.ReadFile("templates/long.mp3"); err != nil {
		return nil, err
	}
	w.covers, err = NewCovers()
	return w, err
}

// library writes album by album on all cores.
func (w *writer) library(ctx context.Context, folder string, count int) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	albums := make(chan []songs.Song)
	var writing sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range runtime.GOMAXPROCS(0) {
		writing.Go(func() {
			for album := range albums {
				if err := w.album(folder, album); err != nil {
					stop(err)
					return
				}
				mu.Lock()
				done += len(album)
				w.progress(done)
				mu.Unlock()
			}
		})
	}
	feed(ctx, albums, count)
	writing.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// feed sends the songs of each album together and closes the channel.
func feed(ctx context.Context, albums chan<- []songs.Song, count int) {
	defer close(albums)
	send := func(album []songs.Song) {
		select {
		case albums <- album:
		case <-ctx.Done():
		}
	}
	var album []songs.Song
	for s := range songs.Library(count) {
		if len(album) > 0 && album[0].Album.Number != s.Album.Number {
			send(album)
			album = nil
		}
		album = append(album, s)
	}
	send(album)
}

func (w *writer) album(folder string, album []songs.Song) error {
	if len(album) == 0 {
		return nil
	}
	about := album[0].Album
	var picture []byte
	if about.Cover != songs.Nowhere {
		picture = w.covers.Of(about.Number)
	}
	for _, s := range album {
		path := filepath.Join(folder, filepath.FromSlash(s.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make a folder of the library: %w", err)
		}
		tags := tagsOf(s)
		if about.Cover == songs.Inside && !s.Bare {
			tags.Picture = picture
		}
		if err := os.WriteFile(path, mediatest.Retag(w.sounds[about.Format], tags), 0o644); err != nil {
			return fmt.Errorf("write a song: %w", err)
		}
	}
	if about.Cover != songs.Beside {
		return nil
	}
	return os.WriteFile(filepath.Join(folder, filepath.FromSlash(about.Folder), "cover.jpg"), picture, 0o644)
}

func tagsOf(s songs.Song) mediatest.Tags {
	if s.Bare {
		return mediatest.Tags{}
	}
	tags := mediatest.Tags{
		Title: s.Title, Artists: []string{s.Artist}, Album: s.Album.Title, AlbumArtists: []string{s.Album.Artist},
		Track: s.Track, TrackTotal: s.Total, Compilation: s.Album.Compilation, TrackMBID: s.MBID, AlbumMBID: s.Album.MBID,
	}
	if s.Album.Discs > 1 {
		tags.Disc, tags.DiscTotal = s.Disc, s.Album.Discs
	}
	if s.Genre != "" {
		tags.Genres = []string{s.Genre}
	}
	if s.Year > 0 {
		tags.Date = strconv.Itoa(s.Year)
	}
	return tags
}

// full writes the songs of full size: the long sound over and over.
func (w *writer) full(folder string) error {
	for i := range FullSongs {
		tags := mediatest.Tags{
			Title: fmt.Sprintf("Full Size %d", i+1), Artists: []string{"The Benchmark"}, AlbumArtists: []string{"The Benchmark"},
			Album: "Full Size", Track: i + 1, TrackTotal: FullSongs, Date: "2020", Picture: w.covers.Of(1_000_000),
		}
		sound := slices.Repeat(w.long, fullSize/len(w.long))
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.mp3", i+1)), mediatest.Retag(sound, tags), 0o644); err != nil {
			return fmt.Errorf("write a full-size song: %w", err)
		}
	}
	return nil
}
