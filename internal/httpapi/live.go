package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/playback"
)

// Live takes the connections of devices that want to be told at once; each method answers until it is over.
type Live interface {
	Socket(http.ResponseWriter, *http.Request, account.Identity)
	Events(http.ResponseWriter, *http.Request, account.Identity)
	Stream(http.ResponseWriter, *http.Request, account.Identity)
	Commands(http.ResponseWriter, *http.Request, account.Identity)
}

var (
	errNoLive   = fault.New(fault.Unavailable, "live_unavailable", "This server has no live channel")
	errNoSocket = fault.New(fault.Invalid, "websocket_expected", "Ask for an upgrade to a WebSocket here")
)

// registerLive adds the ways into the live channel. Who asks, and from which site, is settled before any of
// them answers.
func registerLive(a *api, s Services) {
	live := func(id, method, path, summary string, take func(Live, http.ResponseWriter, *http.Request)) {
		op := operation{id: id, method: method, path: path, access: Listening, tag: "Live", summary: summary}
		a.raw(op, describeLive(a, op), func(w http.ResponseWriter, r *http.Request) {
			if s.Live == nil {
				writeError(r.Context(), w, errNoLive)
				return
			}
			take(s.Live, w, r)
		})
	}
	live("openLive", http.MethodGet, "/live", "Be told at once, over a WebSocket: see docs/realtime.md", openSocket)
	live("openLiveEvents", http.MethodGet, "/live/sse", "The same as server-sent events", openEvents)
	live("openLiveStream", http.MethodPost, "/live/stream", "The same as a stream of lines", func(l Live, w http.ResponseWriter, r *http.Request) {
		l.Stream(w, r, identity(r.Context()))
	})
	live("sendLive", http.MethodPost, "/live/emulation", "What a client of the events or the stream has to say", sendCommands)
}

func openSocket(l Live, w http.ResponseWriter, r *http.Request) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") && r.Method == http.MethodGet {
		writeError(r.Context(), w, errNoSocket)
		return
	}
	l.Socket(w, r, identity(r.Context()))
}

func openEvents(l Live, w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("cf_connect") == "" {
		writeError(r.Context(), w, fault.Validation(fault.Detail{Field: "cf_connect", Message: "Give the connect command"}))
		return
	}
	l.Events(w, r, identity(r.Context()))
}

// mostCommands is how many bytes of commands are taken at once.
const mostCommands = 64 << 10

func sendCommands(l Live, w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostCommands))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		writeError(r.Context(), w, errTooLarge)
		return
	}
	var said struct {
		Session, Node string
		Data          json.RawMessage
	}
	if err != nil || json.Unmarshal(text, &said) != nil || said.Session == "" || said.Node == "" || said.Data == nil {
		writeError(r.Context(), w, fault.Validation(fault.Detail{Field: "session", Message: "Give session, node and data, as docs/realtime.md says"}))
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(text))
	l.Commands(w, r, identity(r.Context()))
}

func describeLive(a *api, op operation) *huma.Operation {
	described := &huma.Operation{Responses: map[string]*huma.Response{}}
	switch op.id {
	case "openLive":
		described.Responses["101"] = &huma.Response{Description: "A WebSocket"}
	case "openLiveEvents":
		described.Parameters = []*huma.Param{{Name: "cf_connect", In: "query", Required: true, Description: "The connect command, as JSON", Schema: &huma.Schema{Type: "string"}}}
		described.Responses["200"] = &huma.Response{Description: "Events", Content: map[string]*huma.MediaType{"text/event-stream": {}}}
	case "openLiveStream":
		described.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {}}}
		described.Responses["200"] = &huma.Response{Description: "Lines of JSON", Content: map[string]*huma.MediaType{"application/json": {}}}
	default:
		described.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {}}}
		described.Responses["204"] = &huma.Response{Description: "Taken"}
	}
	for _, status := range append(op.errorList(), http.StatusServiceUnavailable) {
		describeError(a, described, status)
	}
	return described
}

// LiveViews put what the live channel tells into the words of this API.
type LiveViews struct{}

// Now is the state without its queue.
func (LiveViews) Now(s playback.State) any { return viewNow(s) }

// Whole is the state with its queue.
func (LiveViews) Whole(s playback.State) any { return viewPlayback(s) }

// Edits are edits of the queue as they were carried out.
func (LiveViews) Edits(all []playback.Applied) any { return each(all, viewApplied) }

// Devices are one's devices.
func (LiveViews) Devices(all []playback.Device) any { return each(all, viewDevice) }
