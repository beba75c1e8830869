package httpapi

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
)

// client is what the connection tells of who asks, once the trusted proxies are taken off.
type client struct {
	address   netip.Addr // invalid when the connection has none, such as a socket file
	ip        string     // the address as text, empty when there is none
	secure    bool       // TLS reaches the browser
	proxied   bool       // it came through a trusted proxy
	userAgent string
}

// clientOf tells who the connection is from; it stands behind withFacts.
func clientOf(ctx context.Context) client { return factsOf(ctx).client }

// bucket is what the limits count the client under. An IPv6 network of one customer is one client.
func (c client) bucket() string {
	if c.address.Is6() {
		if network, err := c.address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return c.ip
}

// proxies are the networks whose X-Forwarded-* headers count.
type proxies []netip.Prefix

func (p proxies) trusts(address netip.Addr) bool {
	for _, network := range p {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

func (p proxies) client(r *http.Request) client {
	peer := parseAddress(r.RemoteAddr)
	secure, proxied := r.TLS != nil, p.trusts(peer)
	if proxied {
		forwarded := lastOf(r.Header.Values("X-Forwarded-Proto"))
		secure = secure || strings.EqualFold(forwarded, "https")
	}
	c := client{address: peer, secure: secure, proxied: proxied, userAgent: r.UserAgent()}
	if proxied {
		c.address = p.clientIP(peer, r.Header.Values("X-Forwarded-For"))
	}
	if c.address.IsValid() {
		c.ip = c.address.String()
	}
	return c
}

// clientIP walks X-Forwarded-For from the right: each entry was added by the hop to the right of it, so
// one counts only while that hop is a trusted proxy. What a stranger writes further left changes nothing.
func (p proxies) clientIP(peer netip.Addr, forwarded []string) netip.Addr {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trusts(peer); i-- {
		next := parseAddress(strings.TrimSpace(hops[i]))
		if !next.IsValid() {
			break
		}
		peer = next
	}
	return peer
}

// parseAddress reads an address with or without a port; it is invalid for anything else.
func parseAddress(text string) netip.Addr {
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return withPort.Addr().Unmap().WithZone("")
	}
	address, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return address.Unmap().WithZone("")
}

func lastOf(values []string) string {
	parts := strings.Split(strings.Join(values, ","), ",")
	return strings.TrimSpace(parts[len(parts)-1])
}
