package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/doctor"
)

// Doctor looks at a database from outside of its features.
type Doctor struct{ db *DB }

// NewDoctor looks at db.
func NewDoctor(db *DB) *Doctor { return &Doctor{db} }

// HalfRestored tells whether a restore did not end.
func (d *Doctor) HalfRestored(ctx context.Context) error { return d.db.refuseHalfRestored(ctx) }

// Damage lists what the database itself finds wrong with its file; checked is false where it has no such check.
func (d *Doctor) Damage(ctx context.Context) (found []string, checked bool, err error) {
	for _, query := range d.db.dialect.damage() {
		var lines []string
		if err := d.db.list(ctx, &lines, query); err != nil {
			return nil, false, fmt.Errorf("check the database: %w", err)
		}
		found, checked = append(found, lines...), true
	}
	return found, checked, nil
}

// Named lists the stored files that rows name.
func (d *Doctor) Named(ctx context.Context) ([]doctor.Object, error) {
	raw, err := d.db.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	keys, err := raw.Objects(ctx)
	if err != nil {
		return nil, err
	}
	var sizes []struct {
		Key  string `db:"object_key"`
		Size int64  `db:"size"`
	}
	if err := d.db.list(ctx, &sizes, "SELECT object_key, MAX(size) AS size FROM songs WHERE object_key IS NOT NULL GROUP BY object_key"); err != nil {
		return nil, fmt.Errorf("list sizes: %w", err)
	}
	known := map[string]int64{}
	for _, s := range sizes {
		known[s.Key] = s.Size
	}
	all := make([]doctor.Object, len(keys))
	for i, key := range keys {
		all[i] = doctor.Object{Key: key, Size: -1}
		if size, ok := known[key]; ok {
			all[i].Size = size
		}
	}
	return all, nil
}
