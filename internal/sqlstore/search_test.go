package sqlstore_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// shelf is what the tests of the search look through: title, artist, album.
var shelf = [][3]string{
	{"Yesterday", "The Beatles", "Help!"},
	{"Yesterday Once More", "Carpenters", "Now & Then"},
	{"Only Yesterday", "Carpenters", "Horizon"},
	{"Help!", "The Beatles", "Help!"},
	{"Here Comes the Sun", "The Beatles", "Abbey Road"},
	{"Svefn-g-englar", "Sigur Rós", "Ágætis byrjun"},
	{"Starálfur", "Sigur Rós", "Ágætis byrjun"},
	{"Byrjun", "MØ", "Forever Neverland"},
	{"Łódź by Night", "Łona i Webber", "Insert EP"},
	{"Straße der Sehnsucht", "Größenwahn", "Fußgänger"},
	{"夜の回線", "東京事変", "教育"},
	{"夜明けのスキャット", "由紀さおり", "夜明けのスキャット"},
	{"さくら", "森山直太朗", "さくら"},
	{"上を向いて歩こう", "坂本九", "上を向いて"},
	{"حبيبي", "عمرو دياب", "نور العين"},
	{"نور العين", "عمرو دياب", "نور العين"},
	{"Подмосковные вечера", "Владимир Трошин", "Москва"},
	{"Να μ' αγαπάς", "Παύλος Σιδηρόπουλος", "Φλου"},
	{"강남스타일", "싸이", "싸이6갑"},
	{"!!!", "!!!", "Louden Up Now"},
	{"Louden", "!!!", "Louden Up Now"},
	{"...", "Ellipsis", "…"},
	{"99 Luftballons", "Nena", "Nena"},
	{"1979", "The Smashing Pumpkins", "Mellon Collie"},
	{"AC/DC Bag", "Phish", "Junta"},
	{"Thunderstruck", "AC/DC", "The Razors Edge"},
	{"Heart", "Pet Shop Boys", "Introspective"},
	{"Heard It Through", "Marvin Gaye", "In the Groove"},
	{"Hearts of Stone", "Southside Johnny", "Hearts of Stone"},
	{"Queen of Hearts", "Juice Newton", "Juice"},
	{"Bohemian Rhapsody", "Queen", "A Night at the Opera"},
	{"Somebody to Love", "Queen", "A Day at the Races"},
	{"Killer Queen", "Queen", "Sheer Heart Attack"},
	{"Encyclopædia", "Þórir Œdipus", "Smørrebrød"},
	{"Café del Mar", "Energy 52", "Café del Mar"},
	{"100% \"AND\" OR NOT", "NEAR", "title:x*"},
	{"Señorita", "João Gilberto", "Águas de Março"},
	{"Tiếng Việt", "Mỹ Tâm", "Hoạ Mi"},
	{"हिन्दी गीत", "लता मंगेशकर", "गीत"},
}

