package sqlstore_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// household is a small catalogue with something private of Bob's beside what everybody hears.
func household(s seed) {
	s.cover(1, strings.Repeat("a1", 32))
	s.cover(2, strings.Repeat("b2", 32))
	s.artist(1, "Sigur Rós")
	s.artist(2, "Bob's Band")
	s.artist(3, "Mø")
	s.album(1, openFolder, "Ágætis byrjun", "Sigur Rós", 1, 1999, 3, 1)
	s.album(2, privateOfBob, "Secret Byrjun", "Bob's Band", 2, 2020, 1, 2)
	s.album(3, openFolder, "Byrjun", "Mø", 3, 2014, 1, 0)
	s.album(4, openFolder, "Gone", "Mø", 3, 2015, 1, 0)
	s.song(plantedSong{ID: 1, Title: "Svefn-g-englar", Artist: "Sigur Rós", ArtistID: 1, Album: "Ágætis byrjun", AlbumID: 1, Genre: "Post-Rock", Year: 1999, Track: 2, Cover: 1})
	s.song(plantedSong{ID: 2, Title: "Byrjun", Artist: "Sigur Rós", ArtistID: 1, Album: "Ágætis byrjun", AlbumID: 1, Genre: "Post-Rock", Year: 1999, Track: 1, Cover: 1})
	s.song(plantedSong{ID: 3, Title: "Olsen olsen", Artist: "Sigur Rós", ArtistID: 1, Album: "Ágætis byrjun", AlbumID: 1, Genre: "Lost", Track: 3, Missing: true})
	s.song(plantedSong{ID: 4, Library: privateOfBob, Title: "Byrjun", Artist: "Bob's Band", ArtistID: 2, Album: "Secret Byrjun", AlbumID: 2, Genre: "Secret", Cover: 2})
	s.song(plantedSong{ID: 5, Title: "Byrjun reprise", Artist: "Mø", ArtistID: 3, Album: "Byrjun", AlbumID: 3, Genre: "post rock"})
	s.song(plantedSong{ID: 6, Title: "Gone", Artist: "Mø", ArtistID: 3, Album: "Gone", AlbumID: 4, Missing: true})
	s.song(plantedSong{ID: 7, Library: closedFolder, Title: "Closed byrjun", Artist: "Closed"})
	s.song(plantedSong{ID: 8, Title: "100% \"AND\" _x", Artist: "夜の回線"})
	s.mark(bob, 4, 9, 5, 100, 100)
	s.mark(bob, 2, 3, 0, 200, nil)
	s.mark(ada, 1, 1, 4, 300, 300)
}

func TestNothingPrivateShows(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		if diff := cmp.Diff([]library.ID{openFolder, privateOfAda}, scope.Libraries); diff != "" {
			t.Fatalf("an admin hears (-want +got):\n%s", diff)
		}
		for _, sort := range []library.Sort{"title", "-plays", "random", "rating"} {
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: sort, Paging: library.Paging{Limit: 50}})
			if err != nil {
				t.Fatal(err)
			}
			ids := idsOf(page.Songs)
			slices.Sort(ids)
			if !slices.Equal(ids, []library.SongID{1, 2, 5, 8}) || page.Total != 4 {
				t.Errorf("%s: got %v of %d", sort, ids, page.Total)
			}
		}
		songs, err := c.Songs(t.Context(), scope, []library.SongID{4, 3, 7, 1, 99})
		if err != nil || !slices.Equal(idsOf(songs), []library.SongID{3, 1}) {
			t.Errorf("by id: %v, %v", idsOf(songs), err)
		}
		genres, err := c.Genres(t.Context(), scope)
		if diff := cmp.Diff([]library.Genre{{Name: "Post-Rock", SongCount: 3}}, genres); diff != "" || err != nil {
			t.Errorf("genres (-want +got):\n%s%v", diff, err)
		}
		for _, id := range []library.SongID{4, 7, 99} {
			if _, err := c.SongFile(t.Context(), scope, id); fault.KindOf(err) != fault.NotFound {
				t.Errorf("file of %d: %v", id, err)
			}
		}
		if _, err := c.SongCover(t.Context(), scope, 4); fault.KindOf(err) != fault.NotFound {
			t.Errorf("cover of a private song: %v", err)
		}
		if _, err := c.AlbumCover(t.Context(), scope, 2); fault.KindOf(err) != fault.NotFound {
			t.Errorf("cover of a private album: %v", err)
		}
		if file, err := c.SongFile(t.Context(), scopeOf(t, c, bob), 4); err != nil || file.Path != "4.mp3" {
			t.Errorf("the owner's own file: %+v, %v", file, err)
		}
	})
}

