package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

// renditionParameters say how a song is wanted.
var renditionParameters = []string{"format", "bitRate", "start", "estimateContentLength"}

type streamURLInput struct {
	IDInput
	Format  string  `query:"format" enum:"opus,aac,mp3,original" doc:"By default the original, or mp3 with a bitRate"`
	BitRate int     `query:"bitRate" minimum:"1" doc:"kbit/s at most; the next lower one that is offered"`
	Start   float64 `query:"start" minimum:"0" maximum:"1000000" doc:"Seconds into the song; needs a format"`
	query   url.Values
}

// Resolve implements huma.Resolver. The query is read again as the stream's own is: huma takes an empty number for none.
func (in *streamURLInput) Resolve(ctx huma.Context) []error {
	address := ctx.URL()
	in.query = address.Query()
	return nil
}

func toDuration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }

type streamingView struct {
	Transcoding bool        `json:"transcoding" doc:"Whether songs can be converted at all"`
	Reason      *string     `json:"reason" doc:"Why they cannot, for a person"`
	Formats     []offerView `json:"formats"`
}

type offerView struct {
	Format         string `json:"format" enum:"opus,aac,mp3"`
	MediaType      string `json:"mediaType"`
	BitRates       []int  `json:"bitRates" doc:"kbit/s"`
	DefaultBitRate int    `json:"defaultBitRate"`
}

func (b streams) ability(context.Context, *struct{}) (*answer[streamingView], error) {
	can := b.stream.Ability()
	view := streamingView{Transcoding: len(can.Offers) > 0, Formats: each(can.Offers, func(o stream.Offer) offerView {
		return offerView{string(o.Codec), o.MediaType, o.BitRates, o.Default}
	})}
	if can.Lack != "" {
		view.Reason = &can.Lack
	}
	return &answer[streamingView]{view}, nil
}

// wanted reads how a song is wanted, and whether the answer must have a length from the beginning.
func wanted(query url.Values) (want stream.Want, padded bool, err error) {
	if len(query) == 0 {
		return want, false, nil
	}
	var c fault.Checks
	once(&c, query)
	number := func(name, why string, right func(float64) bool) float64 {
		if !query.Has(name) {
			return 0
		}
		n, err := strconv.ParseFloat(query.Get(name), 64)
		c.Require(err == nil && right(n), name, why)
		return n
	}
	rate := number("bitRate", "Bit rate must be a whole number of kbit/s, at least 1", func(n float64) bool { return n >= 1 && n <= 1e6 && n == float64(int(n)) })
	start := number("start", "Start must be seconds from the song's beginning", func(n float64) bool { return n >= 0 && n <= 1e6 })
	c.Require(!query.Has("format") || query.Get("format") != "", "format", "Format must be opus, aac, mp3 or original")
	if query.Has("estimateContentLength") {
		padded, err = strconv.ParseBool(query.Get("estimateContentLength"))
		c.Require(err == nil, "estimateContentLength", "Must be true or false")
	}
	if err := c.Err(); err != nil {
		return want, false, err
	}
	want, err = stream.Settle(query.Get("format"), int(rate), toDuration(start))
	return want, padded, err
}

// once refuses parameters that are given twice: nobody could tell which one is meant.
func once(c *fault.Checks, query url.Values) {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		c.Require(len(query[name]) == 1, name, "Must be given once")
	}
}

// parametersOf is the beginning of a query that asks for a song as it is wanted.
func parametersOf(w stream.Want) string {
	if !w.Converted() {
		return ""
	}
	text := fmt.Sprintf("format=%s&bitRate=%d&", w.Codec, w.BitRate)
	if w.Start > 0 {
		text += "start=" + strconv.FormatFloat(w.Start.Seconds(), 'f', -1, 64) + "&"
	}
	return text
}

// streamRendition answers a converted song: by the kernel when it is there whole, else as it is made.
func (b streams) streamRendition(w http.ResponseWriter, r *http.Request, in rawInput, want stream.Want, padded bool) {
	ctx := r.Context()
	window := windowOf(r)
	made, err := b.rendition(r, in, want, window.from)
	if err != nil {
		if fault.KindOf(err) == fault.RateLimited {
			w.Header().Set("Retry-After", strconv.Itoa(wholeSeconds(stream.BusyFor)))
		}
		writeError(ctx, w, err)
		return
	}
	defer func() { _ = made.Close() }()
	h := w.Header()
	h.Set("Content-Type", want.MediaType())
	h.Set("Content-Disposition", disposition(made.SongFile, renditionExtension(want.Codec)))
	h.Set("ETag", `"`+made.Tag+`"`)
	h.Set("Cache-Control", "private, no-cache")
	defer cutWhenEnded(w, r, b.accounts, in.who)()
	switch {
	case made.File != nil:
		if !strings.HasPrefix(r.Header.Get("Range"), "bytes=") {
			r.Header.Del("Range")
		}
		serveContent(w, r, time.Time{}, made.File)
	case made.Live == nil || padded && !window.given:
		b.sendPadded(w, r, made, padded)
	case window.given:
		sendWindow(w, r, made, window)
	default:
		h.Set("Accept-Ranges", "bytes")
		send(w, r, made.Live)
	}
}

