package sqlstore

import (
	"context"
	"fmt"
)

// catalog is how the databases describe and change their own tables.
type catalog interface {
	// columns is a query for every column of every table that holds rows of its own: table_name, name, kind,
	// and key, its place in the primary key from 1, or 0. What a database keeps for itself, views, virtual
	// tables with what stands behind them, and computed columns are left out.
	columns() string
	// kinds says what the column types of the schema hold.
	kinds() map[string]string
	// bytewise makes a text column sort by its bytes.
	bytewise(column string) string
	// sequences is a query for the last id that was ever given, by table_name.
	sequences() string
	// setSequence makes a table's ids go on behind last.
	setSequence(ctx context.Context, t *tx, table string, last int64) error
	// damage are queries for lines that say what is wrong with the database's own files.
	damage() []string
	// checkKeys switches the checks of foreign keys off and on outside of transactions, where deferKeys alone would
	// search a child's whole table for each row of its parent.
	checkKeys(ctx context.Context, db *DB, on bool) error
	// deferKeys puts off the checks of foreign keys to the end of the transaction, and returns what to do then.
	deferKeys(ctx context.Context, t *tx) (check func(context.Context) error, err error)
}

func (sqliteDialect) columns() string {
	return `SELECT l.name AS table_name, c.name AS name, c.type AS kind, c.pk AS key
		FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c
		WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
		ORDER BY l.name, c.name`
}

func (sqliteDialect) kinds() map[string]string {
	return map[string]string{
		"INTEGER": "integer", "BIGINT": "integer", "TEXT": "text", "BLOB": "bytes", "BOOLEAN": "boolean", "REAL": "real",
	}
}

func (sqliteDialect) bytewise(column string) string { return column + " COLLATE BINARY" }

func (sqliteDialect) sequences() string {
	return "SELECT name AS table_name, seq AS last FROM sqlite_sequence"
}

func (sqliteDialect) setSequence(ctx context.Context, t *tx, table string, last int64) error {
	if _, err := t.exec(ctx, "DELETE FROM sqlite_sequence WHERE name = ?", table); err != nil {
		return err
	}
	_, err := t.exec(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last)
	return err
}

func (sqliteDialect) checkKeys(ctx context.Context, db *DB, on bool) error {
	state := "OFF"
	if on {
		state = "ON"
	}
	_, err := db.exec(ctx, "PRAGMA foreign_keys = "+state)
	return err
}

func (sqliteDialect) deferKeys(_ context.Context, t *tx) (func(context.Context) error, error) {
	return func(ctx context.Context) error {
		var orphans []string
		if err := t.list(ctx, &orphans, `SELECT "table" FROM pragma_foreign_key_check LIMIT 1`); err != nil {
			return err
		}
		if len(orphans) > 0 {
			return fmt.Errorf("a row of %s refers to nothing", orphans[0])
		}
		return nil
	}, nil
}

func (sqliteDialect) damage() []string {
	return []string{
		"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
		`SELECT 'row ' || COALESCE(rowid, 0) || ' of ' || "table" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check`,
	}
}

// damage has nothing to ask: PostgreSQL checks its pages as it reads them.
func (postgresDialect) damage() []string { return nil }

// columns asks the catalog's own tables: by the standard's views over them a restore took ten times as long.
func (postgresDialect) columns() string {
	return `SELECT t.relname AS table_name, a.attname AS name, format_type(a.atttypid, NULL) AS kind,
			COALESCE(array_position(k.indkey::smallint[], a.attnum) + 1, 0) AS key
		FROM pg_class AS t
		JOIN pg_namespace AS n ON n.oid = t.relnamespace AND n.nspname = current_schema()
		JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		LEFT JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
		WHERE t.relkind IN ('r', 'p')
		ORDER BY t.relname COLLATE "C", a.attname COLLATE "C"`
}

func (postgresDialect) kinds() map[string]string {
	return map[string]string{
		"bigint": "integer", "integer": "integer", "smallint": "integer", "text": "text", "character varying": "text",
		"bytea": "bytes", "boolean": "boolean", "double precision": "real", "real": "real",
	}
}

func (postgresDialect) bytewise(column string) string { return column + ` COLLATE "C"` }

// ofTables joins each sequence of the schema with the table it makes ids for.
const ofTables = `pg_depend AS d
	JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
	JOIN pg_class AS t ON t.oid = d.refobjid
	JOIN pg_namespace AS n ON n.oid = s.relnamespace AND n.nspname = current_schema()
	WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')`

func (postgresDialect) sequences() string {
	return "SELECT t.relname AS table_name, CASE WHEN s.relkind = 'S' THEN COALESCE(pg_sequence_last_value(s.oid), 0) END AS last FROM " + ofTables
}

func (postgresDialect) setSequence(ctx context.Context, t *tx, table string, last int64) error {
	_, err := t.exec(ctx, "SELECT setval(s.oid::regclass, ?) FROM "+ofTables+" AND t.relname = ?", last, table)
	return err
}

func (postgresDialect) checkKeys(context.Context, *DB, bool) error { return nil }

// deferKeys makes the constraints deferrable for the length of the transaction.
func (postgresDialect) deferKeys(ctx context.Context, t *tx) (func(context.Context) error, error) {
	var keys []struct {
		Table string `db:"table_name"`
		Name  string `db:"name"`
	}
	err := t.list(ctx, &keys, `SELECT c.relname AS table_name, k.conname AS name FROM pg_constraint AS k
		JOIN pg_class AS c ON c.oid = k.conrelid
		WHERE k.contype = 'f' AND NOT k.condeferrable AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	alter := func(ctx context.Context, to string) error {
		for _, k := range keys {
			if _, err := t.exec(ctx, fmt.Sprintf("ALTER TABLE %s ALTER CONSTRAINT %s %s", quoted(k.Table), quoted(k.Name), to)); err != nil {
				return err
			}
		}
		return nil
	}
	check := func(ctx context.Context) error {
		if _, err := t.exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
			return err
		}
		return alter(ctx, "NOT DEFERRABLE")
	}
	return check, alter(ctx, "DEFERRABLE INITIALLY DEFERRED")
}
