package httpapi

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// shortestVersion is how much of a cover's hash an address must name to be kept for ever.
const shortestVersion = 12

func registerCovers(a *api, s Services) {
	b := streams{s.Library, s.Stream, s.Accounts}
	a.raw(operation{id: "getSongCover", method: http.MethodGet, path: "/songs/{id}/cover", access: Signed, tag: "Streaming", summary: "The song's cover"},
		describeCover(), b.songCover)
	a.raw(operation{id: "getAlbumCover", method: http.MethodGet, path: "/albums/{id}/cover", access: SignedIn, tag: "Streaming", summary: "The album's cover"},
		describeCover(), b.albumCover)
	a.raw(operation{id: "getArtistCover", method: http.MethodGet, path: "/artists/{id}/cover", access: SignedIn, tag: "Streaming",
		summary: "The artist's picture, or the cover of the newest album"}, describeCover(), b.artistCover)
}

func (b streams) songCover(w http.ResponseWriter, r *http.Request) {
	in, ok := b.read(w, r, "size", "v")
	if !ok {
		return
	}
	side, err := coverSide(in)
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	cover, err := b.stream.SongCover(r.Context(), in.scope, library.SongID(in.id), side)
	serveCover(w, r, lasting(in, cover), cover, err)
}

func (b streams) albumCover(w http.ResponseWriter, r *http.Request) {
	in, side, err := b.readCover(r)
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	cover, err := b.stream.AlbumCover(r.Context(), in.scope, library.AlbumID(in.id), side)
	serveCover(w, r, lasting(in, cover), cover, err)
}

func (b streams) artistCover(w http.ResponseWriter, r *http.Request) {
	in, side, err := b.readCover(r)
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	cover, err := b.stream.ArtistCover(r.Context(), in.scope, library.ArtistID(in.id), side)
	// The address names the newest album's cover; the artist may get a picture of the artist's own at any time.
	serveCover(w, r, "private, max-age=600", cover, err)
}

// readCover checks a request for a picture by one who is signed in.
func (b streams) readCover(r *http.Request) (in rawInput, side int, err error) {
	if in, err = readRaw(r, []string{"size", "v"}); err != nil {
		return in, 0, err
	}
	if side, err = coverSide(in); err != nil {
		return in, 0, err
	}
	in.scope, err = b.library.Scope(r.Context(), identity(r.Context()))
	return in, side, err
}

// coverSide is the size asked for, 0 for the original.
func coverSide(in rawInput) (int, error) {
	if !in.query.Has("size") {
		return 0, nil
	}
	side, err := strconv.Atoi(in.query.Get("size"))
	if err != nil || side < 1 {
		return 0, fault.Validation(fault.Detail{Field: "size", Message: "Size must be a whole number of pixels, at least 1"})
	}
	return side, nil
}

// lasting is for how long a cover may be kept. An address that names the picture's content is good for ever.
func lasting(in rawInput, cover stream.Cover) string {
	if v := in.query.Get("v"); len(v) >= shortestVersion && strings.HasPrefix(cover.Hash, v) {
		return "private, max-age=31536000, immutable"
	}
	return "private, no-cache"
}

func serveCover(w http.ResponseWriter, r *http.Request, lasting string, cover stream.Cover, err error) {
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	defer func() { _ = cover.Close() }()
	h := w.Header()
	if cover.MediaType != "" {
		h.Set("Content-Type", cover.MediaType)
	}
	tag := `"` + cover.Hash + "-" + strconv.Itoa(cover.Side) + `"`
	h.Set("ETag", tag)
	h.Set("Cache-Control", lasting)
	switch {
	case cover.File != nil:
		serveContent(w, r, time.Time{}, cover.File)
	case r.Header.Get("Range") != "" || r.Header.Get("If-Match") != "":
		serveContent(w, r, time.Time{}, bytes.NewReader(cover.Content))
	default:
		servePicture(w, r, tag, cover.Content)
	}
}

// servePicture answers a picture that lies in memory with few words: a page asks for dozens of them.
func servePicture(w http.ResponseWriter, r *http.Request, tag string, content []byte) {
	h := w.Header()
	if known := r.Header.Get("If-None-Match"); known != "" && (strings.Contains(known, tag) || known == "*") {
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", http.DetectContentType(content))
	}
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Length", strconv.Itoa(len(content)))
	_, _ = w.Write(content)
}

func describeCover() *huma.Operation {
	one := 1.0
	picture := &huma.Response{Description: "Picture", Content: map[string]*huma.MediaType{}}
	for _, mediaType := range []string{"image/jpeg", "image/png", "image/webp", "image/gif"} {
		picture.Content[mediaType] = &huma.MediaType{}
	}
	return describeBytes(picture, map[string]string{"304": "Not changed"},
		&huma.Param{Name: "size", In: "query", Description: "Pixels of the longer side; the next larger size there is, at most 1024; without it the original", Schema: &huma.Schema{Type: "integer", Minimum: &one}},
		&huma.Param{Name: "v", In: "query", Description: "The beginning of the hash, as coverUrl has it: then the answer may be kept for ever", Schema: &huma.Schema{Type: "string"}})
}
