package httpapi

import (
	"context"
	"math"
	"net/http"
	"reflect"
	"slices"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// SongFilterInput is exported for huma, which reads embedded fields only then. These are the filters of songs; all must hold.
type SongFilterInput struct {
	Search      string  `query:"search" maxLength:"500" doc:"All words in any order, beginnings are enough, without regard to accents and case"`
	Genre       string  `query:"genre" maxLength:"500"`
	ArtistID    int64   `query:"artistId" minimum:"1"`
	AlbumID     int64   `query:"albumId" minimum:"1"`
	Year        int     `query:"year" minimum:"1" maximum:"9999"`
	YearFrom    int     `query:"yearFrom" minimum:"1" maximum:"9999"`
	YearTo      int     `query:"yearTo" minimum:"1" maximum:"9999"`
	Liked       bool    `query:"liked" doc:"Only what the listener likes"`
	MinRating   int     `query:"minRating" minimum:"1" maximum:"5" doc:"Only what the listener gave at least so many stars"`
	Played      string  `query:"played" enum:"true,false" doc:"Only what the listener has played, or has not"`
	Format      string  `query:"format" maxLength:"16"`
	LibraryID   int64   `query:"libraryId" minimum:"1"`
	MinDuration float64 `query:"minDuration" minimum:"0" maximum:"1000000" doc:"Seconds"`
	MaxDuration float64 `query:"maxDuration" minimum:"0" maximum:"1000000" doc:"Seconds"`
}

func (in SongFilterInput) filter() library.SongFilter {
	f := library.SongFilter{
		Search: in.Search, Genre: in.Genre, Artist: library.ArtistID(in.ArtistID), Album: library.AlbumID(in.AlbumID),
		Year: in.Year, YearFrom: in.YearFrom, YearTo: in.YearTo, Liked: in.Liked, MinRating: in.MinRating,
		Format: library.Format(in.Format), Library: library.ID(in.LibraryID),
		MinDuration: duration(in.MinDuration), MaxDuration: duration(in.MaxDuration),
	}
	if in.Played != "" {
		played := in.Played == "true"
		f.Played = &played
	}
	return f
}

func duration(seconds float64) time.Duration {
	return time.Duration(math.Round(seconds*1000)) * time.Millisecond
}

type songListInput struct {
	IDs []int64 `query:"ids" maxItems:"500" doc:"Exactly these, comma-separated, in this order and also when their file is missing; what is not there is left out. Not together with anything else"`
	SongFilterInput
	Sort string `query:"sort" enum:"title,-title,artist,-artist,album,-album,duration,-duration,year,-year,plays,-plays,rating,-rating,createdAt,-createdAt,random,-random,lastPlayed,-lastPlayed,likedAt,-likedAt" doc:"By default title, or the album's own order with albumId; - descends"`
	Seed int64  `query:"seed" doc:"Of the random order; the same seed gives the same order"`
	PagingInput
}

type songListView struct {
	Songs       []SongView `json:"songs"`
	TotalCapped bool       `json:"totalCapped,omitempty" doc:"The search stopped counting: there are more than total"`
	CorrectedField
	PageFields
}

type songDetailView struct {
	Song    SongView    `json:"song"`
	Details detailsView `json:"details"`
}

type genreView struct {
	Name      string `json:"name"`
	SongCount int    `json:"songCount"`
}

type genreListView struct {
	Genres []genreView `json:"genres"`
}

func registerSongs(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "listSongs", method: http.MethodGet, path: "/songs", access: SignedIn, tag: "Catalogue", summary: "List songs"}, c.listSongs)
	register(a, operation{id: "getSong", method: http.MethodGet, path: "/songs/{id}", access: SignedIn, tag: "Catalogue", summary: "One song",
		errors: []int{http.StatusNotFound}}, c.getSong)
	register(a, operation{id: "listGenres", method: http.MethodGet, path: "/genres", access: SignedIn, tag: "Catalogue", summary: "All genres"}, c.listGenres)
}

func (c catalogue) listSongs(ctx context.Context, in *songListInput) (*answer[songListView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	if len(in.IDs) > 0 {
		return c.songsByID(ctx, scope, in)
	}
	page, err := c.library.ListSongs(ctx, scope, library.SongQuery{
		SongFilter: in.filter(), Sort: library.Sort(in.Sort), Seed: in.Seed, Paging: in.paging(),
	})
	if err != nil {
		return nil, err
	}
	view := songListView{Songs: each(page.Songs, viewSong), TotalCapped: page.TotalCapped, PageFields: viewPage(page.Total, page.NextCursor)}
	view.Corrected = library.Found{Songs: page.Songs}.Corrected(in.Search)
	return &answer[songListView]{view}, nil
}

// songsByID answers the songs that are asked for by name. A filter beside them would be ignored, so it is refused.
func (c catalogue) songsByID(ctx context.Context, scope library.Scope, in *songListInput) (*answer[songListView], error) {
	alone := songListInput{PagingInput: PagingInput{Limit: in.Limit}}
	rest := *in
	rest.IDs = nil
	var checks fault.Checks
	checks.Require(reflect.DeepEqual(rest, alone), "ids", "Not together with filters, an order or a place")
	checks.Require(!slices.ContainsFunc(in.IDs, func(id int64) bool { return id < 1 }), "ids", "Invalid ID")
	if err := checks.Err(); err != nil {
		return nil, err
	}
	songs, err := c.library.Songs(ctx, scope, songIDs(in.IDs))
	if err != nil {
		return nil, err
	}
	return &answer[songListView]{songListView{Songs: each(songs, viewSong), PageFields: viewPage(len(songs), "")}}, nil
}

func (c catalogue) getSong(ctx context.Context, in *IDInput) (*answer[songDetailView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	song, err := c.library.Song(ctx, scope, library.SongID(in.ID))
	if err != nil {
		return nil, err
	}
	details, lyrics, err := c.library.Details(ctx, scope, song.ID)
	if err != nil {
		return nil, err
	}
	return &answer[songDetailView]{songDetailView{viewSong(song), viewDetails(details, lyrics)}}, nil
}

func (c catalogue) listGenres(ctx context.Context, _ *struct{}) (*answer[genreListView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	genres, err := c.library.Genres(ctx, scope)
	if err != nil {
		return nil, err
	}
	return &answer[genreListView]{genreListView{each(genres, func(g library.Genre) genreView {
		return genreView{Name: g.Name, SongCount: g.SongCount}
	})}}, nil
}
