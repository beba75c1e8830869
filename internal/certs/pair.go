package certs

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"hathor/internal/clock"
)

// Pair is the operator's certificate and key, read again when the files change. It is safe for concurrent use.
type Pair struct {
	certificate, key string
	clock            clock.Clock
	log              *slog.Logger

	mu     sync.Mutex
	loaded *tls.Certificate
	seen   stamp // of what was read last, good or bad
}

// stamp tells files apart that were written at different times.
type stamp struct {
	certificate, key time.Time
	sizes            [2]int64
}

// OpenPair reads the files, PEM both, the certificate with its whole chain. A pair that cannot serve now is an error.
func OpenPair(certificate, key string, c clock.Clock, log *slog.Logger) (*Pair, error) {
	p := &Pair{certificate: certificate, key: key, clock: c, log: log}
	p.seen, _ = p.stat() // before reading, so that a change meanwhile is seen later
	var err error
	if p.loaded, err = p.load(); err != nil {
		return nil, err
	}
	return p, nil
}

// TLS is the configuration of a listener.
func (p *Pair) TLS() *tls.Config { return config(p.current) }

// current reads the files again when they have changed. What cannot serve is said once and not used.
func (p *Pair) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, ok := p.stat()
	if !ok || now == p.seen {
		return p.loaded, nil
	}
	p.seen = now
	fresh, err := p.load()
	if err != nil {
		p.log.LogAttrs(context.Background(), slog.LevelError, "the changed certificate cannot be used; the one before goes on", slog.Any("error", err))
		return p.loaded, nil
	}
	p.loaded = fresh
	p.log.LogAttrs(context.Background(), slog.LevelInfo, "certificate read again", slog.Time("until", fresh.Leaf.NotAfter))
	return p.loaded, nil
}

func (p *Pair) stat() (stamp, bool) {
	certificate, err := os.Stat(p.certificate)
	key, keyErr := os.Stat(p.key)
	if err != nil || keyErr != nil {
		return stamp{}, false
	}
	return stamp{certificate.ModTime(), key.ModTime(), [2]int64{certificate.Size(), key.Size()}}, true
}

func (p *Pair) load() (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(p.certificate, p.key)
	if err != nil {
		return nil, fmt.Errorf("read certificate (TLS_CERT %s, TLS_KEY %s): %w", p.certificate, p.key, err)
	}
	now := p.clock.Now()
	switch {
	case now.After(pair.Leaf.NotAfter):
		err = fmt.Errorf("it ended on %s", pair.Leaf.NotAfter.Format(time.DateOnly))
	case now.Before(pair.Leaf.NotBefore):
		err = fmt.Errorf("it begins on %s", pair.Leaf.NotBefore.Format(time.DateOnly))
	case len(pair.Leaf.DNSNames)+len(pair.Leaf.IPAddresses) == 0:
		err = errors.New("it names no host (subject alternative names)")
	}
	if err != nil {
		return nil, fmt.Errorf("read certificate (TLS_CERT %s): %w", p.certificate, err)
	}
	return &pair, nil
}
