package sqlstore_test

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// survey lists what is asked of a database, and judges the plans.
type survey struct {
	t     *testing.T
	db    *sqlstore.DB
	c     *sqlstore.Catalogue
	scope library.Scope
	asked []sqlstore.Statement
	finds bool // few rows are to be found first and sorted then
}

// marked lets ada like, rate and hear every fifth song, so that her marks are many.
const marked = `INSERT INTO song_marks (user_id, song_id, liked_at, rating, plays, last_played)
	SELECT 1, id, id * 1000, 1 + id % 5, 1 + id % 7, id * 2000 FROM songs WHERE id % 5 = 0`

// TestPlansOfLists asks for every list and looks at the plan of each statement that was run for it. A list must not
// read a whole table for one page, nor sort what an index has in order.
func TestPlansOfLists(t *testing.T) {
	for kind, songs := range map[string]int{"sqlite": 6000, "postgres": 8000} {
		t.Run(kind, func(t *testing.T) {
			db := bigDB(t, kind, songs)
			plantUser(t, db)
			if err := db.Raw(t.Context(), func(exec func(string, ...any) error) error { return exec(marked) }); err != nil {
				t.Fatal(err)
			}
			settle(t, db)
			s := &survey{t: t, db: db}
			db.Follow(func(ctx context.Context, statement sqlstore.Statement) (context.Context, func(error)) {
				s.asked = append(s.asked, statement)
				return ctx, func(error) {}
			})
			s.c = sqlstore.NewCatalogue(db)
			s.scope = scopeOf(t, s.c, ada)
			s.sorts()
			if kind == "sqlite" { // what PostgreSQL does to find few rows follows from how many it guesses there are
				s.finds = true
				s.artists()
				s.filters()
				s.searches()
			}
		})
	}
}

// look does what a door does, and judges what that asked.
func (s *survey) look(name string, do func() error) {
	s.t.Helper()
	s.asked = nil
	if err := do(); err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	for _, statement := range append([]sqlstore.Statement(nil), s.asked...) {
		plan, err := statement.Explain(s.t.Context(), s.db)
		if err != nil {
			s.t.Fatal(err)
		}
		query := strings.Join(strings.Fields(statement.Query()), " ")
		if why := judge(query, plan, s.finds); why != "" {
			s.t.Errorf("%s: %s\n%s\n  %s", name, why, query, strings.Join(plan, "\n  "))
		}
	}
}

var (
	wholeTable = regexp.MustCompile(`^SCAN (songs|albums)$|Seq Scan on songs\b`) // albums are few: PostgreSQL may well read all
	sorted     = regexp.MustCompile(`^USE TEMP B-TREE FOR .*ORDER BY$|\bSort  \(cost=\S+ rows=(\d+)`)
	byID       = regexp.MustCompile(` ORDER BY (songs|albums)\.id( DESC)? LIMIT `) // SQLite walks a table by the id
	ownMarks   = regexp.MustCompile(` FROM (song_marks|\(SELECT .* AS marks) JOIN `)
)

// A sort of a few pages costs less than what it is sorted for; PostgreSQL takes one where few rows are left.
const fewRows = 500

// judge tells what is wrong with a plan of a page, nothing of what counts or reads the rows of ids. The listener's own
// marks may be sorted.
func judge(query string, plan []string, finds bool) string {
	if !strings.Contains(query, " LIMIT ") || ownMarks.MatchString(query) {
		return ""
	}
	whole, sorts := "", ""
	for _, line := range plan {
		if wholeTable.MatchString(line) {
			whole = line
		}
		if found := sorted.FindStringSubmatch(line); found != nil && !finds {
			if rows, err := strconv.Atoi(found[1]); err != nil || rows > fewRows {
				sorts = line
			}
		}
	}
	switch {
	case whole != "" && (sorts != "" || finds || !byID.MatchString(query)):
		return "reads a whole table: " + whole
	case sorts != "":
		return "sorts: " + sorts
	}
	return ""
}

