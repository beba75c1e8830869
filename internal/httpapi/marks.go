package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

type ratingInput struct {
	IDInput
	Body struct {
		Rating int `json:"rating" minimum:"0" maximum:"5" doc:"0 takes the rating back"`
	}
}

// markable are the kinds of things a listener can like and rate, by their path.
var markable = []struct {
	path, name string
	kind       library.SubjectKind
}{
	{"songs", "Song", library.SongSubject},
	{"albums", "Album", library.AlbumSubject},
	{"artists", "Artist", library.ArtistSubject},
}

func registerMarks(a *api, s Services) {
	c := catalogue{s.Library}
	for _, m := range markable {
		op := operation{access: SignedIn, status: http.StatusNoContent, tag: "Likes", errors: []int{http.StatusNotFound}}
		op.id, op.method, op.path, op.summary = "like"+m.name, http.MethodPut, "/"+m.path+"/{id}/like", "Like"
		register(a, op, c.liking(m.kind, c.library.Like))
		op.id, op.method, op.summary = "unlike"+m.name, http.MethodDelete, "Take the like back"
		register(a, op, c.liking(m.kind, c.library.Unlike))
		op.id, op.method, op.path, op.summary = "rate"+m.name, http.MethodPut, "/"+m.path+"/{id}/rating", "Rate with 1 to 5 stars, 0 for none"
		register(a, op, c.rating(m.kind))
	}
}

type marking func(context.Context, library.Scope, library.Subject) error

func (c catalogue) liking(kind library.SubjectKind, mark marking) func(context.Context, *IDInput) (*struct{}, error) {
	return func(ctx context.Context, in *IDInput) (*struct{}, error) {
		scope, err := c.scope(ctx)
		if err != nil {
			return nil, err
		}
		return nil, mark(ctx, scope, library.Subject{Kind: kind, ID: in.ID})
	}
}

func (c catalogue) rating(kind library.SubjectKind) func(context.Context, *ratingInput) (*struct{}, error) {
	return func(ctx context.Context, in *ratingInput) (*struct{}, error) {
		scope, err := c.scope(ctx)
		if err != nil {
			return nil, err
		}
		return nil, c.library.Rate(ctx, scope, library.Subject{Kind: kind, ID: in.ID}, in.Body.Rating)
	}
}
