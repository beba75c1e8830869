package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

// AlbumFilterInput is exported for huma, which reads embedded fields only then. These are the filters of albums; all must hold.
type AlbumFilterInput struct {
	Search    string `query:"search" maxLength:"500" doc:"All words, in the title or the artist"`
	Genre     string `query:"genre" maxLength:"500"`
	ArtistID  int64  `query:"artistId" minimum:"1"`
	Role      string `query:"role" enum:"albumArtist,appearsOn" doc:"With artistId: only the artist's own albums, or only those of others"`
	Kind      string `query:"kind" enum:"album,ep,single,compilation,live,soundtrack,other"`
	Year      int    `query:"year" minimum:"1" maximum:"9999"`
	YearFrom  int    `query:"yearFrom" minimum:"1" maximum:"9999"`
	YearTo    int    `query:"yearTo" minimum:"1" maximum:"9999"`
	Liked     bool   `query:"liked" doc:"Only what the listener likes"`
	MinRating int    `query:"minRating" minimum:"1" maximum:"5" doc:"Only what the listener gave at least so many stars"`
	LibraryID int64  `query:"libraryId" minimum:"1"`
}

func (in AlbumFilterInput) filter() library.AlbumFilter {
	return library.AlbumFilter{
		Search: in.Search, Genre: in.Genre, Artist: library.ArtistID(in.ArtistID), Role: library.AlbumRole(in.Role), Kind: in.Kind,
		Year: in.Year, YearFrom: in.YearFrom, YearTo: in.YearTo, Liked: in.Liked, MinRating: in.MinRating, Library: library.ID(in.LibraryID),
	}
}

type albumListInput struct {
	AlbumFilterInput
	Sort string `query:"sort" enum:"title,-title,artist,-artist,year,-year,createdAt,-createdAt,random,-random,plays,-plays,rating,-rating,lastPlayed,-lastPlayed,likedAt,-likedAt" doc:"By default title; - descends; plays, rating and lastPlayed are the listener's own"`
	Seed int64  `query:"seed" doc:"Of the random order; the same seed gives the same order"`
	PagingInput
}

type albumListView struct {
	Albums []albumView `json:"albums"`
	PageFields
}

type oneAlbumView struct {
	Album albumView  `json:"album"`
	Songs []SongView `json:"songs"`
}

func registerAlbums(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "listAlbums", method: http.MethodGet, path: "/albums", access: SignedIn, tag: "Catalogue", summary: "List albums"}, c.listAlbums)
	register(a, operation{id: "getAlbum", method: http.MethodGet, path: "/albums/{id}", access: SignedIn, tag: "Catalogue", summary: "One album with its songs",
		errors: []int{http.StatusNotFound}}, c.getAlbum)
}

func (c catalogue) listAlbums(ctx context.Context, in *albumListInput) (*answer[albumListView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	page, err := c.library.ListAlbums(ctx, scope, library.AlbumQuery{
		AlbumFilter: in.filter(), Sort: library.Sort(in.Sort), Seed: in.Seed, Paging: in.paging(),
	})
	if err != nil {
		return nil, err
	}
	return &answer[albumListView]{albumListView{each(page.Albums, viewAlbum), viewPage(page.Total, page.NextCursor)}}, nil
}

func (c catalogue) getAlbum(ctx context.Context, in *IDInput) (*answer[oneAlbumView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	album, songs, err := c.library.Album(ctx, scope, library.AlbumID(in.ID))
	if err != nil {
		return nil, err
	}
	return &answer[oneAlbumView]{oneAlbumView{viewAlbum(album), each(songs, viewSong)}}, nil
}
