package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// matesOf reads "artist" or "artist:track" words.
func matesOf(words string) []mate {
	var mates []mate
	for _, word := range strings.Fields(words) {
		m := mate{}
		m.artist, word, _ = strings.Cut(word, ":")
		_, _ = fmt.Sscan(word, &m.track) // no track without a number
		mates = append(mates, m)
	}
	return mates
}

func TestIsCollection(t *testing.T) {
	for _, c := range []struct {
		name, songs string
		want        bool
	}{
		{"none", "", false},
		{"three artists", "ada:1 bo:2 cy:3", true},
		{"three without numbers", "ada bo cy", true},
		{"two artists", "ada:1 bo:2 ada:3 bo:4", false},
		{"one song each, one twice", "ada:1 bo:2 cy:3 ada:4", true},
		{"half of one artist", "ada:1 ada:2 ada:3 bo:4 cy:5 di:6", true},
		{"a record with guests", "ada:1 ada:2 ada:3 ada:4 bo:5 cy:6 di:7", false},
		{"songs without an artist count as songs only", ":1 :2 ada:3 bo:4", false},
		{"three artists and songs without one", ":1 :2 :3 :4 ada:5 bo:6 cy:7", true},
		{"three records of one title", "ada:1 ada:2 bo:1 bo:2 cy:1 cy:2", false},
		{"one number twice by mistake", "ada:1 bo:2 cy:3 di:3", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := isCollection(matesOf(c.songs)); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
	discs := []mate{{"ada", 1, 1}, {"bo", 1, 2}, {"cy", 2, 1}, {"di", 2, 2}}
	if !isCollection(discs) {
		t.Error("two discs in one folder are no collection")
	}
}
