package cli

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// errNoToken says what a command lacks that asks a server.
var errNoToken = errors.New("no token: set HATHOR_TOKEN, or name a file by --token-file, with an API key or an access token")

// readToken reads it from the file or from HATHOR_TOKEN. It is never an argument: others on the machine would
// read it.
func readToken(file string) (string, error) {
	token := os.Getenv("HATHOR_TOKEN")
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read token: %w", err)
		}
		token = string(text)
	}
	if token = strings.TrimSpace(token); token == "" {
		return "", errNoToken
	}
	return token, nil
}

// serverAddress is that of the server that was named, or of one on this machine.
func serverAddress(named string, port int) (string, error) {
	if named == "" {
		return "http://" + net.JoinHostPort("localhost", strconv.Itoa(port)), nil
	}
	address, err := url.Parse(strings.TrimSuffix(named, "/"))
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" {
		return "", fmt.Errorf("%q is no address such as https://music.example", named)
	}
	return address.String(), nil
}
