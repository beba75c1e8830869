package sqlstore_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// syllables make words that look like those of titles; a word is rarer the later it comes.
var syllables = strings.Fields("la ve ro mi ta shi no ra de lu ka en or an is ti mo ne su ri da go fa be ju wa ky lo pe tra chi ol mar sun bri gh sto nder lig nig hea")

type wordmill struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
}

func newWordmill() *wordmill {
	random := rand.New(rand.NewPCG(1, 2))
	m := &wordmill{random: random, zipf: rand.NewZipf(random, 1.15, 8, 29_999)}
	for range 30_000 {
		word := ""
		for range 2 + random.IntN(3) {
			word += syllables[random.IntN(len(syllables))]
		}
		m.words = append(m.words, word)
	}
	return m
}

func (m *wordmill) text(least, most int) string {
	words := make([]string, least+m.random.IntN(most-least+1))
	for i := range words {
		words[i] = m.words[m.zipf.Uint64()]
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, " ")
}

// bigCatalogue fills a database with so many songs, twelve an album, three albums an artist.
func bigCatalogue(b testing.TB, db *sqlstore.DB, songs int) {
	write := sqlstore.NewIngest(db, clock.System{})
	folders, err := write.Ensure(b.Context(), []string{"/music"})
	if err != nil {
		b.Fatal(err)
	}
	genres := strings.Fields("Rock Pop Jazz Folk Electronic Classical Metal Blues Soul Ambient House Techno Country Reggae Punk Latin")
	mill := newWordmill()
	var drafts []ingest.Draft
	var artist, album string
	var hash string
	for n := range songs {
		if n%36 == 0 {
			artist = mill.text(1, 3) + fmt.Sprintf(" %x", n/36)
		}
		if n%12 == 0 {
			album = mill.text(1, 4) + fmt.Sprint(" ", n/12)
			hash = fmt.Sprintf("%064x", n/12)
		}
		drafts = append(drafts, ingest.Draft{
			Library: folders[0].ID, Path: fmt.Sprintf("%s/%s/%02d.mp3", artist, album, n%12+1), Title: mill.text(1, 5), Artist: artist,
			Artists: []string{artist}, Album: album, AlbumArtist: artist, AlbumArtists: []string{artist},
			AlbumKey: library.Key(artist) + "/" + library.Key(album), Genres: []string{genres[n/12%16]}, Year: 1960 + n/12%64, Track: n%12 + 1,
			Disc: 1, Size: 5_000_000 + int64(n), Sound: []byte(fmt.Sprintf("sound %026d", n)), ModifiedAt: time.Unix(1_700_000_000, 0),
			Audio: ingest.Audio{Format: library.MP3, Duration: time.Duration(120+n%240) * time.Second, BitRate: 320, SampleRate: 44100, Channels: 2},
			Cover: &ingest.Cover{Hash: hash, Picture: ingest.Picture{MediaType: "image/jpeg", Width: 600, Height: 600, Hue: n % 360}},
		})
		if len(drafts) == 2000 || n == songs-1 {
			if _, err := write.Save(b.Context(), drafts); err != nil {
				b.Fatal(err)
			}
			drafts = drafts[:0]
		}
	}
}

// eachBig runs a benchmark on both databases, with HATHOR_BENCH_SONGS songs.
func eachBig(b *testing.B, bench func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope)) {
	songs := 2000
	if n, err := strconv.Atoi(os.Getenv("HATHOR_BENCH_SONGS")); err == nil {
		songs = n
	}
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			db := bigDB(b, kind, songs)
			plantUser(b, db)
			c := sqlstore.NewCatalogue(db)
			scope := scopeOf(b, c, ada)
			bench(b, c, scope)
		})
	}
}

