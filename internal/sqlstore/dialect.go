package sqlstore

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is all that differs between the databases.
type dialect interface {
	name() string // as goose and the migration folders call it
	open(url string) (write, read *sqlx.DB, err error)
	away(error) bool
	full(error) bool
	// lockTable is a statement that makes writing transactions on the table wait for each other until they
	// end; empty where they do so anyway.
	lockTable(name string) string
	// matches is a condition on the table's rows that holds where search_text fulfils a matchArg, its one argument.
	matches(table string) string
	// matching is the same condition for a query that may stop early: what stands after FROM, the condition, and the
	// id by which to sort without gathering everything first.
	matching(table string) (from, condition, id string)
	// matchArg demands of each group that a word of the text begins with one of it, and that but is not fulfilled;
	// an empty but demands nothing.
	matchArg(all, but [][]string) string
	// forgetWords are statements that take the words of deleted songs out of the search's own files, where
	// they would stay until it tidies up by itself; none where they go with their rows.
	forgetWords() []string
	// catalogueLock is a statement that makes writers of the catalogue wait for each other until their
	// transactions end; empty where there is one writer anyway.
	catalogueLock() string
	// state is a query whose one text changes with every commit: on PostgreSQL at any time, on SQLite as
	// long as one connection asks.
	state() string
	// cheapState tells whether asking for the state costs less than any query would.
	cheapState() bool
	// numbered is a table of ids in their order, with the columns id and place, place from 0.
	// It takes one argument: the ids as a JSON array.
	numbered() string
	// along is a query that is to be read along its order: of conditions on columns behind a unary plus, which keeps them
	// out of the choice of an index, the database must know that most rows fulfil them.
	along(query string) string
	// relax is a statement that gives back what memory a connection can spare, empty where that is the server's business.
	relax() string
	// bytes is the type of columns that hold bytes.
	bytes() string
	// size is a query for the bytes of the database.
	size() string
	catalog
}

func dialectOf(url string) (dialect, error) {
	scheme, _, _ := strings.Cut(url, "://")
	switch scheme {
	case "sqlite":
		return sqliteDialect{}, nil
	case "postgres", "postgresql":
		return postgresDialect{}, nil
	}
	return nil, fmt.Errorf("database url must begin with sqlite:// or postgres://, not %q", scheme)
}

type sqliteDialect struct{}

func (sqliteDialect) name() string { return "sqlite" }

// open makes the folder, one writing connection whose transactions begin IMMEDIATE, and readers beside it.
// synchronous=FULL: what was answered survives a power cut.
func (sqliteDialect) open(address string) (write, read *sqlx.DB, err error) {
	path := strings.TrimPrefix(address, "sqlite://")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, err
	}
	pragmas := url.Values{"_pragma": {
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "busy_timeout(5000)",
		"cache_size(-8000)", "temp_store(MEMORY)",
	}}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?" + pragmas.Encode()
	if write, err = sqlx.Open("sqlite", dsn+"&_txlock=immediate"); err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if read, err = sqlx.Open("sqlite", dsn+"&_pragma=query_only(ON)"); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	// The file must exist before a reader that may not write opens it.
	if err := write.Ping(); err != nil {
		return nil, nil, errors.Join(err, write.Close(), read.Close())
	}
	return write, read, nil
}

func (sqliteDialect) away(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY:
		return true
	}
	return false
}

func (sqliteDialect) full(err error) bool { return sqliteCode(err)&0xff == sqlite3.SQLITE_FULL }

func (sqliteDialect) lockTable(string) string { return "" }

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func (d sqliteDialect) matches(table string) string {
	index := searchOf(table)
	return table + ".id IN (SELECT rowid FROM " + index + " WHERE " + index + " MATCH ?)"
}

func (sqliteDialect) matching(table string) (from, condition, id string) {
	index := searchOf(table)
	return index + " JOIN " + table + " ON " + table + ".id = " + index + ".rowid", index + " MATCH ?", index + ".rowid"
}

// searchOf is the index of a table's search_text: that of songs is song_search.
func searchOf(table string) string { return strings.TrimSuffix(table, "s") + "_search" }

