// Package httpapi is the REST front door: it decodes a request, calls one method of a feature, and encodes
// the answer. The OpenAPI document follows from the routes registered here.
package httpapi

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
)

// api is the registry of routes: chi for the paths, huma for the document.
type api struct {
	router  chi.Router
	huma    huma.API
	rules   map[string]Access // "GET /api/songs" -> its rule
	maxBody int64
}

// documentVersion is the version of the REST API, not of the program: the document must not change with
// every build.
const documentVersion = "1.0.0"

func newAPI(maxBody int64) *api {
	settleHuma()
	config := huma.DefaultConfig("Hathor", documentVersion)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no $schema link in every answer
	config.Formats = map[string]huma.Format{"application/json": jsonFormat()}
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer":  {Type: "http", Scheme: "bearer", BearerFormat: "JWT, or an API key"},
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie},
	}
	a := &api{router: chi.NewRouter(), rules: map[string]Access{}, maxBody: maxBody}
	a.router.NotFound(noRoute)
	a.router.MethodNotAllowed(a.wrongMethod)
	a.router.Use(a.headIsGet)
	a.huma = humachi.New(a.router.With(compress), config)
	return a
}

// operation is what a route says of itself.
type operation struct {
	id      string // operationId, such as "listSongs"
	method  string
	path    string // below /api
	access  Access
	status  int // of success, 200 when 0
	tag     string
	summary string
	errors  []int // beside those every route can answer
	maxBody int64 // bytes of a JSON body, the server's default when 0
}

// register adds a typed route. The rule is checked before the body is read.
func register[I, O any](a *api, op operation, handler func(context.Context, *I) (*O, error)) {
	path := "/api" + op.path
	a.rules[op.method+" "+path] = op.access
	described := huma.Operation{
		OperationID: op.id, Method: op.method, Path: path, Summary: op.summary, Tags: []string{op.tag},
		DefaultStatus: op.status, Security: op.access.security(), Errors: op.errorList(),
		Middlewares: huma.Middlewares{op.access.guard}, MaxBodyBytes: -1, BodyReadTimeout: -1,
		Responses: map[string]*huma.Response{},
	}
	if body, takes := reflect.TypeFor[I]().FieldByName("Body"); takes {
		required := body.Type.Kind() != reflect.Pointer
		described.Middlewares = append(described.Middlewares, checkBody(cmp.Or(op.maxBody, a.maxBody), required))
	}
	huma.Register(a.huma, described, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, problem(ctx, err)
		}
		return out, nil
	})
	delete(described.Responses, "422") // huma describes it everywhere; humaError answers 400 instead
}

func (op operation) errorList() []int {
	list := []int{http.StatusBadRequest, http.StatusTooManyRequests}
	if op.access != Public {
		list = append(list, http.StatusUnauthorized)
	}
	// Another site's page and a key that may only read are refused wherever something changes.
	if (op.access != Public && op.access != SignedIn) || op.method != http.MethodGet {
		list = append(list, http.StatusForbidden)
	}
	list = append(list, op.errors...)
	slices.Sort(list)
	return slices.Compact(list)
}

// raw adds a route that reads or writes bytes itself; described is its entry in the document.
func (a *api) raw(op operation, described *huma.Operation, handler http.HandlerFunc) {
	path := "/api" + op.path
	a.rules[op.method+" "+path] = op.access
	described.OperationID, described.Method, described.Path = op.id, op.method, path
	described.Summary, described.Tags, described.Security = op.summary, []string{op.tag}, op.access.security()
	a.router.MethodFunc(op.method, path, op.access.guardRaw(handler))
	a.huma.OpenAPI().AddOperation(described)
}

// undeclared names a route of the router that has no rule: such a server must not start.
func (a *api) undeclared() error {
	return chi.Walk(a.router, func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if _, ok := a.rules[method+" "+route]; !ok {
			return fmt.Errorf("route %s %s declares no access rule", method, route)
		}
		return nil
	})
}
