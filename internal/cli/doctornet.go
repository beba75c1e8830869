package cli

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
)

// port tells who answers where the server listens.
func (e *examination) port() {
	const check = "port"
	address := net.JoinHostPort(e.settings.Host, strconv.Itoa(e.settings.Port))
	if e.settings.Port == 0 {
		e.OK(check, "any free one is taken")
		return
	}
	listener, err := net.Listen("tcp", address)
	if err == nil {
		err = listener.Close()
	}
	switch {
	case err == nil && e.running:
		e.Warn(check, "Is PORT or HOST set otherwise for the server than for this command?", "a server uses the data folder, but none listens on %s", address)
	case err == nil:
		e.OK(check, "%s is free", address)
	case errors.Is(err, syscall.EADDRINUSE):
		e.answers(address)
	default:
		e.Fail(check, "Set HOST and PORT to what this machine has; ports below 1024 need a right of their own", "%v", err)
	}
}

// answers asks who listens.
func (e *examination) answers(address string) {
	const check = "port"
	host, port, _ := net.SplitHostPort(address)
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	status, found, err := e.health("http://" + net.JoinHostPort(host, port) + "/api/health")
	switch {
	case err != nil || found.Version == "":
		e.Fail(check, "Stop the other program, or set PORT to another", "%s is taken by something that is not Hathor", address)
	case status != http.StatusOK:
		e.Fail(check, "Look at its log", "the server on %s says that it is %s", address, found.Status)
	case found.Version != version:
		e.Warn(check, "Restart the server to run the installed program", "the server on %s is version %s, this program is %s", address, found.Version, version)
	default:
		e.OK(check, "the server on %s answers and is well", address)
	}
}

type healthAnswer struct{ Status, Version string }

func (e *examination) health(url string) (status int, found healthAnswer, err error) {
	ctx, cancel := context.WithTimeout(e.ctx, longestProbe)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, found, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, found, err
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode, found, json.NewDecoder(http.MaxBytesReader(nil, answer.Body, 1<<20)).Decode(&found)
}

// proxy says what the settings let one guess about what stands in front.
func (e *examination) proxy() {
	const check = "proxy and TLS"
	secure := false
	for _, origin := range e.settings.ClientURL {
		secure = secure || strings.HasPrefix(string(origin), "https://")
	}
	switch {
	case secure && len(e.settings.TrustedProxies) == 0:
		e.Warn(check, "Set TRUSTED_PROXIES to the proxy's address; without it all listeners share one limit of requests, and cookies are not marked secure",
			"CLIENT_URL has https, but no proxy is trusted")
	case len(e.settings.TrustedProxies) > 0 && !e.onlyLocal():
		e.OK(check, "a proxy is trusted; let nobody but it reach %s, port %d", e.listens(), e.settings.Port)
	case len(e.settings.TrustedProxies) > 0:
		e.OK(check, "a proxy is trusted, and only this machine reaches the server")
	default:
		e.OK(check, "no proxy is trusted: fine at home; before the internet reaches it, put it behind TLS")
	}
}

func (e *examination) onlyLocal() bool {
	return e.settings.Host == "localhost" || net.ParseIP(e.settings.Host).IsLoopback()
}

func (e *examination) listens() string {
	if e.settings.Host == "" {
		return "all addresses"
	}
	return e.settings.Host
}
