package cli

import (
	"context"

	"hathor/internal/account"
	"hathor/internal/bus"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/httpapi"
)

// nodes is what a node has in common with others. The zero value is a node alone.
type nodes struct {
	check   func(context.Context) error
	counter httpapi.Counter
	others  account.Announcer
	hear    func(ctx context.Context, forget func(kind string, ids ...int64))
}

// joinNodes connects to the Redis of the configuration, if there is one.
func (a *app) joinNodes(ctx context.Context, c *config.Config, now clock.Clock) (nodes, error) {
	if c.Redis() == "" {
		return nodes{}, nil
	}
	b, err := bus.Open(ctx, c.Redis(), now)
	if err != nil {
		return nodes{}, err
	}
	a.closers = append(a.closers, b.Close)
	a.jobs.Go("news for other nodes", b.Tell)
	return nodes{check: b.Check, counter: b.Counter(), others: b, hear: b.Hear}, nil
}
