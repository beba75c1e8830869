package sqlstore_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// longList is so many songs that pages far from the beginning are sought.
func longList(s seed) {
	names := []string{"Élan", "elan", "Zebra", "a", "Ångström", "夜の回線", "!!!", "1979", "Дом", "…", "Łódź"}
	for id := library.SongID(1); id <= 900; id++ {
		p := plantedSong{ID: id, Title: fmt.Sprint(names[int(id)%len(names)], int(id)%7), Artist: names[int(id)%5], Album: names[int(id)%3],
			Year: 2000 + int(id)%4, Track: int(id) % 13, Duration: int(id) % 5, Created: int64(id) % 4}
		switch {
		case id%50 == 3:
			p.Library = privateOfBob
		case id%50 == 7:
			p.Missing = true
		}
		s.song(p)
		if id%2 == 0 {
			s.mark(ada, id, int(id)%3, int(id)%6, int64(id)%2, nil)
		}
	}
}

// everything reads a list by its cursors.
func everything(t testing.TB, c *sqlstore.Catalogue, scope library.Scope, q library.SongQuery) (ids []library.SongID) {
	t.Helper()
	for q.Limit = 200; ; {
		page, err := c.ListSongs(t.Context(), scope, q)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, idsOf(page.Songs)...)
		if q.Cursor = page.NextCursor; q.Cursor == "" {
			return ids
		}
	}
}

func TestEveryWayToAPageLeadsToTheSame(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, longList)
		scope := scopeOf(t, c, ada)
		played := true
		whole := map[string][]library.SongID{}
		rapid.Check(t, func(r *rapid.T) {
			q := library.SongQuery{Sort: rapid.SampledFrom([]library.Sort{"title", "-title", "artist", "album", "-album", "year", "-createdAt",
				"duration", "plays", "-plays", "rating", "-lastPlayed", "likedAt"}).Draw(r, "sort")}
			q.SongFilter = rapid.SampledFrom([]library.SongFilter{{}, {YearFrom: 2001}, {Played: &played}, {MinRating: 2}, {Search: "elan"}}).Draw(r, "filter")
			name := fmt.Sprintf("%+v %s", q.SongFilter, q.Sort)
			if whole[name] == nil {
				whole[name] = everything(t, c, scope, q)
			}
			all := whole[name]
			q.Offset = rapid.IntRange(0, len(all)+2).Draw(r, "offset")
			q.Limit = rapid.IntRange(1, 60).Draw(r, "limit")
			page, err := c.ListSongs(t.Context(), scope, q)
			if err != nil {
				r.Fatal(err)
			}
			want := all[min(q.Offset, len(all)):min(q.Offset+q.Limit, len(all))]
			if !slices.Equal(idsOf(page.Songs), want) || page.Total != len(all) {
				r.Fatalf("got %v of %d, want %v of %d", idsOf(page.Songs), page.Total, want, len(all))
			}
			if page.NextCursor == "" {
				return
			}
			after := q
			after.Offset, after.Cursor = 0, page.NextCursor
			rest, err := c.ListSongs(t.Context(), scope, after)
			if err != nil || !slices.Equal(idsOf(rest.Songs), all[q.Offset+q.Limit:min(q.Offset+2*q.Limit, len(all))]) {
				r.Fatalf("behind it: got %v, %v", idsOf(rest.Songs), err)
			}
		})
	})
}

func TestLettersBeginWhereTheyAre(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, longList)
		scope := scopeOf(t, c, ada)
		for _, sort := range []library.Sort{"title", "-title", "artist", "-album"} {
			for _, filter := range []library.SongFilter{{}, {YearFrom: 2002}, {MinRating: 3}, {Search: "elan"}} {
				q := library.SongQuery{SongFilter: filter, Sort: sort}
				letters, err := c.SongLetters(t.Context(), scope, q)
				if err != nil {
					t.Fatal(err)
				}
				q.Limit = 500
				var keys []string
				for {
					page, err := c.ListSongs(t.Context(), scope, q)
					if err != nil {
						t.Fatal(err)
					}
					for _, song := range page.Songs {
						keys = append(keys, library.Key(map[string]string{"title": song.Title, "artist": song.Artist, "album": song.Album}[sort.By()]))
					}
					if q.Cursor = page.NextCursor; q.Cursor == "" {
						break
					}
				}
				var want library.Letters
				for i, key := range keys {
					if n := len(want.Letters); n == 0 || want.Letters[n-1].Letter != library.LetterOf(key) {
						want.Letters = append(want.Letters, library.Letter{Letter: library.LetterOf(key), Offset: i})
					}
				}
				if want.Total = len(keys); letters.Total != want.Total || !slices.Equal(letters.Letters, want.Letters) {
					t.Errorf("%s %+v: got %v, want %v", sort, filter, letters, want)
				}
			}
		}
	})
}

func TestPlacesFollowTheCatalogue(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, longList)
		scope := scopeOf(t, c, ada)
		far := func(sort library.Sort) library.SongID {
			t.Helper()
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: sort, Paging: library.Paging{Limit: 1, Offset: 700}})
			if err != nil {
				t.Fatal(err)
			}
			return page.Songs[0].ID
		}
		before, plays := far("title"), far("plays")
		plant(t, db, func(s seed) { s.song(plantedSong{ID: 1000, Title: "  1"}) })
		if got := far("title"); got == before {
			t.Errorf("song %d stands where it stood before one more came in front", got)
		}
		plant(t, db, func(s seed) { s.run("UPDATE song_marks SET plays = 9 WHERE user_id = ? AND song_id <= 400", ada) })
		if got := far("plays"); got == plays {
			t.Errorf("by plays song %d stands where it stood before others were played", got)
		}
	})
}

func TestFacetsCountTheFilteredSongs(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		facets := func(f library.SongFilter) library.Facets {
			t.Helper()
			got, err := c.SongFacets(t.Context(), scope, f)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		all := facets(library.SongFilter{})
		if want := "{[{Post-Rock 3}] [{1990 2}] [{mp3 4}] 1 1 3 4}"; fmt.Sprint(all) != want {
			t.Errorf("got %v, want %s", all, want)
		}
		if got, want := fmt.Sprint(facets(library.SongFilter{YearFrom: 1990, YearTo: 1999})), "{[{Post-Rock 2}] [{1990 2}] [{mp3 2}] 1 1 1 2}"; got != want {
			t.Errorf("of the nineties: got %s, want %s", got, want)
		}
		song := library.Subject{Kind: library.SongSubject, ID: 5}
		if _, err := c.SetRating(t.Context(), scope, song, 2); err != nil {
			t.Fatal(err)
		}
		if got := facets(library.SongFilter{}); got.Rated != 2 {
			t.Errorf("after a rating: %v", got)
		}
	})
}
