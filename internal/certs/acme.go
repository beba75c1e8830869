package certs

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// ACME gets certificates from an authority that checks by itself whom a name belongs to, and renews them.
// Its timers for renewal live as long as the process.
type ACME struct {
	manager *autocert.Manager
	hosts   []string
	log     *slog.Logger
}

// Order is what an ACME authority needs to know. The operator has accepted its terms.
type Order struct {
	Folder    string // where keys and certificates are kept
	Hosts     []string
	Email     string
	Directory string
	Client    *http.Client // http.DefaultClient when nil
}

// NewACME asks nobody yet: see Warm.
func NewACME(o Order, log *slog.Logger) *ACME {
	return &ACME{hosts: o.Hosts, log: log, manager: &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(filepath.Join(o.Folder, "acme")), HostPolicy: autocert.HostWhitelist(o.Hosts...),
		Email: o.Email, Client: &acme.Client{DirectoryURL: o.Directory, HTTPClient: o.Client, UserAgent: "hathor"},
	}}
}

// TLS is the configuration of a listener; it answers the authority's TLS-ALPN challenges too.
func (a *ACME) TLS() *tls.Config {
	c := config(a.manager.GetCertificate)
	c.NextProtos = append(c.NextProtos, acme.ALPNProto)
	return c
}

// Plain answers the authority's HTTP challenges and sends pages on to https; the API goes on as it is.
func (a *ACME) Plain(next http.Handler, port func() string) http.Handler {
	return a.manager.HTTPHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") || r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		host := a.hosts[0]
		if asked, _, _ := strings.Cut(r.Host, ":"); slices.Contains(a.hosts, asked) { // not a name that the asker made up
			host = asked
		}
		if port := port(); port != "443" {
			host = net.JoinHostPort(host, port)
		}
		http.Redirect(w, r, "https://"+host+r.URL.RequestURI(), http.StatusTemporaryRedirect)
	}))
}

// Warm gets the certificates before the first visitor needs them. It ends with ctx.
func (a *ACME) Warm(ctx context.Context) {
	for _, host := range a.hosts {
		got := make(chan error, 1)
		go func() {
			_, err := a.manager.GetCertificate(&tls.ClientHelloInfo{ServerName: host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}})
			got <- err
		}()
		select {
		case <-ctx.Done():
			return // autocert gives up by itself after some minutes
		case err := <-got:
			if err != nil {
				a.log.LogAttrs(ctx, slog.LevelError, "no certificate; it is tried again when somebody connects", slog.String("host", host), slog.Any("error", err))
				continue
			}
			a.log.LogAttrs(ctx, slog.LevelInfo, "certificate ready", slog.String("host", host))
		}
	}
}
