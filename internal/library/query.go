package library

import (
	"slices"
	"strings"
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

// SongQuery picks songs; zero fields do not filter.
type SongQuery struct {
	Search string
	Genre  string
	Artist ArtistID
	Album  AlbumID
	Year   int
	Liked  bool
	Sort   Sort  // by default the order of the album with Album, else title
	Seed   int64 // of the random order; 0 takes a new one, which the cursor keeps
	Paging
}

// AlbumQuery picks albums; zero fields do not filter.
type AlbumQuery struct {
	Search string
	Genre  string
	Artist ArtistID
	Year   int
	Liked  bool
	Sort   Sort // by default title
	Seed   int64
	Paging
}

// ArtistQuery picks artists; zero fields do not filter.
type ArtistQuery struct {
	Search string
	Liked  bool
	Sort   Sort // by default name
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

func (q *SongQuery) settle() error {
	var c fault.Checks
	byDefault := Sort("title")
	if q.Album != 0 {
		byDefault = "album"
	}
	q.Sort.settle(&c, byDefault, []string{"title", "artist", "album", "duration", "year", "plays", "rating",
		"createdAt", "random", "lastPlayed", "likedAt"})
	settleText(&q.Search, &c, "search")
	settleText(&q.Genre, &c, "genre")
	q.Paging.settle(&c)
	return c.Err()
}

func (q *AlbumQuery) settle() error {
	var c fault.Checks
	q.Sort.settle(&c, "title", []string{"title", "artist", "year", "createdAt", "random", "plays", "lastPlayed", "likedAt"})
	settleText(&q.Search, &c, "search")
	settleText(&q.Genre, &c, "genre")
	q.Paging.settle(&c)
	return c.Err()
}

func (q *ArtistQuery) settle() error {
	var c fault.Checks
	q.Sort.settle(&c, "name", []string{"name"})
	settleText(&q.Search, &c, "search")
	q.Paging.settle(&c)
	return c.Err()
}
