// Package bus is Redis, through which equal nodes share what must hold for all of them at once: counters of
// limits, and the news that something ended.
package bus

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/rueidis"

	"hathor/internal/clock"
)

const (
	// startPatience is how long Redis may take to appear when the server starts.
	startPatience = 10 * time.Second
	// patience is how long a request waits for Redis, and rest how long nobody asks after it failed to answer.
	patience = 300 * time.Millisecond
	rest     = 500 * time.Millisecond
)

// errResting spares requests the wait for a Redis that has just not answered.
var errResting = errors.New("redis did not answer a moment ago")

// Bus is a connection to Redis. It is safe for concurrent use. Whoever opens it closes it.
type Bus struct {
	client rueidis.Client
	clock  clock.Clock
	news   chan news
	resume atomic.Int64 // when Redis may be asked again, in nanoseconds since 1970
}

// Open connects to "redis://…", "rediss://…" or "unix://…", and gives up when there is no answer in ten seconds.
func Open(ctx context.Context, url string, c clock.Clock) (*Bus, error) {
	option, err := options(url)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	client, err := connect(ctx, option)
	if err != nil {
		return nil, fmt.Errorf("reach Redis at %s: %w (check REDIS_URL or REDIS_HOST, and that it runs)", option.InitAddress[0], err)
	}
	return &Bus{client: client, clock: c, news: make(chan news, 256)}, nil
}

func options(url string) (rueidis.ClientOption, error) {
	option, err := rueidis.ParseURL(url)
	if err != nil {
		return option, errors.New("read the Redis address: it is no redis:// address") // the cause may show a password
	}
	option.DisableCache, option.ForceSingleClient, option.DisableRetry = true, true, true
	option.ClientName, option.ClientSetInfo = "hathor", rueidis.DisableClientSetInfo
	option.ConnWriteTimeout = 2 * time.Second
	option.Dialer.Timeout = time.Second
	option.PipelineMultiplex = 1
	option.ReadBufferEachConn, option.WriteBufferEachConn, option.RingScaleEachConn = 32<<10, 32<<10, 9
	if option.DialCtxFn == nil {
		option.DialCtxFn = dial
	}
	return option, nil
}

// dial is the library's own way, bounded by the dialler.
func dial(ctx context.Context, address string, dialer *net.Dialer, encrypted *tls.Config) (net.Conn, error) {
	if encrypted != nil {
		return (&tls.Dialer{NetDialer: dialer, Config: encrypted}).DialContext(ctx, "tcp", address)
	}
	return dialer.DialContext(ctx, "tcp", address)
}

// connect tries until Redis answers or ctx ends. A wrong password is told at once.
func connect(ctx context.Context, option rueidis.ClientOption) (rueidis.Client, error) {
	retry := time.NewTicker(200 * time.Millisecond)
	defer retry.Stop()
	for {
		client, err := rueidis.NewClient(option)
		if err == nil {
			return client, nil
		}
		if _, answered := rueidis.IsRedisErr(err); answered {
			return nil, err
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			return nil, err
		}
	}
}

// Close ends the connection; calls under way end with an error.
func (b *Bus) Close() error {
	b.client.Close()
	return nil
}

// Check tells whether Redis answers now.
func (b *Bus) Check(ctx context.Context) error {
	if err := b.client.Do(ctx, b.client.B().Ping().Build()).Error(); err != nil {
		return fmt.Errorf("ask Redis: %w", err)
	}
	b.resume.Store(0)
	return nil
}

// within asks Redis, unless it failed to answer a moment ago, and notes when it does now.
func (b *Bus) within(ctx context.Context, ask func(context.Context) error) error {
	if b.clock.Now().UnixNano() < b.resume.Load() {
		return errResting
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := ask(limited)
	if err != nil && limited.Err() == nil {
		err = ask(limited) // over a new connection: the old one may have died while nobody used it
	}
	if err == nil || ctx.Err() != nil { // who asked went away: that says nothing of Redis
		return err
	}
	b.resume.Store(b.clock.Now().Add(rest).UnixNano())
	slog.WarnContext(ctx, "redis did not answer", slog.Any("error", err))
	return fmt.Errorf("ask Redis: %w", err)
}
