package httpapi

import (
	"maps"
	"strings"
	"testing"
	"unicode"

	"github.com/tus/tusd/v2/pkg/handler"
)

// FuzzMetadata: what is taken reads the same to every other server, and no name of it climbs or hides.
func FuzzMetadata(f *testing.F) {
	for _, header := range []string{
		"", "filename eC53YXY=", "filename eC53YXY=,private dHJ1ZQ==,title", "filename Li4vLi4vZXRj", "a b c", ",", "a,a", "x !!!!",
		"filename YQBi", "filename LwAv", "\u202e eA==",
	} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got, err := readMetadata(header)
		if err != nil {
			return
		}
		if other := handler.ParseMetadataHeader(header); !maps.Equal(got, map[string]string(other)) && !strings.ContainsFunc(header, unicode.IsSpace) {
			t.Errorf("%q reads %q, elsewhere %q", header, got, other)
		}
		n, err := announcementOf(got, 5)
		if err == nil && (strings.ContainsAny(n.Name, "/\\\x00\n") || n.Name == "..") {
			t.Errorf("%q names the file %q", header, n.Name)
		}
	})
}
