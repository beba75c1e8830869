package certs_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"

	"hathor/internal/certs"
)

const host = "music.example.org"

// world is an ACME authority that finds every name at this machine, and a server that is to get a certificate.
type world struct {
	directory        string
	client           *http.Client
	root             *x509.CertPool
	plain, encrypted net.Listener
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0")
	t.Setenv("PEBBLE_AUTHZREUSE", "0")
	w := &world{plain: listen(t), encrypted: listen(t), root: x509.NewCertPool()}
	silent := log.New(io.Discard, "", 0)
	store := db.NewMemoryStore()
	issuer := ca.New(silent, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "default"}})
	checker := va.New(silent, portOf(w.plain), portOf(w.encrypted), false, names(t), store)
	front := wfe.New(silent, store, checker, issuer, []string{"ca.example"}, false, false, 1, 1)
	server := httptest.NewTLSServer(front.Handler())
	t.Cleanup(server.Close)
	w.directory, w.client = server.URL+wfe.DirectoryPath, server.Client()
	block, _ := pem.Decode(issuer.GetRootCert(0).PEM())
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	w.root.AddCert(root)
	return w
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// names runs a name server over TCP that gives 127.0.0.1 for every name and answers nothing else.
func names(t *testing.T) string {
	t.Helper()
	l := listen(t)
	go func() {
		for {
			connection, err := l.Accept()
			if err != nil {
				return
			}
			go answerNames(connection)
		}
	}()
	return l.Addr().String()
}

func answerNames(connection net.Conn) {
	defer func() { _ = connection.Close() }()
	for {
		var size uint16
		if binary.Read(connection, binary.BigEndian, &size) != nil {
			return
		}
		query := make([]byte, size)
		if _, err := io.ReadFull(connection, query); err != nil {
			return
		}
		answer := answerTo(query)
		_, _ = connection.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...))
	}
}

// answerTo keeps the header and the question, and adds an address to a question for one.
func answerTo(query []byte) []byte {
	end := 12
	for query[end] != 0 {
		end += int(query[end]) + 1
	}
	end += 5
	answer := bytes.Clone(query[:end])
	copy(answer[2:12], []byte{0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0})
	if address := query[end-3] == 1; address {
		answer[7] = 1
		answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	return answer
}

// serve runs a server until the test ends, whose challenges can be answered over plain http or https alone.
func (w *world) serve(t *testing.T, a *certs.ACME, plain bool) {
	t.Helper()
	music := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "music") })
	encrypted := &http.Server{Handler: music, TLSConfig: a.TLS(), ErrorLog: log.New(io.Discard, "", 0)}
	if plain {
		encrypted.TLSConfig.NextProtos = []string{"h2"} // so that the challenge over https fails
	}
	go func() { _ = encrypted.ServeTLS(w.encrypted, "", "") }()
	t.Cleanup(func() { _ = encrypted.Close() })
	if plain {
		answer := a.Plain(music, func() string { return "443" })
		unencrypted := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Host, _, _ = net.SplitHostPort(r.Host) // as it is where the authority asks, on port 80
			answer.ServeHTTP(w, r)
		})}
		go func() { _ = unencrypted.Serve(w.plain) }()
		t.Cleanup(func() { _ = unencrypted.Close() })
	}
}

func (w *world) order(folder string) certs.Order {
	return certs.Order{Folder: folder, Hosts: []string{host}, Email: "ada@example.org", Directory: w.directory, Client: w.client}
}

// visit asks for the music over https as a browser that trusts the authority does.
func (w *world) visit(t *testing.T, name string) (string, *http.Response, error) {
	t.Helper()
	transport := &http.Transport{
		ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: w.root, ServerName: name},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, w.encrypted.Addr().String())
		},
	}
	defer transport.CloseIdleConnections()
	answer, err := (&http.Client{Transport: transport}).Get("https://" + name)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return string(text), answer, err
}

func TestACMEGetsACertificate(t *testing.T) {
	for challenge, plain := range map[string]bool{"over http": true, "over https alone": false} {
		t.Run(challenge, func(t *testing.T) {
			w, folder := newWorld(t), t.TempDir()
			a := certs.NewACME(w.order(folder), slog.New(slog.DiscardHandler))
			w.serve(t, a, plain)
			a.Warm(t.Context())
			text, answer, err := w.visit(t, host)
			if err != nil || text != "music" || answer.ProtoMajor != 2 {
				t.Fatalf("got %q, %v, %v", text, answer, err)
			}
			kept, err := filepath.Glob(filepath.Join(folder, "acme", "*"))
			if err != nil || len(kept) < 2 {
				t.Errorf("kept: %v, %v", kept, err)
			}
			for _, name := range kept {
				if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%s: %v, %v", name, info.Mode(), err)
				}
			}
			if _, _, err := w.visit(t, "other.example.org"); err == nil {
				t.Error("a certificate for a name that is not in TLS_HOSTS")
			}
		})
	}
}

func TestACMEUsesWhatItKeptWhenTheAuthorityIsAway(t *testing.T) {
	w, folder := newWorld(t), t.TempDir()
	first := certs.NewACME(w.order(folder), slog.New(slog.DiscardHandler))
	w.serve(t, first, true)
	first.Warm(t.Context())
	again := w.order(folder)
	again.Directory = "http://127.0.0.1:1/gone"
	w.encrypted, w.plain = listen(t), listen(t)
	w.serve(t, certs.NewACME(again, slog.New(slog.DiscardHandler)), true)
	if text, _, err := w.visit(t, host); err != nil || text != "music" {
		t.Errorf("got %q, %v", text, err)
	}
}

func TestPlainPagesGoOnToHTTPS(t *testing.T) {
	a := certs.NewACME(certs.Order{Folder: t.TempDir(), Hosts: []string{host, "two.example.org"}}, slog.New(slog.DiscardHandler))
	plain := a.Plain(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }), func() string { return "8443" })
	for address, want := range map[string]string{
		"http://music.example.org/albums?sort=year": "https://music.example.org:8443/albums?sort=year",
		"http://two.example.org:80/":                "https://two.example.org:8443/",
		"http://evil.example/":                      "https://music.example.org:8443/",
		"http://music.example.org/api/health":       "",
	} {
		w := httptest.NewRecorder()
		plain.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
		if got := w.Header().Get("Location"); got != want || (w.Code == http.StatusTemporaryRedirect) != (want != "") {
			t.Errorf("%s: %d to %q", address, w.Code, got)
		}
	}
}
