package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"sync"
	"unsafe"

	"github.com/danielgtaylor/huma/v2"
)

// jsonFormat writes JSON as encoding/json does, byte for byte, in about a third of its time: how a type is written is
// found out once, and values are read where they lie. Whatever it does not know it leaves to encoding/json.
func jsonFormat() huma.Format {
	e := &encoder{}
	return huma.Format{Marshal: e.encode, Unmarshal: json.Unmarshal}
}

// writeValue appends the value that lies at a place.
type writeValue func(b []byte, at unsafe.Pointer) ([]byte, error)

// encoder keeps how types are written, and buffers. The zero value is ready.
type encoder struct {
	known   sync.Map // reflect.Type -> writeValue
	buffers sync.Pool
}

// largestKept is how large a buffer may be to be used again.
const largestKept = 1 << 20

func (e *encoder) encode(w io.Writer, v any) error {
	if v == nil {
		_, err := io.WriteString(w, "null\n")
		return err
	}
	value := reflect.ValueOf(v)
	place := reflect.New(value.Type())
	place.Elem().Set(value)
	buffer, _ := e.buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	text, err := e.writerOf(value.Type())((*buffer)[:0], place.UnsafePointer())
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	if *buffer = text; cap(text) <= largestKept {
		e.buffers.Put(buffer)
	}
	return err
}

func (e *encoder) writerOf(t reflect.Type) writeValue {
	if known, ok := e.known.Load(t); ok {
		return known.(writeValue)
	}
	// A type that holds itself finds this one while its own is made.
	var made writeValue
	var once sync.WaitGroup
	once.Add(1)
	early, loaded := e.known.LoadOrStore(t, writeValue(func(b []byte, at unsafe.Pointer) ([]byte, error) {
		once.Wait()
		return made(b, at)
	}))
	if loaded {
		return early.(writeValue)
	}
	made = e.make(t)
	once.Done()
	e.known.Store(t, made)
	return made
}

func (e *encoder) make(t reflect.Type) writeValue {
	if t == timeType {
		return writeTime
	}
	if writesItself(t) {
		return leaveTo(t)
	}
	switch t.Kind() {
	case reflect.String:
		return func(b []byte, at unsafe.Pointer) ([]byte, error) { return appendText(b, *(*string)(at)), nil }
	case reflect.Bool:
		return writeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return integer(t)
	case reflect.Float64:
		return func(b []byte, at unsafe.Pointer) ([]byte, error) { return appendFloat(b, *(*float64)(at)) }
	case reflect.Pointer:
		return pointer(e.writerOf(t.Elem()))
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return list(t.Elem().Size(), e.writerOf(t.Elem()))
		}
	case reflect.Struct:
		if fields, ok := e.fieldsOf(t, 0); ok {
			return object(fields)
		}
	}
	return leaveTo(t)
}

// leaveTo lets encoding/json write values of a type.
func leaveTo(t reflect.Type) writeValue {
	return func(b []byte, at unsafe.Pointer) ([]byte, error) {
		into := appending{b}
		plain := json.NewEncoder(&into)
		plain.SetEscapeHTML(false)
		if err := plain.Encode(reflect.NewAt(t, at).Elem().Interface()); err != nil {
			return b, err
		}
		return into.text[:len(into.text)-1], nil // without the line break
	}
}

type appending struct{ text []byte }

// Write is io.Writer.
func (a *appending) Write(p []byte) (int, error) {
	a.text = append(a.text, p...)
	return len(p), nil
}

func pointer(elem writeValue) writeValue {
	return func(b []byte, at unsafe.Pointer) ([]byte, error) {
		if to := *(*unsafe.Pointer)(at); to != nil {
			return elem(b, to)
		}
		return append(b, "null"...), nil
	}
}

// sliceHeader is how a slice lies in memory.
type sliceHeader struct {
	first    unsafe.Pointer
	len, cap int
}

func list(size uintptr, elem writeValue) writeValue {
	return func(b []byte, at unsafe.Pointer) (_ []byte, err error) {
		s := (*sliceHeader)(at)
		if s.first == nil {
			return append(b, "null"...), nil
		}
		b = append(b, '[')
		for i := range s.len {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = elem(b, unsafe.Add(s.first, uintptr(i)*size)); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	}
}

var errNoNumber = errors.New("a number that JSON has no word for")
