package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

const (
	headerPatience = 10 * time.Second
	idlePatience   = 2 * time.Minute
	largestHeader  = 16 << 10
	lastRequests   = 25 * time.Second
	lastPieces     = 20 * time.Second // for pieces of uploads; then they are cut off, and what arrived is kept
)

type serveCommand struct{}

func (*serveCommand) Run(i *invocation) (err error) {
	settings, err := i.checked()
	if err != nil {
		return err
	}
	log, logFile, err := newLogger(settings, i.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, logFile.Close()) }()
	log, tail := tailed(log)
	slog.SetDefault(log)
	// Stopping is the server's business: work under way is not cut off by the signal itself.
	values, err := i.sources.Values(settings)
	if err != nil {
		return err
	}
	a, err := wire(context.WithoutCancel(i.ctx), settings, log, watched{values, tail})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	l, err := listen(settings, a)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(i.stdout, l.words(settings, a)); err != nil {
		return errors.Join(err, l.close())
	}
	return serve(i.ctx, i.restore, l, a, log)
}

// serve answers until ctx ends, then finishes what is in flight. restore is called before the log says so.
func serve(ctx context.Context, restore func(), l listeners, a *app, log *slog.Logger) error {
	server := newServer(a.handler, log)
	server.TLSConfig = a.encrypt.config
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(l.plain) }()
	if l.encrypted != nil {
		go func() { ended <- server.ServeTLS(l.encrypted, "", "") }()
	}
	if a.encrypt.warm != nil {
		a.jobs.Go("certificates", a.encrypt.warm)
	}
	select {
	case err := <-ended:
		return errors.Join(fmt.Errorf("serve: %w", err), server.Close())
	case <-ctx.Done():
	}
	restore()
	a.health.Drain()
	log.Info("stopping: finishing what is in flight", slog.Duration("atMost", lastRequests))
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
	defer cancel()
	cut := time.AfterFunc(lastPieces, func() { a.interrupt(last) })
	defer cut.Stop()
	if a.hangUp != nil {
		a.hangUp(last)
	}
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("some requests did not end in time and were cut off")
		err = server.Close()
	}
	<-ended
	if l.encrypted != nil {
		<-ended
	}
	return err
}

// newServer bounds what a client may make the server wait for before a request is known; after that the
// routes bound themselves, for a stream or an upload may last hours.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerPatience,
		IdleTimeout:       idlePatience,
		MaxHeaderBytes:    largestHeader - 4096, // net/http allows 4 KB more than it is told
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
