package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// File is an open file. A front door that hands it to the kernel whole (sendfile) needs the bare *os.File,
// so nothing should stand around one.
type File interface {
	io.ReadSeekCloser
	Stat() (fs.FileInfo, error)
}

// Catalogue tells where things are, within a scope. What is outside it is fault.NotFound.
type Catalogue interface {
	SongFile(context.Context, library.Scope, library.SongID) (library.SongFile, error)
	SongCover(context.Context, library.Scope, library.SongID) (library.Picture, error)
	AlbumCover(context.Context, library.Scope, library.AlbumID) (library.Picture, error)
	ArtistCover(context.Context, library.Scope, library.ArtistID) (library.Picture, error)
	// ArtistFiles are files in folders, of songs on the artist's own albums; not all of many.
	ArtistFiles(context.Context, library.Scope, library.ArtistID) ([]library.SongFile, error)
}

// Objects is the store of uploads and covers. Open of a key that is not there is fault.NotFound; Put is
// durable when it returns nil.
type Objects interface {
	Open(ctx context.Context, key string) (File, error)
	Put(ctx context.Context, key string, content []byte) error
}

// Folders opens files of library folders without leaving the folder. What is not there is fs.ErrNotExist.
type Folders interface {
	Open(folder, path string) (File, error)
}

// Signer makes and checks addresses that work without a header; account.Signer does.
type Signer interface {
	Sign(who account.Identity, object string, ttl time.Duration) (query string, expires time.Time)
	Verify(ctx context.Context, object string, query url.Values) (account.Identity, error)
}

// addressLife is how long a signed address of a song works.
const addressLife = time.Hour

// Service opens songs and covers for those who may have them. It is safe for concurrent use.
type Service struct {
	catalogue Catalogue
	objects   Objects
	folders   Folders
	signer    Signer
	covers    *covers
	portraits *portraits // nil where artists have no pictures of their own
	// renditions is nil where songs cannot be converted; lack says why.
	renditions *renditions
	lack       string
}

// Parts is what a Service is made of.
type Parts struct {
	Catalogue Catalogue
	Objects   Objects
	Folders   Folders
	Signer    Signer
	Shrinker  Shrinker
	// Resizes is how many covers are made smaller at the same time, at least 1.
	Resizes int
	// Portraits, with Pictures to keep them in, gives artists pictures of their own; nil is none.
	Portraits Portraits
	Pictures  Objects
	Clock     clock.Clock
	// Encoder converts songs into Cache, so many at once. Without one Lack says why, in a sentence for people.
	Encoder  Encoder
	Encoders int
	Cache    *Cache
	Lack     string
}

// NewService makes the service.
func NewService(p Parts) *Service {
	s := &Service{
		catalogue: p.Catalogue, objects: p.Objects, folders: p.Folders, signer: p.Signer,
		covers: newCovers(p.Objects, p.Shrinker, p.Resizes), lack: p.Lack,
	}
	if p.Portraits != nil {
		s.portraits = &portraits{
			catalogue: p.Catalogue, folders: p.Folders, tags: p.Portraits, clock: p.Clock, known: map[string]portrait{},
			covers: newCovers(p.Pictures, p.Shrinker, p.Resizes),
		}
	}
	if p.Encoder != nil {
		s.renditions = newRenditions(p.Encoder, p.Cache, p.Encoders)
	}
	return s
}

// Close ends all encoders and waits for them.
func (s *Service) Close() error {
	if s.renditions != nil {
		s.renditions.close()
	}
	return nil
}

// Song is an open song. Whoever got it closes File.
type Song struct {
	library.SongFile
	File       File
	Size       int64 // of File
	ModifiedAt time.Time
	Tag        string // changes when the bytes do
}

var errFileMissing = fault.New(fault.NotFound, "file_missing", "The file of this song is missing")

// OpenSong opens the original bytes of a song. A song whose file has vanished is fault.NotFound with a
// message that says so.
func (s *Service) OpenSong(ctx context.Context, scope library.Scope, id library.SongID) (Song, error) {
	where, err := s.catalogue.SongFile(ctx, scope, id)
	if err != nil {
		return Song{}, err
	}
	file, err := s.open(ctx, where)
	if fault.KindOf(err) == fault.NotFound || errors.Is(err, fs.ErrNotExist) {
		return Song{}, errFileMissing.Because(err)
	}
	if err != nil {
		return Song{}, fmt.Errorf("open song %d: %w", id, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errFileMissing
	}
	if err != nil {
		return Song{}, errors.Join(err, file.Close())
	}
	return Song{SongFile: where, File: file, Size: info.Size(), ModifiedAt: info.ModTime(), Tag: tagOf(where, info)}, nil
}

func (s *Service) open(ctx context.Context, where library.SongFile) (File, error) {
	if where.ObjectKey != "" {
		return s.objects.Open(ctx, where.ObjectKey)
	}
	return s.folders.Open(where.Folder, where.Path)
}

// tagOf names the bytes: an object never changes, so the hash of its content serves; a file in a folder may
// change before a scan sees it, so its own size and time do.
func tagOf(where library.SongFile, info fs.FileInfo) string {
	if where.ObjectKey != "" && where.ContentHash != "" {
		return where.ContentHash
	}
	return fmt.Sprintf("%x-%x", info.Size(), info.ModTime().UnixNano())
}

// object names what a signed address opens: everything of one song.
func object(id library.SongID) string { return fmt.Sprintf("song/%d", id) }

// Sign returns the query that opens the song's stream and cover to who, and when that ends. It names the song and the
// listener, not how the song is wanted: a player may go on at another place of it. Outside the scope it is
// fault.NotFound, Unsupported when the song is wanted as it cannot be made, and Invalid from behind its end.
func (s *Service) Sign(ctx context.Context, who account.Identity, scope library.Scope, id library.SongID, want Want) (query string, expires time.Time, err error) {
	song, err := s.catalogue.SongFile(ctx, scope, id)
	if err != nil {
		return "", time.Time{}, err
	}
	if err := s.unable(want); want.Converted() && err != nil {
		return "", time.Time{}, err
	}
	if err := want.within(song.Duration); err != nil {
		return "", time.Time{}, err
	}
	query, expires = s.signer.Sign(who, object(id), addressLife)
	return query, expires, nil
}

// Verify tells whom a signed address of the song was given to.
func (s *Service) Verify(ctx context.Context, id library.SongID, query url.Values) (account.Identity, error) {
	return s.signer.Verify(ctx, object(id), query)
}
