package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hathor/internal/config"
)

// healthPatience is longer than the server's own for its parts, so that its answer is heard.
const healthPatience = 5 * time.Second

type healthCommand struct {
	URL  string `name:"url" placeholder:"URL" help:"Address of the server; this machine and the port of the settings when empty."`
	JSON bool   `help:"As JSON."`
}

// Run fails when the server does not answer that it is ready. It opens neither the data folder nor the database.
func (c *healthCommand) Run(i *invocation) error {
	settings, err := i.checked()
	if err != nil {
		return err
	}
	address := strings.TrimSuffix(c.URL, "/")
	if address == "" {
		if address, err = ownAddress(settings); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(i.ctx, healthPatience)
	defer cancel()
	unready := askReady(ctx, address)
	return errors.Join(unready, c.tell(i.stdout, address, unready))
}

func (c *healthCommand) tell(out io.Writer, address string, unready error) error {
	if !c.JSON {
		if unready != nil {
			return nil // the error is the text
		}
		_, err := fmt.Fprintln(out, "ready")
		return err
	}
	answer := struct {
		Ready bool   `json:"ready"`
		URL   string `json:"url"`
		Error string `json:"error,omitempty"`
	}{Ready: unready == nil, URL: address}
	if unready != nil {
		answer.Error = unready.Error()
	}
	return json.NewEncoder(out).Encode(answer)
}

// ownAddress is where a server with the same settings is found from this machine.
func ownAddress(c *config.Config) (string, error) {
	if c.Port == 0 {
		return "", errors.New("PORT is 0, any free one: say with --url where the server is")
	}
	host := c.Host
	switch host {
	case "", "0.0.0.0":
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(c.Port)), nil
}

// askReady asks without the proxies that the environment may name: they are for the world outside.
func askReady(ctx context.Context, address string) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/health/ready", nil)
	if err != nil {
		return fmt.Errorf("address of the server: %w", err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	var body struct{ Status string }
	if err := json.NewDecoder(io.LimitReader(answer.Body, 4096)).Decode(&body); err != nil {
		return fmt.Errorf("%s is no Hathor: it answers %s without JSON", address, answer.Status)
	}
	if answer.StatusCode != http.StatusOK || body.Status != "ready" {
		return fmt.Errorf("the server is not ready: %s", answer.Status)
	}
	return nil
}
