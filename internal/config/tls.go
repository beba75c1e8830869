package config

import (
	"errors"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// TLS is where https gets its certificates from.
type TLS string

// The ways to serve https.
const (
	TLSOff   TLS = "off"
	TLSOwn   TLS = "own"
	TLSFiles TLS = "files"
	TLSACME  TLS = "acme"
)

// Decode reads one of the ways; a bare --tls is own.
func (t *TLS) Decode(ctx *kong.DecodeContext) error {
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		*t = TLSOwn
		return nil
	}
	var text string
	if err := ctx.Scan.PopValueInto("way", &text); err != nil {
		return err
	}
	switch TLS(text) {
	case TLSOff, TLSOwn, TLSFiles, TLSACME:
		*t = TLS(text)
		return nil
	}
	return errors.New("want off, own, files or acme")
}

// IsBool lets the flag stand without a value.
func (TLS) IsBool() bool { return true }

// Acceptance is a yes that nobody gives by mistake.
type Acceptance bool

// MarshalText writes what UnmarshalText reads.
func (a Acceptance) MarshalText() ([]byte, error) {
	if a {
		return []byte("yes"), nil
	}
	return []byte("no"), nil
}

// UnmarshalText reads yes or no.
func (a *Acceptance) UnmarshalText(text []byte) error {
	switch string(text) {
	case "yes", "on":
		*a = true
	case "no", "off":
		*a = false
	default:
		return errors.New("want yes or no")
	}
	return nil
}

func (c *Config) tlsContradictions(require requirement) {
	require(c.TLSPort >= 0 && c.TLSPort <= 65535, "TLS_PORT", "want 0 to 65535")
	require(c.TLS == TLSOff || c.TLS == "" || c.TLSPort == 0 || c.TLSPort != c.Port, "TLS_PORT", "must not be PORT")
	for _, host := range c.TLSHosts {
		require(hostName(host), "TLS_HOSTS", strconv.Quote(host)+" is no host name or address; write it without scheme and port")
	}
	require(c.TLS == TLSFiles || c.TLSCert == "" && c.TLSKey == "", "TLS_CERT, TLS_KEY", "need TLS=files")
	require(c.TLS != TLSFiles || c.TLSCert != "" && c.TLSKey != "", "TLS_CERT, TLS_KEY", "both are needed with TLS=files")
	if c.TLS != TLSACME {
		return
	}
	require(len(c.TLSHosts) > 0, "TLS_HOSTS", "needed with TLS=acme")
	for _, host := range c.TLSHosts {
		require(strings.Contains(host, ".") && !address(host), "TLS_HOSTS", strconv.Quote(host)+" is no name that TLS=acme can get a certificate for")
	}
	require(bool(c.ACMEAcceptTerms), "ACME_ACCEPT_TERMS", "yes is needed with TLS=acme: read the authority's terms of service")
	require(addressOf(c.ACMEDirectory, "https"), "ACME_DIRECTORY", "want https://…")
	_, err := mail.ParseAddress(c.ACMEEmail)
	require(c.ACMEEmail == "" || err == nil, "ACME_EMAIL", "want an e-mail address")
}

var nameShape = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$`)

func address(text string) bool {
	read, err := netip.ParseAddr(text)
	return err == nil && read.Zone() == ""
}

func hostName(text string) bool {
	if _, _, err := net.SplitHostPort(text); err == nil {
		return false
	}
	return address(text) || len(text) <= 253 && nameShape.MatchString(text)
}
