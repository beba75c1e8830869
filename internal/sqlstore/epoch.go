package sqlstore

import (
	"context"
	"strconv"

	"hathor/internal/account"
)

// epoch names what is committed now, in parts that move apart: what is computed from the catalogue alone outlives
// every listen and like, and what is computed from a listener's marks too outlives those of all others. What a look
// at covers finds, after each scan by the thousand, moves nothing but what is known of covers.
// Ask for it before reading what is kept under it.
type epoch struct {
	catalogue string
	pictures  string // the catalogue with its covers
	marks     string // the listener's; empty where there never were any
}

// of is what a list is kept under beside the catalogue: the listener's marks, where it depends on them.
func (s epoch) of(own bool) string {
	if own {
		return s.marks
	}
	return ""
}

// epoch is that of a listener. The triggers of the tables count it (revisions).
func (c *Catalogue) epoch(ctx context.Context, user account.UserID) (epoch, error) {
	if !c.db.dialect.cheapState() {
		return c.readEpoch(ctx, user)
	}
	state, err := c.db.state(ctx)
	if err != nil {
		return epoch{}, err
	}
	if known, ok := c.epochs.get(state, user); ok {
		return known, nil
	}
	read, err := c.readEpoch(ctx, user)
	if err == nil {
		c.epochs.put(state, user, read)
	}
	return read, err
}

func (c *Catalogue) readEpoch(ctx context.Context, user account.UserID) (s epoch, err error) {
	var rows []struct {
		Subject  account.UserID `db:"subject"`
		Revision int64          `db:"revision"`
	}
	if err := c.db.list(ctx, &rows, "SELECT subject, revision FROM revisions WHERE subject IN (-1, 0, ?)", user); err != nil {
		return epoch{}, err
	}
	seen := ""
	for _, row := range rows {
		revision := strconv.FormatInt(row.Revision, 36)
		switch row.Subject {
		case -1:
			seen = revision
		case 0:
			s.catalogue = revision
		default:
			s.marks = strconv.FormatInt(int64(user), 36) + "/" + revision
		}
	}
	s.pictures = s.catalogue + "/" + seen
	return s, nil
}
