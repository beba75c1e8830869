package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"hathor/internal/fault"
)

var errNoRoute = fault.New(fault.NotFound, "route_not_found", "Route not found")
var errNotText = fault.New(fault.Invalid, "invalid_url", "The address holds characters that are no text")

func noRoute(w http.ResponseWriter, r *http.Request) { writeError(r.Context(), w, errNoRoute) }

// wrongMethod names the methods that would do. Where none would, it was the path that is wrong.
func (a *api) wrongMethod(w http.ResponseWriter, r *http.Request) {
	methods := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	allowed := slices.DeleteFunc(methods, func(method string) bool { return !a.routed(method, r.URL.Path) })
	if len(allowed) == 0 {
		noRoute(w, r)
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	writeProblem(w, &Problem{Message: "Method not allowed", Code: "method_not_allowed", status: http.StatusMethodNotAllowed})
}

// routed tells whether a request would find a route; HEAD finds those of GET.
func (a *api) routed(method, path string) bool {
	return a.router.Match(chi.NewRouteContext(), method, path) ||
		method == http.MethodHead && a.router.Match(chi.NewRouteContext(), http.MethodGet, path)
}

// headIsGet lets HEAD ask every route that GET may ask and that has no answer of its own to HEAD. The
// server drops the body.
func (a *api) headIsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && !a.router.Match(chi.NewRouteContext(), http.MethodHead, r.URL.Path) {
			chi.RouteContext(r.Context()).RouteMethod = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// refuseNonText turns away addresses with NUL or broken UTF-8 in them, which no name or search of ours
// holds and which databases choke on.
func refuseNonText(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		if err != nil || !isText(query) || !isText(r.URL.Path) {
			writeError(r.Context(), w, errNotText)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
