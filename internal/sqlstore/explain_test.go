package sqlstore

import (
	"context"
	"fmt"
)

// Explain is the plan of the database for the statement with its values, line by line.
func (s Statement) Explain(ctx context.Context, db *DB) (plan []string, err error) {
	explain := "EXPLAIN QUERY PLAN "
	if db.Kind() == "postgres" {
		explain = "EXPLAIN "
	}
	rows, err := db.read.QueryxContext(ctx, db.read.Rebind(explain+s.query), s.args...)
	if err != nil {
		return nil, fmt.Errorf("explain %s: %w", s.query, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			return nil, err
		}
		plan = append(plan, fmt.Sprint(values[len(values)-1]))
	}
	return plan, rows.Err()
}

// Query is the statement's text.
func (s Statement) Query() string { return s.query }
