package certs_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/certs"
	"hathor/internal/clock"
)

// files are an operator's certificate and key.
type files struct{ certificate, key string }

func newFiles(t *testing.T) files {
	folder := t.TempDir()
	return files{filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")}
}

// write puts a fresh pair there, for a name and until a moment; each is written later than the one before.
func (f files) write(t *testing.T, serial int64, until time.Time, names ...string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), NotBefore: start.Add(-time.Hour), NotAfter: until, DNSNames: names}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	f.put(t, f.certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), serial)
	f.put(t, f.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), serial)
}

func (f files) put(t *testing.T, name string, content []byte, age int64) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	when := start.Add(time.Duration(age) * time.Second)
	if err := os.Chtimes(name, when, when); err != nil {
		t.Fatal(err)
	}
}

func serialOf(t *testing.T, p *certs.Pair) int64 {
	t.Helper()
	leaf, err := connect(t, p.TLS(), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	return leaf.SerialNumber.Int64()
}

func TestPairIsReadAgainWhenItChanges(t *testing.T) {
	f, until := newFiles(t), start.Add(24*time.Hour)
	f.write(t, 1, until, "music.example")
	var log bytes.Buffer
	p, err := certs.OpenPair(f.certificate, f.key, clock.NewFake(start), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if got := serialOf(t, p); got != 1 {
		t.Errorf("got certificate %d", got)
	}
	f.write(t, 2, until, "music.example")
	if got := serialOf(t, p); got != 2 {
		t.Errorf("after a change: certificate %d", got)
	}
	f.put(t, f.certificate, []byte("half a certif"), 3)
	for range 3 {
		if got := serialOf(t, p); got != 2 {
			t.Errorf("with a broken file: certificate %d", got)
		}
	}
	if n := strings.Count(log.String(), "cannot be used"); n != 1 {
		t.Errorf("said %d times: %s", n, log.String())
	}
	if err := os.Remove(f.certificate); err != nil {
		t.Fatal(err)
	}
	if got := serialOf(t, p); got != 2 {
		t.Errorf("without a file: certificate %d", got)
	}
	f.write(t, 4, until, "music.example")
	if got := serialOf(t, p); got != 4 {
		t.Errorf("after the repair: certificate %d", got)
	}
	if strings.Contains(log.String(), "PRIVATE") {
		t.Error("the log shows a key")
	}
}

func TestPairThatCannotServeIsRefusedAtStart(t *testing.T) {
	for want, spoil := range map[string]func(f files){
		"no such file":       func(f files) { _ = os.Remove(f.key) },
		"failed to find any": func(f files) { f.put(t, f.certificate, []byte("rubbish"), 1) },
		"does not match": func(f files) {
			keep, _ := os.ReadFile(f.key)
			f.write(t, 2, start.Add(time.Hour), "a.example")
			f.put(t, f.key, keep, 2)
		},
		"it ended on 2026-03-01": func(f files) { f.write(t, 2, start.Add(-time.Minute), "a.example") },
		"it names no host":       func(f files) { f.write(t, 2, start.Add(time.Hour)) },
	} {
		f := newFiles(t)
		f.write(t, 1, start.Add(time.Hour), "music.example")
		spoil(f)
		_, err := certs.OpenPair(f.certificate, f.key, clock.NewFake(start), slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "TLS_CERT") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
