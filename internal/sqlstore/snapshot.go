package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"hathor/internal/backup"
	"hathor/internal/library"
)

// notOurs are tables that are no part of the data: that of the migrations is made anew by a restore, its own mark
// is gone when it is done, how often something changed is counted from then on, and what is there for the search
// is computed when the database is next opened.
var notOurs = []string{"goose_db_version", restoreMark, "revisions", "search_version", "search_words"}

// Snapshot holds what is committed now still, beside all other readers and writers. The caller closes it.
func (db *DB) Snapshot(ctx context.Context) (backup.Snapshot, error) {
	raw, err := db.read.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, db.explain(fmt.Errorf("begin: %w", err))
	}
	return &snapshot{reading{&tx{db, raw}}}, nil
}

type snapshot struct{ reading }

// Kind is the name of the database's kind.
func (s *snapshot) Kind() string { return s.db.dialect.name() }

// Schema is the version of the snapshot's schema.
func (s *snapshot) Schema(ctx context.Context) (int64, error) {
	var version int64
	err := s.get(ctx, &version, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied")
	return version, err
}

// Close lets go of the snapshot. Nothing was written, so nothing is lost when the database is gone.
func (s *snapshot) Close() { _ = s.Rollback() }

// reading reads whole tables within a transaction.
type reading struct{ *tx }

// column is a column as the database describes it.
type column struct {
	Table string `db:"table_name"`
	Name  string `db:"name"`
	Kind  string `db:"kind"`
	Key   int    `db:"key"`
}

func (r reading) columns(ctx context.Context) ([]column, error) {
	var all []column
	if err := r.list(ctx, &all, r.db.dialect.columns()); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	return slices.DeleteFunc(all, func(c column) bool { return slices.Contains(notOurs, c.Table) }), nil
}

// Tables lists the tables and their columns, by name.
func (r reading) Tables(ctx context.Context) ([]backup.Table, error) {
	columns, err := r.columns(ctx)
	if err != nil {
		return nil, err
	}
	var tables []backup.Table
	for _, c := range columns {
		if len(tables) == 0 || tables[len(tables)-1].Name != c.Table {
			tables = append(tables, backup.Table{Name: c.Table})
		}
		kind, known := r.db.dialect.kinds()[c.Kind]
		if !known {
			return nil, fmt.Errorf("column %s.%s is a %s, which a backup cannot hold", c.Table, c.Name, c.Kind)
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, backup.Column{Name: c.Name, Kind: backup.Kind(kind)})
	}
	return tables, nil
}

// Rows visits the table's rows in the order of its primary key, the same on both databases.
func (r reading) Rows(ctx context.Context, of backup.Table, visit func([]any) error) (err error) {
	order, err := r.order(ctx, of)
	if err != nil {
		return err
	}
	rows, err := r.QueryxContext(ctx, "SELECT "+names(of.Columns)+" FROM "+quoted(of.Name)+" ORDER BY "+order)
	if err != nil {
		return r.db.explain(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	return r.db.explain(visitAll(rows, of.Columns, visit))
}

func visitAll(rows *sqlx.Rows, columns []backup.Column, visit func([]any) error) error {
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, c := range columns {
			var err error
			if values[i], err = valueOf(values[i], c.Kind); err != nil {
				return fmt.Errorf("column %s: %w", c.Name, err)
			}
		}
		if err := visit(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// order is the primary key, or every column where there is none.
func (r reading) order(ctx context.Context, of backup.Table) (string, error) {
	columns, err := r.columns(ctx)
	if err != nil {
		return "", err
	}
	columns = slices.DeleteFunc(columns, func(c column) bool { return c.Table != of.Name })
	key := slices.DeleteFunc(slices.Clone(columns), func(c column) bool { return c.Key == 0 })
	slices.SortFunc(key, func(a, b column) int { return a.Key - b.Key })
	if len(key) == 0 {
		key = columns
	}
	parts := make([]string, len(key))
	for i, c := range key {
		parts[i] = quoted(c.Name)
		if r.db.dialect.kinds()[c.Kind] == string(backup.Text) {
			parts[i] = r.db.dialect.bytewise(parts[i])
		}
		parts[i] += " NULLS FIRST"
	}
	return strings.Join(parts, ", "), nil
}

// valueOf is a value as every database would give it.
func valueOf(value any, kind backup.Kind) (any, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case int64:
		switch kind {
		case backup.Integer:
			return v, nil
		case backup.Boolean:
			return v != 0, nil
		case backup.Real:
			return float64(v), nil
		}
	case bool:
		if kind == backup.Boolean {
			return v, nil
		}
	case float64:
		if kind == backup.Real {
			return v, nil
		}
	case string:
		if kind == backup.Text {
			return v, nil
		}
	case []byte:
		switch kind {
		case backup.Bytes:
			return v, nil
		case backup.Text:
			return string(v), nil
		}
	}
	return nil, fmt.Errorf("holds a %T, not what its type says", value)
}

// Sequences tells by table the last id that was ever given.
func (r reading) Sequences(ctx context.Context) (map[string]int64, error) {
	var found []struct {
		Table string `db:"table_name"`
		Last  int64  `db:"last"`
	}
	if err := r.list(ctx, &found, r.db.dialect.sequences()); err != nil {
		return nil, fmt.Errorf("read sequences: %w", err)
	}
	all := map[string]int64{}
	for _, s := range found {
		if s.Last > 0 && !slices.Contains(notOurs, s.Table) {
			all[s.Table] = s.Last
		}
	}
	return all, nil
}

// Objects lists the keys of the objects that rows name: every column called object_key, in whatever table, and
// the covers by their hash.
func (r reading) Objects(ctx context.Context) ([]string, error) {
	columns, err := r.columns(ctx)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, c := range columns {
		var some []string
		name := quoted(c.Name)
		switch {
		case strings.HasSuffix(c.Name, "object_key"):
			err = r.list(ctx, &some, "SELECT DISTINCT "+name+" FROM "+quoted(c.Table)+" WHERE "+name+" IS NOT NULL")
		case c.Table == "covers" && c.Name == "hash":
			err = r.list(ctx, &some, "SELECT hash FROM covers")
			for i := range some {
				some[i] = library.CoverKey(some[i])
			}
		}
		if err != nil {
			return nil, fmt.Errorf("list objects of %s: %w", c.Table, err)
		}
		keys = append(keys, some...)
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func names(columns []backup.Column) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = quoted(c.Name)
	}
	return strings.Join(all, ", ")
}
