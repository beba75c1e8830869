package httpapi

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// settable is a field of a body that may be left out (Sent is false), null, or given. Its tag needs omitempty.
type settable[T any] struct {
	Sent  bool
	Value *T
}

// UnmarshalJSON is only called for a field that was sent.
func (s *settable[T]) UnmarshalJSON(text []byte) error {
	s.Sent = true
	return json.Unmarshal(text, &s.Value)
}

// Schema is that of the value, or null.
func (settable[T]) Schema(r huma.Registry) *huma.Schema {
	schema := *r.Schema(reflect.TypeFor[T](), true, "")
	schema.Nullable = true
	return &schema
}
