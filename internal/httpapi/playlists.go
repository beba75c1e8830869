package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
	"hathor/internal/playlist"
)

// playlistRoutes translates for package playlist.
type playlistRoutes struct{ lists *playlist.Service }

func registerPlaylists(a *api, s Services) {
	r := playlistRoutes{s.Playlists}
	route := func(id, method, path, summary string, errors ...int) operation {
		return operation{id: id, method: method, path: path, access: SignedIn, tag: "Playlists", summary: summary, errors: errors}
	}
	created := route("createPlaylist", http.MethodPost, "/playlists", "Make a playlist")
	created.status = http.StatusCreated
	register(a, route("listPlaylists", http.MethodGet, "/playlists", "One's own playlists, then the public ones"), r.list)
	register(a, created, r.create)
	register(a, route("getPlaylist", http.MethodGet, "/playlists/{id}", "A playlist and its songs", 404), r.get)
	register(a, route("updatePlaylist", http.MethodPut, "/playlists/{id}", "Change name, description or who sees it", 403, 404, 409), r.update)
	register(a, route("deletePlaylist", http.MethodDelete, "/playlists/{id}", "Delete a playlist", 403, 404, 409), r.delete)
	registerPlaylistSongs(a, r, route)
}

type pageInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor" maxLength:"200" doc:"nextCursor of the page before"`
}

func (r playlistRoutes) list(ctx context.Context, in *pageInput) (*answer[playlistPageView], error) {
	after, err := readCursor[playlist.Mark](in.Cursor)
	if err != nil {
		return nil, err
	}
	page, err := r.lists.List(ctx, identity(ctx), after, in.Limit)
	if err != nil {
		return nil, err
	}
	return &answer[playlistPageView]{playlistPageView{
		Playlists: each(page.Playlists, viewPlaylist), PageFields: PageFields{page.Total, writeCursor(page.Next)},
	}}, nil
}

type createPlaylistInput struct {
	Body struct {
		Name        string  `json:"name" minLength:"1" maxLength:"100"`
		Description *string `json:"description,omitempty" nullable:"true" maxLength:"500"`
		IsPublic    bool    `json:"isPublic,omitempty" doc:"Everybody here may see it"`
	}
}

type madePlaylistView struct {
	Message  string       `json:"message"`
	Playlist playlistView `json:"playlist"`
}

func (r playlistRoutes) create(ctx context.Context, in *createPlaylistInput) (*answer[madePlaylistView], error) {
	about := playlist.Description{Name: in.Body.Name, Public: in.Body.IsPublic}
	if in.Body.Description != nil {
		about.Text = *in.Body.Description
	}
	made, err := r.lists.Create(ctx, identity(ctx), about)
	if err != nil {
		return nil, err
	}
	return &answer[madePlaylistView]{madePlaylistView{Message: "Playlist created", Playlist: viewPlaylist(made)}}, nil
}

type playlistInput struct {
	IDInput
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"500" doc:"Songs in one answer"`
	Cursor string `query:"cursor" maxLength:"200" doc:"nextCursor of the page before"`
}

func (r playlistRoutes) get(ctx context.Context, in *playlistInput) (*answer[playlistContentsView], error) {
	after, err := readCursor[int64](in.Cursor)
	if err != nil {
		return nil, err
	}
	contents, err := r.lists.Get(ctx, identity(ctx), playlist.ID(in.ID), after, in.Limit)
	if err != nil {
		return nil, err
	}
	return &answer[playlistContentsView]{viewPlaylistContents(contents)}, nil
}

type updatePlaylistInput struct {
	IDInput
	Body struct {
		Name        *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
		Description *string `json:"description,omitempty" maxLength:"500"`
		IsPublic    *bool   `json:"isPublic,omitempty"`
		Revision    *int64  `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
	} `doc:"What is left out stays as it is"`
}

// update answers what reading the playlist answers.
func (r playlistRoutes) update(ctx context.Context, in *updatePlaylistInput) (*answer[playlistContentsView], error) {
	to := playlist.Target{ID: playlist.ID(in.ID), Revision: in.Body.Revision}
	change := playlist.Update{Name: in.Body.Name, Text: in.Body.Description, Public: in.Body.IsPublic}
	contents, err := r.lists.Update(ctx, identity(ctx), to, change)
	if err != nil {
		return nil, showState(err, viewPlaylistContents)
	}
	return &answer[playlistContentsView]{viewPlaylistContents(contents)}, nil
}

type deletePlaylistInput struct {
	IDInput
	Revision int64 `query:"revision" minimum:"-1" default:"-1" doc:"The revision one knows; another one is a conflict, -1 is any"`
}

type doneView struct {
	Message string `json:"message"`
}

func done(message string) *answer[doneView] { return &answer[doneView]{doneView{message}} }

func (r playlistRoutes) delete(ctx context.Context, in *deletePlaylistInput) (*answer[doneView], error) {
	if err := r.lists.Delete(ctx, identity(ctx), targetOf(in.ID, in.Revision)); err != nil {
		return nil, showState(err, viewPlaylistContents)
	}
	return done("Playlist deleted"), nil
}

// targetOf reads a revision from a query, where none is -1.
func targetOf(id, revision int64) playlist.Target {
	to := playlist.Target{ID: playlist.ID(id)}
	if revision >= 0 {
		to.Revision = &revision
	}
	return to
}

func songIDs(ids []int64) []library.SongID {
	return each(ids, func(id int64) library.SongID { return library.SongID(id) })
}
