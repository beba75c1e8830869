package sqlstore

import (
	"context"
	"sync"
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

// placeBook keeps the places of lists. One list is read through at a time: it is the only reading here that
// costs what the list is long.
type placeBook struct {
	mu   sync.Mutex
	kept *memo[string, []place]
}

// nearest is the place of the list from which to read to the offset; its zero value is the front.
func (c *Catalogue) nearest(ctx context.Context, at epoch, l listing, offset int) (place, error) {
	if offset < 2*placeStep {
		return place{}, nil
	}
	key := l.name + "|" + at.of(l.own)
	places, ok := c.places.kept.get(at.catalogue, key)
	if !ok {
		c.places.mu.Lock()
		defer c.places.mu.Unlock()
		if places, ok = c.places.kept.get(at.catalogue, key); !ok {
			var err error
			if places, err = c.db.places(ctx, l); err != nil {
				return place{}, err
			}
			c.places.kept.put(at.catalogue, key, places)
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
