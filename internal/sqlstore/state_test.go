package sqlstore_test

import (
	"context"
	"testing"
	"time"

	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// TestWhatIsCommittedIsSeen opens a database twice, as two processes do: what one commits it sees at once, the other
// one soon.
func TestWhatIsCommittedIsSeen(t *testing.T) {
	for kind, address := range map[string]func() string{
		"sqlite":   func() string { return "sqlite://" + t.TempDir() + "/hathor.db" },
		"postgres": func() string { return pgtest.URL(t) },
	} {
		t.Run(kind, func(t *testing.T) {
			url := address()
			here, there := openDB(t, url), openDB(t, url)
			mine := seeded(t, here, func(seed) {})
			theirs := sqlstore.NewCatalogue(there)
			wantGenres(t, mine, 0)
			awaitGenres(t, theirs, 0)
			for n := 1; n <= 3; n++ {
				plant(t, here, func(s seed) {
					s.song(plantedSong{ID: library.SongID(n), Title: "Song", Genre: "Genre " + string(rune('0'+n))})
				})
				wantGenres(t, mine, n)
				awaitGenres(t, theirs, n)
			}
		})
	}
}

func genresOf(t *testing.T, c *sqlstore.Catalogue) int {
	t.Helper()
	found, err := c.Genres(t.Context(), scopeOf(t, c, ada))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func wantGenres(t *testing.T, c *sqlstore.Catalogue, want int) {
	t.Helper()
	if got := genresOf(t, c); got != want {
		t.Fatalf("got %d genres right after the commit, want %d", got, want)
	}
}

func awaitGenres(t *testing.T, c *sqlstore.Catalogue, want int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	retry := time.NewTicker(5 * time.Millisecond)
	defer retry.Stop()
	for genresOf(t, c) != want {
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("another process does not see the %d genres", want)
		}
	}
}