func TestAlbumsAndArtistsWithinScope(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		albums, err := c.ListAlbums(t.Context(), scope, library.AlbumQuery{Sort: "-year", Paging: library.Paging{Limit: 50}})
		if err != nil {
			t.Fatal(err)
		}
		if albums.Total != 2 || len(albums.Albums) != 2 || albums.Albums[0].Title != "Byrjun" || albums.Albums[1].Title != "Ágætis byrjun" {
			t.Errorf("albums: %+v", albums)
		}
		if genres := albums.Albums[1].Genres; !slices.Equal(genres, []string{"Post-Rock", "Lost"}) {
			t.Errorf("genres of the album: %q", genres)
		}
		for name, q := range map[string]library.AlbumQuery{
			"artist": {AlbumFilter: library.AlbumFilter{Artist: 1}}, "genre": {AlbumFilter: library.AlbumFilter{Genre: "post ROCK", Year: 1999}},
			"search": {AlbumFilter: library.AlbumFilter{Search: "agaet sigur"}},
		} {
			q.Sort, q.Limit = "title", 50
			page, err := c.ListAlbums(t.Context(), scope, q)
			if err != nil || page.Total != 1 || page.Albums[0].ID != 1 {
				t.Errorf("by %s: %+v, %v", name, page, err)
			}
		}
		songs, err := c.AlbumSongs(t.Context(), scope, 1, 50)
		if err != nil || !slices.Equal(idsOf(songs), []library.SongID{2, 1, 3}) || !songs[2].Missing {
			t.Errorf("songs of the album: %v, %v", idsOf(songs), err)
		}
		artists, err := c.ListArtists(t.Context(), scope, library.ArtistQuery{Sort: "name", Paging: library.Paging{Limit: 50}})
		if err != nil {
			t.Fatal(err)
		}
		want := []library.Artist{
			{ID: 3, Name: "Mø", SortName: "Mø", AlbumCount: 1, SongCount: 1},
			{ID: 1, Name: "Sigur Rós", SortName: "Sigur Rós", AlbumCount: 1, SongCount: 2, Plays: 1,
				Cover: &library.Cover{ID: 1, Hash: strings.Repeat("a1", 32), Hue: 120}},
		}
		if diff := cmp.Diff(want, artists.Artists); diff != "" || artists.Total != 2 {
			t.Errorf("artists, total %d (-want +got):\n%s", artists.Total, diff)
		}
		if hidden, err := c.Artists(t.Context(), scope, []library.ArtistID{2}); err != nil || len(hidden) != 0 {
			t.Errorf("an artist of a private library: %v, %v", hidden, err)
		}
	})
}

func TestShelvesFollowTheListener(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		for _, test := range []struct {
			sort library.Sort
			want []library.AlbumID
		}{{"-plays", []library.AlbumID{2, 1, 3}}, {"-lastPlayed", []library.AlbumID{1, 2, 3}}, {"-createdAt", []library.AlbumID{3, 2, 1}}, {"plays", []library.AlbumID{3, 1, 2}}} {
			var got []library.AlbumID
			q := library.AlbumQuery{Sort: test.sort, Paging: library.Paging{Limit: 1}}
			for {
				page, err := c.ListAlbums(t.Context(), scopeOf(t, c, bob), q)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, page.Albums[0].ID)
				if q.Cursor = page.NextCursor; q.Cursor == "" {
					break
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: got %v, want %v", test.sort, got, test.want)
			}
		}
	})
}

func TestSearchRanksAndFolds(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		for text, want := range map[string][]library.SongID{
			"byrjun": {2, 5, 1}, "BYRJ": {2, 5, 1}, "ros englar": {1}, "englar sig": {1}, "mo byrjun": {5}, "の線": {8}, "100 and x": {8},
			"olsen": nil, "nothing": nil, "%": nil, "_": nil, `"`: nil, "' OR 1=1 --": nil, "AND": {8}, "NEAR(a b)": nil, "*": nil, "z\\'": nil,
		} {
			songs, err := c.SearchSongs(t.Context(), scope, text, 10)
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			if got := idsOf(songs); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
		albums, err := c.SearchAlbums(t.Context(), scope, "byrjun", 10)
		if err != nil || len(albums) != 2 || albums[0].ID != 3 {
			t.Errorf("albums: %+v, %v", albums, err)
		}
		artists, err := c.SearchArtists(t.Context(), scope, "mo", 10)
		if err != nil || len(artists) != 1 || artists[0].ID != 3 {
			t.Errorf("artists: %+v, %v", artists, err)
		}
	})
}

