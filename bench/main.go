// Bench measures how fast the server is, and makes the library that it is measured with. See README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"

	"hathor/bench/files"
	"hathor/bench/seed"
)

type commands struct {
	Run     runCommand     `cmd:"" default:"withargs" help:"Measure the server and write the results (the default)."`
	Compare compareCommand `cmd:"" help:"Measure two programs in turn: what a change gives or costs."`
	Files   filesCommand   `cmd:"" help:"Write the library as playable files."`
	Seed    seedCommand    `cmd:"" help:"Fill a data folder's database with the library, without its files."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	parsed := kong.Parse(&commands{}, kong.Name("bench"), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		stop()
		_, _ = fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

type filesCommand struct {
	Folder string `arg:"" help:"Folder to write below; what is there already is used again."`
	Songs  int    `default:"10000" help:"How many songs."`
}

func (c *filesCommand) Run(ctx context.Context) error {
	made, err := files.Make(ctx, c.Folder, c.Songs, counter("files", c.Songs))
	if err == nil {
		fmt.Printf("\n%d songs: %s\n%d full-size songs: %s\n", made.Songs, made.Music, files.FullSongs, made.Full)
	}
	return err
}

type seedCommand struct {
	Data     string `arg:"" help:"Data folder; made where it is missing."`
	Songs    int    `default:"100000" help:"How many songs."`
	Database string `help:"Address of the database; a SQLite file in the data folder when empty."`
}

func (c *seedCommand) Run(ctx context.Context) error {
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return err
	}
	plan := seed.Plan{Data: data, Database: c.Database, Songs: c.Songs}
	if err := seed.Fill(ctx, plan, counter("songs", c.Songs)); err != nil {
		return err
	}
	fmt.Printf("\nsign in as %s with %s; start with:\n  DATA_DIR=%s MUSIC_DIRS=%s", seed.Username, seed.Password, data, plan.Music())
	if c.Database != "" {
		fmt.Printf(" DATABASE_URL='%s'", c.Database)
	}
	fmt.Println(" bin/hathor serve")
	return nil
}

// terminal tells whether somebody looks on.
func terminal() bool {
	info, err := os.Stderr.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say tells what is being done, on one line where somebody looks on.
func say(format string, about ...any) {
	if text := fmt.Sprintf(format, about...); terminal() {
		_, _ = fmt.Fprintf(os.Stderr, "\r\033[K%s", text)
	} else {
		_, _ = fmt.Fprintln(os.Stderr, text)
	}
}

// counter shows how far a long work is, in tenths.
func counter(what string, total int) func(int) {
	shown := 0
	return func(done int) {
		if tenth := done * 10 / max(total, 1); tenth > shown {
			shown = tenth
			say("%s: %d of %d", what, done, total)
		}
	}
}
