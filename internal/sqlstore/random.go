package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"math/bits"
	"math/rand/v2"
	"slices"

	"hathor/internal/library"
)

// shuffled is a list in random order. The order is a permutation of the ids 1 to domain that the seed
// picks: a row keeps its place whatever is added or deleted, so pages neither repeat nor miss one, and a
// page costs the same in a library of any size.
type shuffled struct {
	table string
	filter
	matches int
	seed    int64
}

// dense tells whether walking to so many rows costs less than gathering all of the list.
func (s shuffled) dense(domain int64, want int) bool {
	return want <= maxWalked && 2*int64(want)*domain < int64(s.matches)*int64(s.matches)
}

// The farthest row that is walked to, and the most places that are asked for at once.
const (
	maxWalked = 1500
	maxBatch  = 4000
)

// randomPage reads one page. Its cursor holds the seed, the domain and the place of the next row.
func (c *Catalogue) randomPage(ctx context.Context, s shuffled, p library.Paging) (ids []int64, next string, err error) {
	name := s.name + "|random"
	place, order := int64(0), permutation{}
	if p.Cursor != "" {
		if place, order, err = readRandom(p.Cursor, name, s.seed); err != nil {
			return nil, "", err
		}
	} else if order, err = c.newOrder(ctx, s); err != nil {
		return nil, "", err
	}
	want := p.Offset + p.Limit + 1
	var found []placed
	if s.dense(order.domain, want) {
		found, err = c.walk(ctx, s, order, place, want)
	} else {
		found, err = c.gather(ctx, s, order, place)
	}
	if err != nil {
		return nil, "", err
	}
	found = found[min(p.Offset, len(found)):]
	for i, row := range found {
		if i == p.Limit {
			return ids, cursor{List: fingerprint(name), Keys: []any{order.seed, order.domain, row.place}}.encode(), nil
		}
		ids = append(ids, row.id)
	}
	return ids, "", nil
}

func readRandom(text, name string, seed int64) (int64, permutation, error) {
	read, err := readCursor(text, name)
	if err != nil {
		return 0, permutation{}, err
	}
	numbers := make([]int64, len(read.Keys))
	for i, key := range read.Keys {
		number, ok := key.(json.Number)
		if !ok {
			return 0, permutation{}, library.ErrCursor()
		}
		if numbers[i], err = number.Int64(); err != nil {
			return 0, permutation{}, library.ErrCursor()
		}
	}
	if len(numbers) != 3 || numbers[1] < 1 || numbers[1] > 1<<40 || numbers[2] < 0 || (seed != 0 && numbers[0] != seed) {
		return 0, permutation{}, library.ErrCursor()
	}
	return numbers[2], permutation{seed: numbers[0], domain: numbers[1]}, nil
}

// newOrder fixes the domain at the highest id of now.
func (c *Catalogue) newOrder(ctx context.Context, s shuffled) (permutation, error) {
	order := permutation{seed: s.seed}
	if order.seed == 0 {
		order.seed = rand.Int64N(1<<53) + 1 // not a secret; exact in any client's numbers
	}
	err := c.db.get(ctx, &order.domain, "SELECT COALESCE(MAX(id), 1) FROM "+s.table)
	return order, err
}

// placed is a row and its place in the order.
type placed struct{ place, id int64 }

// walk asks for the ids of the next places until enough of them are rows of the list.
func (c *Catalogue) walk(ctx context.Context, s shuffled, order permutation, place int64, want int) (found []placed, err error) {
	size := int(min(maxBatch, int64(want)*order.domain/int64(s.matches)*9/8+1))
	for len(found) < want && place < order.domain {
		batch, places := make([]int64, 0, size), make(map[int64]int64, size)
		for ; len(batch) < size && place < order.domain; place++ {
			id := order.at(place) + 1
			places[id] = place
			batch = append(batch, id)
		}
		marks, args := oneOf(batch)
		only := s.probing.with(clause{parts: []string{s.table + ".id IN " + marks}, args: args})
		var ids []int64
		if err := c.db.list(ctx, &ids, "SELECT "+s.table+".id FROM "+s.table+only.where(), only.args...); err != nil {
			return nil, err
		}
		rows := make([]placed, len(ids))
		for i, id := range ids {
			rows[i] = placed{places[id], id}
		}
		slices.SortFunc(rows, byPlace)
		found = append(found, rows...)
	}
	return found, nil
}

// gather reads all ids of a list that is thin among the ids, and sorts them.
func (c *Catalogue) gather(ctx context.Context, s shuffled, order permutation, from int64) ([]placed, error) {
	only := s.driving.with(clause{parts: []string{"+" + s.table + ".id <= ?"}, args: []any{order.domain}})
	var ids []int64
	if err := c.db.list(ctx, &ids, "SELECT "+s.table+".id FROM "+s.table+only.where(), only.args...); err != nil {
		return nil, err
	}
	rows := make([]placed, 0, len(ids))
	for _, id := range ids {
		if place := order.placeOf(id - 1); place >= from {
			rows = append(rows, placed{place, id})
		}
	}
	slices.SortFunc(rows, byPlace)
	return rows, nil
}

func byPlace(a, b placed) int { return cmp.Compare(a.place, b.place) }

// permutation is a random order of 0 to domain-1: a Feistel network over the next even number of bits,
// applied again while it leads out of the domain.
type permutation struct{ seed, domain int64 }

const feistelRounds = 6

// at is the element at the place.
func (p permutation) at(place int64) int64 {
	half, mask := p.halves()
	x := uint64(place)
	for {
		left, right := x>>half, x&mask
		for round := range uint64(feistelRounds) {
			left, right = right, left^(p.mix(right, round)&mask)
		}
		if x = left<<half | right; x < uint64(p.domain) {
			return int64(x)
		}
	}
}

// placeOf is the inverse of at.
func (p permutation) placeOf(element int64) int64 {
	half, mask := p.halves()
	x := uint64(element)
	for {
		left, right := x>>half, x&mask
		for round := feistelRounds; round > 0; round-- {
			left, right = right^(p.mix(left, uint64(round-1))&mask), left
		}
		if x = left<<half | right; x < uint64(p.domain) {
			return int64(x)
		}
	}
}

func (p permutation) halves() (half int, mask uint64) {
	half = max(1, (bits.Len64(uint64(p.domain-1))+1)/2)
	return half, 1<<half - 1
}

// mix scatters the bits of a half, differently for each seed and round.
func (p permutation) mix(half, round uint64) uint64 {
	x := half ^ uint64(p.seed)*0x9E3779B97F4A7C15 ^ (round+1)*0xD1B54A32D192ED03
	x = (x ^ x>>32) * 0xD6E8FEB86659FD93
	x = (x ^ x>>29) * 0xD6E8FEB86659FD93
	return x ^ x>>32
}
