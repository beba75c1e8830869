package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// signatureParameter is where a signed address carries its signature; it is never a request's own.
const signatureParameter = "signature"

// streams is the door's side of everything that is answered as bytes.
type streams struct {
	library  *library.Service
	stream   *stream.Service
	accounts *account.Service
}

type streamURLView struct {
	URL       string    `json:"url" doc:"Relative to the server; works without a header until expiresAt"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func registerStreams(a *api, s Services) {
	b := streams{s.Library, s.Stream, s.Accounts}
	register(a, operation{id: "getStreamURL", method: http.MethodGet, path: "/songs/{id}/stream-url", access: SignedIn, tag: "Streaming",
		summary: "An address of the song for a player that cannot send headers", errors: []int{http.StatusNotFound, http.StatusUnsupportedMediaType}}, b.streamURL)
	register(a, operation{id: "getStreaming", method: http.MethodGet, path: "/streaming", access: SignedIn, tag: "Streaming",
		summary: "What songs can be converted to"}, b.ability)
	for method, id := range map[string]string{http.MethodGet: "streamSong", http.MethodHead: "headSong"} {
		a.raw(operation{id: id, method: method, path: "/songs/{id}/stream", access: Signed, tag: "Streaming", summary: "The song as bytes, also by range: its file, or converted"},
			describeStream(), b.streamSong)
	}
}

func (b streams) streamURL(ctx context.Context, in *streamURLInput) (*answer[streamURLView], error) {
	want, _, err := wanted(in.query)
	if err != nil {
		return nil, err
	}
	who := identity(ctx)
	scope, err := b.library.Scope(ctx, who)
	if err != nil {
		return nil, err
	}
	query, expires, err := b.stream.Sign(ctx, who, scope, library.SongID(in.ID), want)
	if err != nil {
		return nil, err
	}
	return &answer[streamURLView]{streamURLView{fmt.Sprintf("/api/songs/%d/stream?%s%s", in.ID, parametersOf(want), query), expires}}, nil
}

// streamSong hands the bare file to the bare connection, so that the kernel copies it.
func (b streams) streamSong(w http.ResponseWriter, r *http.Request) {
	in, ok := b.read(w, r, renditionParameters...)
	if !ok {
		return
	}
	want, padded, err := wanted(in.query)
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	if want.Converted() {
		b.streamRendition(w, r, in, want, padded)
		return
	}
	song, err := b.stream.OpenSong(r.Context(), in.scope, library.SongID(in.id))
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	defer func() { _ = song.File.Close() }()
	h := w.Header()
	h.Set("Content-Type", song.Format.MediaType())
	h.Set("Content-Disposition", disposition(song.SongFile, song.Format.Ending()))
	h.Set("ETag", `"`+song.Tag+`"`)
	h.Set("Cache-Control", "private, no-cache")
	if !strings.HasPrefix(r.Header.Get("Range"), "bytes=") {
		r.Header.Del("Range") // a unit that is not known counts as no range
	}
	defer cutWhenEnded(w, r, b.accounts, in.who)()
	serveContent(w, r, song.ModifiedAt, song.File)
}

// rawInput is a request for bytes, checked: the id, what the asker may hear, and the parameters.
type rawInput struct {
	id    int64
	who   account.Identity
	scope library.Scope
	query url.Values
}

// read checks a request to a signed route for bytes of a song. Where it answers false, it has answered the
// request as well.
func (b streams) read(w http.ResponseWriter, r *http.Request, allowed ...string) (rawInput, bool) {
	in, err := readRaw(r, append(allowed, signatureParameter))
	if err != nil {
		writeError(r.Context(), w, err)
		return in, false
	}
	if in.who = identity(r.Context()); !in.who.SignedIn() && !in.query.Has(signatureParameter) {
		SignedIn.guardRaw(nil)(w, r)
		return in, false
	}
	if !in.who.SignedIn() {
		in.who, err = b.stream.Verify(r.Context(), library.SongID(in.id), in.query)
	}
	if err == nil {
		in.scope, err = b.library.Scope(r.Context(), in.who)
	}
	if err != nil {
		writeError(r.Context(), w, err)
		return in, false
	}
	return in, true
}

// readRaw checks the id and the names of the parameters; each wrong one is named.
func readRaw(r *http.Request, allowed []string) (in rawInput, err error) {
	var c fault.Checks
	in.id, err = strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	c.Require(err == nil && in.id >= 1, "id", "Invalid ID")
	in.query, err = url.ParseQuery(r.URL.RawQuery)
	c.Require(err == nil, "query", "The query cannot be read")
	once(&c, in.query)
	for name := range in.query {
		c.Require(slices.Contains(allowed, name), name, "Unknown query parameter")
	}
	return in, c.Err()
}

// disposition names the file as RFC 6266 has it: plain for old clients, in full for the rest.
func disposition(song library.SongFile, ending string) string {
	name := song.Title
	if song.Artist != "" {
		name = song.Artist + " - " + song.Title
	}
	name += "." + ending
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/%;`, r) {
			return '_'
		}
		return r
	}, name)
	return `inline; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

func describeStream() *huma.Operation {
	audio := &huma.Response{Description: "Audio", Content: map[string]*huma.MediaType{}}
	for _, f := range []library.Format{library.MP3, library.FLAC, library.Vorbis, library.AAC, library.WAV} {
		audio.Content[f.MediaType()] = &huma.MediaType{}
	}
	audio.Content["audio/aac"] = &huma.MediaType{}
	return describeBytes(audio, map[string]string{
		"206": "The ranges asked for", "304": "Not changed", "415": "The song, or any on this server, cannot be converted", "416": "No such range",
	}, append(describeRendition(), &huma.Param{Name: "Range", In: "header", Schema: &huma.Schema{Type: "string"}})...)
}

// describeBytes is the entry in the document of a route for bytes of the thing with the id.
func describeBytes(ok *huma.Response, others map[string]string, params ...*huma.Param) *huma.Operation {
	one := 1.0
	id := &huma.Param{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "integer", Format: "int64", Minimum: &one}}
	responses := map[string]*huma.Response{
		"200": ok, "400": {Description: "Bad Request"}, "401": {Description: "Unauthorized"},
		"404": {Description: "Not Found"}, "429": {Description: "Too Many Requests"},
	}
	for status, description := range others {
		responses[status] = &huma.Response{Description: description}
	}
	return &huma.Operation{Responses: responses, Parameters: append([]*huma.Param{id}, params...)}
}
