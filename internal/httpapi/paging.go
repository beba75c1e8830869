package httpapi

import (
	"context"

	"hathor/internal/library"
)

// PagingInput is exported for huma, which reads embedded fields only then. These are the parameters of every list.
type PagingInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Offset int    `query:"offset" minimum:"0" doc:"Not together with a cursor"`
	Cursor string `query:"cursor" maxLength:"8192" doc:"nextCursor of the page before, with the same sort and filters"`
}

func (p PagingInput) paging() library.Paging {
	return library.Paging{Limit: p.Limit, Offset: p.Offset, Cursor: p.Cursor}
}

// PageFields stand in the answer of every list; they are exported for the same reason as PagingInput.
type PageFields struct {
	Total      int     `json:"total"`
	NextCursor *string `json:"nextCursor" doc:"null on the last page"`
}

func viewPage(total int, next string) PageFields {
	fields := PageFields{Total: total}
	if next != "" {
		fields.NextCursor = &next
	}
	return fields
}

// IDInput is the id in a path; exported for the same reason as PagingInput.
type IDInput struct {
	ID int64 `path:"id" minimum:"1"`
}

// answer wraps what becomes the JSON of an answer.
type answer[T any] struct{ Body T }

// catalogue is the library's side of this door: each method finds out what the asker may hear, asks, and
// translates.
type catalogue struct{ library *library.Service }

func (c catalogue) scope(ctx context.Context) (library.Scope, error) {
	return c.library.Scope(ctx, identity(ctx))
}
