package sqlstore_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
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
			album = mill.text(1, 4)
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
			bench(b, c, scopeOf(b, c, ada))
		})
	}
}

func plantUser(b *testing.B, db *sqlstore.DB) {
	err := db.Raw(b.Context(), func(exec func(string, ...any) error) error {
		return exec(`INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
			VALUES (1, 'ada', 'ada', 'ada', '', '', '', 'member', 0) ON CONFLICT DO NOTHING`)
	})
	if err != nil {
		b.Fatal(err)
	}
}

func bigDB(b *testing.B, kind string, songs int) *sqlstore.DB {
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
	}
	return db
}

func BenchmarkListAlbums(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		for b.Loop() {
			if page, err := c.ListAlbums(b.Context(), scope, library.AlbumQuery{Sort: "title", Paging: library.Paging{Limit: 50}}); err != nil || len(page.Albums) != 50 {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkListSongsFar(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		first, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 1}})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			offset := rand.IntN(first.Total - 50)
			if page, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 50, Offset: offset}}); err != nil || len(page.Songs) != 50 {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRandomSongs(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		for b.Loop() {
			if page, err := c.ListSongs(b.Context(), scope, library.SongQuery{Sort: "random", Paging: library.Paging{Limit: 50}}); err != nil || len(page.Songs) != 50 {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAlbum(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		page, err := c.ListAlbums(b.Context(), scope, library.AlbumQuery{Sort: "random", Paging: library.Paging{Limit: 500}})
		if err != nil {
			b.Fatal(err)
		}
		for n := 0; b.Loop(); n++ {
			id := page.Albums[n%len(page.Albums)].ID
			if _, err := c.Albums(b.Context(), scope, []library.AlbumID{id}); err != nil {
				b.Fatal(err)
			}
			if songs, err := c.AlbumSongs(b.Context(), scope, id, 500); err != nil || len(songs) == 0 {
				b.Fatal(err)
			}
		}
	})
}

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
				for n := 0; b.Loop(); n++ {
					if _, err := service.Search(b.Context(), scope, kind.text(n), 50); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func BenchmarkGenres(b *testing.B) {
	eachBig(b, func(b *testing.B, c *sqlstore.Catalogue, scope library.Scope) {
		for b.Loop() {
			if _, err := c.Genres(b.Context(), scope); err != nil {
				b.Fatal(err)
			}
		}
	})
}
