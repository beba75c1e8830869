package library

import (
	"context"

	"hathor/internal/fault"
)

// Decade is how many songs come from ten years, From being the first of them.
type Decade struct{ From, Count int }

// FormatCount is how many songs have a format.
type FormatCount struct {
	Format Format
	Count  int
}

// Facets count the songs that a filter lets through, by what else could be filtered. Liked, Rated and
// Unplayed are the listener's own.
type Facets struct {
	Genres   []Genre // the most frequent first
	Decades  []Decade
	Formats  []FormatCount // the most frequent first
	Liked    int
	Rated    int
	Unplayed int
	Total    int
}

// FacetStore counts what lists hold.
type FacetStore interface {
	SongFacets(context.Context, Scope, SongFilter) (Facets, error)
	SongLetters(context.Context, Scope, SongQuery) (Letters, error)
	AlbumLetters(context.Context, Scope, AlbumQuery) (Letters, error)
	ArtistLetters(context.Context, Scope, ArtistQuery) (Letters, error)
}

// SongFacets counts the songs of the filter.
func (s *Service) SongFacets(ctx context.Context, scope Scope, f SongFilter) (Facets, error) {
	var c fault.Checks
	f.settle(&c)
	if err := c.Err(); err != nil {
		return Facets{}, err
	}
	return s.store.SongFacets(ctx, scope, f)
}

// SongLetters tells at which offsets the letters begin in the list of the query, whose sort must be one of
// title, artist and album. Its paging does not matter.
func (s *Service) SongLetters(ctx context.Context, scope Scope, q SongQuery) (Letters, error) {
	if err := settleNames(&q.Sort, "title", []string{"title", "artist", "album"}, q.SongFilter.settle); err != nil {
		return Letters{}, err
	}
	return s.store.SongLetters(ctx, scope, q)
}

// AlbumLetters is SongLetters for albums, by title or artist.
func (s *Service) AlbumLetters(ctx context.Context, scope Scope, q AlbumQuery) (Letters, error) {
	if err := settleNames(&q.Sort, "title", []string{"title", "artist"}, q.AlbumFilter.settle); err != nil {
		return Letters{}, err
	}
	return s.store.AlbumLetters(ctx, scope, q)
}

// ArtistLetters is SongLetters for artists, by name.
func (s *Service) ArtistLetters(ctx context.Context, scope Scope, q ArtistQuery) (Letters, error) {
	if err := settleNames(&q.Sort, "name", []string{"name"}, q.ArtistFilter.settle); err != nil {
		return Letters{}, err
	}
	return s.store.ArtistLetters(ctx, scope, q)
}

func settleNames(sort *Sort, byDefault Sort, names []string, filter func(*fault.Checks)) error {
	var c fault.Checks
	sort.settle(&c, byDefault, names)
	filter(&c)
	return c.Err()
}
