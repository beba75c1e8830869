package playlist

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Service is the rules of playlists. It is safe for concurrent use.
type Service struct {
	store Store
	songs Catalogue
	clock clock.Clock
}

// New makes the service.
func New(store Store, songs Catalogue, clock clock.Clock) *Service {
	return &Service{store: store, songs: songs, clock: clock}
}

// Create makes an empty playlist of who's.
func (s *Service) Create(ctx context.Context, who account.Identity, about Description) (Playlist, error) {
	about, err := about.checked()
	if err != nil {
		return Playlist{}, err
	}
	scope, err := s.scope(ctx, who)
	if err != nil {
		return Playlist{}, err
	}
	id, err := s.store.Create(ctx, who.User, about, s.clock.Now())
	if err != nil {
		return Playlist{}, fmt.Errorf("create playlist: %w", err)
	}
	return s.read(ctx, scope, id)
}

// List returns a page of the playlists that who may see, from after the mark, nil for the first page.
func (s *Service) List(ctx context.Context, who account.Identity, after *Mark, limit int) (Page, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return Page{}, err
	}
	limit = min(limit, MaxPage)
	list, total, err := s.store.List(ctx, scope, after, limit+1)
	if err != nil {
		return Page{}, fmt.Errorf("list playlists: %w", err)
	}
	page := Page{Playlists: list, Total: total}
	if len(list) > limit {
		page.Playlists = list[:limit]
		last := list[limit-1]
		page.Next = &Mark{Mine: last.Mine, ID: last.ID}
	}
	return page, nil
}

// Get returns a playlist with a page of its entries, from after the position, nil for the first page.
func (s *Service) Get(ctx context.Context, who account.Identity, id ID, after *int64, limit int) (Contents, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return Contents{}, err
	}
	return s.contents(ctx, scope, id, after, min(limit, MaxPage))
}

// contents reads the head before the entries: a revision that is older than them makes the reader's next
// edit a conflict, the other way round it would be taken.
func (s *Service) contents(ctx context.Context, scope library.Scope, id ID, after *int64, limit int) (Contents, error) {
	list, err := s.read(ctx, scope, id)
	if err != nil {
		return Contents{}, err
	}
	places, err := s.store.Places(ctx, scope, id, after, limit+1)
	if err != nil {
		return Contents{}, fmt.Errorf("list playlist entries: %w", err)
	}
	out := Contents{Playlist: list}
	if len(places) > limit {
		places = places[:limit]
		out.Next = &places[limit-1].Position
	}
	out.Entries, err = s.entries(ctx, scope, places)
	return out, err
}

// read answers as if a private playlist of somebody else's were not there.
func (s *Service) read(ctx context.Context, scope library.Scope, id ID) (Playlist, error) {
	list, err := s.store.Get(ctx, scope, id)
	if err != nil {
		return Playlist{}, fmt.Errorf("read playlist: %w", err)
	}
	if !list.Public && !list.Mine {
		return Playlist{}, fault.Missing("Playlist")
	}
	return list, nil
}

func (s *Service) entries(ctx context.Context, scope library.Scope, places []Place) ([]Entry, error) {
	ids := make([]library.SongID, len(places))
	for i, p := range places {
		ids[i] = p.Song
	}
	songs, err := s.songs.Songs(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("read songs of playlist: %w", err)
	}
	byID := make(map[library.SongID]library.Song, len(songs))
	for _, song := range songs {
		byID[song.ID] = song
	}
	out := make([]Entry, 0, len(places))
	for _, p := range places {
		if song, ok := byID[p.Song]; ok {
			out = append(out, Entry{ID: p.Entry, AddedAt: p.AddedAt, Song: song})
		}
	}
	return out, nil
}

func (s *Service) scope(ctx context.Context, who account.Identity) (library.Scope, error) {
	scope, err := s.songs.Scope(ctx, who)
	if err != nil {
		return library.Scope{}, fmt.Errorf("find who hears what: %w", err)
	}
	return scope, nil
}

// checked returns the description as it is kept, or names what is wrong with it.
func (d Description) checked() (Description, error) {
	d.Name = strings.TrimSpace(d.Name)
	var checks fault.Checks
	length := utf8.RuneCountInString(d.Name)
	checks.Require(length >= 1 && length <= MaxName, "name", "Playlist name must be 1-100 characters")
	checks.Require(printable(d.Name, ""), "name", "Playlist name must be plain text in one line")
	checks.Require(utf8.RuneCountInString(d.Text) <= MaxDescription, "description", "Description must be at most 500 characters")
	checks.Require(printable(d.Text, "\n\r\t"), "description", "Description must be plain text")
	return d, checks.Err()
}

func printable(s, also string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(also, r)
	})
}
