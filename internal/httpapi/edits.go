package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

type editView struct {
	ID        int64      `json:"id" minimum:"1"`
	Kind      string     `json:"kind" enum:"songs,mergeArtists,splitArtist,mergeAlbums,splitAlbum"`
	By        string     `json:"by" doc:"Username, empty when the account is gone"`
	At        time.Time  `json:"at"`
	Summary   string     `json:"summary" doc:"Names of what was merged or split"`
	SongCount int        `json:"songCount"`
	Fields    []string   `json:"fields"`
	Titles    []string   `json:"titles" doc:"Some of the songs"`
	UndoneAt  *time.Time `json:"undoneAt"`
}

type editListView struct {
	Edits []editView `json:"edits"`
	PageFields
}

type editListInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor" maxLength:"8192" doc:"nextCursor of the page before"`
}

type editDoneView struct {
	EditID    *int64 `json:"editId" doc:"To take it back by; null when nothing changed"`
	SongCount int    `json:"songCount" doc:"Songs that show something else now"`
}

func viewDone(done ingest.Edited) *answer[editDoneView] {
	return &answer[editDoneView]{editDoneView{optional(int64(done.ID)), done.Songs}}
}

func registerEdits(a *api, s Services) {
	u := &uploads{ingest: s.Ingest, catalogue: catalogue{s.Library}}
	register(a, operation{
		id: "listEdits", method: http.MethodGet, path: "/edits", access: SignedIn, tag: "Edits",
		summary: "One's own edits of songs, and for an admin everybody's, the newest first",
	}, u.listEdits)
	register(a, operation{
		id: "undoEdit", method: http.MethodPost, path: "/edits/{id}/undo", access: SignedIn, tag: "Edits",
		summary: "Take an edit back, as its author or an admin", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, u.undo)
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

// editPlace is where a page of edits ended.
type editPlace struct {
	ID int64 `json:"id"`
}

func (u *uploads) listEdits(ctx context.Context, in *editListInput) (*answer[editListView], error) {
	before, err := readCursor[editPlace](in.Cursor)
	if err != nil {
		return nil, err
	}
	if before == nil {
		before = &editPlace{}
	}
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	list, total, err := u.ingest.Edits(ctx, identity(ctx), scope, ingest.EditID(before.ID), in.Limit)
	if err != nil {
		return nil, err
	}
	view := editListView{Edits: each(list, viewEdit), PageFields: PageFields{Total: total}}
	if len(list) == in.Limit {
		view.NextCursor = writeCursor(&editPlace{int64(list[len(list)-1].ID)})
	}
	return &answer[editListView]{view}, nil
}

func viewEdit(e ingest.EditRecord) editView {
	return editView{
		ID: int64(e.ID), Kind: string(e.Kind), By: e.ByName, At: e.At, Summary: e.Summary, SongCount: e.SongCount,
		Fields: each(e.Fields, func(f ingest.Field) string { return string(f) }), Titles: orEmpty(e.Titles), UndoneAt: known(e.UndoneAt),
	}
}

func (u *uploads) undo(ctx context.Context, in *IDInput) (*answer[editedSongsView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	done, ids, err := u.ingest.Undo(ctx, identity(ctx), scope, ingest.EditID(in.ID))
	if err != nil {
		return nil, err
	}
	return u.edited(ctx, scope, ids[:min(len(ids), ingest.MostEdited)], done)
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
