package sqlstore

import "context"

// Schema describes every table, column, index, constraint and trigger of the database, one a line, sorted.
func (db *DB) Schema(ctx context.Context) ([]string, error) {
	query := `SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS line FROM sqlite_schema
		WHERE name NOT LIKE 'sqlite_%' ORDER BY line`
	if db.dialect.name() == "postgres" {
		query = `SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
				COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') AS line
			FROM information_schema.columns WHERE table_schema = 'public'
			UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
			UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
			FROM pg_constraint WHERE connamespace = 'public'::regnamespace
			ORDER BY line`
	}
	var lines []string
	err := db.list(ctx, &lines, query)
	return lines, err
}
