package backup

import (
	"context"
	"fmt"
	"strings"
)

// loader collects rows of one table until it is worth a statement.
type loader struct {
	Loading
	table Table
	rows  [][]any
	size  int
	done  bool
}

func (l *loader) row(ctx context.Context, of Table, row []any) error {
	if of.Name != l.table.Name {
		if err := l.flush(ctx); err != nil {
			return err
		}
		l.table = of
	}
	l.rows = append(l.rows, row)
	for _, value := range row {
		switch v := value.(type) {
		case string:
			l.size += len(v)
		case []byte:
			l.size += len(v)
		}
	}
	if len(l.rows) >= rowsAtOnce || l.size >= bytesAtOnce {
		return l.flush(ctx)
	}
	return nil
}

func (l *loader) flush(ctx context.Context) error {
	if len(l.rows) == 0 {
		return nil
	}
	if err := l.Insert(ctx, l.table, l.rows); err != nil {
		return fmt.Errorf("write rows of %s: %w", l.table.Name, err)
	}
	l.rows, l.size = l.rows[:0], 0
	return nil
}

// Commit makes the rows stay.
func (l *loader) Commit(ctx context.Context) error {
	if err := l.Loading.Commit(ctx); err != nil {
		return fmt.Errorf("commit rows: %w", err)
	}
	l.done = true
	return nil
}

// rollback ends a transaction that was not committed; there may be none.
func (l *loader) rollback() error {
	if l == nil || l.done {
		return nil
	}
	return l.Rollback()
}

func cutObject(name string) (key string, ok bool) { return strings.CutPrefix(name, objectFolder) }
