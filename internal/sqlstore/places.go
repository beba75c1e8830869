package sqlstore

import (
	"context"
	"fmt"
	"strings"
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
		rows, err := db.placesOf(ctx, s, l.descending)
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

// placesOf reads the keys of every placeStep'th row, from the first on.
func (db *DB) placesOf(ctx context.Context, s stretch, descending bool) ([][]any, error) {
	columns, names := make([]string, len(s.keys)), make([]string, len(s.keys))
	for i, key := range s.keys {
		names[i] = fmt.Sprintf("key%d", i)
		columns[i] = key + " AS " + names[i]
	}
	query := "SELECT " + strings.Join(names, ", ") + " FROM (SELECT " + strings.Join(columns, ", ") +
		", ROW_NUMBER() OVER (" + s.order(descending) + ") AS place FROM " + s.from + s.only.where() +
		fmt.Sprintf(") AS numbered WHERE place %% %d = 1 ORDER BY place", placeStep)
	return db.rows(ctx, query, s.only.args...)
}