// matchArg quotes each word, so that nothing in it is an operator.
func (sqliteDialect) matchArg(all, but [][]string) string {
	text := "(" + joined(all, " AND ", " OR ", func(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"*` }) + ")"
	if len(but) == 0 {
		return text
	}
	return text + " NOT " + sqliteDialect{}.matchArg(but, nil)
}

// joined are the groups, each in brackets.
func joined(groups [][]string, and, or string, quote func(string) string) string {
	texts := make([]string, len(groups))
	for i, group := range groups {
		words := make([]string, len(group))
		for n, word := range group {
			words[n] = quote(word)
		}
		texts[i] = "(" + strings.Join(words, or) + ")"
	}
	return strings.Join(texts, and)
}

func (sqliteDialect) forgetWords() []string {
	var statements []string
	for _, table := range searched {
		statements = append(statements, "INSERT INTO "+searchOf(table)+" ("+searchOf(table)+") VALUES ('optimize')")
	}
	return statements
}

func (sqliteDialect) along(query string) string { return query }

func (sqliteDialect) relax() string { return "PRAGMA shrink_memory" }

func (sqliteDialect) cheapState() bool { return true }

func (sqliteDialect) catalogueLock() string { return "" }

func (sqliteDialect) state() string { return "PRAGMA data_version" }

func (sqliteDialect) numbered() string {
	return "(SELECT CAST(value AS INTEGER) AS id, CAST(key AS INTEGER) AS place FROM json_each(?))"
}

func (sqliteDialect) bytes() string { return "BLOB" }

func (sqliteDialect) size() string {
	return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
}

type postgresDialect struct{}

func (postgresDialect) name() string { return "postgres" }

func (postgresDialect) open(address string) (write, read *sqlx.DB, err error) {
	db, err := sqlx.Open("pgx", address)
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	return db, db, nil
}

func (postgresDialect) away(err error) bool {
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, fs.ErrNotExist) {
		return true
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return true
	}
	class := postgresCode(err)
	return strings.HasPrefix(class, "08") || strings.HasPrefix(class, "57P") || class == "53300"
}

func (postgresDialect) full(err error) bool { return postgresCode(err) == "53100" }

func (postgresDialect) lockTable(name string) string {
	return "LOCK TABLE " + name + " IN SHARE ROW EXCLUSIVE MODE"
}

func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func (postgresDialect) matches(table string) string {
	return "array_to_tsvector(string_to_array(" + table + ".search_text, ' ')) @@ CAST(? AS tsquery)"
}

func (d postgresDialect) matching(table string) (from, condition, id string) {
	return table, d.matches(table), table + ".id"
}

// matchArg quotes each word, so that nothing in it is an operator.
func (postgresDialect) matchArg(all, but [][]string) string {
	quote := strings.NewReplacer(`\`, `\\`, `'`, `''`)
	text := "(" + joined(all, " & ", " | ", func(word string) string { return "'" + quote.Replace(word) + "':*" }) + ")"
	if len(but) == 0 {
		return text
	}
	return text + " & !" + postgresDialect{}.matchArg(but, nil)
}

func (postgresDialect) forgetWords() []string { return nil }

// behindPlus is a column that PostgreSQL takes for an expression it knows nothing of: it guesses that next to no row
// fulfils a condition on it, and would rather read and sort the whole table than look for enough rows along an index.
var behindPlus = regexp.MustCompile(`([ (])\+([a-z])`)

func (postgresDialect) along(query string) string { return behindPlus.ReplaceAllString(query, "$1$2") }

func (postgresDialect) relax() string { return "" }

func (postgresDialect) cheapState() bool { return false }

// catalogueLock takes a lock of the whole database under a number that nothing else uses.
func (postgresDialect) catalogueLock() string { return "SELECT pg_advisory_xact_lock(4842701)" }

func (postgresDialect) state() string { return "SELECT CAST(pg_current_snapshot() AS text)" }

func (postgresDialect) numbered() string {
	return "(SELECT id::bigint AS id, place - 1 AS place FROM jsonb_array_elements_text(?::jsonb) WITH ORDINALITY AS listed (id, place))"
}

func (postgresDialect) bytes() string { return "BYTEA" }

func (postgresDialect) size() string { return "SELECT pg_database_size(current_database())" }
