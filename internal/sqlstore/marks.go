package sqlstore

import (
	"context"
	"time"

	"hathor/internal/library"
)

// markTable is where the marks on one kind of subject are, and what makes the subject visible.
type markTable struct {
	table, column, subject string
	empty                  string // the condition that a row says nothing any more
	visible                func(library.Scope) clause
}

func marksOn(kind library.SubjectKind) markTable {
	switch kind {
	case library.AlbumSubject:
		return markTable{"album_marks", "album_id", "albums", "liked_at IS NULL AND rating = 0", knownAlbums}
	case library.ArtistSubject:
		return markTable{"artist_marks", "artist_id", "artists", "liked_at IS NULL AND rating = 0", present}
	}
	return markTable{"song_marks", "song_id", "songs", "liked_at IS NULL AND rating = 0 AND plays = 0",
		func(scope library.Scope) clause { return heard("songs.library_id", scope) }}
}

// SetLike notes the time of the first like, or takes it back when at is zero.
func (c *Catalogue) SetLike(ctx context.Context, scope library.Scope, of library.Subject, at time.Time) (bool, error) {
	if at.IsZero() {
		return c.mark(ctx, scope, of, "liked_at", nil, "NULL")
	}
	return c.mark(ctx, scope, of, "liked_at", millis(at), "COALESCE("+marksOn(of.Kind).table+".liked_at, excluded.liked_at)")
}

// SetRating notes the rating, or takes it back with 0.
func (c *Catalogue) SetRating(ctx context.Context, scope library.Scope, of library.Subject, rating int) (bool, error) {
	return c.mark(ctx, scope, of, "rating", rating, "excluded.rating")
}

// mark writes one field of a mark if the subject is visible; again is what the field becomes where the
// listener has a mark already. A mark that says nothing any more is removed.
func (c *Catalogue) mark(ctx context.Context, scope library.Scope, of library.Subject, field string, value any, again string) (seen bool, err error) {
	m := marksOn(of.Kind)
	only := m.visible(scope)
	only.and(m.subject+".id = ?", of.ID)
	err = c.db.update(ctx, func(t *tx) error {
		touched, err := t.exec(ctx, "INSERT INTO "+m.table+" (user_id, "+m.column+", "+field+") SELECT CAST(? AS BIGINT), "+m.subject+".id, CAST(? AS BIGINT) FROM "+
			m.subject+only.where()+" ON CONFLICT (user_id, "+m.column+") DO UPDATE SET "+field+" = "+again,
			append([]any{scope.User, value}, only.args...)...)
		if err != nil {
			return err
		}
		seen = touched > 0
		_, err = t.exec(ctx, "DELETE FROM "+m.table+" WHERE user_id = ? AND "+m.column+" = ? AND "+m.empty, scope.User, of.ID)
		return err
	})
	return seen, err
}
