package library

import (
	"context"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
)

// SongStore reads songs. Everything outside the scope is as if it were not there.
type SongStore interface {
	ListSongs(context.Context, Scope, SongQuery) (SongPage, error)
	// Songs returns the songs in the order of the ids, missing files included; unknown ids are left out.
	Songs(context.Context, Scope, []SongID) ([]Song, error)
	SearchSongs(ctx context.Context, scope Scope, text string, limit int) ([]Song, error)
	Genres(context.Context, Scope) ([]Genre, error)
	// AlbumSongs returns at most limit songs of the album in its order, missing files included.
	AlbumSongs(ctx context.Context, scope Scope, id AlbumID, limit int) ([]Song, error)
}

// DetailStore reads what is only asked for of one song. Outside the scope it is fault.NotFound.
type DetailStore interface {
	// Details are zero where the file says nothing; lyrics tells whether there are any.
	Details(ctx context.Context, scope Scope, id SongID) (details Details, lyrics bool, err error)
	Lyrics(ctx context.Context, scope Scope, id SongID) (Lyrics, error)
}

// AlbumStore reads albums.
type AlbumStore interface {
	ListAlbums(context.Context, Scope, AlbumQuery) (AlbumPage, error)
	Albums(context.Context, Scope, []AlbumID) ([]Album, error)
	SearchAlbums(ctx context.Context, scope Scope, text string, limit int) ([]Album, error)
}

// ArtistStore reads artists.
type ArtistStore interface {
	ListArtists(context.Context, Scope, ArtistQuery) (ArtistPage, error)
	Artists(context.Context, Scope, []ArtistID) ([]Artist, error)
	SearchArtists(ctx context.Context, scope Scope, text string, limit int) ([]Artist, error)
}

// ScopeStore knows who may hear what.
type ScopeStore interface {
	// AudibleLibraries are the open libraries, the user's own and those granted to the user.
	AudibleLibraries(context.Context, account.UserID) ([]ID, error)
}

// Store is what the catalogue needs of its database.
type Store interface {
	SongStore
	DetailStore
	AlbumStore
	ArtistStore
	FacetStore
	MarkStore
	ScopeStore
}

// The most that a page of one album or artist shows at once; the lists page through the rest.
const (
	maxAlbumSongs   = MaxLimit
	maxArtistAlbums = MaxLimit
	topSongs        = 10
)

// Service is the reading side of the catalogue and what listeners think of it. It is safe for concurrent use.
type Service struct {
	store Store
	clock clock.Clock
}

// NewService makes the service over its store.
func NewService(store Store, now clock.Clock) *Service {
	return &Service{store: store, clock: now}
}

// ListSongs returns a page of the songs whose files are there. A wrong field is a fault that names it.
func (s *Service) ListSongs(ctx context.Context, scope Scope, q SongQuery) (SongPage, error) {
	if err := q.settle(); err != nil {
		return SongPage{}, err
	}
	return s.store.ListSongs(ctx, scope, q)
}

// Songs returns songs by id, in the order of the ids and also when their file is missing; ids outside the
// scope are left out.
func (s *Service) Songs(ctx context.Context, scope Scope, ids []SongID) ([]Song, error) {
	return s.store.Songs(ctx, scope, ids)
}

// Song returns one song, also when its file is missing.
func (s *Service) Song(ctx context.Context, scope Scope, id SongID) (Song, error) {
	songs, err := s.store.Songs(ctx, scope, []SongID{id})
	if err != nil {
		return Song{}, err
	}
	if len(songs) == 0 {
		return Song{}, fault.Missing("Song")
	}
	return songs[0], nil
}

// Details returns what a song's file says beside what lists show, and whether the song has lyrics.
func (s *Service) Details(ctx context.Context, scope Scope, id SongID) (details Details, lyrics bool, err error) {
	return s.store.Details(ctx, scope, id)
}

// Lyrics returns the words of a song, empty where it has none.
func (s *Service) Lyrics(ctx context.Context, scope Scope, id SongID) (Lyrics, error) {
	return s.store.Lyrics(ctx, scope, id)
}

// ListAlbums returns a page of the albums that have a song.
func (s *Service) ListAlbums(ctx context.Context, scope Scope, q AlbumQuery) (AlbumPage, error) {
	if err := q.settle(); err != nil {
		return AlbumPage{}, err
	}
	return s.store.ListAlbums(ctx, scope, q)
}

// Album returns an album and its songs in order, at most 500, those with a missing file included.
func (s *Service) Album(ctx context.Context, scope Scope, id AlbumID) (Album, []Song, error) {
	albums, err := s.store.Albums(ctx, scope, []AlbumID{id})
	if err != nil {
		return Album{}, nil, err
	}
	if len(albums) == 0 {
		return Album{}, nil, fault.Missing("Album")
	}
	songs, err := s.store.AlbumSongs(ctx, scope, id, maxAlbumSongs)
	return albums[0], songs, err
}

// ListArtists returns a page of the artists who have a song or an album.
func (s *Service) ListArtists(ctx context.Context, scope Scope, q ArtistQuery) (ArtistPage, error) {
	if err := q.settle(); err != nil {
		return ArtistPage{}, err
	}
	return s.store.ListArtists(ctx, scope, q)
}

// Artist returns an artist, the artist's albums with the newest first, and the songs the listener plays most.
func (s *Service) Artist(ctx context.Context, scope Scope, id ArtistID) (Artist, []Album, []Song, error) {
	artists, err := s.store.Artists(ctx, scope, []ArtistID{id})
	if err != nil {
		return Artist{}, nil, nil, err
	}
	if len(artists) == 0 {
		return Artist{}, nil, nil, fault.Missing("Artist")
	}
	albums, err := s.store.ListAlbums(ctx, scope, AlbumQuery{AlbumFilter: AlbumFilter{Artist: id}, Sort: "-year", Paging: Paging{Limit: maxArtistAlbums}})
	if err != nil {
		return Artist{}, nil, nil, err
	}
	top, err := s.store.ListSongs(ctx, scope, SongQuery{SongFilter: SongFilter{Artist: id}, Sort: "-plays", Paging: Paging{Limit: topSongs}})
	return artists[0], albums.Albums, top.Songs, err
}

// Genres returns all genres that have a song, by name.
func (s *Service) Genres(ctx context.Context, scope Scope) ([]Genre, error) {
	return s.store.Genres(ctx, scope)
}

// Found is the answer to a search over everything, best match first in each list.
type Found struct {
	Songs   []Song
	Albums  []Album
	Artists []Artist
}

// Search finds songs, albums and artists: first what is called exactly that, then what begins with it,
// then all that has every word of it. An empty text finds nothing.
func (s *Service) Search(ctx context.Context, scope Scope, text string, limit int) (Found, error) {
	var c fault.Checks
	page := Paging{Limit: limit}
	page.settle(&c)
	settleText(&text, &c, "q")
	if err := c.Err(); err != nil {
		return Found{}, err
	}
	if text == "" {
		return Found{}, nil
	}
	return s.search(ctx, scope, text, page.Limit)
}

func (s *Service) search(ctx context.Context, scope Scope, text string, limit int) (found Found, err error) {
	if found.Songs, err = s.store.SearchSongs(ctx, scope, text, limit); err != nil {
		return Found{}, err
	}
	if found.Albums, err = s.store.SearchAlbums(ctx, scope, text, limit); err != nil {
		return Found{}, err
	}
	if found.Artists, err = s.store.SearchArtists(ctx, scope, text, limit); err != nil {
		return Found{}, err
	}
	return found, nil
}
