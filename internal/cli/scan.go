package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

type scanCommand struct {
	Again     bool   `help:"Read all files again, also those that did not change."`
	Server    string `env:"HATHOR_URL" placeholder:"URL" help:"Address of the server to ask; by default this machine and the port of the settings, where a token is given."`
	TokenFile string `name:"token-file" placeholder:"FILE" help:"File with an admin's API key or access token; else they are read from HATHOR_TOKEN. Without one the folders are scanned without a server."`
	JSON      bool   `help:"As JSON, once the scan has ended."`
}

// scanProgress is how far a scan is, in the names of the API.
type scanProgress struct {
	Running     bool     `json:"running"`
	Seen        int      `json:"seen"`
	Added       int      `json:"added"`
	Updated     int      `json:"updated"`
	Missing     int      `json:"missing"`
	Failed      int      `json:"failed"`
	Read        int      `json:"read"`
	Total       int      `json:"total"`
	PerSecond   *float64 `json:"perSecond"`
	SecondsLeft *float64 `json:"secondsLeft"`
}

// scanning is a scan under way, here or at a server.
type scanning interface {
	// Progress is how far it is now.
	Progress(ctx context.Context) (scanProgress, error)
	// Close ends the use of it; a scan of one's own ends with it.
	Close() error
	// Left says what became of a scan that was not waited for.
	Left() string
}

// looksEvery is how often the progress is looked at.
const looksEvery = 200 * time.Millisecond

func (c *scanCommand) Run(i *invocation) (err error) {
	scan, err := c.start(i)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scan.Close()) }()
	show := newScanBar(i, c.JSON)
	now, err := c.wait(i.ctx, scan, show)
	show.end()
	if errors.Is(err, context.Canceled) {
		return errors.New(scan.Left())
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(i.stdout).Encode(now)
	}
	_, err = fmt.Fprintf(i.stdout, "%d files: %d added, %d updated, %d missing, %d that could not be read\n",
		now.Seen, now.Added, now.Updated, now.Missing, now.Failed)
	return err
}

// start asks the server that is named, or that a token is for. Without a token the folders are scanned here.
func (c *scanCommand) start(i *invocation) (scanning, error) {
	token, err := readToken(c.TokenFile)
	if errors.Is(err, errNoToken) && c.Server == "" {
		return startOwnScan(i, c.Again)
	}
	if err != nil {
		return nil, err
	}
	server, err := serverAddress(c.Server, i.config.Port)
	if err != nil {
		return nil, err
	}
	return startScanAt(i.ctx, server, token, c.Again)
}

func (c *scanCommand) wait(ctx context.Context, scan scanning, show *scanBar) (scanProgress, error) {
	tick := time.NewTicker(looksEvery)
	defer tick.Stop()
	for {
		now, err := scan.Progress(ctx)
		if err != nil || !now.Running {
			return now, err
		}
		show.at(now)
		select {
		case <-ctx.Done():
			return now, ctx.Err()
		case <-tick.C:
		}
	}
}
