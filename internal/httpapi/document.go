package httpapi

import (
	"encoding/json"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// Document returns the OpenAPI 3.1 document of the whole API, indented, ending in a newline. It needs no
// service: the routes say everything.
func Document() ([]byte, error) {
	a := newAPI(0)
	registerAll(a, Services{}.withDefaults())
	text, err := json.MarshalIndent(a.huma.OpenAPI(), "", "  ")
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// registerAll adds every route; Services may be empty when only the document is wanted.
func registerAll(a *api, s Services) {
	registerDocument(a)
	registerAuth(a, s)
	registerProfile(a, s)
	registerFactor(a, s)
	registerAPIKeys(a, s)
	registerInvites(a, s)
	registerUsers(a, s)
	registerAudit(a, s)
	registerHousehold(a, s)
	registerSongs(a, s)
	registerLyrics(a, s)
	registerAlbums(a, s)
	registerArtists(a, s)
	registerFacets(a, s)
	registerSearch(a, s)
	registerMarks(a, s)
	registerStreams(a, s)
	registerCovers(a, s)
	registerDocs(a)
	registerHealth(a, s)
	registerMetrics(a, s)
	registerCertificate(a, s)
	registerUploads(a, s)
	registerResumables(a, s)
	registerSongEdits(a, s)
	registerLibraries(a, s)
	registerStorage(a, s)
	registerConfiguration(a, s)
	registerLog(a, s)
	registerCoverEdits(a, s)
	registerEdits(a, s)
	registerScans(a, s)
	registerSounds(a, s)
	registerAnalysis(a, s)
	registerMissing(a, s)
	registerPlaylists(a, s)
	registerPlayback(a, s)
	registerLive(a, s)
	tellNull(a.huma.OpenAPI().Components.Schemas)
}

func registerDocument(a *api) {
	op := operation{id: "getOpenAPI", method: http.MethodGet, path: "/openapi.json", access: Public, tag: "Server", summary: "This document"}
	described := &huma.Operation{Responses: map[string]*huma.Response{"200": {
		Description: "OpenAPI 3.1", Content: map[string]*huma.MediaType{"application/json": {}},
	}}}
	text := sync.OnceValues(func() ([]byte, error) { return json.Marshal(a.huma.OpenAPI()) })
	a.raw(op, described, compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		document, err := text()
		if err != nil {
			writeError(r.Context(), w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(document)
	})).ServeHTTP)
}
