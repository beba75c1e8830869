package httpapi

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// answerOf describes a raw route's JSON answer.
func answerOf[T any](a *api, says string) *huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	return &huma.Response{Description: says, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}

// describeError adds an error answer to a raw route.
func describeError(a *api, described *huma.Operation, status int) {
	described.Responses[strconv.Itoa(status)] = answerOf[Problem](a, http.StatusText(status))
}
