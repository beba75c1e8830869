package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/tus/tusd/v2/pkg/handler"

	"hathor/internal/fault"
	"hathor/internal/ingest"
)

// The words of the tus protocol.
const (
	tusVersionHeader = "Tus-Resumable"
	tusVersion       = "1.0.0"
	tusExtensions    = "creation,creation-with-upload,termination,expiration"
	tusPiece         = "application/offset+octet-stream"
)

// uploadsPath is where the uploads are.
const uploadsPath = "/api/uploads/"

// The outcome of an upload, in the answer to its last piece.
const (
	stateHeader  = "Upload-State"
	songHeader   = "Upload-Song"
	expireHeader = "Upload-Expires"
)

var (
	errNoLength = fault.Validation(fault.Detail{Field: "Upload-Length", Message: "The length must be known at the start"})
	errNotPiece = fault.New(fault.Unsupported, "unsupported_media_type", "The body must be "+tusPiece)
	errID       = fault.Validation(fault.Detail{Field: "id", Message: "Invalid ID"})
)

func readID(r *http.Request) (ingest.ArrivalID, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil || id < 1 {
		return 0, errID
	}
	return ingest.ArrivalID(id), nil
}

func (u *resumables) options(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set(tusVersionHeader, tusVersion)
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Max-Size", strconv.FormatInt(u.inbox.MaxFileSize(), 10))
	w.WriteHeader(http.StatusNoContent)
}

// create begins an upload. A body is its first piece, which may be all of it.
func (u *resumables) create(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(tusVersionHeader, tusVersion)
	if err := announced(r); err != nil {
		writeError(r.Context(), w, err)
		return
	}
	metadata, err := readMetadata(r.Header.Get("Upload-Metadata"))
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	t := u.task(w, r)
	t.metadata = metadata
	t.serve(t.tusd.PostFile)
}

// announced checks what tusd would let pass or explain badly.
func announced(r *http.Request) error {
	if r.Header.Get("Upload-Defer-Length") != "" {
		return errNoLength
	}
	if r.ContentLength != 0 && r.Header.Get("Content-Type") != tusPiece {
		return errNotPiece
	}
	return nil
}

// head asks how far an upload is. Who asks means to go on: a piece that is still received on a dead
// connection ends here.
func (u *resumables) head(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(tusVersionHeader, tusVersion)
	id, err := u.own(r)
	if err == nil {
		err = u.inbox.Interrupt(r.Context(), id)
	}
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	t := u.task(w, r)
	t.serve(t.tusd.HeadFile)
}

// patch takes a piece in. The last one is answered when its song is there.
func (u *resumables) patch(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(tusVersionHeader, tusVersion)
	id, err := u.own(r)
	switch {
	case err != nil:
	case r.Header.Get("Content-Type") != tusPiece:
		err = errNotPiece
	case u.inbox.Busy(id):
		err = ingest.ErrArrivalBusy
	}
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	t := u.task(w, r)
	t.serve(t.tusd.PatchFile)
}

// own finds the upload among the asker's.
func (u *resumables) own(r *http.Request) (ingest.ArrivalID, error) {
	id, err := readID(r)
	if err != nil {
		return 0, err
	}
	_, err = u.inbox.Get(r.Context(), identity(r.Context()), id)
	return id, err
}

// tusTask is one request in the tus protocol: tusd reads and answers it, and this is the store that tusd
// finds, which knows whose request it is.
type tusTask struct {
	u        *resumables
	tusd     *handler.UnroutedHandler
	w        *tusWriter
	r        *http.Request
	metadata map[string]string // of a new upload
	arrival  ingest.Arrival
}

func (u *resumables) task(w http.ResponseWriter, r *http.Request) *tusTask {
	t := &tusTask{u: u, r: r}
	t.w = &tusWriter{ResponseWriter: w, task: t}
	composer := handler.NewStoreComposer()
	composer.UseCore(t)
	var err error
	t.tusd, err = handler.NewUnroutedHandler(handler.Config{
		StoreComposer: composer, BasePath: uploadsPath, MaxSize: u.inbox.MaxFileSize(), Logger: u.log.logger(),
		DisableDownload: true, DisableConcatenation: true, Cors: &handler.CorsConfig{Disable: true},
		NetworkTimeout: u.patience, GracefulRequestCompletionTimeout: time.Second, PreFinishResponseCallback: t.finished,
	})
	if err != nil {
		panic("options of tusd do not fit together: " + err.Error())
	}
	return t
}

func (t *tusTask) serve(operation http.HandlerFunc) {
	t.r.Header.Del("X-HTTP-Method-Override") // the route's rule was asked for the real method
	t.tusd.Middleware(operation).ServeHTTP(t.w, t.r)
}

// NewUpload is asked by tusd for a new upload.
func (t *tusTask) NewUpload(ctx context.Context, info handler.FileInfo) (handler.Upload, error) {
	n, err := announcementOf(t.metadata, info.Size)
	if err != nil {
		return nil, tusError(ctx, err)
	}
	if t.arrival, err = t.u.inbox.Begin(ctx, identity(ctx), n); err != nil {
		return nil, tusError(ctx, err)
	}
	return t, nil
}

// GetUpload is asked by tusd for one that is there.
func (t *tusTask) GetUpload(ctx context.Context, _ string) (handler.Upload, error) {
	id, err := readID(t.r)
	if err == nil {
		t.arrival, err = t.u.inbox.Get(ctx, identity(ctx), id)
	}
	if err != nil {
		return nil, tusError(ctx, err)
	}
	return t, nil
}

// GetInfo tells tusd how far it is.
func (t *tusTask) GetInfo(context.Context) (handler.FileInfo, error) {
	a := t.arrival
	return handler.FileInfo{ID: strconv.FormatInt(int64(a.ID), 10), Size: a.Size, Offset: a.Offset}, nil
}

// WriteChunk takes in what tusd reads from the client.
func (t *tusTask) WriteChunk(ctx context.Context, offset int64, body io.Reader) (int64, error) {
	control := http.NewResponseController(t.w.ResponseWriter)
	a, err := t.u.inbox.Append(ctx, identity(ctx), t.arrival.ID, ingest.Piece{
		Offset: offset, Body: body, Wake: func() { _ = control.SetReadDeadline(after(-time.Second)) },
	})
	if a.ID != 0 {
		t.arrival = a
	}
	if err != nil {
		return 0, tusError(ctx, err)
	}
	return t.arrival.Offset - offset, nil
}

// FinishUpload is called when all of it is there.
func (t *tusTask) FinishUpload(ctx context.Context) (err error) {
	if t.arrival, err = t.u.inbox.Finish(ctx, identity(ctx), t.arrival.ID); err != nil {
		return tusError(ctx, err)
	}
	return nil
}

var errNoDownload = errors.New("uploads are not downloaded")

// GetReader is for downloads, of which there are none.
func (t *tusTask) GetReader(context.Context) (io.ReadCloser, error) { return nil, errNoDownload }

// finished adds the outcome to the answer: its song too where that answer has a body.
func (t *tusTask) finished(e handler.HookEvent) (handler.HTTPResponse, error) {
	if e.HTTPRequest.Method != http.MethodPost {
		return handler.HTTPResponse{}, nil
	}
	view, err := t.u.view(t.r.Context(), t.arrival)
	if err != nil {
		return handler.HTTPResponse{}, tusError(t.r.Context(), err)
	}
	text, err := json.Marshal(view)
	if err != nil {
		return handler.HTTPResponse{}, err
	}
	return handler.HTTPResponse{Body: string(text), Header: handler.HTTPHeader{"Content-Type": "application/json"}}, nil
}
