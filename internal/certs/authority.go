// Package certs is where https gets its certificates from: a certificate authority of the server's own for
// a home, the operator's files, or an authority that speaks ACME.
package certs

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hathor/internal/clock"
)

const (
	authorityLife = 10 * 365 * 24 * time.Hour
	// leafLife is far below what the strictest devices accept (397 days); renewal is nobody's work.
	leafLife = 90 * 24 * time.Hour
	renewAt  = 30 * 24 * time.Hour // before the end
	// skew forgives devices whose clock is slow.
	skew = 24 * time.Hour
	// lookEvery is how often the machine's names and addresses are looked up, when somebody connects.
	lookEvery = 10 * time.Second
)

// Authority is the server's own certificate authority and the certificate it issues to itself. It is safe
// for concurrent use.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	hosts       func() Hosts
	clock       clock.Clock

	mu     sync.Mutex
	leaf   *tls.Certificate
	named  Hosts
	looked time.Time
}

// OpenAuthority reads the authority of the folder, or makes one there that can vouch for homes and for
// the extra names and addresses. hosts tells what the machine is called now. It returns an error for an
// authority that is damaged or over, or cannot vouch for one of extra.
func OpenAuthority(folder string, extra []string, hosts func() Hosts, c clock.Clock) (*Authority, error) {
	name := filepath.Join(folder, "authority.pem")
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeAuthority(folder, name, extra, c.Now())
	}
	if err != nil {
		return nil, fmt.Errorf("open certificate authority: %w", err)
	}
	a := &Authority{hosts: hosts, clock: c}
	if a.certificate, a.key, err = parseAuthority(text); err != nil {
		return nil, fmt.Errorf("open certificate authority %s: %w (bring it back from a backup; without the file a new one is made, which every device has to install)", name, err)
	}
	if !c.Now().Before(a.certificate.NotAfter) {
		return nil, fmt.Errorf("open certificate authority %s: it ended on %s (without the file a new one is made, which every device has to install)", name, a.certificate.NotAfter.Format(time.DateOnly))
	}
	for _, host := range extra {
		if !permits(a.certificate, host) {
			return nil, fmt.Errorf("TLS_HOSTS: the certificate authority %s was made without %q and cannot vouch for it (without the file a new one is made, which every device has to install)", name, host)
		}
	}
	return a, nil
}

// makeAuthority writes a new authority, certificate and key in one file, so that they are never apart.
func makeAuthority(folder, name string, extra []string, now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Hathor at home, " + now.Format(time.DateOnly), Organization: []string{"Hathor"}},
		NotBefore: now.Add(-skew), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	constrain(template, extra)
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make certificate: %w", err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode key: %w", err)
	}
	var text bytes.Buffer
	_ = pem.Encode(&text, &pem.Block{Type: "CERTIFICATE", Bytes: der}) // a buffer takes everything
	_ = pem.Encode(&text, &pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	return text.Bytes(), keep(folder, name, text.Bytes())
}

// keep writes a secret whole or not at all.
func keep(folder, name string, content []byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".new-*") // for nobody but its owner
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

func parseAuthority(text []byte) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	pair, err := tls.X509KeyPair(text, text)
	if err != nil {
		return nil, nil, err
	}
	key, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !ok || !pair.Leaf.IsCA {
		return nil, nil, errors.New("it is no authority that was made here")
	}
	return pair.Leaf, key, nil
}

func serial() *big.Int {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	raw[0] &= 0x7f
	return new(big.Int).SetBytes(raw)
}

// DER is the authority's certificate, for devices to install.
func (a *Authority) DER() []byte { return a.certificate.Raw }

// Until is when the authority ends.
func (a *Authority) Until() time.Time { return a.certificate.NotAfter }

// Fingerprint is the SHA-256 of the certificate as devices show it.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.certificate.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// Hosts are the names and addresses under which other devices reach this server now, best first.
func (a *Authority) Hosts() []string {
	var shown []string
	for _, host := range a.hosts().Shown {
		if permits(a.certificate, host) {
			shown = append(shown, host)
		}
	}
	return shown
}

// TLS is the configuration of a listener.
func (a *Authority) TLS() *tls.Config { return config(a.current) }

// config refuses what is older than TLS 1.2; Go's own choice of ciphers is the best there is. It names the
// protocols because one http.Server serves plain connections beside: whichever kind it serves first decides
// whether it learns HTTP/2, and by these names it does either way.
func config(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: get, NextProtos: []string{"h2", "http/1.1"}}
}

// current is the certificate for what the machine is called now, made anew when that changed or its end is near.
func (a *Authority) current(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock.Now()
	if a.leaf != nil && now.Sub(a.looked) < lookEvery && !now.Before(a.looked) && a.named.covers(hello) {
		return a.leaf, nil
	}
	hosts := a.hosts().only(a.certificate)
	if a.leaf == nil || !hosts.same(a.named) || now.After(a.leaf.Leaf.NotAfter.Add(-renewAt)) {
		leaf, err := a.issue(hosts, now)
		if err != nil {
			return nil, fmt.Errorf("issue certificate: %w", err)
		}
		a.leaf, a.named = leaf, hosts
	}
	a.looked = now
	return a.leaf, nil
}

// issue makes a certificate, which lives in memory only: devices trust the authority.
func (a *Authority) issue(hosts Hosts, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	end := now.Add(leafLife)
	if end.After(a.certificate.NotAfter) {
		end = a.certificate.NotAfter
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Hathor"}, NotBefore: now.Add(-skew), NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
		DNSNames: hosts.Names, IPAddresses: hosts.Addresses,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.certificate.Raw}, PrivateKey: key, Leaf: leaf}, nil
}
