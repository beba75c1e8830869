package ingest

import (
	"context"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Catalogue is where uploads are written, changed and removed. Each call is one transaction.
type Catalogue interface {
	// Twins lists songs of these libraries that have the same bytes or sound like the draft.
	Twins(ctx context.Context, d Draft, among []library.ID) ([]Twin, error)
	// Add writes a new song, unless one of these libraries has the same bytes by now: then that song is
	// the answer and added is false. A song that goes past the draft's quota, or into a library that its
	// uploader does not hear any more, is refused.
	Add(ctx context.Context, d Draft, among []library.ID) (id library.SongID, added bool, err error)
	// Remove deletes a song with all that hangs on it.
	Remove(ctx context.Context, id library.SongID) (Freed, error)
	// Unused returns those of the object keys that no row refers to.
	Unused(ctx context.Context, keys []string) ([]string, error)
}

// Twin is a song that may be the same as an uploaded one.
type Twin struct {
	ID          library.SongID
	ObjectKey   string // of an upload
	Folder      string // of a folder's song
	Path        string
	Size        int64
	ContentHash []byte
	Received    []byte // hash of what was uploaded, where tags were written into it since
	TitleKey    string
	ArtistKey   string
	AlbumKey    string
}

// Freed names objects that a change may have left without a row.
type Freed struct{ Keys []string }

// Libraries knows the libraries themselves.
type Libraries interface {
	// Ensure makes the shared uploads and a library for each folder, and marks the songs of folders that
	// are no longer listed as missing. It returns the folder libraries that are listed.
	Ensure(ctx context.Context, folders []string) ([]library.Library, error)
	// Target is the library that an upload of the member goes to: the wanted one, or for 0 the first one for
	// uploads that the member hears. fault.NotFound for one that the member does not hear, fault.Forbidden for
	// a folder and where there is none.
	Target(ctx context.Context, who account.UserID, wanted library.ID) (library.ID, error)
	// Private returns the member's own library, made on first use.
	Private(ctx context.Context, owner account.UserID) (library.ID, error)
	// Usage tells what the member has uploaded and the own quota; the one that holds is not its to decide.
	Usage(ctx context.Context, who account.UserID) (Usage, error)
}

// Shelf is what a scan reads and writes of one library.
type Shelf interface {
	// Listings are sums of what stood in each of the library's folders when its songs were last written.
	Listings(ctx context.Context, id library.ID) (map[string]int64, error)
	// KeepListings replaces the sums of some folders, and forgets folders that are there no more.
	KeepListings(ctx context.Context, id library.ID, sums map[string]int64, gone []string) error
	// Known lists the songs in these folders, not of what is below them, and all that are missing; for nil it
	// lists all songs of the library.
	Known(ctx context.Context, id library.ID, folders []string) ([]Known, error)
	// Traits are what songs can be known by when their files turn up elsewhere.
	Traits(ctx context.Context, songs []library.SongID) ([]Trait, error)
	// Alike lists the songs of all libraries that have one of these sounds.
	Alike(ctx context.Context, sounds [][]byte) ([]Known, error)
	// MissingElsewhere tells whether songs of folders that are none of these libraries are missing.
	MissingElsewhere(ctx context.Context, but []library.ID) (bool, error)
	// Save writes songs by their path, or moves a song with an ID to its library and path, and clears their missing
	// mark. All are of one library.
	Save(ctx context.Context, songs []Draft) (Freed, error)
	// Displace marks songs missing whose paths other files have now, and frees these paths.
	Displace(ctx context.Context, songs []library.SongID) error
	// MarkMissing and MarkPresent change the mark of songs whose files went or came back unchanged.
	MarkMissing(ctx context.Context, songs []library.SongID) error
	MarkPresent(ctx context.Context, songs []library.SongID) error
	// ReplaceErrors keeps what a scan of the library could not read.
	ReplaceErrors(ctx context.Context, id library.ID, errors []ScanError) error
	// Problems are those that ReplaceErrors kept of the library; their paths begin below it.
	Problems(ctx context.Context, id library.ID) ([]ScanError, error)
	CoverShelf
	// Relax gives memory back that much writing took and little reading needs.
	Relax(ctx context.Context) error
	// Errors lists what the last scans could not read, and how many there are.
	Errors(ctx context.Context, limit, offset int) ([]ScanError, int, error)
}

// ReadVersion is that of what is read of files. Songs of folders that were read with an older one are read again.
const ReadVersion = 1

// DisplacedMark parts the path that a missing song had from its number, where another file has that path now.
const DisplacedMark = "\x1f"

// Known is a folder's song as the last scan left it.
type Known struct {
	ID         library.SongID
	Library    library.ID
	Path       string // below the library's folder; empty for an upload
	Size       int64
	ModifiedAt time.Time
	Version    int // of the readers that it was read with
	Missing    bool
	Sound      []byte // as in Draft
	Album      string // the folded title of its album, empty without one
	AlbumKey   string // as in Draft; differs from what the file says after an edit
}

// ScanError is a file that could not be read, or was read only in part, and why.
type ScanError struct {
	Path    string // begins with the library's name when it is read back
	Reason  string
	Library library.ID // when it is read back
}