// shelved is a store with the shelf in it, in which every number of a song is its place there, from 1.
func shelved(t testing.TB, db *sqlstore.DB) (*sqlstore.Catalogue, library.Scope) {
	t.Helper()
	write := sqlstore.NewIngest(db, clock.NewFake(time.Unix(1_700_000_000, 0)))
	folders, err := write.Ensure(t.Context(), []string{"/music"})
	if err != nil {
		t.Fatal(err)
	}
	drafts := make([]ingest.Draft, len(shelf))
	for i, s := range shelf {
		drafts[i] = ingest.Draft{
			Library: folders[0].ID, Path: fmt.Sprintf("%02d.flac", i), Title: s[0], Artist: s[1], Artists: []string{s[1]},
			Album: s[2], AlbumArtist: s[1], AlbumArtists: []string{s[1]}, AlbumKey: library.Key(s[1]) + "/" + library.Key(s[2]),
			Year: 1960 + i, Audio: ingest.Audio{Format: library.FLAC, Duration: time.Minute}, Sound: []byte(s[0]), Kind: "album",
		}
		if _, err := write.Save(t.Context(), drafts[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return sqlstore.NewCatalogue(db), library.Scope{Libraries: []library.ID{folders[0].ID}}
}

// found is what a search answers, in words.
func found(t testing.TB, c *sqlstore.Catalogue, scope library.Scope, text string) (songs, albums, artists []string) {
	t.Helper()
	answer, err := library.NewService(c, clock.System{}).Search(t.Context(), scope, text, 50)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for _, s := range answer.Songs {
		songs = append(songs, s.Title)
	}
	for _, a := range answer.Albums {
		albums = append(albums, a.Title)
	}
	for _, a := range answer.Artists {
		artists = append(artists, a.Name)
	}
	return songs, albums, artists
}

func TestSearchPutsTheBestFirst(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c, scope := shelved(t, db)
		for text, want := range map[string][]string{
			"yesterday":          {"Yesterday", "Yesterday Once More", "Only Yesterday"},
			"YESTERDAY beatles":  {"Yesterday"},
			"beatles yesterday":  {"Yesterday"},
			"beat yest":          {"Yesterday"},
			"beatels yesterdya":  {"Yesterday"},
			"betles yestreday":   {"Yesterday"},
			"beattles yesteday":  {"Yesterday"},
			"help":               {"Help!", "Yesterday"},
			"queen":              {"Queen of Hearts", "Killer Queen", "Bohemian Rhapsody", "Somebody to Love"},
			"heart":              {"Heart", "Hearts of Stone", "Queen of Hearts", "Killer Queen", "Heard It Through"},
			"byrjun":             {"Byrjun", "Svefn-g-englar", "Starálfur"},
			"agaetis":            {"Svefn-g-englar", "Starálfur"},
			"sigur ros staralf":  {"Starálfur"},
			"mo":                 {"Yesterday Once More", "Byrjun"},
			"lodz":               {"Łódź by Night"},
			"lodz nihgt":         {"Łódź by Night"},
			"strasse":            {"Straße der Sehnsucht"},
			"grossenwahn":        {"Straße der Sehnsucht"},
			"sehnsuhct":          {"Straße der Sehnsucht"},
			"夜":                  {"夜の回線", "夜明けのスキャット"},
			"回線":                 {"夜の回線"},
			"線の":                 {"夜の回線"},
			"スキャット":              {"夜明けのスキャット"},
			"東京":                 {"夜の回線"},
			"さくら":                {"さくら"},
			"حبيبي":              {"حبيبي"},
			"نور":                {"نور العين", "حبيبي"},
			"вечера":             {"Подмосковные вечера"},
			"вечреа":             {"Подмосковные вечера"},
			"αγαπας":             {"Να μ' αγαπάς"},
			"강남":                 {"강남스타일"},
			"!!!":                {"!!!"},
			"...":                {"..."},
			"99":                 {"99 Luftballons"},
			"luftbalons":         {"99 Luftballons"},
			"1979":               {"1979"},
			"acdc":               nil,
			"ac/dc":              {"AC/DC Bag", "Thunderstruck"},
			"thundrestruck":      {"Thunderstruck"},
			"thunderstuck ac dc": {"Thunderstruck"},
			"encyclopaedia":      {"Encyclopædia"},
			"thorir oedipus":     {"Encyclopædia"},
			"smorrebrod":         {"Encyclopædia"},
			"cafe":               {"Café del Mar"},
			"and or not near":    {"100% \"AND\" OR NOT"},
			"senorita joao":      {"Señorita"},
			"tieng viet":         {"Tiếng Việt"},
			"गीत":                {"हिन्दी गीत"},
			"bohemain rapsody":   {"Bohemian Rhapsody"},
			"bohm":               nil,
			"":                   nil,
			"*":                  nil,
			"zzzzz":              nil,
			"quene":              {"Queen of Hearts", "Killer Queen", "Bohemian Rhapsody", "Somebody to Love"},
			"que":                {"Queen of Hearts", "Killer Queen", "Bohemian Rhapsody", "Somebody to Love"},
			"qeen":               nil, // four letters forgive nothing
		} {
			if songs, _, _ := found(t, c, scope, text); !slices.Equal(songs, want) {
				t.Errorf("%q: got %q, want %q", text, songs, want)
			}
		}
		for text, want := range map[string][2]string{
			"help": {"Help!", ""}, "beatels": {"Help!", "The Beatles"}, "juice newtno": {"Juice", "Juice Newton"}, "sigur": {"Ágætis byrjun", "Sigur Rós"},
			"mar cafe": {"Café del Mar", ""}, "carpetners": {"Now & Then", "Carpenters"}, "夜明け": {"夜明けのスキャット", ""}, "東京": {"教育", "東京事変"},
			"!!!": {"", "!!!"}, "трошин": {"Москва", "Владимир Трошин"}, "lona": {"Insert EP", "Łona i Webber"}, "عمرو": {"نور العين", "عمرو دياب"},
		} {
			_, albums, artists := found(t, c, scope, text)
			if first(albums) != want[0] || first(artists) != want[1] {
				t.Errorf("%q: albums %q, artists %q, want first %q", text, albums, artists, want)
			}
		}
	})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// typos are words with one typo each, of every kind and at every place.
func typos(word string) (all []string) {
	r := []rune(word)
	for i := range r {
		all = append(all, string(slices.Delete(slices.Clone(r), i, i+1)), string(slices.Insert(slices.Clone(r), i, 'q')))
		wrong := slices.Clone(r)
		wrong[i] = 'x'
		all = append(all, string(wrong))
		if i > 0 {
			about := slices.Clone(r)
			about[i-1], about[i] = about[i], about[i-1]
			all = append(all, string(about))
		}
	}
	return all
}

// TestBothDatabasesFindTheSame asks hundreds of searches of both, and that a typo at any place finds its song.
func TestBothDatabasesFindTheSame(t *testing.T) {
	lite, scope := shelved(t, openDB(t, "sqlite://"+t.TempDir()+"/hathor.db"))
	post, _ := shelved(t, openDB(t, pgtest.URL(t)))
	asked := 0
	check := func(text, title string) {
		t.Helper()
		asked++
		s1, a1, r1 := found(t, lite, scope, text)
		s2, a2, r2 := found(t, post, scope, text)
		if !slices.Equal(s1, s2) || !slices.Equal(a1, a2) || !slices.Equal(r1, r2) {
			t.Errorf("%q: SQLite finds %q %q %q, PostgreSQL %q %q %q", text, s1, a1, r1, s2, a2, r2)
		}
		if title != "" && !slices.Contains(s1, title) {
			t.Errorf("%q: does not find %q but %q", text, title, s1)
		}
	}
	for _, s := range shelf {
		words := library.Words(s[0] + " " + s[1])
		for i, word := range words {
			check(word, s[0])
			check(string([]rune(word)[:1]), s[0])
			check(words[len(words)-1-i]+" "+word, s[0])
		}
		if long := library.Words(s[0]); len(long) > 0 && library.Forgives(long[0]) {
			for _, wrong := range typos(long[0]) {
				if library.Forgives(wrong) {
					check(wrong, s[0])
				}
			}
		}
	}
	if asked < 300 {
		t.Errorf("only %d searches were asked", asked)
	}
}

func TestListsForgiveWhereNothingElseIsFound(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c, scope := shelved(t, db)
		for text, want := range map[string]int{"yesterday": 3, "yestreday": 3, "yestreday beatels": 1, "heart": 4, "qeen": 0} {
			page, err := c.ListSongs(t.Context(), scope, library.SongQuery{SongFilter: library.SongFilter{Search: text}, Sort: "title", Paging: library.Paging{Limit: 50}})
			if err != nil || page.Total != want || len(page.Songs) != want {
				t.Errorf("%q: %d of %d, %v, want %d", text, len(page.Songs), page.Total, err, want)
			}
		}
		albums, err := c.ListAlbums(t.Context(), scope, library.AlbumQuery{AlbumFilter: library.AlbumFilter{Search: "agaetsi"}, Sort: "title", Paging: library.Paging{Limit: 50}})
		if err != nil || albums.Total != 1 {
			t.Errorf("albums: %+v, %v", albums, err)
		}
	})
}

