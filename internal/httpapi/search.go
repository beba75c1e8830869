package httpapi

import (
	"context"
	"net/http"
)

type searchInput struct {
	Text  string `query:"q" maxLength:"500" doc:"All words in any order, beginnings are enough, without regard to accents and case"`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Of each list"`
}

type searchView struct {
	Songs   []SongView   `json:"songs"`
	Albums  []albumView  `json:"albums"`
	Artists []artistView `json:"artists"`
	CorrectedField
}

// CorrectedField is in every answer to a search.
type CorrectedField struct {
	Corrected string `json:"corrected,omitempty" doc:"Where a typo was forgiven: the words as they were meant"`
}

func registerSearch(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "search", method: http.MethodGet, path: "/search", access: SignedIn, tag: "Catalogue", summary: "Search songs, albums and artists at once"}, c.search)
}

func (c catalogue) search(ctx context.Context, in *searchInput) (*answer[searchView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	found, err := c.library.Search(ctx, scope, in.Text, in.Limit)
	if err != nil {
		return nil, err
	}
	view := searchView{Songs: each(found.Songs, viewSong), Albums: each(found.Albums, viewAlbum), Artists: each(found.Artists, viewArtist)}
	view.Corrected = found.Corrected(in.Text)
	return &answer[searchView]{view}, nil
}
