package httpapi

import (
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Document returns the OpenAPI 3.1 document of the whole API, indented, ending in a newline. It needs no
// service: the routes say everything.
func Document(version string) ([]byte, error) {
	a := newAPI(version)
	registerAll(a, Services{Version: version})
	text, err := json.MarshalIndent(a.huma.OpenAPI(), "", "  ")
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// registerAll adds every route; Services may be empty when only the document is wanted.
func registerAll(a *api, s Services) {
	registerDocument(a)
	registerPlaylists(a, s.Playlists)
	registerPlayback(a, s.Playback)
}

func registerDocument(a *api) {
	op := operation{id: "getOpenAPI", method: http.MethodGet, path: "/openapi.json", access: Public, tag: "Server", summary: "This document"}
	described := &huma.Operation{Responses: map[string]*huma.Response{"200": {
		Description: "OpenAPI 3.1", Content: map[string]*huma.MediaType{"application/json": {}},
	}}}
	a.raw(op, described, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(a.huma.OpenAPI())
	})
}
