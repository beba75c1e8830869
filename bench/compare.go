package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
	"hathor/bench/measure"
	"hathor/bench/programs"
)

type compareCommand struct {
	Before   string        `arg:"" help:"The server's program before a change."`
	After    string        `arg:"" help:"The program after it."`
	Rows     []string      `help:"Rows of requests to compare, such as ping,albums; all when empty."`
	Rounds   int           `default:"5" help:"How often each is measured; the median counts."`
	Songs    int           `default:"10000" help:"Size of the library."`
	Database string        `default:"sqlite" enum:"sqlite,postgres" help:"What to measure on."`
	Library  string        `env:"BENCH_LIBRARY" help:"Folder where the generated files are kept."`
	Row      time.Duration `default:"1s" help:"How long each row is measured in a round."`
}

// Run measures both programs in turn and prints what each row costs before and after.
func (c *compareCommand) Run(ctx context.Context) (err error) {
	scratch, err := os.MkdirTemp("", "hathor-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	subject := measure.Subject{Database: c.Database, Rows: c.Rows}
	subject.Pace = measure.Pace{Warm: c.Row / 4, Row: c.Row, Connections: 16}
	if c.Database == "postgres" {
		if subject.Postgres, err = programs.StartPostgres(ctx, scratch); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, subject.Postgres.End()) }()
	}
	if subject.Library, err = files.Make(ctx, libraryFolder(c.Library), c.Songs, counter("files", c.Songs)); err != nil {
		return err
	}
	var both []measure.Subject
	for _, name := range []string{"before", "after"} {
		s := subject
		if s.Binary, err = filepath.Abs(map[string]string{"before": c.Before, "after": c.After}[name]); err != nil {
			return err
		}
		s.Scratch = filepath.Join(scratch, name)
		s.Tell = func(what string) { say("%s: %s", name, what) }
		if err := os.Mkdir(s.Scratch, 0o755); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
		both = append(both, s)
	}
	found, err := measure.Rounds(ctx, c.Rounds, both...)
	if err != nil {
		return err
	}
	return c.show(found[0], found[1])
}

func (c *compareCommand) show(before, after []figures.Figure) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "ROW\tBEFORE\tAFTER\tCPU\tRATE")
	for _, row := range figures.Rows() {
		a, b := medians(before, row.ID), medians(after, row.ID)
		if a.PerSecond > 0 && b.PerSecond > 0 {
			_, _ = fmt.Fprintf(table, "%s\t%.4f ms\t%.4f ms\tx%.2f\tx%.2f\n", row.ID, a.CPU, b.CPU, b.CPU/max(a.CPU, 1e-9), b.PerSecond/a.PerSecond)
		}
	}
	return table.Flush()
}

// medians are the middle CPU and rate of a row.
func medians(all []figures.Figure, row string) (f figures.Figure) {
	var cpu, rate []float64
	for _, one := range all {
		if one.Row == row {
			cpu, rate = append(cpu, one.CPU+one.DatabaseCPU), append(rate, one.PerSecond)
		}
	}
	slices.Sort(cpu)
	slices.Sort(rate)
	if len(cpu) > 0 {
		f.CPU, f.PerSecond = cpu[len(cpu)/2], rate[len(rate)/2]
	}
	return f
}
