package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

type songFacetsInput struct{ SongFilterInput }

type songLettersInput struct {
	SongFilterInput
	Sort string `query:"sort" enum:"title,-title,artist,-artist,album,-album" doc:"By default title"`
}

type albumLettersInput struct {
	AlbumFilterInput
	Sort string `query:"sort" enum:"title,-title,artist,-artist" doc:"By default title"`
}

type artistLettersInput struct {
	ArtistFilterInput
	Sort string `query:"sort" enum:"name,-name" doc:"By default name"`
}

type facetView struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type decadeView struct {
	From  int `json:"from" doc:"The first year of ten"`
	Count int `json:"count"`
}

type formatCountView struct {
	Format string `json:"format"`
	Count  int    `json:"count"`
}

type facetsView struct {
	Genres   []facetView       `json:"genres" doc:"The most frequent first"`
	Decades  []decadeView      `json:"decades"`
	Formats  []formatCountView `json:"formats" doc:"The most frequent first"`
	Liked    int               `json:"liked"`
	Rated    int               `json:"rated"`
	Unplayed int               `json:"unplayed"`
	Total    int               `json:"total"`
}

type letterView struct {
	Letter string `json:"letter" doc:"# before all letters, 漢 for names in Chinese characters, … behind all letters"`
	Offset int    `json:"offset" doc:"Of the first row under the letter"`
}

type lettersView struct {
	Letters []letterView `json:"letters"`
	Total   int          `json:"total"`
}

func registerFacets(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "getSongFacets", method: http.MethodGet, path: "/songs/facets", access: SignedIn, tag: "Catalogue",
		summary: "How many songs of a list could be filtered further, by what"}, c.songFacets)
	register(a, operation{id: "getSongLetters", method: http.MethodGet, path: "/songs/letters", access: SignedIn, tag: "Catalogue",
		summary: "Where the letters begin in a list of songs"}, c.songLetters)
	register(a, operation{id: "getAlbumLetters", method: http.MethodGet, path: "/albums/letters", access: SignedIn, tag: "Catalogue",
		summary: "Where the letters begin in a list of albums"}, c.albumLetters)
	register(a, operation{id: "getArtistLetters", method: http.MethodGet, path: "/artists/letters", access: SignedIn, tag: "Catalogue",
		summary: "Where the letters begin in a list of artists"}, c.artistLetters)
}

func (c catalogue) songFacets(ctx context.Context, in *songFacetsInput) (*answer[facetsView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	facets, err := c.library.SongFacets(ctx, scope, in.filter())
	if err != nil {
		return nil, err
	}
	return &answer[facetsView]{facetsView{
		Genres:  each(facets.Genres, func(g library.Genre) facetView { return facetView{g.Name, g.SongCount} }),
		Decades: each(facets.Decades, func(d library.Decade) decadeView { return decadeView(d) }),
		Formats: each(facets.Formats, func(f library.FormatCount) formatCountView { return formatCountView{string(f.Format), f.Count} }),
		Liked:   facets.Liked, Rated: facets.Rated, Unplayed: facets.Unplayed, Total: facets.Total,
	}}, nil
}

func (c catalogue) songLetters(ctx context.Context, in *songLettersInput) (*answer[lettersView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	return viewLetters(c.library.SongLetters(ctx, scope, library.SongQuery{SongFilter: in.filter(), Sort: library.Sort(in.Sort)}))
}

func (c catalogue) albumLetters(ctx context.Context, in *albumLettersInput) (*answer[lettersView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	return viewLetters(c.library.AlbumLetters(ctx, scope, library.AlbumQuery{AlbumFilter: in.filter(), Sort: library.Sort(in.Sort)}))
}

func (c catalogue) artistLetters(ctx context.Context, in *artistLettersInput) (*answer[lettersView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	return viewLetters(c.library.ArtistLetters(ctx, scope, library.ArtistQuery{ArtistFilter: in.filter(), Sort: library.Sort(in.Sort)}))
}

func viewLetters(letters library.Letters, err error) (*answer[lettersView], error) {
	if err != nil {
		return nil, err
	}
	return &answer[lettersView]{lettersView{
		Letters: each(letters.Letters, func(l library.Letter) letterView { return letterView(l) }), Total: letters.Total,
	}}, nil
}
