package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"

	"hathor/internal/certs"
	"hathor/internal/clock"
	"hathor/internal/config"
)

// encryption is how the server speaks https. The zero value is not at all.
type encryption struct {
	config *tls.Config
	// plain stands around the handler of plain http; nil adds nothing.
	plain func(http.Handler) http.Handler
	// warm gets certificates once the server listens; nil has none to get.
	warm      func(context.Context)
	authority *authority // of one's own
	ports     *ports
}

// ports are where the server listens. They are set before it serves.
type ports struct{ plain, encrypted int }

// authority is a certificate authority with what a device needs to know of the server.
type authority struct {
	*certs.Authority
	ports *ports
}

// Ports are where http and https are served.
func (a *authority) Ports() (plain, encrypted int) { return a.ports.plain, a.ports.encrypted }

// newEncryption prepares https in the way the configuration asks for.
func newEncryption(c *config.Config, data *folder, now clock.Clock, log *slog.Logger) (encryption, error) {
	folder := filepath.Join(data.path, "tls")
	e := encryption{ports: &ports{}}
	switch c.TLS {
	case config.TLSOwn:
		own, err := certs.OpenAuthority(folder, c.TLSHosts, func() certs.Hosts { return certs.Machine(c.TLSHosts) }, now)
		if err != nil {
			return encryption{}, err
		}
		e.config, e.authority = own.TLS(), &authority{own, e.ports}
	case config.TLSFiles:
		pair, err := certs.OpenPair(c.TLSCert, c.TLSKey, now, log)
		if err != nil {
			return encryption{}, err
		}
		e.config = pair.TLS()
	case config.TLSACME:
		order := certs.Order{Folder: folder, Hosts: c.TLSHosts, Email: c.ACMEEmail, Directory: c.ACMEDirectory}
		acme := certs.NewACME(order, log)
		e.config, e.warm = acme.TLS(), acme.Warm
		e.plain = func(next http.Handler) http.Handler {
			return acme.Plain(next, func() string { return strconv.Itoa(e.ports.encrypted) })
		}
	}
	return e, nil
}

// handler is what answers both kinds of connection.
func (e encryption) handler(next http.Handler) http.Handler {
	if e.plain == nil {
		return next
	}
	plain := e.plain(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil {
			plain.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
