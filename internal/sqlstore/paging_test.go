package sqlstore_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// equalRows are songs with few different values, so that every order meets equal ones; some have marks of
// Ada's, some are in libraries she does not hear, some are missing.
func equalRows(s seed) {
	titles := []string{"Élan", "elan", "Zebra", "a", "Ångström", "夜の回線", "!!!"}
	for id := library.SongID(1); id <= 60; id++ {
		p := plantedSong{ID: id, Title: titles[int(id)%len(titles)], Artist: titles[int(id)%3], Album: titles[int(id)%2],
			Year: 2000 + int(id)%4, Track: int(id) % 3, Duration: int(id) % 5, Created: int64(id) % 4}
		switch {
		case id%10 == 3:
			p.Library = privateOfBob
		case id%10 == 7:
			p.Missing = true
		}
		s.song(p)
		if id%4 == 0 {
			s.mark(ada, id, int(id)%3, int(id)%6, int64(id)%2, nil)
		}
	}
}

// expected is how each order compares two songs, the id last.
var expected = map[string]func(a, b library.Song) int{
	"title":  func(a, b library.Song) int { return cmp.Compare(library.Key(a.Title), library.Key(b.Title)) },
	"artist": func(a, b library.Song) int { return cmp.Compare(library.Key(a.Artist), library.Key(b.Artist)) },
	"album": func(a, b library.Song) int {
		return cmp.Or(cmp.Compare(library.Key(a.Album), library.Key(b.Album)), cmp.Compare(a.Disc, b.Disc), cmp.Compare(a.Track, b.Track))
	},
	"duration":   func(a, b library.Song) int { return cmp.Compare(a.Duration, b.Duration) },
	"year":       func(a, b library.Song) int { return cmp.Compare(a.Year, b.Year) },
	"createdAt":  func(a, b library.Song) int { return a.CreatedAt.Compare(b.CreatedAt) },
	"plays":      func(a, b library.Song) int { return cmp.Compare(a.Plays, b.Plays) },
	"rating":     func(a, b library.Song) int { return cmp.Compare(a.Rating, b.Rating) },
	"lastPlayed": func(a, b library.Song) int { return a.LastPlayed.Compare(b.LastPlayed) },
}

func TestPagingYieldsEverySongOnceInOrder(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, equalRows)
		scope := scopeOf(t, c, ada)
		orders := append([]string{"random", "likedAt"}, slices.Sorted(keysOf(expected))...)
		rapid.Check(t, func(r *rapid.T) {
			by := rapid.SampledFrom(orders).Draw(r, "by")
			q := library.SongQuery{Sort: library.Sort(rapid.SampledFrom([]string{"", "-"}).Draw(r, "direction") + by)}
			q.Limit = rapid.IntRange(1, 70).Draw(r, "limit")
			q.Liked = false
			q.Year = rapid.SampledFrom([]int{0, 2001}).Draw(r, "year")
			q.Search = rapid.SampledFrom([]string{"", "e", "ela an"}).Draw(r, "search")
			checkPages(t, r, c, scope, q)
		})
	})
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// checkPages reads all pages and compares them with what a list of all songs, filtered and sorted here, says.
func checkPages(t *testing.T, r *rapid.T, c *sqlstore.Catalogue, scope library.Scope, q library.SongQuery) {
	var got []library.Song
	total := -1
	for page := 0; ; page++ {
		answer, err := c.ListSongs(t.Context(), scope, q)
		if err != nil {
			r.Fatal(err)
		}
		if total >= 0 && answer.Total != total {
			r.Fatalf("total was %d and is %d", total, answer.Total)
		}
		total = answer.Total
		got = append(got, answer.Songs...)
		if answer.NextCursor == "" {
			break
		}
		if len(answer.Songs) != q.Limit {
			r.Fatalf("page %d has %d songs and a next page", page, len(answer.Songs))
		}
		q.Cursor = answer.NextCursor
	}
	checkOrder(r, got, q)
	want := 0
	for id := 1; id <= 60; id++ {
		if id%10 != 3 && id%10 != 7 && (q.Year == 0 || 2000+id%4 == q.Year) && foundBy(q.Search, id) {
			want++
		}
	}
	if total != want || len(got) != want {
		r.Fatalf("total %d, %d listed, want %d", total, len(got), want)
	}
}

