package programs

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Nginx serves the files of a folder, beside which the server's streams are measured.
type Nginx struct {
	*process
	Address string
}

// nginxConf is Debian's own configuration where it matters (sendfile, an access log, as many workers as there are
// cores), with connections that are kept for the whole run. Debian's tcp_nopush is left out: with it a range waits
// 40 ms for the acknowledgement of what came before, on connections that are kept.
const nginxConf = `
%s
worker_processes auto;
pid %s/nginx.pid;
error_log %s/nginx.log;
events { worker_connections 768; }
http {
	sendfile on;
	types { audio/mpeg mp3; }
	access_log %s/access.log;
	keepalive_requests 1000000000;
	client_body_temp_path %s/body;
	proxy_temp_path %s/proxy;
	fastcgi_temp_path %s/fastcgi;
	uwsgi_temp_path %s/uwsgi;
	scgi_temp_path %s/scgi;
	server { listen %s; root %s; }
}
`

// StartNginx serves the folder's files; what nginx writes goes into scratch. Whoever starts it ends it.
func StartNginx(scratch, files string) (*Nginx, error) {
	binary, err := find("nginx", "/usr/sbin")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	user := ""
	if os.Getuid() == 0 {
		user = "user root;" // the files may lie where nobody else reads
	}
	scratch = filepath.Join(scratch, "nginx")
	if err := os.MkdirAll(scratch, 0o755); err != nil {
		return nil, fmt.Errorf("make a folder for nginx: %w", err)
	}
	conf := filepath.Join(scratch, "nginx.conf")
	text := fmt.Sprintf(nginxConf, user, scratch, scratch, scratch, scratch, scratch, scratch, scratch, scratch, address, files)
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		return nil, fmt.Errorf("write nginx.conf: %w", err)
	}
	command := exec.Command(binary, "-c", conf, "-e", filepath.Join(scratch, "nginx.log"), "-g", "daemon off;")
	p, err := begin("nginx", filepath.Join(scratch, "nginx.log"), nil, command)
	if err != nil {
		return nil, err
	}
	n := &Nginx{process: p, Address: address}
	if err := p.await(func() error { return answers("tcp", address) }); err != nil {
		return nil, errors.Join(err, n.End())
	}
	return n, nil
}

// End stops nginx and its workers.
func (n *Nginx) End() error { return n.end(syscall.SIGTERM) }

// PID is the master of the workers.
func (n *Nginx) PID() int { return n.pid() }

func answers(network, address string) error {
	connection, err := net.Dial(network, address)
	if err != nil {
		return err
	}
	return connection.Close()
}

// freeAddress is a port of loopback that nobody listens on just now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// find looks for a program in PATH and in the folders where Debian puts it.
func find(name string, folders ...string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, pattern := range folders {
		if found, _ := filepath.Glob(filepath.Join(pattern, name)); len(found) > 0 {
			return found[len(found)-1], nil
		}
	}
	return "", fmt.Errorf("no %s on this machine (looked in PATH and %s): install Debian's package", name, strings.Join(folders, ", "))
}
