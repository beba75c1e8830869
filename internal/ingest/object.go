package ingest

import (
	"context"
	"io"
	"os"
	"time"
)

// Objects keeps bytes under keys such as "audio/ab/ab12…", durable when a call has returned nil.
type Objects interface {
	Stage(ctx context.Context, r io.Reader, limit int64) (Staged, error)
	Put(ctx context.Context, key string, content []byte) error
	Open(ctx context.Context, key string) (*os.File, error)
	Delete(ctx context.Context, key string) error
	Walk(ctx context.Context, visit func(Object) error) error
}

// Staged is a file that has arrived but is not yet an object. It is ended by Commit or Discard; Discard
// after Commit does nothing, so it can stand in a defer.
type Staged interface {
	io.ReaderAt
	Size() int64
	Hash() []byte // SHA-256
	Commit(ctx context.Context, key string) error
	Discard() error
}

// Object is an entry of the store.
type Object struct {
	Key        string
	Size       int64
	ModifiedAt time.Time
}
