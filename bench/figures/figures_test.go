package figures_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hathor/bench/figures"
)

func run(figure ...figures.Figure) figures.Run {
	return figures.Run{Date: "2026-01-02", Machine: "a machine", Load: "0.1 before and 0.2 after", Version: "1", Figures: figure}
}

func written(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTablesSayWhatIsMetAndWhatIsNot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "RESULTS.md")
	err := figures.Write(file, run(
		figures.Figure{Row: figures.Ping, Database: "sqlite", Songs: 1000, PerSecond: 25_000, P50: .5, P99: 1, CPU: .04},
		figures.Figure{Row: figures.Albums, Database: "sqlite", Songs: 1000, PerSecond: 2000, P50: 5, P99: 30, CPU: .4},
		figures.Figure{Row: figures.File, Database: "sqlite", Songs: 1000, PerSecond: 400, P50: 5, P99: 30, CPU: 1},
		figures.Figure{Row: figures.File, Database: figures.Nginx, Songs: 1000, PerSecond: 400, P50: 5, P99: 30, CPU: .5},
		figures.Figure{Row: figures.Start, Database: "sqlite", Songs: 1000, Value: .05},
		figures.Figure{Row: figures.Search, Database: "sqlite", Songs: 1000, Missing: "went away", Failed: true},
		figures.Figure{Row: figures.Ping, Database: "sqlite", Songs: 10_000, PerSecond: 25_000, CPU: .08},
	), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, file)
	for _, want := range []string{
		"## 1,000 songs, SQLite", "CPU 0.040 ms | yes |", "| **no**: rate x0.50, p99 x2.00 |", "| **no**: CPU by nginx's x2.00 |",
		"| 0.05 s | yes |", "| failed: went away | no |", "## From 1,000 to 10,000 songs", "| ping (signed in) | <= 1.5 | **x2.00** |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}

func TestRunIsComparedWithTheOneBefore(t *testing.T) {
	folder := t.TempDir()
	file, kept := filepath.Join(folder, "RESULTS.md"), filepath.Join(folder, "RESULTS.json")
	cost := func(ms float64) figures.Run {
		return run(figures.Figure{Row: figures.Ping, Database: "postgres", Songs: 10, PerSecond: 1, CPU: ms})
	}
	for i, ms := range []float64{4, 2, 1} {
		before, err := figures.Keep(kept, cost(ms))
		if err != nil {
			t.Fatal(err)
		}
		if (before == nil) != (i == 0) {
			t.Fatalf("run %d: the one before is %v", i, before)
		}
		if before != nil && before.Figures[0].CPU != 2*ms {
			t.Errorf("run %d: before it stood %v ms, want %v", i, before.Figures[0].CPU, 2*ms)
		}
		if err := figures.Write(file, cost(ms), before); err != nil {
			t.Fatal(err)
		}
	}
	if text := written(t, file); !strings.Contains(text, "| x0.50 |") {
		t.Errorf("no ratio in:\n%s", text)
	}
}

func TestWhatPeopleWroteStays(t *testing.T) {
	file := filepath.Join(t.TempDir(), "RESULTS.md")
	if err := figures.Write(file, run(), nil); err != nil {
		t.Fatal(err)
	}
	text := written(t, file) + "\nMost of it goes into the kernel.\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	second := run()
	second.Date = "2026-01-03"
	if err := figures.Write(file, second, nil); err != nil {
		t.Fatal(err)
	}
	text = written(t, file)
	if !strings.Contains(text, "2026-01-03") || strings.Contains(text, "2026-01-02") || !strings.HasSuffix(text, "\nMost of it goes into the kernel.\n") {
		t.Errorf("got:\n%s", text)
	}
}

func TestFailedRowIsAnError(t *testing.T) {
	if err := run(figures.Figure{Row: figures.Ping, Missing: "not offered"}).Failures(); err != nil {
		t.Errorf("a row that is not offered: %v", err)
	}
	if err := run(figures.Figure{Row: figures.Ping, Missing: "broken", Failed: true}).Failures(); err == nil {
		t.Error("a failed row is no error")
	}
}