// loop runs do as often as the benchmark wants, once before, and tells the processor's time for each: on a busy machine
// the time that passes says little.
func loop(b *testing.B, do func(n int) error) {
	if err := do(0); err != nil {
		b.Fatal(err)
	}
	before, n := processorTime(b), 0
	for b.Loop() {
		n++
		if err := do(n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(n), "cpu-us/op")
}

func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func plantUser(b testing.TB, db *sqlstore.DB) {
	err := db.Raw(b.Context(), func(exec func(string, ...any) error) error {
		return exec(`INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
			VALUES (1, 'ada', 'ada', 'ada', '', '', '', 'member', 0) ON CONFLICT DO NOTHING`)
	})
	if err != nil {
		b.Fatal(err)
	}
}

func bigDB(b testing.TB, kind string, songs int) *sqlstore.DB {
	url := ""
	if kind == "postgres" {
		url = pgtest.URL(b)
	} else if url = "sqlite://" + b.TempDir() + "/hathor.db"; os.Getenv("HATHOR_BENCH_KEEP") != "" {
		url = fmt.Sprintf("sqlite://%s/bench-%d.db", os.Getenv("HATHOR_BENCH_KEEP"), songs)
	}
	db, err := sqlstore.Open(context.Background(), url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	c := sqlstore.NewCatalogue(db)
	page, err := c.ListSongs(b.Context(), library.Scope{Libraries: []library.ID{1, 2}}, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 1}})
	if err != nil {
		b.Fatal(err)
	}
	if page.Total == 0 {
		began := time.Now()
		bigCatalogue(b, db, songs)
		b.Logf("%d songs written in %s", songs, time.Since(began))
		settle(b, db)
	}
	return db
}

// settle has PostgreSQL look at its tables, as it does by itself within a minute.
func settle(b testing.TB, db *sqlstore.DB) {
	if db.Kind() != "postgres" {
		return
	}
	if err := db.Raw(b.Context(), func(exec func(string, ...any) error) error { return exec("ANALYZE") }); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkListAlbums(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		loop(b, func(int) error {
			_, err := c.ListAlbums(b.Context(), scope, library.AlbumQuery{Sort: "title", Paging: library.Paging{Limit: 50}})
			return err
		})
	})
}

func BenchmarkListSongsFar(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		first, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 1}})
		if err != nil {
			b.Fatal(err)
		}
		loop(b, func(n int) error {
			offset := 0
			if n > 0 {
				offset = rand.IntN(first.Total - 50)
			}
			_, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 50, Offset: max(offset, 300)}})
			return err
		})
	})
}

func BenchmarkRandomSongs(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		loop(b, func(int) error {
			_, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "random", Paging: library.Paging{Limit: 50}})
			return err
		})
	})
}

func BenchmarkAlbum(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		page, err := c.ListAlbums(b.Context(), scope, library.AlbumQuery{Sort: "random", Paging: library.Paging{Limit: 500}})
		if err != nil {
			b.Fatal(err)
		}
		loop(b, func(n int) error {
			id := page.Albums[n%len(page.Albums)].ID
			if _, err := c.Albums(b.Context(), scope, []library.AlbumID{id}); err != nil {
				return err
			}
			_, err := c.AlbumSongs(b.Context(), scope, id, 500)
			return err
		})
	})
}

// BenchmarkSearch asks what memory does not know: each search has another limit than the one before it.
func BenchmarkSearch(b *testing.B) {
	words := newWordmill().words[:40]
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		service := library.NewService(c, clock.System{})
		for _, kind := range []struct {
			name string
			text func(n int) string
		}{
			{"common", func(n int) string { return words[n%40] }},
			{"two", func(n int) string { return words[n%40] + " " + words[n*7%40] }},
			{"beginning", func(n int) string { return words[n%40][:1+n/40%2] }},
			{"mistyped", func(n int) string { w := words[n%40]; return w[:2] + "x" + w[2:] }},
		} {
			b.Run(kind.name, func(b *testing.B) {
				loop(b, func(n int) error {
					_, err := service.Search(b.Context(), scope, kind.text(n), 50+n/40%400)
					return err
				})
			})
		}
	})
}

// BenchmarkPlaces reads a list of songs through, as the first page far from its beginning does after a change.
func BenchmarkPlaces(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		loop(b, func(n int) error {
			q := library.SongQuery{SongFilter: library.SongFilter{YearFrom: 1}, Sort: "year", Paging: library.Paging{Limit: 1, Offset: 1000}}
			q.YearTo = 3000 + n
			_, err := c.ListSongs(b.Context(), scope, q)
			return err
		})
	})
}

// BenchmarkFacets counts everything, as the first question after a change does.
func BenchmarkFacets(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		loop(b, func(n int) error {
			if _, err := c.SongLetters(b.Context(), scope, library.SongQuery{SongFilter: library.SongFilter{MaxDuration: time.Duration(n+1) * time.Hour}, Sort: "title"}); err != nil {
				return err
			}
			_, err := c.SongFacets(b.Context(), scope, library.SongFilter{YearTo: 3000 + n})
			return err
		})
	})
}