func TestFilteredLists(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		for name, test := range map[string]struct {
			filter library.SongFilter
			want   []library.SongID
		}{
			"genre":          {library.SongFilter{Genre: "POST rock"}, []library.SongID{2, 5, 1}},
			"artist":         {library.SongFilter{Artist: 1}, []library.SongID{2, 1}},
			"album":          {library.SongFilter{Album: 1}, []library.SongID{2, 1}},
			"year":           {library.SongFilter{Year: 1999}, []library.SongID{2, 1}},
			"liked":          {library.SongFilter{Liked: true}, []library.SongID{1}},
			"search":         {library.SongFilter{Search: "sigur byr"}, []library.SongID{2, 1}},
			"no words":       {library.SongFilter{Search: "!!!"}, nil},
			"all":            {library.SongFilter{Search: "byrjun", Genre: "post-rock", Year: 1999, Artist: 1}, []library.SongID{2, 1}},
			"hostile genre":  {library.SongFilter{Genre: "' OR '1'='1"}, nil},
			"hostile search": {library.SongFilter{Search: "%_*\" OR ("}, nil},
		} {
			q := library.SongQuery{SongFilter: test.filter, Sort: "title", Paging: library.Paging{Limit: 50}}
			page, err := c.ListSongs(t.Context(), scopeOf(t, c, ada), q)
			if err != nil || !slices.Equal(idsOf(page.Songs), test.want) || page.Total != len(test.want) {
				t.Errorf("%s: got %v of %d, %v; want %v", name, idsOf(page.Songs), page.Total, err, test.want)
			}
		}
	})
}

func TestMarks(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		song := library.Subject{Kind: library.SongSubject, ID: 5}
		set := func(seen bool, err error) {
			t.Helper()
			if err != nil || !seen {
				t.Fatalf("seen %t, %v", seen, err)
			}
		}
		set(c.SetLike(t.Context(), scope, song, time.UnixMilli(500)))
		set(c.SetLike(t.Context(), scope, song, time.UnixMilli(600)))
		set(c.SetRating(t.Context(), scope, song, 3))
		if got := one(t, c, scope, 5); !got.Liked || got.Rating != 3 {
			t.Errorf("after like and rating: %+v", got)
		}
		if got := one(t, c, scopeOf(t, c, bob), 5); got.Liked || got.Rating != 0 {
			t.Errorf("another listener sees the mark: %+v", got)
		}
		set(c.SetLike(t.Context(), scope, song, time.Time{}))
		set(c.SetRating(t.Context(), scope, song, 0))
		if got := one(t, c, scope, 5); got.Liked || got.Rating != 0 {
			t.Errorf("after taking back: %+v", got)
		}
		for _, subject := range []library.Subject{{Kind: library.AlbumSubject, ID: 1}, {Kind: library.ArtistSubject, ID: 1}} {
			set(c.SetRating(t.Context(), scope, subject, 5))
			set(c.SetLike(t.Context(), scope, subject, time.UnixMilli(700)))
		}
		for _, hidden := range []library.Subject{{Kind: library.SongSubject, ID: 4}, {Kind: library.AlbumSubject, ID: 2}, {Kind: library.ArtistSubject, ID: 2}} {
			if seen, err := c.SetLike(t.Context(), scope, hidden, time.UnixMilli(1)); seen || err != nil {
				t.Errorf("%+v could be liked: %t, %v", hidden, seen, err)
			}
		}
		albums, err := c.ListAlbums(t.Context(), scope, library.AlbumQuery{AlbumFilter: library.AlbumFilter{Liked: true}, Sort: "-likedAt", Paging: library.Paging{Limit: 5}})
		if err != nil || albums.Total != 1 || !albums.Albums[0].Liked || albums.Albums[0].Rating != 5 {
			t.Errorf("liked albums: %+v, %v", albums, err)
		}
		artists, err := c.ListArtists(t.Context(), scope, library.ArtistQuery{ArtistFilter: library.ArtistFilter{Liked: true}, Sort: "-name", Paging: library.Paging{Limit: 5}})
		if err != nil || artists.Total != 1 || !artists.Artists[0].Liked || artists.Artists[0].Rating != 5 {
			t.Errorf("liked artists: %+v, %v", artists, err)
		}
	})
}

func one(t *testing.T, c *sqlstore.Catalogue, scope library.Scope, id library.SongID) library.Song {
	t.Helper()
	songs, err := c.Songs(t.Context(), scope, []library.SongID{id})
	if err != nil || len(songs) != 1 {
		t.Fatalf("song %d: %v, %v", id, songs, err)
	}
	return songs[0]
}

func TestWhatIsRememberedFollowsTheDatabase(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, household)
		scope := scopeOf(t, c, ada)
		total := func() int {
			t.Helper()
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 1}})
			if err != nil {
				t.Fatal(err)
			}
			return page.Total
		}
		for want := 4; want < 8; want++ {
			if got := total(); got != want {
				t.Fatalf("total %d, want %d", got, want)
			}
			plant(t, db, func(s seed) { s.song(plantedSong{ID: library.SongID(100 + want), Title: "New"}) })
		}
		if _, err := c.SongFile(t.Context(), scope, 1); err != nil {
			t.Fatal(err)
		}
		plant(t, db, func(s seed) { s.run("DELETE FROM songs WHERE id = 1") })
		if _, err := c.SongFile(t.Context(), scope, 1); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a deleted song's file: %v", err)
		}
		heard := len(scope.Libraries)
		plant(t, db, func(s seed) { s.run("UPDATE libraries SET is_open = FALSE WHERE kind = 'folder'") })
		if now := len(scopeOf(t, c, ada).Libraries); now != heard-1 {
			t.Errorf("%d libraries are heard after one was closed, %d before", now, heard)
		}
	})
}
