package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

var errNoPicture = fault.New(fault.Unsupported, "unsupported_media_type", "The body must be an image, or multipart/form-data with one as image")

// registerCoverEdits adds the routes that change covers. Their bodies are read as they arrive.
func registerCoverEdits(a *api, s Services) {
	u := &uploads{ingest: s.Ingest, catalogue: catalogue{s.Library}}
	a.raw(operation{id: "setSongsCover", method: http.MethodPut, path: "/songs/cover", access: SignedIn, tag: "Songs",
		summary: "Give many songs a cover: a form with ids (a JSON list) before image"}, describeCoverEdit(a, false), u.putCover(nil))
	a.raw(operation{id: "setSongCover", method: http.MethodPut, path: "/songs/{id}/cover", access: SignedIn, tag: "Songs",
		summary: "Give a song a cover"}, describeCoverEdit(a, true), u.putCover(u.oneSong))
	a.raw(operation{id: "setAlbumCover", method: http.MethodPut, path: "/albums/{id}/cover", access: SignedIn, tag: "Songs",
		summary: "Give all songs of an album a cover"}, describeCoverEdit(a, true), u.putCover(u.songsOfAlbum))
	errs := []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict}
	register(a, operation{id: "resetSongCover", method: http.MethodDelete, path: "/songs/{id}/cover", access: SignedIn, tag: "Songs",
		summary: "Give a song the cover of its file back", errors: errs}, u.resetSongCover)
	register(a, operation{id: "resetAlbumCover", method: http.MethodDelete, path: "/albums/{id}/cover", access: SignedIn, tag: "Songs",
		summary: "Give the songs of an album the covers of their files back", errors: errs}, u.resetAlbumCover)
}

// coverSongs finds the songs that a path names.
type coverSongs func(ctx context.Context, scope library.Scope, in rawInput) ([]library.SongID, error)

func (u *uploads) oneSong(_ context.Context, _ library.Scope, in rawInput) ([]library.SongID, error) {
	return []library.SongID{library.SongID(in.id)}, nil
}

func (u *uploads) songsOfAlbum(ctx context.Context, scope library.Scope, in rawInput) ([]library.SongID, error) {
	return u.ingest.AlbumSongs(ctx, scope, library.AlbumID(in.id))
}

// putCover takes a picture for the songs that the path names; where it names none, the form does.
func (u *uploads) putCover(songs coverSongs) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := u.takeCover(r, songs)
		if err != nil {
			writeError(r.Context(), w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(answer.Body)
	}
}

func (u *uploads) takeCover(r *http.Request, songs coverSongs) (*answer[editedSongsView], error) {
	ctx := r.Context()
	if r.ContentLength > ingest.MostCover+formOverhead {
		return nil, errTooLarge
	}
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	var ids []library.SongID
	if songs != nil {
		in, err := readRaw(r, nil)
		if err != nil {
			return nil, err
		}
		if ids, err = songs(ctx, scope, in); err != nil {
			return nil, err
		}
	}
	picture, named, err := openPicture(r, songs == nil)
	if err != nil {
		return nil, err
	}
	if songs == nil {
		ids = named
	}
	stream := &watchedReader{Reader: picture}
	done, err := u.ingest.SetCover(ctx, identity(ctx), scope, ids, stream)
	if stream.err != nil {
		return nil, errBadForm.Because(stream.err)
	}
	if err != nil {
		return nil, err
	}
	return u.edited(ctx, scope, ids, done)
}

// openPicture finds the picture in a request: the body itself, or the part "image" of a form, before which
// "ids" may stand.
func openPicture(r *http.Request, naming bool) (io.Reader, []library.SongID, error) {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if strings.HasPrefix(media, "image/") && !naming {
		return r.Body, nil, nil
	}
	form, err := r.MultipartReader()
	if err != nil || media != "multipart/form-data" {
		return nil, nil, errNoPicture.Because(err)
	}
	var ids []library.SongID
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, nil, fault.Validation(fault.Detail{Field: "image", Message: "An image is required"})
		}
		if err != nil {
			return nil, nil, errBadForm.Because(err)
		}
		switch name := part.FormName(); {
		case name == "image":
			return part, ids, nil
		case name == "ids" && naming:
			if ids, err = readIDs(part); err != nil {
				return nil, nil, err
			}
		default:
			return nil, nil, fault.Validation(fault.Detail{Field: name, Message: "Unknown field"})
		}
	}
}

func readIDs(part *multipart.Part) ([]library.SongID, error) {
	var ids []int64
	if err := json.NewDecoder(io.LimitReader(part, mostFieldSize)).Decode(&ids); err != nil {
		return nil, fault.Validation(fault.Detail{Field: "ids", Message: "A JSON list of song ids"})
	}
	return songIDs(ids), nil
}

func (u *uploads) resetSongCover(ctx context.Context, in *IDInput) (*answer[editedSongsView], error) {
	return u.resetCover(ctx, in, u.oneSong)
}

func (u *uploads) resetAlbumCover(ctx context.Context, in *IDInput) (*answer[editedSongsView], error) {
	return u.resetCover(ctx, in, u.songsOfAlbum)
}

func (u *uploads) resetCover(ctx context.Context, in *IDInput, songs coverSongs) (*answer[editedSongsView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := songs(ctx, scope, rawInput{id: in.ID})
	if err != nil {
		return nil, err
	}
	done, err := u.ingest.ClearCover(ctx, identity(ctx), scope, ids)
	if err != nil {
		return nil, err
	}
	return u.edited(ctx, scope, ids, done)
}

func describeCoverEdit(a *api, withID bool) *huma.Operation {
	picture := &huma.Schema{Type: huma.TypeString, Format: "binary", Description: "JPEG, PNG or WebP, at most 16 MB"}
	form := &huma.Schema{Type: huma.TypeObject, Required: []string{"image"}, Properties: map[string]*huma.Schema{"image": picture}}
	content := map[string]*huma.MediaType{"multipart/form-data": {Schema: form}}
	described := &huma.Operation{RequestBody: &huma.RequestBody{Required: true, Content: content}}
	if withID {
		one := 1.0
		content["image/*"] = &huma.MediaType{Schema: picture}
		described.Parameters = []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &one}}}
	} else {
		form.Required = []string{"ids", "image"}
		form.Properties["ids"] = &huma.Schema{Type: huma.TypeString, Description: "A JSON list of song ids"}
	}
	described.Responses = map[string]*huma.Response{"200": answerOf[editedSongsView](a, "The songs with the new cover")}
	for _, status := range []int{400, 401, 403, 404, 409, 413, 415, 429, 507} {
		describeError(a, described, status)
	}
	return described
}
