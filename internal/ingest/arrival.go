package ingest

import (
	"context"
	"io"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// ArrivalID names an upload that arrives in pieces.
type ArrivalID int64

// ArrivalState is where such an upload stands.
type ArrivalState string

// The states. Processing has all bytes and no outcome yet; the last three are outcomes.
const (
	Receiving  ArrivalState = "receiving"
	Processing ArrivalState = "processing"
	Added      ArrivalState = "done"
	Duplicate  ArrivalState = "duplicate"
	Refused    ArrivalState = "refused"
)

// Settled tells whether the state is an outcome.
func (s ArrivalState) Settled() bool { return s != Receiving && s != Processing }

// Arrival is an upload that arrives in pieces: how far it is, and what came of it.
type Arrival struct {
	ID          ArrivalID
	Owner       account.UserID
	File        string // the name of its bytes, of our own making
	Name        string // the client's file name, without folders
	Fingerprint string // what the client knows the file by; may be empty
	Form        Form   // the fields that stand beside the file
	Size        int64
	Offset      int64 // how much of it is durable
	State       ArrivalState
	Code        string // of a refusal, for programs
	Reason      string // of a refusal, for people
	Notes       []string
	Song        library.SongID // the new song, or the one that is the same
	CreatedAt   time.Time
	ExpiresAt   time.Time
}

// ArrivalQuery asks for a member's uploads, newest first. The zero value of State is all of them.
type ArrivalQuery struct {
	State  ArrivalState
	Before ArrivalID // 0 for the first page
	Limit  int
}

// ArrivalPage is an answer to such a question.
type ArrivalPage struct {
	Arrivals []Arrival
	Total    int
	Next     ArrivalID // Before of the next page, 0 at the end
}

// Arrivals keeps what is known of uploads that arrive in pieces. Each call is one transaction.
type Arrivals interface {
	// AddArrival begins an upload. With mostOpen of them without an outcome it is ErrManyArrivals.
	AddArrival(ctx context.Context, a Arrival, mostOpen int) (ArrivalID, error)
	// Arrival reads one of the owner's; fault.NotFound for all others.
	Arrival(ctx context.Context, owner account.UserID, id ArrivalID) (Arrival, error)
	ListArrivals(ctx context.Context, owner account.UserID, q ArrivalQuery) (ArrivalPage, error)
	// Advance notes the offset, the state and when the upload expires.
	Advance(ctx context.Context, a Arrival) error
	// Settle notes the outcome and when it is forgotten.
	Settle(ctx context.Context, a Arrival) error
	RemoveArrival(ctx context.Context, id ArrivalID) error
	// Expire forgets what has expired and lists those that have no outcome yet.
	Expire(ctx context.Context, now time.Time) ([]Arrival, error)
}

// Partials are the bytes of such uploads. One file has one writer at a time.
type Partials interface {
	// Append writes the stream behind the first bytes of the file. mark is told, now and then and at the
	// end, how many bytes are durable, also when the stream breaks off or the disk is full.
	Append(ctx context.Context, name string, at int64, r io.Reader, mark func(durable int64) error) error
	Length(ctx context.Context, name string) (int64, error)
	// Stage opens a file that is whole. The file stays until Remove.
	Stage(ctx context.Context, name string) (Staged, error)
	Remove(ctx context.Context, name string) error
	List(ctx context.Context) ([]string, error)
}
