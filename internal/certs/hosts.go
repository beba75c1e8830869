package certs

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Hosts is what a machine is called.
type Hosts struct {
	Names     []string
	Addresses []net.IP
	Shown     []string // those that other devices can use, best first
}

// homeNames are the endings that no public site has, and homeNetworks the addresses that none has. The
// authority can vouch for these only: were its key stolen, no bank could be played with it.
var (
	homeNames    = []string{"localhost", "local", "lan", "home", "internal", "home.arpa", "intranet", "private", "localdomain"}
	homeNetworks = []string{
		"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
		"::1/128", "fc00::/7", "fe80::/10",
	}
)

// constrain limits an authority to homes, this machine's bare name, and what the operator listed.
func constrain(template *x509.Certificate, extra []string) {
	template.PermittedDNSDomainsCritical = true
	template.PermittedDNSDomains = slices.Clone(homeNames)
	if name, err := os.Hostname(); err == nil && shaped(name) {
		template.PermittedDNSDomains = append(template.PermittedDNSDomains, strings.ToLower(name))
	}
	for _, network := range homeNetworks {
		template.PermittedIPRanges = append(template.PermittedIPRanges, ipNet(netip.MustParsePrefix(network)))
	}
	for _, host := range extra {
		if address, err := netip.ParseAddr(host); err == nil {
			template.PermittedIPRanges = append(template.PermittedIPRanges, ipNet(netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen())))
			continue
		}
		template.PermittedDNSDomains = append(template.PermittedDNSDomains, strings.ToLower(host))
	}
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

// permits tells whether the authority may vouch for a name or address.
func permits(authority *x509.Certificate, host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return slices.ContainsFunc(authority.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip) })
	}
	host = strings.ToLower(host)
	return slices.ContainsFunc(authority.PermittedDNSDomains, func(domain string) bool {
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}

// Machine tells what this machine is called now, the operator's extra names and addresses first.
func Machine(extra []string) Hosts {
	h := Hosts{Shown: slices.Clone(extra)}
	for _, host := range extra {
		h.add(host)
	}
	h.addAddresses()
	if name, err := os.Hostname(); err == nil && shaped(name) {
		name = strings.ToLower(name)
		short, _, _ := strings.Cut(name, ".")
		h.add(name)
		h.add(short)
		h.add(short + ".local")
		h.Shown = append(h.Shown, short+".local")
	}
	h.add("localhost")
	return h
}

// add takes a name or address, once.
func (h *Hosts) add(host string) {
	if ip := net.ParseIP(host); ip != nil {
		if !slices.ContainsFunc(h.Addresses, ip.Equal) {
			h.Addresses = append(h.Addresses, ip)
		}
		return
	}
	if host = strings.ToLower(host); !slices.Contains(h.Names, host) {
		h.Names = append(h.Names, host)
	}
}

// addAddresses takes the addresses of all interfaces. Those of containers are no way in for other devices.
func (h *Hosts) addAddresses() {
	interfaces, err := net.Interfaces()
	if err != nil {
		return // names are left
	}
	for _, one := range interfaces {
		addresses, _ := one.Addrs()
		for _, address := range addresses {
			network, ok := address.(*net.IPNet)
			if !ok {
				continue
			}
			h.add(network.IP.String())
			if network.IP.To4() != nil && network.IP.IsPrivate() && !bridge(one.Name) {
				h.Shown = append(h.Shown, network.IP.String())
			}
		}
	}
}

func bridge(name string) bool {
	return strings.HasPrefix(name, "docker") || strings.HasPrefix(name, "br-") || strings.HasPrefix(name, "veth") || strings.HasPrefix(name, "virbr")
}

// shaped tells whether a machine's name can stand in a certificate.
func shaped(name string) bool {
	return name != "" && len(name) <= 200 && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" &&
		!strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
}

// only leaves out what the authority cannot vouch for.
func (h Hosts) only(authority *x509.Certificate) Hosts {
	kept := Hosts{Shown: h.Shown}
	for _, name := range h.Names {
		if permits(authority, name) {
			kept.Names = append(kept.Names, name)
		}
	}
	for _, ip := range h.Addresses {
		if permits(authority, ip.String()) {
			kept.Addresses = append(kept.Addresses, ip)
		}
	}
	return kept
}

func (h Hosts) same(other Hosts) bool {
	return slices.Equal(h.Names, other.Names) && slices.EqualFunc(h.Addresses, other.Addresses, net.IP.Equal)
}

// covers tells whether the address that a client reached is among the hosts, as far as that is known.
func (h Hosts) covers(hello *tls.ClientHelloInfo) bool {
	if hello == nil || hello.Conn == nil {
		return true
	}
	reached, ok := hello.Conn.LocalAddr().(*net.TCPAddr)
	return !ok || slices.ContainsFunc(h.Addresses, reached.IP.Equal)
}
