package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
	"hathor/bench/measure"
	"hathor/bench/programs"
)

type runCommand struct {
	Binary      string        `default:"bin/hathor" help:"The server's program."`
	Songs       []int         `default:"10000,100000" help:"Sizes of the library."`
	Databases   []string      `default:"sqlite,postgres" enum:"sqlite,postgres" help:"What to measure on."`
	Library     string        `env:"BENCH_LIBRARY" help:"Folder where the generated files are kept; one in the system's folder for temporary files when empty."`
	Results     string        `default:"bench/RESULTS.md" help:"Where the tables are written; the figures stand beside them as .json."`
	Row         time.Duration `default:"3s" help:"How long each row of requests is measured."`
	Warm        time.Duration `default:"700ms" help:"How long it is asked before that."`
	Rest        time.Duration `default:"10s" help:"How long the server rests before its memory is read."`
	Starts      int           `default:"5" help:"How often the server is started for the start's row."`
	Transcodes  int           `default:"5" help:"How many songs are converted."`
	Sound       time.Duration `default:"20s" help:"How long the background pass is measured at most, at the first size."`
	Connections int           `default:"16" help:"Requests under way at once."`
}

// Run measures everything and writes it down. What it starts it ends, also after an error or Ctrl-C.
func (c *runCommand) Run(ctx context.Context) (err error) {
	binary, err := filepath.Abs(c.Binary)
	if err != nil {
		return err
	}
	version, err := exec.CommandContext(ctx, binary, "version").Output()
	if err != nil {
		return fmt.Errorf("ask %s for its version (make build makes it): %w", c.Binary, err)
	}
	scratch, err := os.MkdirTemp("", "hathor-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()

	machine, began := programs.ThisMachine(), programs.Load()
	found, err := c.all(ctx, binary, scratch)
	if err != nil {
		return err
	}
	run := figures.Run{
		Date: time.Now().UTC().Format("2006-01-02 15:04 UTC"), Version: strings.TrimSpace(strings.TrimPrefix(string(version), "hathor ")),
		Machine: fmt.Sprintf("%s, %d cores", machine.Model, machine.Cores), Load: began + " before and " + programs.Load() + " after", Figures: found,
	}
	before, err := figures.Keep(strings.TrimSuffix(c.Results, ".md")+".json", run)
	if err != nil {
		return err
	}
	if err := figures.Write(c.Results, run, before); err != nil {
		return err
	}
	say("written to %s\n", c.Results)
	return run.Failures()
}

// all measures each database at each size.
func (c *runCommand) all(ctx context.Context, binary, scratch string) (found []figures.Figure, err error) {
	var postgres *programs.Postgres
	if slices.Contains(c.Databases, "postgres") {
		if postgres, err = programs.StartPostgres(ctx, scratch); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, postgres.End()) }()
	}
	for _, songs := range c.Songs {
		made, err := files.Make(ctx, libraryFolder(c.Library), songs, counter("files", songs))
		if err != nil {
			return found, err
		}
		nginx, err := programs.StartNginx(scratch, made.Full)
		if err != nil {
			return found, err
		}
		some, err := c.size(ctx, measure.Subject{Binary: binary, Library: made, Postgres: postgres, Nginx: nginx, Scratch: scratch})
		found = append(found, some...)
		if err := errors.Join(err, nginx.End()); err != nil {
			return found, err
		}
	}
	return found, nil
}

// size measures each database at one size, the first one beside nginx.
func (c *runCommand) size(ctx context.Context, s measure.Subject) (found []figures.Figure, err error) {
	postgres := s.Postgres
	root := s.Scratch
	s.Pace = measure.Pace{Warm: c.Warm, Row: c.Row, Rest: c.Rest, Starts: c.Starts, Transcodes: c.Transcodes, Connections: c.Connections}
	if s.Library.Songs == c.Songs[0] {
		s.Pace.Sound = c.Sound
	}
	for _, database := range c.Databases {
		s.Database, s.Postgres = database, nil
		if database == "postgres" {
			s.Postgres = postgres
		}
		s.Scratch = filepath.Join(root, fmt.Sprintf("%s-%d", database, s.Library.Songs))
		if err := os.Mkdir(s.Scratch, 0o755); err != nil {
			return found, fmt.Errorf("make a folder: %w", err)
		}
		s.Tell = func(what string) { say("%s, %d songs: %s", database, s.Library.Songs, what) }
		some, err := measure.All(ctx, s)
		found = append(found, some...)
		if err != nil {
			return found, fmt.Errorf("%s, %d songs: %w", database, s.Library.Songs, err)
		}
		s.Nginx = nil
		if err := os.RemoveAll(s.Scratch); err != nil {
			return found, err
		}
	}
	return found, nil
}

// libraryFolder is where generated files are kept between runs.
func libraryFolder(wanted string) string {
	if wanted != "" {
		return wanted
	}
	return filepath.Join(os.TempDir(), "hathor-bench-library")
}
