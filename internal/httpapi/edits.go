package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/ingest"
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
		id: "writeTags", method: http.MethodPost, path: "/songs/write-tags", access: SignedIn, tag: "Edits",
		summary: "Write what the catalogue shows of uploads into their files, at most 100 at once",
		errors:  []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusInsufficientStorage},
	}, u.writeTags)
	registerMerges(a, u)
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

type writeTagsInput struct {
	Body struct {
		IDs []int64 `json:"ids" minItems:"1" maxItems:"100"`
	}
}

type writtenView struct {
	SongID int64  `json:"songId"`
	Status string `json:"status" enum:"written,unchanged,refused"`
	Reason string `json:"reason" doc:"Why the file was left as it was"`
}

type writtenListView struct {
	Results []writtenView `json:"results"`
}

func (u *uploads) writeTags(ctx context.Context, in *writeTagsInput) (*answer[writtenListView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	results, err := u.ingest.WriteTags(ctx, identity(ctx), scope, songIDs(in.Body.IDs))
	if err != nil {
		return nil, err
	}
	return &answer[writtenListView]{writtenListView{each(results, viewWritten)}}, nil
}

func viewWritten(w ingest.Written) writtenView {
	view := writtenView{SongID: int64(w.Song), Status: "unchanged", Reason: w.Reason}
	switch {
	case w.Done:
		view.Status = "written"
	case w.Reason != "":
		view.Status = "refused"
	}
	return view
}
