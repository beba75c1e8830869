package httpapi

import (
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
)

// TestEveryRouteIsDescribed walks the router itself: no route may be missing from the document.
func TestEveryRouteIsDescribed(t *testing.T) {
	a := newAPI(0)
	registerAll(a, Services{}.withDefaults())
	routes := 0
	err := chi.Walk(a.router, func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routes++
		if describes(a.huma.OpenAPI().Paths[path], method) == nil {
			t.Errorf("%s %s is not in the document", method, path)
		}
		return nil
	})
	if err != nil || routes < 50 {
		t.Errorf("walked %d routes, %v", routes, err)
	}
}

func describes(path *huma.PathItem, method string) *huma.Operation {
	if path == nil {
		return nil
	}
	return map[string]*huma.Operation{
		http.MethodGet: path.Get, http.MethodHead: path.Head, http.MethodPost: path.Post,
		http.MethodPut: path.Put, http.MethodPatch: path.Patch, http.MethodDelete: path.Delete,
		http.MethodOptions: path.Options,
	}[method]
}
