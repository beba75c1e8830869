package sqlstore_test

import (
	"context"
	"slices"
	"testing"

	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// follow notes what statements read from now on; the function it returns answers with that and begins anew.
func follow(db *sqlstore.DB) func() []string {
	var names []string
	db.Follow(func(ctx context.Context, s sqlstore.Statement) (context.Context, func(error)) {
		names = append(names, s.Name())
		return ctx, func(error) {}
	})
	return func() []string {
		seen := names
		names = nil
		slices.Sort(seen)
		return slices.Compact(seen)
	}
}

func TestALookAtCoversLeavesListsStanding(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		statements := follow(db)
		c := seeded(t, db, func(s seed) {
			longList(s)
			s.cover(1, "c1")
			s.album(1, openFolder, "Album", "Artist", 0, 2000, 1, 1)
			s.run("UPDATE songs SET cover_id = 1, album_id = 1 WHERE id <= 300")
		})
		scope := scopeOf(t, c, ada)
		hue := func() int {
			t.Helper()
			albums, err := c.ListAlbums(t.Context(), scope, library.AlbumQuery{Sort: "title", Paging: library.Paging{Limit: 10}})
			if err != nil || len(albums.Albums) != 1 {
				t.Fatal(albums, err)
			}
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: "createdAt", Paging: library.Paging{Limit: 700, Offset: 300}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.SearchSongs(t.Context(), scope, "elan", 10); err != nil {
				t.Fatal(err)
			}
			if _, err := c.SongLetters(t.Context(), scope, library.SongQuery{Sort: "title"}); err != nil {
				t.Fatal(err)
			}
			for _, song := range page.Songs {
				if song.Cover != nil && song.Cover.Hue != albums.Albums[0].Cover.Hue {
					t.Fatalf("song has hue %d, its album %d", song.Cover.Hue, albums.Albums[0].Cover.Hue)
				}
			}
			return albums.Albums[0].Cover.Hue
		}
		if got := hue(); got != 120 {
			t.Fatalf("got hue %d before", got)
		}
		if err := sqlstore.NewIngest(db, clock.System{}).KeepHues(t.Context(), map[string]int{"c1": 33}); err != nil {
			t.Fatal(err)
		}
		statements()
		if got := hue(); got != 33 {
			t.Errorf("got hue %d after another was seen", got)
		}
		for _, name := range statements() {
			if !slices.Contains([]string{"SELECT revisions", "SELECT covers", "SELECT album_marks"}, name) {
				t.Errorf("after a look at covers was asked for: %s", name)
			}
		}
	})
}

func TestALongListIsNotReadThroughAtEachChange(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		reads := 0
		db.Follow(func(ctx context.Context, s sqlstore.Statement) (context.Context, func(error)) {
			if s.Name() == "SELECT songs" {
				reads++
			}
			return ctx, func(error) {}
		})
		c := seeded(t, db, func(s seed) {
			s.song(plantedSong{ID: 1, Title: "m"})
			s.run(`INSERT INTO songs (id, library_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track, disc, duration, bit_rate,
				sample_rate, channels, bit_depth, format, size, modified_at, shuffle, created_at, updated_at, path)
				WITH RECURSIVE counting (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counting WHERE n < 9000)
				SELECT n, library_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track, disc, duration, bit_rate,
				sample_rate, channels, bit_depth, format, size, modified_at, shuffle, created_at, 0, 'more/' || n FROM songs, counting WHERE id = 1`)
		})
		scope := scopeOf(t, c, ada)
		far := func(offset int) []library.SongID {
			t.Helper()
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 3, Offset: offset}})
			if err != nil {
				t.Fatal(err)
			}
			return idsOf(page.Songs)
		}
		far(8000)
		reads = 0
		for id := library.SongID(9001); id <= 9003; id++ {
			plant(t, db, func(s seed) { s.song(plantedSong{ID: id, Title: "z"}) })
			if got := far(8500); !slices.Equal(got, []library.SongID{8501, 8502, 8503}) {
				t.Errorf("got %v", got)
			}
		}
		if reads > 2*60 {
			t.Errorf("%d questions about songs for three pages", reads)
		}
	})
}
