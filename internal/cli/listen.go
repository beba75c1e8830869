package cli

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"hathor/internal/config"
)

// listeners are where the server is reached; encrypted is nil without https.
type listeners struct{ plain, encrypted net.Listener }

// listen takes the ports, both or none.
func listen(c *config.Config, a *app) (l listeners, err error) {
	if l.plain, err = net.Listen("tcp", net.JoinHostPort(c.Host, strconv.Itoa(c.Port))); err != nil {
		return l, fmt.Errorf("listen (PORT and HOST say where): %w", err)
	}
	if a.encrypt.config == nil {
		return l, nil
	}
	if l.encrypted, err = net.Listen("tcp", net.JoinHostPort(c.Host, strconv.Itoa(c.TLSPort))); err != nil {
		return l, errors.Join(fmt.Errorf("listen for https (TLS_PORT and HOST say where): %w", err), l.plain.Close())
	}
	*a.encrypt.ports = ports{port(l.plain), port(l.encrypted)}
	return l, nil
}

func (l listeners) close() error {
	err := l.plain.Close()
	if l.encrypted != nil {
		err = errors.Join(err, l.encrypted.Close())
	}
	return err
}

func port(l net.Listener) int {
	if tcp, ok := l.Addr().(*net.TCPAddr); ok {
		return tcp.Port
	}
	return 0
}

// words are where a person on this machine finds the server, and how other devices come to trust it.
func (l listeners) words(c *config.Config, a *app) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Hathor %s listens on %s\n", version, shown("http", c.Host, l.plain))
	if l.encrypted != nil {
		fmt.Fprintf(&text, "https: %s\n", shown("https", c.Host, l.encrypted))
	}
	if own := a.encrypt.authority; own != nil {
		host := c.Host
		if hosts := own.Hosts(); everywhere(host) && len(hosts) > 0 {
			host = hosts[0] // localhost is of no use to other devices
		}
		fmt.Fprintf(&text, "Devices install its certificate from %s/certificate\nFingerprint (SHA-256): %s\n", shown("http", host, l.plain), own.Fingerprint())
	}
	return text.String()
}

func shown(scheme, host string, l net.Listener) string {
	if everywhere(host) {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(port(l)))
}

// everywhere tells whether a server on this host listens on all addresses.
func everywhere(host string) bool { return host == "" || host == "0.0.0.0" || host == "::" }
