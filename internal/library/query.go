package library

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"hathor/internal/fault"
)

// The bounds of a page of a list.
const (
	DefaultLimit = 50
	MaxLimit     = 500
	// MaxCounted is where a search may stop counting.
	MaxCounted = 1000
)

const (
	maxSearch = 500  // characters of a search
	maxCursor = 8192 // bytes of a cursor
)

// Sort is a name out of the closed list of what is listed; "-" before it descends.
type Sort string

// By is the name without the direction.
func (s Sort) By() string { return strings.TrimPrefix(string(s), "-") }

// Descending tells the direction.
func (s Sort) Descending() bool { return strings.HasPrefix(string(s), "-") }

// Paging picks one page of a list. Cursor is what the page before gave; it stands for a place in one list
// with one order and one set of filters, and is refused with any other.
type Paging struct {
	Limit  int // 0 is DefaultLimit
	Offset int // not with a cursor
	Cursor string
}

// SongFilter picks songs; zero fields do not filter, all others must hold together.
type SongFilter struct {
	Search      string
	Genre       string
	Artist      ArtistID
	Album       AlbumID
	Year        int
	YearFrom    int
	YearTo      int // songs without a year are outside of any span
	Liked       bool
	MinRating   int
	Played      *bool // whether the listener has played it; nil does not ask
	Format      Format
	Library     ID
	MinDuration time.Duration
	MaxDuration time.Duration
}

// SongQuery is a list of songs.
type SongQuery struct {
	SongFilter
	Sort Sort  // by default the order of the album with Album, else title
	Seed int64 // of the random order; 0 takes a new one, which the cursor keeps
	Paging
}

// AlbumRole is an artist's part in an album.
type AlbumRole string

// The roles: the album is the artist's own, or some of its songs are the artist's and it is another's.
const (
	OwnAlbum  AlbumRole = "albumArtist"
	AppearsOn AlbumRole = "appearsOn"
)

// AlbumFilter picks albums; zero fields do not filter, all others must hold together.
type AlbumFilter struct {
	Search    string
	Genre     string
	Artist    ArtistID
	Role      AlbumRole // with Artist only; empty is either
	Kind      string
	Year      int
	YearFrom  int
	YearTo    int
	Liked     bool
	MinRating int
	Library   ID
}

// AlbumQuery is a list of albums.
type AlbumQuery struct {
	AlbumFilter
	Sort Sort // by default title
	Seed int64
	Paging
}

// ArtistFilter picks artists; zero fields do not filter.
type ArtistFilter struct {
	Search    string
	Liked     bool
	MinRating int
}

// ArtistQuery is a list of artists.
type ArtistQuery struct {
	ArtistFilter
	Sort Sort // by default name
	Paging
}

// SongPage is a page of songs. Total is exact unless TotalCapped; NextCursor is empty on the last page.
type SongPage struct {
	Songs       []Song
	Total       int
	TotalCapped bool
	NextCursor  string
}

// AlbumPage is a page of albums.
type AlbumPage struct {
	Albums     []Album
	Total      int
	NextCursor string
}

// ArtistPage is a page of artists.
type ArtistPage struct {
	Artists    []Artist
	Total      int
	NextCursor string
}

// ErrCursor is the answer to a cursor that no page of this list gave.
func ErrCursor() error {
	return fault.Validation(fault.Detail{Field: "cursor", Message: "This cursor does not belong to this list"})
}

func (p *Paging) settle(c *fault.Checks) {
	if p.Limit == 0 {
		p.Limit = DefaultLimit
	}
	c.Require(p.Limit >= 1 && p.Limit <= MaxLimit, "limit", "Limit must be 1 to 500")
	c.Require(p.Offset >= 0, "offset", "Offset must not be negative")
	c.Require(p.Offset == 0 || p.Cursor == "", "offset", "Take either an offset or a cursor")
	c.Require(len(p.Cursor) <= maxCursor, "cursor", "This cursor does not belong to this list")
}

func (s *Sort) settle(c *fault.Checks, byDefault Sort, names []string) {
	if *s == "" {
		*s = byDefault
	}
	c.Require(slices.Contains(names, s.By()), "sort", "Sort must be one of "+strings.Join(names, ", ")+", with - before it to descend")
}

// settleText takes out what no text of the catalogue holds: control characters and broken UTF-8.
func settleText(text *string, c *fault.Checks, field string) {
	*text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, *text))
	c.Require(len(*text) <= maxSearch, field, "At most 500 characters")
}

func (f *SongFilter) settle(c *fault.Checks) {
	settleText(&f.Search, c, "search")
	settleText(&f.Genre, c, "genre")
	settleYears(c, f.YearFrom, f.YearTo)
	settleRating(c, f.MinRating)
	c.Require(f.MaxDuration == 0 || f.MinDuration <= f.MaxDuration, "maxDuration", "maxDuration must not be below minDuration")
}

func (f *AlbumFilter) settle(c *fault.Checks) {
	settleText(&f.Search, c, "search")
	settleText(&f.Genre, c, "genre")
	settleYears(c, f.YearFrom, f.YearTo)
	settleRating(c, f.MinRating)
	c.Require(f.Role == "" || f.Role == OwnAlbum || f.Role == AppearsOn, "role", "Role must be albumArtist or appearsOn")
	c.Require(f.Role == "" || f.Artist != 0, "role", "A role needs an artistId")
}

func (f *ArtistFilter) settle(c *fault.Checks) {
	settleText(&f.Search, c, "search")
	settleRating(c, f.MinRating)
}

func settleYears(c *fault.Checks, from, to int) {
	c.Require(to == 0 || from <= to, "yearTo", "yearTo must not be before yearFrom")
}

func settleRating(c *fault.Checks, least int) {
	c.Require(least >= 0 && least <= 5, "minRating", "Rating must be 0 to 5")
}

func (q *SongQuery) settle() error {
	var c fault.Checks
	byDefault := Sort("title")
	if q.Album != 0 {
		byDefault = "album"
	}
	q.Sort.settle(&c, byDefault, []string{"title", "artist", "album", "duration", "year", "plays", "rating",
		"createdAt", "random", "lastPlayed", "likedAt"})
	q.SongFilter.settle(&c)
	q.Paging.settle(&c)
	return c.Err()
}

func (q *AlbumQuery) settle() error {
	var c fault.Checks
	q.Sort.settle(&c, "title", []string{"title", "artist", "year", "createdAt", "random", "plays", "rating", "lastPlayed", "likedAt"})
	q.AlbumFilter.settle(&c)
	q.Paging.settle(&c)
	return c.Err()
}

func (q *ArtistQuery) settle() error {
	var c fault.Checks
	q.Sort.settle(&c, "name", []string{"name", "plays", "rating", "likedAt"})
	q.ArtistFilter.settle(&c)
	q.Paging.settle(&c)
	return c.Err()
}
