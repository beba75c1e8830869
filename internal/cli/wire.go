package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/httpapi"
	"hathor/internal/job"
	"hathor/internal/sqlstore"
	"hathor/internal/webui"
	"hathor/web"
)

// app is the running program. What is built is closed in the opposite order.
type app struct {
	handler http.Handler
	health  *httpapi.Health
	jobs    *job.Group
	closers []func() error
}

// wire builds everything, by hand, top to bottom. It is the only place that does.
func wire(ctx context.Context, c *config.Config, log *slog.Logger) (_ *app, err error) {
	a := &app{}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	time := clock.System{}

	data, err := openFolder(c.DataDir)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, data.Close)

	db, err := sqlstore.Open(ctx, c.Database())
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, db.Close)
	if err := db.Migrate(ctx); err != nil {
		return nil, err
	}

	a.jobs = job.NewGroup(ctx, log)
	a.closers = append(a.closers, func() error { a.jobs.Stop(); return nil })

	a.health = httpapi.NewHealth(time, version,
		httpapi.Check{Name: "database", Essential: true, Ask: db.Check},
		httpapi.Check{Name: "redis"},
		httpapi.Check{Name: "storage", Ask: func(context.Context) error { return data.writable() }},
	)
	metrics := httpapi.NewMetrics()
	metrics.WatchDatabase(db.Pool)
	metrics.WatchJobs(a.jobs.Panics)

	a.handler, err = httpapi.New(httpapi.Services{
		Version: version, Clock: time, Log: log, Health: a.health, Metrics: metrics,
		Settings: httpapi.Settings{
			Origins: texts(c.ClientURL), TrustedProxies: c.TrustedProxies, MaxBody: c.MaxBodySize,
		},
	}, webui.New(web.Dist))
	if err != nil {
		return nil, fmt.Errorf("build routes: %w", err)
	}
	return a, nil
}

// close ends everything in the opposite order of its making.
func (a *app) close() error {
	var all []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		all = append(all, a.closers[i]())
	}
	return errors.Join(all...)
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}
