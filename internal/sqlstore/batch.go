package sqlstore

import (
	"context"
	"slices"
	"strings"
)

// mostArgs keeps a statement below what both databases take (SQLite 32,766, PostgreSQL 65,535).
const mostArgs = 15000

// in is a list of n placeholders: "(?,?,?)".
func in(n int) string {
	if n == 0 {
		return "(NULL)"
	}
	return "(?" + strings.Repeat(",?", n-1) + ")"
}

// args turns a list of values into arguments.
func args[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// insert writes rows by as few statements as the limit on arguments allows. head ends in "VALUES ".
func (t *tx) insert(ctx context.Context, head string, rows [][]any, tail string) error {
	for _, part := range parts(rows) {
		query, values := spread(head, part, tail)
		if _, err := t.exec(ctx, query, values...); err != nil {
			return err
		}
	}
	return nil
}

// inserted is insert with a RETURNING clause in tail; it returns what came back, in no particular order.
func inserted[T any](ctx context.Context, t *tx, head string, rows [][]any, tail string) ([]T, error) {
	var all []T
	for _, part := range parts(rows) {
		var some []T
		query, values := spread(head, part, tail)
		if err := t.list(ctx, &some, query, values...); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func parts(rows [][]any) [][][]any {
	if len(rows) == 0 {
		return nil
	}
	return slices.Collect(slices.Chunk(rows, mostArgs/len(rows[0])))
}

func spread(head string, rows [][]any, tail string) (string, []any) {
	var query strings.Builder
	query.WriteString(head)
	values := make([]any, 0, len(rows)*len(rows[0]))
	for i, row := range rows {
		if i > 0 {
			query.WriteByte(',')
		}
		query.WriteString(in(len(row)))
		values = append(values, row...)
	}
	query.WriteString(" " + tail)
	return query.String(), values
}

// execIn runs a statement that ends in "IN " once for each part of the values. first comes before them.
func execIn[T any](ctx context.Context, t *tx, query string, values []T, first ...any) error {
	for part := range slices.Chunk(values, mostArgs) {
		if _, err := t.exec(ctx, query+in(len(part)), append(slices.Clone(first), args(part)...)...); err != nil {
			return err
		}
	}
	return nil
}

// listIn is execIn for a statement that answers rows; what the clause needs behind the list goes into tail.
func listIn[R, T any](ctx context.Context, t *tx, query string, values []T, tail string) ([]R, error) {
	var all []R
	for part := range slices.Chunk(values, mostArgs) {
		var some []R
		if err := t.list(ctx, &some, query+in(len(part))+tail, args(part)...); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// orNull is NULL for what is not known.
func orNull[T comparable](value T) any {
	var zero T
	if value == zero {
		return nil
	}
	return value
}

func bytesOrNull(value []byte) any {
	if len(value) == 0 {
		return nil
	}
	return value
}