// foundBy tells whether the seeded song has words that begin with those of the search.
func foundBy(search string, id int) bool {
	titles := [][]string{{"elan"}, {"elan"}, {"zebra"}, {"a"}, {"angstrom"}, {}, {}}
	words := slices.Concat(titles[id%7], titles[id%3], titles[id%2])
	for _, prefix := range library.Words(search) {
		if !slices.ContainsFunc(words, func(w string) bool { return len(w) >= len(prefix) && w[:len(prefix)] == prefix }) {
			return false
		}
	}
	return true
}

func checkOrder(r *rapid.T, got []library.Song, q library.SongQuery) {
	seen := map[library.SongID]bool{}
	for i, song := range got {
		if seen[song.ID] {
			r.Fatalf("song %d stands there twice", song.ID)
		}
		seen[song.ID] = true
		compare := expected[q.Sort.By()]
		if i == 0 || compare == nil {
			continue
		}
		order := cmp.Or(compare(got[i-1], song), cmp.Compare(got[i-1].ID, song.ID))
		if q.Sort.Descending() {
			order = -order
		}
		if order >= 0 {
			r.Fatalf("%s: song %d before song %d", q.Sort, got[i-1].ID, song.ID)
		}
	}
}

func TestOffsetsSkipAsPagesDo(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, equalRows)
		scope := scopeOf(t, c, ada)
		for _, sort := range []library.Sort{"title", "-plays", "plays", "-random"} {
			all, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: sort, Seed: 7, Paging: library.Paging{Limit: 100}})
			if err != nil {
				t.Fatal(err)
			}
			for offset := range len(all.Songs) + 2 {
				page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: sort, Seed: 7, Paging: library.Paging{Limit: 4, Offset: offset}})
				if err != nil {
					t.Fatal(err)
				}
				want := all.Songs[min(offset, len(all.Songs)):min(offset+4, len(all.Songs))]
				if !slices.Equal(idsOf(page.Songs), idsOf(want)) {
					t.Errorf("%s at %d: got %v, want %v", sort, offset, idsOf(page.Songs), idsOf(want))
				}
			}
		}
	})
}

func idsOf(songs []library.Song) []library.SongID {
	ids := make([]library.SongID, len(songs))
	for i, s := range songs {
		ids[i] = s.ID
	}
	return ids
}

func TestCursorOfAnotherListIsRefused(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, equalRows)
		scope := scopeOf(t, c, ada)
		first, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 3}})
		if err != nil {
			t.Fatal(err)
		}
		random, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: "random", Seed: 5, Paging: library.Paging{Limit: 3}})
		if err != nil {
			t.Fatal(err)
		}
		wrong := map[string]library.SongQuery{
			"other order":     {Sort: "-title", Paging: library.Paging{Limit: 3, Cursor: first.NextCursor}},
			"other filter":    {Sort: "title", SongFilter: library.SongFilter{Year: 2001}, Paging: library.Paging{Limit: 3, Cursor: first.NextCursor}},
			"garbled":         {Sort: "title", Paging: library.Paging{Limit: 3, Cursor: first.NextCursor[:len(first.NextCursor)-3]}},
			"no cursor":       {Sort: "title", Paging: library.Paging{Limit: 3, Cursor: "%%%"}},
			"other seed":      {Sort: "random", Seed: 6, Paging: library.Paging{Limit: 3, Cursor: random.NextCursor}},
			"random in title": {Sort: "title", Paging: library.Paging{Limit: 3, Cursor: random.NextCursor}},
		}
		for name, q := range wrong {
			if _, err := c.ListSongs(t.Context(), scope, q); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

func TestRandomOrderIsAPermutation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Int64().Draw(r, "seed")
		domain := rapid.Int64Range(1, 300).Draw(r, "domain")
		seen := map[int64]bool{}
		for place := range domain {
			element, back := sqlstore.Permute(seed, domain, place)
			if element < 0 || element >= domain || seen[element] || back != place {
				r.Fatalf("place %d gives %d, which gives %d", place, element, back)
			}
			seen[element] = true
		}
	})
}