// sorts asks for the lists in every order.
func (s *survey) sorts() {
	for _, way := range []library.Sort{"", "-"} {
		for _, sort := range []library.Sort{"title", "artist", "album", "duration", "year", "createdAt", "random", "plays", "rating", "lastPlayed", "likedAt"} {
			s.songs("songs by "+string(way+sort), library.SongQuery{Sort: way + sort})
		}
		for _, sort := range []library.Sort{"title", "artist", "year", "createdAt", "random", "plays", "lastPlayed", "rating", "likedAt"} {
			s.albums("albums by "+string(way+sort), library.AlbumQuery{Sort: way + sort})
		}
	}
}

func (s *survey) artists() {
	for _, sort := range []library.Sort{"name", "-name", "plays", "-plays", "rating", "-rating", "likedAt", "-likedAt"} {
		s.look("artists by "+string(sort), func() error {
			_, err := s.c.ListArtists(s.t.Context(), s.scope, library.ArtistQuery{Sort: sort, Paging: library.Paging{Limit: 50}})
			return err
		})
	}
}

// songs asks for the first page, the second by its cursor, and one far away.
func (s *survey) songs(name string, q library.SongQuery) {
	q.Limit = 50
	s.look(name, func() error {
		page, err := s.c.ListSongs(s.t.Context(), s.scope, q)
		if err == nil && page.NextCursor != "" {
			next := q
			next.Cursor = page.NextCursor
			_, err = s.c.ListSongs(s.t.Context(), s.scope, next)
		}
		return err
	})
	q.Offset = 3000
	s.look(name+", far", func() error {
		_, err := s.c.ListSongs(s.t.Context(), s.scope, q)
		return err
	})
}

func (s *survey) albums(name string, q library.AlbumQuery) {
	q.Limit = 50
	s.look(name, func() error {
		page, err := s.c.ListAlbums(s.t.Context(), s.scope, q)
		if err == nil && page.NextCursor != "" {
			q.Cursor = page.NextCursor
			_, err = s.c.ListAlbums(s.t.Context(), s.scope, q)
		}
		return err
	})
}

// filters asks for lists of which something is filtered, much and little.
func (s *survey) filters() {
	yes, no := true, false
	for name, f := range map[string]library.SongFilter{
		"genre": {Genre: "Rock"}, "artist": {Artist: 7}, "album": {Album: 7}, "year": {Year: 1990}, "years": {YearFrom: 1970, YearTo: 2010},
		"liked": {Liked: true}, "rated": {MinRating: 4}, "played": {Played: &yes}, "unplayed": {Played: &no}, "format": {Format: library.MP3},
		"library": {Library: 1}, "long": {MinDuration: 300e9}, "short": {MaxDuration: 125e9}, "much": {Genre: "Pop", Liked: true, YearFrom: 1980},
	} {
		s.songs("songs of "+name, library.SongQuery{SongFilter: f, Sort: "title"})
	}
	for name, f := range map[string]library.AlbumFilter{
		"genre": {Genre: "Rock"}, "artist": {Artist: 7}, "own": {Artist: 7, Role: library.OwnAlbum}, "part": {Artist: 7, Role: library.AppearsOn},
		"year": {Year: 1990}, "years": {YearFrom: 1970, YearTo: 2010}, "liked": {Liked: true}, "rated": {MinRating: 4}, "kind": {Kind: "album"}, "library": {Library: 1},
	} {
		s.albums("albums of "+name, library.AlbumQuery{AlbumFilter: f, Sort: "title"})
	}
}

// searches asks for common words, rare ones, several and mistyped ones, in lists and in the search of everything.
func (s *survey) searches() {
	words := newWordmill().words
	for _, text := range []string{words[0], words[5000], words[0] + " " + words[1], words[0][:3], words[0][:2] + "x" + words[0][2:]} {
		s.songs("songs with "+text, library.SongQuery{SongFilter: library.SongFilter{Search: text}, Sort: "title"})
		s.albums("albums with "+text, library.AlbumQuery{AlbumFilter: library.AlbumFilter{Search: text}, Sort: "title"})
		s.look("search of "+text, func() error {
			if _, err := s.c.SearchSongs(s.t.Context(), s.scope, text, 50); err != nil {
				return err
			}
			if _, err := s.c.SearchAlbums(s.t.Context(), s.scope, text, 50); err != nil {
				return err
			}
			_, err := s.c.SearchArtists(s.t.Context(), s.scope, text, 50)
			return err
		})
	}
}
