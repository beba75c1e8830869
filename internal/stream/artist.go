package stream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"path"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
)

// Portraits finds pictures of artists in what the song files themselves carry.
type Portraits interface {
	// Portrait answers the picture of the artist in a song's file, nil without one.
	Portrait(ctx context.Context, song File) []byte
}

// portraitFiles are the names under which people put a picture of an artist beside the albums.
var portraitFiles = []string{"artist.jpg", "artist.jpeg", "artist.png", "artist.webp"}

const (
	mostPortrait    = 16 << 20 // bytes
	mostFolders     = 16       // that are looked into for one artist
	mostTagged      = 3        // songs whose tags are read for one artist
	portraitMemory  = 5000     // artists
	portraitForgets = 2 * time.Minute
)

// portraits finds and keeps the pictures of artists. It knows for a while what it found: an artist's page asks for
// several sizes, and a list for many artists.
type portraits struct {
	catalogue Catalogue
	folders   Folders
	tags      Portraits
	covers    *covers
	clock     clock.Clock

	mu    sync.Mutex
	known map[string]portrait
}

// portrait is what was found at a time; without a hash nothing was.
type portrait struct {
	hash string
	at   time.Time
}

// ArtistCover opens the artist's picture, at most side pixels high and wide, or as large as there is with side 0: one in
// the artist's folder, else one in the songs' tags, else the cover of the newest album. Without any, or outside the
// scope, it is fault.NotFound.
func (s *Service) ArtistCover(ctx context.Context, scope library.Scope, id library.ArtistID, side int) (Cover, error) {
	if own := s.portraits.of(ctx, scope, id); own != "" {
		// Nobody looked at the original before it was found: what is given out is always made anew.
		cover, err := s.portraits.covers.open(ctx, library.Picture{Hash: own}, rung(orLargest(side)))
		if err == nil || ctx.Err() != nil {
			return cover, err
		}
		s.portraits.keep(scope, id, "") // it is no picture, or too large a one
	}
	picture, err := s.catalogue.ArtistCover(ctx, scope, id)
	if err != nil {
		return Cover{}, err
	}
	return s.covers.open(ctx, picture, side)
}

func orLargest(side int) int {
	if side > 0 {
		return side
	}
	ladder := library.CoverSides()
	return ladder[len(ladder)-1]
}

// of tells the hash of the artist's own picture, empty without one.
func (p *portraits) of(ctx context.Context, scope library.Scope, id library.ArtistID) string {
	if p == nil {
		return ""
	}
	p.mu.Lock()
	known, ok := p.known[portraitKey(scope, id)]
	p.mu.Unlock()
	if ok && p.clock.Now().Sub(known.at) < portraitForgets {
		return known.hash
	}
	hash, err := p.find(ctx, scope, id)
	if err != nil {
		slog.WarnContext(ctx, "look for an artist's picture", slog.Any("error", err))
		return ""
	}
	p.keep(scope, id, hash)
	return hash
}

// keep remembers what was found for all who hear the same libraries.
func (p *portraits) keep(scope library.Scope, id library.ArtistID, hash string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= portraitMemory {
		clear(p.known)
	}
	p.known[portraitKey(scope, id)] = portrait{hash, p.clock.Now()}
}

func portraitKey(scope library.Scope, id library.ArtistID) string {
	return fmt.Sprintf("%d|%v", id, scope.Libraries)
}

func (p *portraits) find(ctx context.Context, scope library.Scope, id library.ArtistID) (string, error) {
	files, err := p.catalogue.ArtistFiles(ctx, scope, id)
	if err != nil {
		return "", err
	}
	content := p.beside(files)
	if content == nil {
		content = p.within(ctx, files)
	}
	if content == nil {
		return "", nil
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	return hash, p.covers.objects.Put(ctx, library.CoverKey(hash), content)
}

// beside looks in the folders above the albums, and in those of the songs.
func (p *portraits) beside(files []library.SongFile) []byte {
	for _, place := range portraitPlaces(files) {
		for _, name := range portraitFiles {
			if content := p.read(place.Folder, path.Join(place.Path, name)); content != nil {
				return content
			}
		}
	}
	return nil
}

// portraitPlaces are the folders to look into, those above the albums first. A library's own folder is no artist's.
func portraitPlaces(files []library.SongFile) []library.SongFile {
	var above, own []library.SongFile
	seen := map[library.SongFile]bool{}
	add := func(list *[]library.SongFile, folder, below string) {
		place := library.SongFile{Folder: folder, Path: below}
		if below != "." && !seen[place] && len(*list) < mostFolders/2 {
			seen[place] = true
			*list = append(*list, place)
		}
	}
	for _, f := range files {
		add(&above, f.Folder, path.Dir(path.Dir(f.Path)))
	}
	for _, f := range files {
		add(&own, f.Folder, path.Dir(f.Path))
	}
	return append(above, own...)
}

// read reads a file of a library, nil where it cannot.
func (p *portraits) read(folder, name string) []byte {
	file, err := p.folders.Open(folder, name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > mostPortrait {
		return nil
	}
	content, err := io.ReadAll(io.LimitReader(file, mostPortrait))
	if err != nil || len(content) == 0 {
		return nil
	}
	return content
}

// within looks at what some songs carry.
func (p *portraits) within(ctx context.Context, files []library.SongFile) []byte {
	for _, song := range files[:min(len(files), mostTagged)] {
		file, err := p.folders.Open(song.Folder, song.Path)
		if err != nil {
			continue
		}
		content := p.tags.Portrait(ctx, file)
		_ = file.Close()
		if len(content) > 0 {
			return content
		}
	}
	return nil
}
