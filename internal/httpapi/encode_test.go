package httpapi

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hathor/internal/fault"
)

// plainly is the JSON that encoding/json makes.
func plainly(t interface{ Fatal(...any) }, v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// withEverything has every kind of field that views have, and some that are left to encoding/json.
type withEverything struct {
	SongView
	PageFields
	Small   int8              `json:"small"`
	Short   int16             `json:"short,omitempty"`
	Wide    int32             `json:"wide"`
	Unsized uint64            `json:"unsized"`
	Number  float64           `json:"number,omitempty"`
	Bytes   []byte            `json:"bytes"`
	Named   map[string]int    `json:"named,omitempty"`
	Any     any               `json:"any"`
	Nested  []*withEverything `json:"nested,omitempty"`
	Quoted  int               `json:"quoted,string"`
	Hidden  string            `json:"-"`
	Untold  string
	inner   string
}

func TestAnswersAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	e := &encoder{}
	for name, make := range map[string]func(*rapid.T) any{
		"songs":     drawn[songListView],
		"albums":    drawn[albumListView],
		"an album":  drawn[oneAlbumView],
		"search":    drawn[searchView],
		"genres":    drawn[genreListView],
		"who":       drawn[whoView],
		"playlists": drawn[[]playlistView],
		"a scan":    drawn[scanView],
		"details":   drawn[[]fault.Detail],
		"anything":  func(t *rapid.T) any { return withAny(t) },
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				v := make(t)
				var got bytes.Buffer
				if err := e.encode(&got, v); err != nil {
					t.Fatal(err)
				}
				if want := plainly(t, v); got.String() != want {
					t.Fatalf("got  %s\nwant %s", got.String(), want)
				}
			})
		})
	}
}

// drawn makes up a value of the type.
func drawn[T any](t *rapid.T) any {
	var v T
	fill(t, reflect.ValueOf(&v).Elem(), 3)
	return v
}

func withAny(t *rapid.T) withEverything {
	var v withEverything
	fill(t, reflect.ValueOf(&v).Elem(), 3)
	v.Any, v.inner = drawn[SongView](t), "not written"
	v.Named = map[string]int{rapid.String().Draw(t, "name"): 1}
	return v
}

// fill draws what can stand in a value; depth ends types that hold themselves.
func fill(t *rapid.T, v reflect.Value, depth int) {
	if v.Type() == timeType {
		zone := rapid.SampledFrom([]*time.Location{time.UTC, time.FixedZone("", 3600)}).Draw(t, "zone")
		at := rapid.Int64Range(0, 4e12).Draw(t, "time")
		v.Set(reflect.ValueOf(time.UnixMilli(at).In(zone)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.SampledFrom([]string{rapid.String().Draw(t, "text"), "a\xffb<&>\u2028\u2029\"\\\b\f\n\r\t\x01\x7f", ""}).Draw(t, "string"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int"))
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(t, "uint"))
	case reflect.Float64:
		v.SetFloat(rapid.SampledFrom([]float64{rapid.Float64().Draw(t, "float"), 0, -0.0, 1e-7, 1.5e-9, 1e21, 187.204}).Draw(t, "number"))
	case reflect.Pointer:
		if depth > 0 && rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), depth-1)
		}
	case reflect.Slice:
		if n := rapid.IntRange(-1, 2).Draw(t, "length"); n >= 0 && depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i), depth-1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(t, v.Field(i), depth)
			}
		}
	}
}

func TestNumberThatJSONHasNotIsAnError(t *testing.T) {
	var b bytes.Buffer
	if err := (&encoder{}).encode(&b, []float64{math.NaN()}); err == nil || b.Len() > 0 {
		t.Errorf("got %v and %q", err, b.String())
	}
}

func BenchmarkAnswer(b *testing.B) {
	page := songListView{Songs: make([]SongView, 50)}
	for i := range page.Songs {
		album, url := int64(i), "/api/songs/1/cover?v=0123456789ab"
		page.Songs[i] = SongView{ID: int64(i), Title: "Night Bus in the Rain", Artist: "Ada & Björn", Album: "Lines", AlbumID: &album, CoverURL: &url,
			Artists: []creditView{{1, "Ada", "artist"}, {2, "Björn", "artist"}}, Genres: []string{"Jazz"}, Duration: 187.204, Format: "flac", Size: 5_300_000}
	}
	var out bytes.Buffer
	e := &encoder{}
	for name, write := range map[string]func() error{
		"own": func() error { return e.encode(&out, page) },
		"encoding/json": func() error {
			plain := json.NewEncoder(&out)
			plain.SetEscapeHTML(false)
			return plain.Encode(page)
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				out.Reset()
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
