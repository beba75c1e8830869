package sqlstore_test

import (
	"sync"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// TestRelaxLeavesConnectionsInUseAlone gives memory back again and again while others read and write.
func TestRelaxLeavesConnectionsInUseAlone(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		c := seeded(t, db, func(seed) {})
		write := sqlstore.NewIngest(db, clock.NewFake(time.Unix(0, 0)))
		var others sync.WaitGroup
		for range 12 { // more than SQLite has readers
			others.Go(func() {
				for range 10 {
					if err := write.MarkMissing(t.Context(), []library.SongID{1}); err != nil {
						t.Error(err)
					}
					if _, err := c.AudibleLibraries(t.Context(), ada); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range 20 {
			if err := write.Relax(t.Context()); err != nil {
				t.Error(err)
			}
		}
		others.Wait()
		if _, err := c.Songs(t.Context(), library.Scope{User: ada}, []library.SongID{1}); err != nil {
			t.Error(err)
		}
		if _, busy, _ := db.Pool(); busy > 1 { // one is the watcher's
			t.Errorf("%d connections are still in use", busy)
		}
	})
}
