package sqlstore

import "context"

// Raw runs writing statements in one transaction, so that tests can put rows in the store as they need them.
func (db *DB) Raw(ctx context.Context, do func(exec func(query string, args ...any) error) error) error {
	return db.update(ctx, func(t *tx) error {
		return do(func(query string, args ...any) error {
			_, err := t.exec(ctx, query, args...)
			return err
		})
	})
}

// Permute is the random order of a list: the element of 0 to domain-1 at the place, and back.
func Permute(seed, domain, place int64) (element, back int64) {
	p := permutation{seed: seed, domain: domain}
	element = p.at(place)
	return element, p.placeOf(element)
}
