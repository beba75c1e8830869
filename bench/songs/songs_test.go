package songs_test

import (
	"slices"
	"testing"

	"hathor/bench/songs"
)

func TestSmallLibraryBeginsTheLargeOne(t *testing.T) {
	small, large := slices.Collect(songs.Library(500)), slices.Collect(songs.Library(2000))
	if len(small) != 500 || len(large) != 2000 {
		t.Fatalf("got %d and %d songs", len(small), len(large))
	}
	for i, s := range small {
		l := large[i]
		a, b := *s.Album, *l.Album
		s.Album, l.Album = nil, nil
		if s != l || a != b {
			t.Fatalf("song %d differs:\n%+v of %+v\n%+v of %+v", i, s, a, l, b)
		}
	}
}

func TestEveryPathIsItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for s := range songs.Library(5000) {
		if seen[s.Path] {
			t.Fatalf("%q stands for two songs", s.Path)
		}
		seen[s.Path] = true
	}
}

// TestLibraryHasAllThatIsHard finds everything that package songs promises.
func TestLibraryHasAllThatIsHard(t *testing.T) {
	found := map[string]int{}
	for s := range songs.Library(5000) {
		found[string(s.Album.Format)]++
		for what, is := range map[string]bool{
			"no tags": s.Bare, "no year": s.Year == 0, "no genre": s.Genre == "", "no track": s.Track == 0,
			"second disc": s.Disc == 2, "collection": s.Album.Compilation, "no id": s.MBID == "",
			"cover inside": s.Album.Cover == songs.Inside, "cover beside": s.Album.Cover == songs.Beside, "no cover": s.Album.Cover == songs.Nowhere,
			"another script": slices.ContainsFunc([]rune(s.Title), func(c rune) bool { return c > 0x3000 }),
		} {
			if is {
				found[what]++
			}
		}
	}
	for _, what := range []string{
		"cbr.mp3", "vbr.mp3", "flac", "m4a", "opus", "ogg", "no tags", "no year", "no genre", "no track",
		"second disc", "collection", "no id", "cover inside", "cover beside", "no cover", "another script",
	} {
		if found[what] == 0 {
			t.Errorf("no song has: %s", what)
		}
	}
}
