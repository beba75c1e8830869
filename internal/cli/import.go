package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"hathor/internal/clock"
	"hathor/internal/importer"
)

type importCommand struct {
	Paths     []string      `arg:"" name:"path" help:"Folders, files, and archives (.zip, .tar, .tar.gz)."`
	Server    string        `env:"HATHOR_URL" placeholder:"URL" help:"Address of the server; by default http://localhost and the port of the settings."`
	TokenFile string        `name:"token-file" placeholder:"FILE" help:"File with an API key or an access token; without it, they are read from HATHOR_TOKEN."`
	Library   int64         `placeholder:"ID" help:"Into this library instead of the shared uploads."`
	Private   bool          `help:"Into one's own library, which nobody else hears."`
	Parallel  int           `default:"3" help:"How many files are sent at once."`
	Patience  time.Duration `default:"5m" help:"How long a server may be away before the import gives up."`
	JSON      bool          `help:"A summary as JSON instead of a line for each file."`
}

// exitRefused is the exit code of an import of which the server did not want every file.
const exitRefused = 2

// archiveBounds are more than any honest collection of music needs.
var archiveBounds = importer.Bounds{Entries: 200_000, Total: 1 << 40, Ratio: 50}

func (c *importCommand) Run(i *invocation) error {
	token, err := readToken(c.TokenFile)
	if err != nil {
		return err
	}
	server, err := serverAddress(c.Server, i.config.Port)
	if err != nil {
		return err
	}
	report := newImportReport(i, c.JSON)
	run := importer.New(importer.Options{
		Server: server, Token: token, Fields: c.fields(), Parallel: c.Parallel, Patience: c.Patience, Archives: archiveBounds,
		Clock: clock.System{}, Client: importClient(), Progress: report,
	})
	err = run.Run(i.ctx, c.Paths)
	report.end()
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped: the same command goes on where this one ended")
	}
	if c.JSON {
		if failed := json.NewEncoder(i.stdout).Encode(report.sum); failed != nil {
			return failed
		}
	}
	return errors.Join(err, report.verdict(err))
}

func (c *importCommand) fields() map[string]string {
	fields := map[string]string{}
	if c.Private {
		fields["private"] = "true"
	}
	if c.Library != 0 {
		fields["libraryId"] = strconv.FormatInt(c.Library, 10)
	}
	return fields
}

// importClient follows no redirect: the token is for the server that was named.
func importClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 16, TLSHandshakeTimeout: headerPatience,
			DialContext: (&net.Dialer{Timeout: headerPatience}).DialContext,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// reported is where lines for people go: not into the JSON.
func reported(i *invocation, asJSON bool) io.Writer {
	if asJSON {
		return io.Discard
	}
	return i.stdout
}
