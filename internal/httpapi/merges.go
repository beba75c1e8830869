package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

func registerMerges(a *api, u *uploads) {
	register(a, operation{
		id: "mergeArtists", method: http.MethodPost, path: "/artists/merge", access: AdminOnly, tag: "Edits",
		summary: "Make artists other names of one, now and in files to come", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, u.mergeArtists)
	register(a, operation{
		id: "splitArtist", method: http.MethodPost, path: "/artists/{id}/split", access: AdminOnly, tag: "Edits",
		summary: "Make a name such as “A & B” stand for several artists", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, u.splitArtist)
	register(a, operation{
		id: "mergeAlbums", method: http.MethodPost, path: "/albums/merge", access: AdminOnly, tag: "Edits",
		summary: "Put the songs of albums on another one", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, u.mergeAlbums)
	register(a, operation{
		id: "splitAlbum", method: http.MethodPost, path: "/albums/split", access: AdminOnly, tag: "Edits",
		summary: "Put songs on an album of their own", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, u.splitAlbum)
}

type mergeInput struct {
	Body struct {
		From []int64 `json:"from" minItems:"1" maxItems:"100"`
		Into int64   `json:"into" minimum:"1"`
	}
}

type splitArtistInput struct {
	IDInput
	Body struct {
		Names []string `json:"names" minItems:"2" maxItems:"20"`
	}
}

type splitAlbumInput struct {
	Body struct {
		SongIDs []int64   `json:"songIds" minItems:"1" maxItems:"500"`
		Title   string    `json:"title" maxLength:"255"`
		Artists *[]string `json:"artists,omitempty" maxItems:"50" doc:"Of the album; without them, they stay"`
	}
}

func (u *uploads) mergeArtists(ctx context.Context, in *mergeInput) (*answer[editDoneView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	from := each(in.Body.From, func(id int64) library.ArtistID { return library.ArtistID(id) })
	done, err := u.ingest.MergeArtists(ctx, identity(ctx), scope, from, library.ArtistID(in.Body.Into))
	if err != nil {
		return nil, err
	}
	return viewDone(done), nil
}

func (u *uploads) splitArtist(ctx context.Context, in *splitArtistInput) (*answer[editDoneView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	done, err := u.ingest.SplitArtist(ctx, identity(ctx), scope, library.ArtistID(in.ID), in.Body.Names)
	if err != nil {
		return nil, err
	}
	return viewDone(done), nil
}

func (u *uploads) mergeAlbums(ctx context.Context, in *mergeInput) (*answer[editDoneView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	from := each(in.Body.From, func(id int64) library.AlbumID { return library.AlbumID(id) })
	done, err := u.ingest.MergeAlbums(ctx, identity(ctx), scope, from, library.AlbumID(in.Body.Into))
	if err != nil {
		return nil, err
	}
	return viewDone(done), nil
}

func (u *uploads) splitAlbum(ctx context.Context, in *splitAlbumInput) (*answer[editDoneView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	done, err := u.ingest.SplitAlbum(ctx, identity(ctx), scope, songIDs(in.Body.SongIDs), in.Body.Title, in.Body.Artists)
	if err != nil {
		return nil, err
	}
	return viewDone(done), nil
}
