package httpapi

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"unsafe"
)

// objectField is how one field of an object is written.
type objectField struct {
	name   string // with its quotes and colon
	offset uintptr
	write  writeValue
	empty  func(at unsafe.Pointer) bool // leaves the field out, nil where it always stands
}

func object(fields []objectField) writeValue {
	return func(b []byte, at unsafe.Pointer) (_ []byte, err error) {
		b = append(b, '{')
		first := true
		for i := range fields {
			f := &fields[i]
			place := unsafe.Add(at, f.offset)
			if f.empty != nil && f.empty(place) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			if b, err = f.write(append(b, f.name...), place); err != nil {
				return b, err
			}
		}
		return append(b, '}'), nil
	}
}

// fieldsOf lists the fields that encoding/json would write, those of embedded structs in their place. It is not ok
// for a struct with names that stand twice, or with options that are left to encoding/json.
func (e *encoder) fieldsOf(t reflect.Type, base uintptr) (fields []objectField, ok bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" && options == "":
			continue
		case f.Anonymous && name == "":
			if f.Type.Kind() != reflect.Struct || writesItself(f.Type) || f.Type == timeType {
				return nil, false
			}
			inner, ok := e.fieldsOf(f.Type, base+f.Offset)
			if !ok {
				return nil, false
			}
			fields = append(fields, inner...)
			continue
		case !f.IsExported():
			continue
		}
		if name == "" {
			name = f.Name
		}
		one := objectField{name: string(append(appendText(nil, name), ':')), offset: base + f.Offset, write: e.writerOf(f.Type)}
		switch {
		case options == "":
		case options == "omitempty" && emptiness(f.Type) != nil:
			one.empty = emptiness(f.Type)
		default:
			return nil, false
		}
		fields = append(fields, one)
	}
	return fields, distinct(fields)
}

func distinct(fields []objectField) bool {
	seen := make(map[string]bool, len(fields))
	for _, f := range fields {
		if seen[f.name] {
			return false
		}
		seen[f.name] = true
	}
	return true
}

// emptiness is how a field of the type is seen to be empty, nil for types that are left to encoding/json.
func emptiness(t reflect.Type) func(at unsafe.Pointer) bool {
	switch t.Kind() {
	case reflect.String:
		return func(at unsafe.Pointer) bool { return *(*string)(at) == "" }
	case reflect.Bool:
		return func(at unsafe.Pointer) bool { return !*(*bool)(at) }
	case reflect.Int:
		return func(at unsafe.Pointer) bool { return *(*int)(at) == 0 }
	case reflect.Int64:
		return func(at unsafe.Pointer) bool { return *(*int64)(at) == 0 }
	case reflect.Pointer:
		return func(at unsafe.Pointer) bool { return *(*unsafe.Pointer)(at) == nil }
	case reflect.Slice:
		return func(at unsafe.Pointer) bool { return (*sliceHeader)(at).len == 0 }
	}
	return nil
}

var (
	jsonWriter = reflect.TypeFor[json.Marshaler]()
	textWriter = reflect.TypeFor[encoding.TextMarshaler]()
)

// writesItself tells whether values of the type decide how they are written.
func writesItself(t reflect.Type) bool {
	for _, is := range []reflect.Type{t, reflect.PointerTo(t)} {
		if is.Implements(jsonWriter) || is.Implements(textWriter) {
			return true
		}
	}
	return false
}
