package cli

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"hathor/internal/config"
)

// running serves a whole program on loopback until the test ends, and answers its two addresses.
func running(t *testing.T, c *config.Config) (plain, encrypted string) {
	t.Helper()
	c.Host, c.DataDir, c.Registration = "127.0.0.1", t.TempDir(), config.RegistrationOpen
	a := built(t, c)
	l, err := listen(c, a)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, func() {}, l, a, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return shown("http", c.Host, l.plain), shown("https", c.Host, l.encrypted)
}

func fetch(t *testing.T, client *http.Client, method, url, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

// A device fetches the certificate over plain http, installs it, and is then let in over https.
func TestDeviceInstallsTheCertificate(t *testing.T) {
	plain, encrypted := running(t, &config.Config{TLS: config.TLSOwn, TLSHosts: []string{"music.home.arpa"}})
	device := &http.Client{Timeout: 20 * time.Second}
	if _, err := device.Get(encrypted); err == nil {
		t.Fatal("a device trusts what it never installed")
	}
	answer, der := fetch(t, device, http.MethodGet, plain+"/api/certificate/authority.crt", "")
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != "application/x-x509-ca-cert" {
		t.Errorf("the certificate: %d, %s", answer.StatusCode, got)
	}
	var facts struct {
		Fingerprint, InstallURL string
		Hosts, SecureURLs       []string
	}
	_, text := fetch(t, device, http.MethodGet, plain+"/api/certificate", "")
	if err := json.Unmarshal([]byte(text), &facts); err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(fmt.Sprintf("% X", sha256.Sum256([]byte(der))), " ", ":"); facts.Fingerprint != want {
		t.Errorf("fingerprint %s, want %s", facts.Fingerprint, want)
	}
	_, httpPort, _ := strings.Cut(plain, "127.0.0.1:")
	_, tlsPort, _ := strings.Cut(encrypted, "127.0.0.1:")
	if facts.InstallURL != "http://music.home.arpa:"+httpPort+"/certificate" || facts.SecureURLs[0] != "https://music.home.arpa:"+tlsPort {
		t.Errorf("addresses: %+v", facts)
	}
	device = trusting(t, []byte(der))
	answer, _ = fetch(t, device, http.MethodGet, encrypted+"/api/health/live", "")
	if answer.StatusCode != http.StatusOK || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("over https: %d, %s, %v", answer.StatusCode, answer.Proto, answer.Header)
	}
	answer, text = fetch(t, device, http.MethodPost, encrypted+"/api/auth/register", `{"username":"ada","email":"a@example.org","password":"Correct1horse","client":"web"}`)
	if cookie := answer.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-") || !strings.Contains(cookie, "Secure") {
		t.Errorf("cookie over https: %d %s %s", answer.StatusCode, cookie, text)
	}
}

func trusting(t *testing.T, der []byte) *http.Client {
	t.Helper()
	authority, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(authority)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 20 * time.Second}
}

func TestCertificateFilesOfTheServer(t *testing.T) {
	plain, _ := running(t, &config.Config{TLS: config.TLSOwn})
	client := &http.Client{Timeout: 20 * time.Second}
	for path, want := range map[string]struct {
		status          int
		mediaType, part string
	}{
		"/authority.pem":         {200, "application/x-pem-file", "BEGIN CERTIFICATE"},
		"/code.svg":              {200, "image/svg+xml", "<svg"},
		"/code.svg?host=evil.ex": {400, "application/json", `"host"`},
		"/code.svg?size=3":       {400, "application/json", `"size"`},
	} {
		answer, text := fetch(t, client, http.MethodGet, plain+"/api/certificate"+path, "")
		if answer.StatusCode != want.status || answer.Header.Get("Content-Type") != want.mediaType || !strings.Contains(text, want.part) {
			t.Errorf("%s: %d %s %s", path, answer.StatusCode, answer.Header.Get("Content-Type"), text)
		}
		if strings.Contains(text, "PRIVATE") {
			t.Errorf("%s gives away a key", path)
		}
	}
}
