package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
)

// resumables are the routes of uploads that arrive in pieces: the tus protocol, and what it does not have,
// a list and the outcome.
type resumables struct {
	inbox    *ingest.Inbox
	patience time.Duration
	log      tusLog
	catalogue
}

// ResumableView is an upload that arrives in pieces; exported for huma, which reads embedded fields only then.
type ResumableView struct {
	ID          int64     `json:"id" minimum:"1"`
	Name        string    `json:"name" doc:"The file's"`
	Fingerprint string    `json:"fingerprint" doc:"What the client knows the file by"`
	Size        int64     `json:"size" doc:"Bytes"`
	Offset      int64     `json:"offset" doc:"Bytes that have arrived and will not be lost"`
	State       string    `json:"state" enum:"receiving,processing,done,duplicate,refused"`
	Code        *string   `json:"code" doc:"Why it was refused, for a program"`
	Reason      *string   `json:"reason" doc:"Why it was refused, for a person"`
	Notes       []string  `json:"notes" doc:"What was left out of the file, and why"`
	Private     bool      `json:"private"`
	LibraryID   *int64    `json:"libraryId" doc:"Where it goes; null for the private uploads, or the first shared ones"`
	SongID      *int64    `json:"songId" doc:"The new song, or the one that is the same"`
	CreatedAt   time.Time `json:"createdAt"`
	ExpiresAt   time.Time `json:"expiresAt" doc:"When it is forgotten, unless it goes on"`
}

// oneResumableView is one of them with its song.
type oneResumableView struct {
	ResumableView
	Song *SongView `json:"song" doc:"null before there is one, or when it is gone"`
}

type resumableListInput struct {
	State  string `query:"state" enum:"receiving,processing,done,duplicate,refused"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor" maxLength:"200" doc:"nextCursor of the page before, with the same state"`
}

type resumableListView struct {
	Uploads []ResumableView `json:"uploads"`
	PageFields
}

// resumableMark is the place of a page in the list.
type resumableMark struct {
	ID ingest.ArrivalID `json:"id"`
}

func registerResumables(a *api, s Services) {
	r := &resumables{inbox: s.Inbox, patience: s.Settings.Patience, log: tusLog{s.Log}, catalogue: catalogue{s.Library}}
	register(a, operation{id: "listUploads", method: http.MethodGet, path: "/uploads", access: SignedIn, tag: "Uploads",
		summary: "One's resumable uploads of the last day, newest first"}, r.list)
	register(a, operation{id: "getUpload", method: http.MethodGet, path: "/uploads/{id}", access: SignedIn, tag: "Uploads",
		summary: "How far an upload is, or what came of it", errors: []int{http.StatusNotFound}}, r.get)
	raw := func(id, method, path, summary string, handler http.HandlerFunc, described tusOperation) {
		if method != http.MethodHead { // a key that may only read
			described.errors = append(described.errors, http.StatusForbidden)
		}
		a.raw(operation{id: id, method: method, path: path, access: SignedIn, tag: "Uploads", summary: summary}, described.describe(a), handler)
	}
	raw("getUploadProtocol", http.MethodOptions, "/uploads", "What of the tus protocol is spoken", r.options, tusOperation{ok: http.StatusNoContent, errors: []int{403}})
	raw("createUpload", http.MethodPost, "/uploads", "Begin a resumable upload (tus 1.0)", r.create, tusOperation{
		ok: http.StatusCreated, body: "optional", view: true, header: []string{"Upload-Length", "Upload-Metadata"},
		errors: []int{400, 403, 409, 412, 413, 415, 503, 507},
	})
	raw("getUploadOffset", http.MethodHead, "/uploads/{id}", "How far a resumable upload is (tus 1.0)", r.head, tusOperation{
		ok: http.StatusOK, id: true, errors: []int{400, 404, 412},
	})
	raw("sendUpload", http.MethodPatch, "/uploads/{id}", "Send on a resumable upload (tus 1.0)", r.patch, tusOperation{
		ok: http.StatusNoContent, id: true, body: "required", header: []string{"Upload-Offset"}, errors: []int{400, 403, 404, 409, 412, 413, 415, 423, 503, 507},
	})
	raw("deleteUpload", http.MethodDelete, "/uploads/{id}", "Forget an upload; its song stays", r.remove, tusOperation{
		ok: http.StatusNoContent, id: true, errors: []int{400, 403, 404, 423},
	})
}

func viewResumable(a ingest.Arrival) ResumableView {
	return ResumableView{
		ID: int64(a.ID), Name: a.Name, Fingerprint: a.Fingerprint, Size: a.Size, Offset: a.Offset, State: string(a.State),
		Code: orNil(a.Code), Reason: orNil(a.Reason), Notes: orEmpty(a.Notes), Private: a.Form["private"] == "true", LibraryID: libraryOf(a.Form),
		SongID: orNil(int64(a.Song)), CreatedAt: a.CreatedAt, ExpiresAt: a.ExpiresAt,
	}
}

func (u *resumables) list(ctx context.Context, in *resumableListInput) (*answer[resumableListView], error) {
	mark, err := readCursor[resumableMark](in.Cursor)
	if err != nil {
		return nil, err
	}
	q := ingest.ArrivalQuery{State: ingest.ArrivalState(in.State), Limit: in.Limit}
	if mark != nil {
		q.Before = mark.ID
	}
	page, err := u.inbox.List(ctx, identity(ctx), q)
	if err != nil {
		return nil, err
	}
	view := resumableListView{Uploads: each(page.Arrivals, viewResumable), PageFields: PageFields{Total: page.Total}}
	if page.Next != 0 {
		view.NextCursor = writeCursor(&resumableMark{page.Next})
	}
	return &answer[resumableListView]{view}, nil
}

func (u *resumables) get(ctx context.Context, in *IDInput) (*answer[oneResumableView], error) {
	a, err := u.inbox.Get(ctx, identity(ctx), ingest.ArrivalID(in.ID))
	if err != nil {
		return nil, err
	}
	view, err := u.view(ctx, a)
	if err != nil {
		return nil, err
	}
	return &answer[oneResumableView]{view}, nil
}

// view adds the song, which may be gone by now.
func (u *resumables) view(ctx context.Context, a ingest.Arrival) (oneResumableView, error) {
	view := oneResumableView{ResumableView: viewResumable(a)}
	if a.Song == 0 {
		return view, nil
	}
	scope, err := u.scope(ctx)
	if err != nil {
		return view, err
	}
	song, err := u.library.Song(ctx, scope, a.Song)
	if fault.KindOf(err) == fault.NotFound {
		return view, nil
	}
	if err != nil {
		return view, err
	}
	shown := viewSong(song)
	view.Song = &shown
	return view, nil
}

// remove is the same by the tus protocol and without it.
func (u *resumables) remove(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(tusVersionHeader, tusVersion)
	id, err := readID(r)
	if err == nil {
		err = u.inbox.Remove(r.Context(), identity(r.Context()), id)
	}
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// orNil is null for what is not there.
func orNil[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// libraryOf is the library that an upload's form names. What is no id has been refused when it began.
func libraryOf(form ingest.Form) *int64 {
	id, err := strconv.ParseInt(form["libraryId"], 10, 64)
	if err != nil {
		return nil
	}
	return &id
}
