package sqlstore_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/sqlstore"
)

// eachMailroom runs test on a store of uploads with two people and an open folder.
func eachMailroom(t *testing.T, test func(t *testing.T, store *sqlstore.Arrivals, db *sqlstore.DB)) {
	t.Helper()
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		seeded(t, db, func(s seed) { s.song(plantedSong{ID: 7, Title: "Seven"}) })
		test(t, sqlstore.NewArrivals(db), db)
	})
}

func arrivalOf(owner account.UserID, file string) ingest.Arrival {
	return ingest.Arrival{
		Owner: owner, File: file, Name: file + ".flac", Fingerprint: "print of " + file, Form: ingest.Form{"title": "Ünder", "private": "true"},
		Size: 1000, State: ingest.Receiving, CreatedAt: start, ExpiresAt: start.Add(time.Hour),
	}
}

func addArrival(t *testing.T, store *sqlstore.Arrivals, a ingest.Arrival) ingest.Arrival {
	t.Helper()
	var err error
	if a.ID, err = store.AddArrival(t.Context(), a, 1000); err != nil {
		t.Fatal(err)
	}
	return a
}

func wantArrival(t *testing.T, store *sqlstore.Arrivals, want ingest.Arrival) {
	t.Helper()
	got, err := store.Arrival(t.Context(), want.Owner, want.ID)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestArrivalIsKeptWhole(t *testing.T) {
	eachMailroom(t, func(t *testing.T, store *sqlstore.Arrivals, db *sqlstore.DB) {
		a := addArrival(t, store, arrivalOf(ada, "a"))
		a.Notes = []string{}
		wantArrival(t, store, a)
		_, err := store.Arrival(t.Context(), bob, a.ID)
		wantKind(t, err, fault.NotFound)
		a.Offset, a.State, a.ExpiresAt = 1000, ingest.Processing, start.Add(2*time.Hour)
		wantNone(t, store.Advance(t.Context(), a))
		wantArrival(t, store, a)
		a.State, a.Song, a.Notes = ingest.Added, 7, []string{"The cover was left out"}
		wantNone(t, store.Settle(t.Context(), a))
		wantArrival(t, store, a)
		wantKind(t, store.Advance(t.Context(), a), fault.NotFound) // an outcome stays
		plant(t, db, func(s seed) { s.run("DELETE FROM songs WHERE id = 7") })
		a.Song = 0
		wantArrival(t, store, a)
		a.State, a.Song, a.Code, a.Reason = ingest.Refused, 7, "no_audio", "This is no audio"
		wantNone(t, store.Settle(t.Context(), a)) // of a song that is gone
		a.Song = 0
		wantArrival(t, store, a)
		wantNone(t, store.RemoveArrival(t.Context(), a.ID))
		wantNone(t, store.RemoveArrival(t.Context(), a.ID))
		if next := addArrival(t, store, arrivalOf(ada, "b")); next.ID <= a.ID {
			t.Errorf("the id %d is used again", next.ID)
		}
	})
}

func TestArrivalsAreListedByPage(t *testing.T) {
	eachMailroom(t, func(t *testing.T, store *sqlstore.Arrivals, _ *sqlstore.DB) {
		for i := range 5 {
			a := addArrival(t, store, arrivalOf(ada, fmt.Sprint(i)))
			if i%2 == 0 {
				a.State = ingest.Duplicate
				wantNone(t, store.Settle(t.Context(), a))
			}
		}
		addArrival(t, store, arrivalOf(bob, "b"))
		read := func(q ingest.ArrivalQuery) (names string) {
			for {
				page, err := store.ListArrivals(t.Context(), ada, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range page.Arrivals {
					names += a.File
				}
				names += fmt.Sprintf("/%d ", page.Total)
				if q.Before = page.Next; q.Before == 0 {
					return names
				}
			}
		}
		if got := read(ingest.ArrivalQuery{Limit: 2}); got != "43/5 21/5 0/5 " {
			t.Errorf("all are %s", got)
		}
		if got := read(ingest.ArrivalQuery{Limit: 2, State: ingest.Receiving}); got != "31/2 " {
			t.Errorf("open are %s", got)
		}
	})
}

func TestOpenArrivalsHaveALimit(t *testing.T) {
	eachMailroom(t, func(t *testing.T, store *sqlstore.Arrivals, _ *sqlstore.DB) {
		var all sync.WaitGroup
		refused := make(chan error, 12)
		for i := range cap(refused) {
			all.Go(func() {
				_, err := store.AddArrival(t.Context(), arrivalOf(ada, fmt.Sprint(i)), 5)
				refused <- err
			})
		}
		all.Wait()
		close(refused)
		count := 0
		for err := range refused {
			if errors.Is(err, ingest.ErrManyArrivals) {
				count++
			} else if err != nil {
				t.Error(err)
			}
		}
		if count != 7 {
			t.Errorf("%d of 12 were refused", count)
		}
		page, err := store.ListArrivals(t.Context(), ada, ingest.ArrivalQuery{Limit: 1})
		if err != nil || page.Total != 5 {
			t.Fatal(err, page.Total)
		}
		done := page.Arrivals[0]
		done.State = ingest.Refused
		wantNone(t, store.Settle(t.Context(), done))
		addArrival(t, store, arrivalOf(ada, "one more"))
	})
}

func TestArrivalsExpire(t *testing.T) {
	eachMailroom(t, func(t *testing.T, store *sqlstore.Arrivals, db *sqlstore.DB) {
		settled := addArrival(t, store, arrivalOf(ada, "settled"))
		settled.State = ingest.Added
		wantNone(t, store.Settle(t.Context(), settled))
		idle := addArrival(t, store, arrivalOf(ada, "idle"))
		whole := addArrival(t, store, arrivalOf(bob, "whole"))
		whole.Offset, whole.State = whole.Size, ingest.Processing
		wantNone(t, store.Advance(t.Context(), whole))
		fresh := addArrival(t, store, arrivalOf(ada, "fresh"))
		fresh.ExpiresAt = start.Add(2 * time.Hour)
		wantNone(t, store.Advance(t.Context(), fresh))
		left := func(now time.Time) (files []string) {
			open, err := store.Expire(t.Context(), now)
			wantNone(t, err)
			for _, a := range open {
				files = append(files, a.File)
			}
			return files
		}
		if diff := cmp.Diff([]string{"idle", "whole", "fresh"}, left(start.Add(time.Hour-time.Millisecond))); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"whole", "fresh"}, left(start.Add(time.Hour))); diff != "" {
			t.Error(diff)
		}
		for _, gone := range []ingest.Arrival{settled, idle} {
			_, err := store.Arrival(t.Context(), ada, gone.ID)
			wantKind(t, err, fault.NotFound)
		}
		plant(t, db, func(s seed) { s.run("DELETE FROM users WHERE id = ?", bob) })
		if diff := cmp.Diff([]string{"fresh"}, left(start.Add(time.Hour))); diff != "" {
			t.Errorf("after the owner is gone: %s", diff)
		}
	})
}
