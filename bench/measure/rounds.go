package measure

import (
	"context"
	"errors"
	"fmt"

	"hathor/bench/figures"
)

// Rounds measures the rows of requests of several subjects in turn, so that whatever else the machine does meets
// all of them alike. It answers the figures of each subject, round after round.
func Rounds(ctx context.Context, rounds int, subjects ...Subject) (_ [][]figures.Figure, err error) {
	var all []*session
	defer func() {
		for _, s := range all {
			err = errors.Join(err, s.server.End())
		}
	}()
	for _, subject := range subjects {
		s, err := open(ctx, subject)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		s.Tell("scan")
		if err := s.scan(ctx); err != nil {
			return nil, err
		}
		s.found = nil
	}
	for n := range rounds {
		for _, s := range all {
			s.Tell(fmt.Sprintf("round %d of %d", n+1, rounds))
			if err := s.requests(ctx); err != nil {
				return nil, err
			}
		}
	}
	found := make([][]figures.Figure, len(all))
	for i, s := range all {
		found[i] = s.found
		err = errors.Join(err, figures.Run{Figures: s.found}.Failures())
	}
	return found, err
}
