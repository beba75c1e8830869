package backup

import (
	"context"
	"io"
)

// Database is where rows come from.
type Database interface {
	// Snapshot holds one moment still until it is closed.
	Snapshot(ctx context.Context) (Snapshot, error)
}

// Snapshot is one moment of a database.
type Snapshot interface {
	// Kind is the kind of database, for people.
	Kind() string
	// Schema is the version of the schema.
	Schema(ctx context.Context) (int64, error)
	Reading
	// Close lets go of it.
	Close()
}

// Reading is what can be read of a database at one moment.
type Reading interface {
	// Tables lists every table by name, but those that a database keeps for itself and that of the migrations.
	Tables(ctx context.Context) ([]Table, error)
	// Rows visits every row in the order of its key, with values in the order of the table's columns. The
	// slice is used again.
	Rows(ctx context.Context, of Table, visit func(row []any) error) error
	// Sequences tells by table the last id that was ever given.
	Sequences(ctx context.Context) (map[string]int64, error)
	// Objects lists the keys of all objects that rows name, in order, each once.
	Objects(ctx context.Context) ([]string, error)
}

// Target is a database that a backup is brought back into.
type Target interface {
	// State tells which tables the database has, and the token of a restore that did not end.
	State(ctx context.Context) (tables []string, token string, err error)
	// Begin marks an empty database as being restored under the token, so that no server starts on it.
	Begin(ctx context.Context, token string) error
	// MigrateTo moves the schema.
	MigrateTo(ctx context.Context, version int64) error
	// Load begins the one transaction that rows are written in.
	Load(ctx context.Context) (Loading, error)
	// Finish gives the database its id and takes the mark off, both at once.
	Finish(ctx context.Context, id string) error
	// Wipe makes the database as empty as it was.
	Wipe(ctx context.Context) error
}

// Loading is the transaction that rows are written in; it reads what was written so far.
type Loading interface {
	Reading
	// Clear removes what migrations have put into the tables.
	Clear(ctx context.Context, tables []Table) error
	Insert(ctx context.Context, into Table, rows [][]any) error
	// SetSequences makes ids go on behind those that were ever given.
	SetSequences(ctx context.Context, last map[string]int64) error
	Commit(ctx context.Context) error
	Rollback() error
}

// Objects is a store to read from.
type Objects interface {
	// Hold keeps every process from deleting objects until it is let go.
	Hold(ctx context.Context) (release func() error, err error)
	// Size tells the bytes of an object; fault.NotFound when it is not there.
	Size(ctx context.Context, key string) (int64, error)
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}

// Folder is a data folder that a backup is brought back into.
type Folder interface {
	// State tells what stands in the folder beside the database, and the database's id or restore's token
	// that it was marked with.
	State() (names []string, token string, err error)
	// Begin marks an empty folder with the token, which becomes the database's id.
	Begin(token string) error
	// Put stores an object, durable when it returns nil.
	Put(ctx context.Context, key string, size int64, content io.Reader) error
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	PutSecret(secret []byte) error
	Secret() ([]byte, error)
	// Wipe makes the folder as empty as it was.
	Wipe() error
}