func TestWordsOfPrivateSongsCorrectNothingForOthers(t *testing.T) {
	eachShop(t, func(s *shop) {
		d := s.draft("1.flac", "Xylophonia", "A", "B")
		own, err := s.write.Private(t.Context(), bob)
		s.must(err)
		d.Library, d.Path, d.ObjectKey, d.UploadedBy = own, "", "audio/xy", bob
		_, _, err = s.write.Add(t.Context(), d, nil)
		s.must(err)
		if songs, _, _ := found(t, s.read, s.scope, "xylofonia"); len(songs) != 0 {
			t.Errorf("another finds %q", songs)
		}
		if songs, _, _ := found(t, s.read, scopeOf(t, s.read, bob), "xylophnoia"); len(songs) != 1 {
			t.Errorf("the owner finds %q", songs)
		}
	})
}

func TestWhatIsDeletedOrRenamedIsFoundNoMore(t *testing.T) {
	eachShop(t, func(s *shop) {
		s.save(s.draft("1.flac", "Oldname", "A", "B"), s.draft("2.flac", "Other", "A", "B"))
		s.save(s.draft("1.flac", "Newname", "A", "B"))
		for text, want := range map[string]int{"oldname": 0, "newname": 1, "other": 1} {
			if songs, _, _ := found(t, s.read, s.scope, text); len(songs) != want {
				t.Errorf("%q: %q", text, songs)
			}
		}
		_, err := s.write.Remove(t.Context(), s.songs()[0].ID)
		s.must(err)
		if songs, _, _ := found(t, s.read, s.scope, "newname"); len(songs) != 0 {
			t.Errorf("after it was removed: %q", songs)
		}
	})
}
