package figures

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Run is all that one run measured, and on what.
type Run struct {
	Date    string
	Version string // of the program
	Machine string
	Load    string // before and after
	Figures []Figure
}

// Find returns the figure of a row, and whether there is one.
func (r Run) Find(row, database string, songs int) (Figure, bool) {
	for _, f := range r.Figures {
		if f.Row == row && f.Database == database && f.Songs == songs {
			return f, f.Missing == ""
		}
	}
	return Figure{}, false
}

// Failures are the rows that should have a figure and have none.
func (r Run) Failures() error {
	var all []error
	for _, f := range r.Figures {
		if f.Failed {
			all = append(all, fmt.Errorf("%s, %s, %d songs: %s", f.Row, f.Database, f.Songs, f.Missing))
		}
	}
	return errors.Join(all...)
}

// Keep puts the run at the head of a file of runs and returns the one before it, if any. Two runs are kept.
func Keep(file string, run Run) (before *Run, err error) {
	var runs []Run
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read the run before: %w", err)
	default:
		if err := json.Unmarshal(text, &runs); err != nil {
			return nil, fmt.Errorf("read the run before (%s): %w", file, err)
		}
	}
	runs = append([]Run{run}, runs...)
	runs = runs[:min(2, len(runs))]
	if len(runs) == 2 {
		before = &runs[1]
	}
	if text, err = json.MarshalIndent(runs, "", " "); err != nil {
		return nil, err
	}
	return before, os.WriteFile(file, append(text, '\n'), 0o644)
}
