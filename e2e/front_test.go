package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// throughNginx among a program's environment puts nginx before it, with the configuration that is shipped.
const throughNginx = "FRONT=nginx"

// front is an nginx on loopback with the shipped configuration.
type front struct {
	folder  string // all it writes
	url     string
	tlsPort string // of nginx-tls.conf
	command *exec.Cmd
}

// newFront starts nginx with one of the shipped files before a server. Only addresses and the places of
// files are changed.
func newFront(t *testing.T, file, server string) *front {
	t.Helper()
	f := &front{folder: t.TempDir()}
	plain, secure := freePort(t), freePort(t)
	f.url, f.tlsPort = "http://127.0.0.1:"+plain, secure
	f.writeConfiguration(t, file, map[string]string{
		"server app:5000;":       "server " + strings.TrimPrefix(server, "http://") + ";",
		"listen 8080 ":           "listen 127.0.0.1:" + plain + " ",
		"listen 8443 ":           "listen 127.0.0.1:" + secure + " ",
		"listen 8080;":           "listen 127.0.0.1:" + plain + ";",
		"/tmp/":                  f.folder + "/",
		"/dev/stderr":            filepath.Join(f.folder, "error.log"),
		"/dev/stdout":            filepath.Join(f.folder, "access.log"),
		"/etc/nginx/tls/":        f.folder + "/",
		"worker_processes auto;": "worker_processes 1;",
	})
	f.writeCertificate(t)
	f.start(t, file)
	return f
}

// writeCertificate makes one that nobody trusts, where nginx-tls.conf looks for it.
func (f *front) writeCertificate(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	whose := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	certificate, err := x509.CreateCertificate(rand.Reader, whose, whose, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		"fullchain.pem": {Type: "CERTIFICATE", Bytes: certificate}, "privkey.pem": {Type: "PRIVATE KEY", Bytes: encoded},
	} {
		if err := os.WriteFile(filepath.Join(f.folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (f *front) writeConfiguration(t *testing.T, main string, changes map[string]string) {
	t.Helper()
	var pairs []string
	for from, to := range changes {
		pairs = append(pairs, from, to)
	}
	files, err := filepath.Glob("../deploy/nginx/*.conf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no configuration: %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.NewReplacer(pairs...).Replace(string(text))
		if filepath.Base(name) == main && changed == string(text) {
			t.Fatalf("%s has nothing to change", main)
		}
		if err := os.WriteFile(filepath.Join(f.folder, filepath.Base(name)), []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (f *front) start(t *testing.T, file string) {
	t.Helper()
	program, err := nginxProgram()
	if err != nil {
		t.Skip("nginx is not on this machine (Debian package: nginx)")
	}
	more := "daemon off;"
	if os.Getuid() == 0 {
		more += " user root;" // its workers get into the test's folder
	}
	f.command = exec.Command(program, "-p", f.folder, "-c", filepath.Join(f.folder, file), "-e", filepath.Join(f.folder, "error.log"), "-g", more)
	var said strings.Builder
	f.command.Stderr = &said
	if err := f.command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = f.command.Wait()
	}()
	t.Cleanup(func() {
		_ = f.command.Process.Signal(os.Interrupt)
		<-ended
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(f.folder, "error.log"))
			t.Logf("nginx said: %s%.2000s", said.String(), log)
		}
	})
	until(t, 20*time.Second, func() bool {
		answer, err := http.Get(f.url + "/nginx-health")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusNoContent
	})
}

func nginxProgram() (string, error) {
	if found, err := exec.LookPath("nginx"); err == nil {
		return found, nil
	}
	return exec.LookPath("/usr/sbin/nginx")
}

// spooled names the files in which nginx keeps requests and answers. It removes their names at once and writes
// to them all the same.
func (f *front) spooled(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, worker := range f.workers(t) {
		open, err := filepath.Glob(filepath.Join("/proc", worker, "fd", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range open {
			if file, err := os.Readlink(name); err == nil && strings.HasPrefix(file, filepath.Join(f.folder, "nginx-")) {
				all = append(all, file)
			}
		}
	}
	return all
}

// workers are the processes of nginx that do the work.
func (f *front) workers(t *testing.T) []string {
	t.Helper()
	master := strconv.Itoa(f.command.Process.Pid)
	children, err := os.ReadFile(filepath.Join("/proc", master, "task", master, "children"))
	if err != nil || len(children) == 0 {
		t.Fatalf("nginx has the workers %q: %v", children, err)
	}
	return strings.Fields(string(children))
}

// memory is what the workers hold, in bytes.
func (f *front) memory(t *testing.T) int64 {
	t.Helper()
	var sum int64
	for _, worker := range f.workers(t) {
		status, err := os.ReadFile(filepath.Join("/proc", worker, "status"))
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(status), "VmRSS:")
		kilobytes, err := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += kilobytes << 10
	}
	return sum
}
