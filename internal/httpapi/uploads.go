package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// uploads are the routes that bring songs in, change and remove them.
type uploads struct {
	ingest *ingest.Service
	catalogue
}

type uploadView struct {
	Message   string   `json:"message"`
	Song      SongView `json:"song"`
	Duplicate bool     `json:"duplicate" doc:"That audio was there already; song is it"`
	Notes     []string `json:"notes" doc:"What was left out of the file, and why"`
}

// The limits of an upload's text fields, which are read into memory.
const (
	mostFields    = 16
	mostFieldSize = 8 << 10
	formOverhead  = 1 << 20 // bytes a form may have beside its file
)

var (
	errNoForm    = fault.New(fault.Unsupported, "unsupported_media_type", "The body must be multipart/form-data")
	errBadForm   = fault.New(fault.Invalid, "invalid_form", "The form is broken or did not arrive whole")
	errManyParts = fault.New(fault.Invalid, "invalid_form", "The form has too many fields")
)

func registerUploads(a *api, s Services) {
	u := &uploads{ingest: s.Ingest, catalogue: catalogue{s.Library}}
	op := operation{
		id: "uploadSong", method: http.MethodPost, path: "/songs/upload", access: SignedIn, tag: "Songs",
		summary: "Upload a song",
	}
	// The body's schema goes into the document alone: huma would hold a described upload in memory.
	a.raw(op, describeUpload(a), u.upload)
}

// upload reads the form as it arrives: the file goes to the store a little at a time, wherever in the form
// it stands.
func (u *uploads) upload(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	answer, status, err := u.take(ctx, r)
	if err != nil {
		writeError(ctx, w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func (u *uploads) take(ctx context.Context, r *http.Request) (answer uploadView, status int, err error) {
	if r.ContentLength > u.ingest.MaxFileSize()+formOverhead {
		return answer, 0, fault.Newf(fault.TooLarge, "file_too_large", "The file is too large: at most %d MB are taken", u.ingest.MaxFileSize()>>20)
	}
	form, err := r.MultipartReader()
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "multipart/form-data" {
		return answer, 0, errNoForm.Because(err)
	}
	parts := &uploadParts{form: ingest.Form{}, receive: u.ingest.Receive}
	defer parts.discard()
	if err := parts.readAll(ctx, form); err != nil {
		return answer, 0, err
	}
	scope, err := u.scope(ctx)
	if err != nil {
		return answer, 0, err
	}
	done, err := u.ingest.Upload(ctx, identity(ctx), scope, ingest.Upload{File: parts.file, Name: parts.name, Form: parts.form})
	if err != nil {
		return answer, 0, err
	}
	// The scope may be from before the uploader's private library was made.
	song, err := u.library.Song(ctx, scope.With(done.Library), done.Song)
	if err != nil {
		return answer, 0, err
	}
	answer, status = viewUpload(done, song)
	return answer, status, nil
}

func viewUpload(done ingest.Uploaded, song library.Song) (uploadView, int) {
	v := uploadView{Message: "Song uploaded", Song: viewSong(song), Duplicate: done.Duplicate, Notes: orEmpty(done.Notes)}
	if done.Duplicate {
		v.Message = "This song is here already"
		return v, http.StatusOK
	}
	return v, http.StatusCreated
}

// uploadParts collects a form: one file and its text fields.
type uploadParts struct {
	form    ingest.Form
	name    string
	file    ingest.Staged
	receive func(context.Context, io.Reader) (ingest.Staged, error)
}

func (p *uploadParts) discard() {
	if p.file != nil {
		_ = p.file.Discard() // what cannot be removed now is removed at the next start
	}
}

func (p *uploadParts) readAll(ctx context.Context, form *multipart.Reader) error {
	for count := 0; ; count++ {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errBadForm.Because(err)
		}
		if count >= mostFields {
			return errManyParts
		}
		if err := p.read(ctx, part); err != nil {
			return err
		}
	}
	if p.file == nil {
		return fault.Validation(fault.Detail{Field: "audio", Message: "Audio is required"})
	}
	return nil
}

func (p *uploadParts) read(ctx context.Context, part *multipart.Part) (err error) {
	field := part.FormName()
	if field != "audio" {
		text, err := io.ReadAll(io.LimitReader(part, mostFieldSize+1))
		if err != nil {
			return errBadForm.Because(err)
		}
		if _, twice := p.form[field]; twice || len(text) > mostFieldSize {
			return fault.Validation(fault.Detail{Field: field, Message: "Too long, or given twice"})
		}
		p.form[field] = string(text)
		return nil
	}
	if p.file != nil {
		return fault.Validation(fault.Detail{Field: "audio", Message: "One file at a time"})
	}
	if p.name, err = fileName(part); err != nil {
		return err
	}
	stream := &watchedReader{Reader: part}
	if p.file, err = p.receive(ctx, stream); err != nil {
		p.file = nil
	}
	if stream.err != nil {
		return errBadForm.Because(stream.err)
	}
	return err
}

// watchedReader remembers an error of the client's connection, to tell it from the store's own.
type watchedReader struct {
	io.Reader
	err error
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

func describeUpload(a *api) *huma.Operation {
	text := func(doc string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: doc} }
	whole := func(doc string) *huma.Schema { return &huma.Schema{Type: huma.TypeInteger, Description: doc} }
	body := &huma.Schema{
		Type: huma.TypeObject, Required: []string{"audio"}, AdditionalProperties: false,
		Properties: map[string]*huma.Schema{
			"audio":    {Type: huma.TypeString, Format: "binary", Description: "MP3, FLAC, Ogg Vorbis, Opus, M4A or WAV"},
			"title":    text("Instead of the file's; at most 255 characters"),
			"artist":   text("Instead of the file's; at most 255 characters"),
			"album":    text("Instead of the file's; at most 255 characters"),
			"genre":    text("Instead of the file's; at most 50 characters"),
			"year":     whole("Instead of the file's; from 1900 to this year"),
			"duration": whole("Seconds; checked and not used, the measured length wins"),
			"private":  {Type: huma.TypeBoolean, Description: "Into one's own library, which nobody else hears; default false"},
		},
	}
	described := &huma.Operation{
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: body}}},
		Responses: map[string]*huma.Response{
			"200": answerOf[uploadView](a, "That audio is there already, and this is it"),
			"201": answerOf[uploadView](a, "The new song"),
		},
	}
	for _, status := range []int{400, 401, 403, 413, 415, 429, 507} {
		describeError(a, described, status)
	}
	return described
}
