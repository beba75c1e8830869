package httpapi

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// tellNull says in the document that objects behind pointers may be null. The schemas of huma say it for plain
// values only.
func tellNull(registry huma.Registry) {
	for name, schema := range registry.Map() {
		if t := registry.TypeFromRef("#/components/schemas/" + name); t != nil && t.Kind() == reflect.Struct {
			tellNullIn(schema, t)
		}
	}
}

func tellNullIn(schema *huma.Schema, t reflect.Type) {
	for _, field := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(field.Tag.Get("json"), ",")
		property := schema.Properties[name]
		if property == nil || property.Ref == "" || field.Type.Kind() != reflect.Pointer || strings.Contains(rest, "omitempty") {
			continue
		}
		schema.Properties[name] = &huma.Schema{
			Description: property.Description, AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
		}
	}
}
