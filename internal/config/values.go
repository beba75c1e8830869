package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Rate is how many of something are allowed in a span of time. The zero value allows everything.
type Rate struct {
	Count int
	Per   time.Duration
}

// Off tells whether there is no limit.
func (r Rate) Off() bool { return r.Count == 0 }

func (r Rate) String() string {
	if r.Off() {
		return "off"
	}
	return strconv.Itoa(r.Count) + "/" + short(r.Per)
}

// MarshalText writes what UnmarshalText reads.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads "100/15m" or "off".
func (r *Rate) UnmarshalText(text []byte) error {
	if string(text) == "off" {
		*r = Rate{}
		return nil
	}
	count, per, _ := strings.Cut(string(text), "/")
	n, err := strconv.Atoi(count)
	span, spanErr := time.ParseDuration(per)
	if err != nil || spanErr != nil || n < 1 || span < time.Second {
		return errors.New(`want a count and a time such as 100/15m, or off`)
	}
	*r = Rate{Count: n, Per: span}
	return nil
}

// short drops the zero parts of a duration: 15m0s is 15m.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Size is a number of bytes. The zero value is no limit.
type Size int64

var sizeUnits = []struct {
	name  string
	bytes int64
}{
	{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"", 1},
}

// MarshalText writes what UnmarshalText reads, exactly and in as few digits as that takes.
func (s Size) MarshalText() ([]byte, error) {
	if s == 0 {
		return []byte("none"), nil
	}
	number, name := int64(s), ""
	for _, unit := range sizeUnits {
		if n := int64(s) / unit.bytes; int64(s)%unit.bytes == 0 && n < number {
			number, name = n, unit.name
		}
	}
	return []byte(strconv.FormatInt(number, 10) + name), nil
}

// UnmarshalText reads "20GB", "512MiB", a number of bytes, or "none".
func (s *Size) UnmarshalText(text []byte) error {
	number := strings.ReplaceAll(strings.ToUpper(string(text)), " ", "")
	if number == "NONE" {
		*s = 0
		return nil
	}
	var factor int64
	for _, unit := range sizeUnits {
		if rest, ok := strings.CutSuffix(number, strings.ToUpper(unit.name)); ok {
			number, factor = rest, unit.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n > 0) || n*float64(factor) < 1 || n*float64(factor) > 1<<60 {
		return errors.New("want a size such as 20GB or 512MiB, or none")
	}
	*s = Size(n * float64(factor))
	return nil
}

// Networks are address ranges; a single address is a range of one.
type Networks []netip.Prefix

// MarshalText writes what UnmarshalText reads.
func (n Networks) MarshalText() ([]byte, error) {
	parts := make([]string, len(n))
	for i, network := range n {
		parts[i] = network.String()
	}
	return []byte(strings.Join(parts, ",")), nil
}

// UnmarshalText reads "10.0.0.0/8, ::1".
func (n *Networks) UnmarshalText(text []byte) error {
	*n = nil
	for part := range strings.SplitSeq(string(text), ",") {
		network, err := parseNetwork(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		*n = append(*n, network)
	}
	return nil
}

func parseNetwork(text string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		return netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is no address or network such as 10.0.0.0/8", text)
	}
	return network.Masked(), nil
}

// Origin is a browser origin: scheme, host and port, nothing else.
type Origin string

// UnmarshalText reads "https://music.example"; a slash at the end is forgiven.
func (o *Origin) UnmarshalText(text []byte) error {
	address, err := url.Parse(strings.TrimSuffix(string(text), "/"))
	if err != nil || (address.Scheme != "http" && address.Scheme != "https") || address.Hostname() == "" {
		return fmt.Errorf("%q is no origin such as https://music.example", text)
	}
	if address.Path != "" || address.RawQuery != "" || address.Fragment != "" || address.User != nil || strings.Contains(address.Host, "*") {
		return fmt.Errorf("%q must be a scheme, a host and perhaps a port, nothing else", text)
	}
	*o = Origin(address.Scheme + "://" + strings.ToLower(address.Host))
	return nil
}

// Registration is who may make an account.
type Registration string

// The rules for registration.
const (
	RegistrationOpen   Registration = "open"
	RegistrationInvite Registration = "invite"
	RegistrationClosed Registration = "closed"
)

// UnmarshalText reads one of the rules.
func (r *Registration) UnmarshalText(text []byte) error {
	switch Registration(text) {
	case RegistrationOpen, RegistrationInvite, RegistrationClosed:
		*r = Registration(text)
		return nil
	}
	return errors.New("want open, invite or closed")
}

// Switch is on or off.
type Switch bool

// MarshalText writes what UnmarshalText reads.
func (s Switch) MarshalText() ([]byte, error) {
	if s {
		return []byte("on"), nil
	}
	return []byte("off"), nil
}

// UnmarshalText reads on or off.
func (s *Switch) UnmarshalText(text []byte) error {
	switch string(text) {
	case "on", "yes", "true":
		*s = true
	case "off", "no", "false":
		*s = false
	default:
		return errors.New("want on or off")
	}
	return nil
}

// LogLevel is the least severity that is logged.
type LogLevel slog.Level

// MarshalText writes what UnmarshalText reads.
func (l LogLevel) MarshalText() ([]byte, error) {
	return []byte(strings.ToLower(slog.Level(l).String())), nil
}

// UnmarshalText reads one of the four names.
func (l *LogLevel) UnmarshalText(text []byte) error {
	switch string(text) {
	case "debug", "info", "warn", "error":
		return (*slog.Level)(l).UnmarshalText(text)
	}
	return errors.New("want debug, info, warn or error")
}

// LogFormat is how a log line is written.
type LogFormat string

// The formats. LogAuto is text on a terminal and JSON elsewhere.
const (
	LogAuto LogFormat = "auto"
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// UnmarshalText reads one of the formats.
func (f *LogFormat) UnmarshalText(text []byte) error {
	switch LogFormat(text) {
	case LogAuto, LogText, LogJSON:
		*f = LogFormat(text)
		return nil
	}
	return errors.New("want text, json or auto")
}
