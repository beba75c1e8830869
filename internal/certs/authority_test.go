package certs_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/certs"
	"hathor/internal/clock"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// home is a machine whose names a test changes.
type home struct{ certs.Hosts }

func (h *home) now() certs.Hosts { return h.Hosts }

func newHome() *home {
	return &home{certs.Hosts{
		Names: []string{"nas.local", "localhost", "shop.example"}, Addresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(192, 168, 1, 5), net.IPv4(8, 8, 8, 8)},
		Shown: []string{"192.168.1.5", "8.8.8.8", "nas.local"},
	}}
}

func open(t *testing.T, folder string, h *home, c clock.Clock, extra ...string) *certs.Authority {
	t.Helper()
	a, err := certs.OpenAuthority(folder, extra, h.now, c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// handshake connects for a name, trusting nothing but what a device would have installed.
func handshake(t *testing.T, server *tls.Config, installed []byte, name string, now time.Time) (*x509.Certificate, error) {
	t.Helper()
	root, err := x509.ParseCertificate(installed)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	return connect(t, server, &tls.Config{RootCAs: pool, ServerName: name, Time: func() time.Time { return now }})
}

// connect answers the server's own certificate over a real socket.
func connect(t *testing.T, server, client *tls.Config) (*x509.Certificate, error) {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	served := make(chan struct{})
	go func() {
		defer close(served)
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		_ = connection.(*tls.Conn).Handshake()
		_ = connection.Close()
	}()
	connection, err := tls.Dial("tcp", listener.Addr().String(), client)
	if err != nil {
		return nil, err
	}
	leaf := connection.ConnectionState().PeerCertificates[0]
	_ = connection.Close()
	<-served
	return leaf, nil
}

func TestAuthorityIsTrustedOnceInstalled(t *testing.T) {
	a := open(t, t.TempDir(), newHome(), clock.NewFake(start))
	for name, trusted := range map[string]bool{
		"nas.local": true, "localhost": true, "192.168.1.5": true, "127.0.0.1": true, "other.local": false, "8.8.8.8": false, "shop.example": false,
	} {
		leaf, err := handshake(t, a.TLS(), a.DER(), name, start)
		if (err == nil) != trusted {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && leaf.NotAfter.Sub(leaf.NotBefore) > 397*24*time.Hour {
			t.Errorf("a certificate from %v to %v is too long for some devices", leaf.NotBefore, leaf.NotAfter)
		}
	}
	if got := a.Hosts(); !slices.Equal(got, []string{"192.168.1.5", "nas.local"}) {
		t.Errorf("shown hosts: %v", got)
	}
	if got := a.Until(); got.Sub(start) < 3649*24*time.Hour {
		t.Errorf("the authority ends on %v", got)
	}
}

// A thief of the key must not be able to play a site of the world: devices refuse what it signs.
func TestAuthorityCannotVouchForTheWorld(t *testing.T) {
	root, err := x509.ParseCertificate(open(t, t.TempDir(), newHome(), clock.NewFake(start), "music.example.org").DER())
	if err != nil {
		t.Fatal(err)
	}
	if !root.PermittedDNSDomainsCritical || slices.Contains(root.PermittedDNSDomains, "") || !slices.Contains(root.PermittedDNSDomains, "music.example.org") {
		t.Errorf("permitted: %v", root.PermittedDNSDomains)
	}
	if !root.IsCA || !root.MaxPathLenZero {
		t.Error("it may sign other authorities")
	}
	for _, network := range root.PermittedIPRanges {
		if network.Contains(net.IPv4(8, 8, 8, 8)) || network.Contains(net.ParseIP("2001:4860:4860::8888")) {
			t.Errorf("%v is not of a home", network)
		}
	}
}

func TestCertificateIsMadeAnewWhenNeeded(t *testing.T) {
	h, c := newHome(), clock.NewFake(start)
	a := open(t, t.TempDir(), h, c)
	first, err := handshake(t, a.TLS(), a.DER(), "nas.local", start)
	if err != nil {
		t.Fatal(err)
	}
	c.Advance(time.Hour)
	if again, err := handshake(t, a.TLS(), a.DER(), "nas.local", c.Now()); err != nil || !again.Equal(first) {
		t.Errorf("nothing changed: %v", err)
	}
	h.Names = append(h.Names, "attic.local")
	c.Advance(time.Minute)
	if _, err := handshake(t, a.TLS(), a.DER(), "attic.local", c.Now()); err != nil {
		t.Errorf("a new name: %v", err)
	}
	c.Advance(2 * 365 * 24 * time.Hour)
	if _, err := handshake(t, a.TLS(), a.DER(), "nas.local", c.Now()); err != nil {
		t.Errorf("two years later: %v", err)
	}
}

func TestAuthorityIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "tls")
	first := open(t, folder, newHome(), clock.NewFake(start))
	file := filepath.Join(folder, "authority.pem")
	for name, want := range map[string]os.FileMode{folder: 0o700, file: 0o600} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	again := open(t, folder, newHome(), clock.NewFake(start.Add(24*time.Hour)))
	if again.Fingerprint() != first.Fingerprint() || len(first.Fingerprint()) != 95 {
		t.Errorf("fingerprints %s and %s", first.Fingerprint(), again.Fingerprint())
	}
	refused := func(want string, at time.Time, extra ...string) {
		t.Helper()
		_, err := certs.OpenAuthority(folder, extra, newHome().now, clock.NewFake(at))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "every device has to install") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	refused(`cannot vouch for it`, start, "music.example.org")
	refused("it ended on 2036", start.Add(11*365*24*time.Hour))
	if err := os.WriteFile(file, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("authority.pem", start)
	if text, _ := os.ReadFile(file); string(text) != "rubbish" {
		t.Error("a damaged authority was written over")
	}
}

func TestMachineKnowsItself(t *testing.T) {
	h := certs.Machine([]string{"music.home.arpa", "192.168.7.7"})
	if h.Shown[0] != "music.home.arpa" || h.Shown[1] != "192.168.7.7" || !slices.Contains(h.Names, "music.home.arpa") || !slices.Contains(h.Names, "localhost") {
		t.Errorf("got %v", h)
	}
	for _, want := range []string{"127.0.0.1", "192.168.7.7"} {
		if !slices.ContainsFunc(h.Addresses, net.ParseIP(want).Equal) {
			t.Errorf("lacks %s: %v", want, h.Addresses)
		}
	}
}

// A server that serves plain connections first would never learn HTTP/2, and speak HTTP/1 to who agreed on it.
func TestProtocolsAreNamed(t *testing.T) {
	a := open(t, t.TempDir(), newHome(), clock.NewFake(start))
	for _, protocol := range []string{"h2", "http/1.1"} {
		if !slices.Contains(a.TLS().NextProtos, protocol) {
			t.Errorf("%s is not named", protocol)
		}
	}
}

func TestOldTLSIsRefused(t *testing.T) {
	a := open(t, t.TempDir(), newHome(), clock.NewFake(start))
	for version, fine := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		_, err := connect(t, a.TLS(), &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: version})
		if (err == nil) != fine {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
	}
}
