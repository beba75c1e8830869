package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"hathor/internal/config"
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
	slog.SetDefault(log)
	// Stopping is the server's business: work under way is not cut off by the signal itself.
	a, err := wire(context.WithoutCancel(i.ctx), settings, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	listener, err := net.Listen("tcp", net.JoinHostPort(settings.Host, strconv.Itoa(settings.Port)))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if _, err := fmt.Fprintf(i.stdout, "Hathor %s listens on %s\n", version, shownAddress(settings, listener)); err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(i.ctx, i.restore, listener, a, log)
}

// serve answers until ctx ends, then finishes what is in flight. restore is called before the log says so.
func serve(ctx context.Context, restore func(), listener net.Listener, a *app, log *slog.Logger) error {
	server := newServer(a.handler, log)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	restore()
	a.health.Drain()
	log.Info("stopping: finishing what is in flight", slog.Duration("atMost", lastRequests))
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
	defer cancel()
	cut := time.AfterFunc(lastPieces, func() { a.interrupt(last) })
	defer cut.Stop()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("some requests did not end in time and were cut off")
		err = server.Close()
	}
	<-ended
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

// shownAddress is where a person on this machine finds the server.
func shownAddress(c *config.Config, listener net.Listener) string {
	host := c.Host
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return "http://" + net.JoinHostPort(host, port)
}
