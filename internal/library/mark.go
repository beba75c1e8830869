package library

import (
	"context"
	"time"

	"hathor/internal/fault"
)

// SubjectKind says what a listener can have an opinion of.
type SubjectKind string

// The kinds of subjects.
const (
	SongSubject   SubjectKind = "song"
	AlbumSubject  SubjectKind = "album"
	ArtistSubject SubjectKind = "artist"
)

// Subject is a song, an album or an artist.
type Subject struct {
	Kind SubjectKind
	ID   int64
}

// name is the subject in a sentence.
func (s Subject) name() string {
	switch s.Kind {
	case AlbumSubject:
		return "Album"
	case ArtistSubject:
		return "Artist"
	}
	return "Song"
}

// MarkStore keeps what listeners think. Both methods tell whether the subject is within the scope; outside
// it they change nothing.
type MarkStore interface {
	// SetLike likes at the time, or takes the like back when at is zero. A second like keeps the first time.
	SetLike(ctx context.Context, scope Scope, of Subject, at time.Time) (seen bool, err error)
	// SetRating rates 1 to 5, or takes the rating back with 0.
	SetRating(ctx context.Context, scope Scope, of Subject, rating int) (seen bool, err error)
}

// Like marks the subject as liked by the scope's user; doing it twice is no error.
func (s *Service) Like(ctx context.Context, scope Scope, of Subject) error {
	return answer(of)(s.store.SetLike(ctx, scope, of, s.clock.Now()))
}

// Unlike takes the like back; it is no error when there was none.
func (s *Service) Unlike(ctx context.Context, scope Scope, of Subject) error {
	return answer(of)(s.store.SetLike(ctx, scope, of, time.Time{}))
}

// Rate gives 1 to 5 stars, or none with 0.
func (s *Service) Rate(ctx context.Context, scope Scope, of Subject, rating int) error {
	var c fault.Checks
	c.Require(rating >= 0 && rating <= 5, "rating", "Rating must be 0 to 5")
	if err := c.Err(); err != nil {
		return err
	}
	return answer(of)(s.store.SetRating(ctx, scope, of, rating))
}

// answer turns "not seen" into the fault that names the subject.
func answer(of Subject) func(bool, error) error {
	return func(seen bool, err error) error {
		if err == nil && !seen {
			return fault.Missing(of.name())
		}
		return err
	}
}
