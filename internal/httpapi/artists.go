package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

// ArtistFilterInput is exported for huma, which reads embedded fields only then. These are the filters of artists; all must hold.
type ArtistFilterInput struct {
	Search    string `query:"search" maxLength:"500"`
	Liked     bool   `query:"liked" doc:"Only whom the listener likes"`
	MinRating int    `query:"minRating" minimum:"1" maximum:"5" doc:"Only whom the listener gave at least so many stars"`
}

func (in ArtistFilterInput) filter() library.ArtistFilter {
	return library.ArtistFilter{Search: in.Search, Liked: in.Liked, MinRating: in.MinRating}
}

type artistListInput struct {
	ArtistFilterInput
	Sort string `query:"sort" enum:"name,-name,plays,-plays,rating,-rating,likedAt,-likedAt" doc:"By default name; - descends; all others are the listener's own"`
	PagingInput
}

type artistListView struct {
	Artists []artistView `json:"artists"`
	PageFields
}

type oneArtistView struct {
	Artist   artistView  `json:"artist"`
	Albums   []albumView `json:"albums" doc:"The newest first"`
	TopSongs []SongView  `json:"topSongs" doc:"What the listener plays most"`
}

func registerArtists(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "listArtists", method: http.MethodGet, path: "/artists", access: SignedIn, tag: "Catalogue", summary: "List artists"}, c.listArtists)
	register(a, operation{id: "getArtist", method: http.MethodGet, path: "/artists/{id}", access: SignedIn, tag: "Catalogue", summary: "One artist with albums and songs",
		errors: []int{http.StatusNotFound}}, c.getArtist)
}

func (c catalogue) listArtists(ctx context.Context, in *artistListInput) (*answer[artistListView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	page, err := c.library.ListArtists(ctx, scope, library.ArtistQuery{
		ArtistFilter: in.filter(), Sort: library.Sort(in.Sort), Paging: in.paging(),
	})
	if err != nil {
		return nil, err
	}
	return &answer[artistListView]{artistListView{each(page.Artists, viewArtist), viewPage(page.Total, page.NextCursor)}}, nil
}

func (c catalogue) getArtist(ctx context.Context, in *IDInput) (*answer[oneArtistView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	artist, albums, songs, err := c.library.Artist(ctx, scope, library.ArtistID(in.ID))
	if err != nil {
		return nil, err
	}
	return &answer[oneArtistView]{oneArtistView{viewArtist(artist), each(albums, viewAlbum), each(songs, viewSong)}}, nil
}
