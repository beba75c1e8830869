package sqlstore

import (
	"context"
	"sync"
	"time"

	"hathor/internal/clock"
)

// A page by offset is sought, not counted up to: of a list that is read far from its beginning, the keys of every
// placeStep'th row are kept. A page begins at the last of them before it.
const placeStep = 128

// place is where a row stands in a list: its keys, and how many rows are before it.
type place struct {
	offset  int
	stretch int
	keys    []any
}

const (
	// keptPlaces is of how many lists the places are kept.
	keptPlaces = 64
	// A list of so many places is long: it is read through no more often than this, however often the catalogue changes.
	longList     = 64
	longListAged = 2 * time.Second
)

// readPlaces are the places of a list as they were at a state of the catalogue.
type readPlaces struct {
	catalogue string
	places    []place
	at        time.Time
}

// serve tells whether the places are good for a page. Those of a long list are for a little longer than the catalogue stands
// still: a page begins off by the rows that came or went in front of it since, as one asked for a moment ago would have,
// and is what stands there now.
func (r readPlaces) serve(catalogue string) bool {
	if r.catalogue == catalogue {
		return true
	}
	age := clock.System{}.Now().Sub(r.at)
	return len(r.places) >= longList && age >= 0 && age < longListAged
}

// placeBook keeps the places of lists. One list is read through at a time: it is the only reading here that
// costs what the list is long.
type placeBook struct {
	reading sync.Mutex
	mu      sync.Mutex
	kept    map[string]readPlaces
}

func (b *placeBook) find(key, catalogue string) ([]place, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	known, ok := b.kept[key]
	return known.places, ok && known.serve(catalogue)
}

func (b *placeBook) keep(key, catalogue string, places []place) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.kept) >= keptPlaces {
		clear(b.kept)
	}
	b.kept[key] = readPlaces{catalogue, places, clock.System{}.Now()}
}

// nearest is the place of the list from which to read to the offset; its zero value is the front.
func (c *Catalogue) nearest(ctx context.Context, at epoch, l listing, offset int) (place, error) {
	if offset < 2*placeStep {
		return place{}, nil
	}
	key := l.name + "|" + at.of(l.own)
	places, ok := c.places.find(key, at.catalogue)
	if !ok {
		var err error
		if places, err = c.readThrough(ctx, at, l, key); err != nil {
			return place{}, err
		}
	}
	if len(places) == 0 {
		return place{}, nil
	}
	n := len(places) - 1
	for n > 0 && places[n].offset > offset {
		n--
	}
	return places[n], nil
}

// readThrough reads the places of a list, unless another request has meanwhile. It goes on when its client goes away:
// the next one who asks needs them as well.
func (c *Catalogue) readThrough(ctx context.Context, at epoch, l listing, key string) ([]place, error) {
	c.places.reading.Lock()
	defer c.places.reading.Unlock()
	if places, ok := c.places.find(key, at.catalogue); ok {
		return places, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	places, err := c.db.places(context.WithoutCancel(ctx), l)
	if err == nil {
		c.places.keep(key, at.catalogue, places)
	}
	return places, err
}

// places reads the list through.
func (db *DB) places(ctx context.Context, l listing) (places []place, err error) {
	before := 0
	for n, s := range l.stretches {
		rows, err := db.placesOf(ctx, l, s)
		if err != nil {
			return nil, err
		}
		for i, keys := range rows {
			places = append(places, place{before + i*placeStep, n, keys})
		}
		if n+1 < len(l.stretches) {
			count, err := db.length(ctx, s, s.only)
			if err != nil {
				return nil, err
			}
			before += count
		}
	}
	return places, nil
}

// placesOf reads the keys of every placeStep'th row, from the first on. From each it steps over the rows to the next,
// which is what databases are quick at: numbering them took SQLite twenty times as long.
func (db *DB) placesOf(ctx context.Context, l listing, s stretch) (places [][]any, err error) {
	only, skip := s.only, 0
	for {
		rows, err := db.stretchRows(ctx, s, only, l.descending, 1, skip)
		if err != nil || len(rows) == 0 {
			return places, err
		}
		places = append(places, rows[0])
		only, skip = s.only.with(s.after(rows[0], l.behind())), placeStep-1
	}
}