// rendition has the song converted, or for HEAD only looks.
func (b streams) rendition(r *http.Request, in rawInput, want stream.Want, from int64) (stream.Rendition, error) {
	if r.Method == http.MethodHead {
		return b.stream.Look(r.Context(), in.scope, library.SongID(in.id), want)
	}
	return b.stream.Convert(r.Context(), in.scope, library.SongID(in.id), want, from)
}

func renditionExtension(codec stream.Codec) string {
	if codec == stream.OpusCodec {
		return "ogg"
	}
	return string(codec)
}

// window is a part that was asked for of a rendition that may not be whole yet: from a byte to one, -1 for the end.
type window struct {
	given    bool
	from, to int64
}

// windowOf reads a single range with a beginning. Others, which need the length, are answered as the whole where it is
// not known; that is allowed, and so is one from the first byte to the end.
func windowOf(r *http.Request) window {
	text, ok := strings.CutPrefix(r.Header.Get("Range"), "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(text), "-")
	if !ok || !dash || r.Header.Get("If-Range") != "" {
		return window{}
	}
	from, err := strconv.ParseInt(first, 10, 64)
	to := int64(-1)
	if err == nil && last != "" {
		to, err = strconv.ParseInt(last, 10, 64)
	}
	if err != nil || from < 0 || to >= 0 && to < from || from == 0 && to < 0 {
		return window{}
	}
	return window{true, from, to}
}

// sendWindow answers the part of a range that is there by now, as soon as its first byte is.
func sendWindow(w http.ResponseWriter, r *http.Request, made stream.Rendition, part window) {
	have, whole, err := made.Live.Reach(part.from)
	if err != nil {
		breakOff(r, err)
	}
	if have <= part.from {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", have))
		writeProblem(w, errNoRange())
		return
	}
	last, total := have-1, "*"
	if part.to >= 0 {
		last = min(last, part.to)
	}
	if whole {
		total = strconv.FormatInt(have, 10)
	}
	w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%s", part.from, last, total))
	w.Header().Set("Content-Length", strconv.FormatInt(last-part.from+1, 10))
	w.WriteHeader(http.StatusPartialContent)
	send(w, r, io.LimitReader(made.Live, last-part.from+1))
}

// sendPadded answers with a length from the beginning, for players that take nothing else: it is above what the song
// is likely to need, and filled with zeros behind it, which decoders pass over. A HEAD of what is not there has no
// other length.
func (b streams) sendPadded(w http.ResponseWriter, r *http.Request, made stream.Rendition, padded bool) {
	if padded {
		w.Header().Set("Content-Length", strconv.FormatInt(made.Estimate, 10))
	}
	if made.Live == nil {
		w.Header().Set("Accept-Ranges", "bytes")
		w.WriteHeader(http.StatusOK)
		return
	}
	send(w, r, io.LimitReader(io.MultiReader(made.Live, zeros{}), made.Estimate))
}

// zeros has no end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// sendBuffer is how much of a rendition is sent at once.
const sendBuffer = 64 << 10

// send passes on what comes as it comes. When it breaks off so does the connection: nobody takes the half for the whole.
func send(w http.ResponseWriter, r *http.Request, from io.Reader) {
	control := http.NewResponseController(w)
	buffer := make([]byte, sendBuffer)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if _, failed := w.Write(buffer[:n]); failed != nil {
				panic(http.ErrAbortHandler)
			}
			_ = control.Flush()
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			breakOff(r, err)
		}
	}
}

func breakOff(r *http.Request, err error) {
	if r.Context().Err() == nil {
		slog.WarnContext(r.Context(), "a converted song broke off", slog.String("requestId", requestID(r.Context())), slog.Any("error", err))
	}
	panic(http.ErrAbortHandler)
}

func describeRendition() []*huma.Param {
	zero, one := 0.0, 1.0
	formats := []any{string(stream.OpusCodec), string(stream.AACCodec), string(stream.MP3Codec), stream.Original}
	return []*huma.Param{
		{Name: "format", In: "query", Description: "By default the original, or mp3 with a bitRate", Schema: &huma.Schema{Type: "string", Enum: formats}},
		{Name: "bitRate", In: "query", Description: "kbit/s at most; the next lower one that is offered", Schema: &huma.Schema{Type: "integer", Minimum: &one}},
		{Name: "start", In: "query", Description: "Seconds into the song; needs a format", Schema: &huma.Schema{Type: "number", Minimum: &zero}},
		{Name: "estimateContentLength", In: "query", Description: "Whether a song that is still being converted has a Content-Length all the same: a little too large, filled up with zeros", Schema: &huma.Schema{Type: "boolean"}},
	}
}
