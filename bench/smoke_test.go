package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/bench/figures"
)

// TestEveryRowIsMeasured runs the whole of it on a small library, for a moment each, and holds no figure against an
// aim: it finds a row that can no longer be measured, not one that became slow.
func TestEveryRowIsMeasured(t *testing.T) {
	if missing := lacking(); missing != "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI must run this test", missing)
		}
		t.Skipf("no %s on this machine, so nothing is measured beside it", missing)
	}
	results := filepath.Join(t.TempDir(), "RESULTS.md")
	run := runCommand{
		Binary: program(t), Songs: []int{200}, Databases: []string{"sqlite", "postgres"}, Library: t.TempDir(), Results: results,
		Row: 30 * time.Millisecond, Warm: 10 * time.Millisecond, Starts: 1, Connections: 4, Transcodes: 1, Sound: time.Millisecond,
	}
	if err := run.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range figures.Rows() {
		if n := strings.Count(string(text), "| "+row.Name+" |"); n != 2 {
			t.Errorf("%s: in %d tables, want one for each database:\n%s", row.Name, n, text)
		}
	}
}

// lacking names a program that the run needs and that is not there.
func lacking() string {
	if _, err := exec.LookPath("nginx"); err != nil {
		return "nginx"
	}
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(found) == 0 {
		return "PostgreSQL"
	}
	return ""
}

// program is the server's, built unless HATHOR_BIN names one.
func program(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("HATHOR_BIN"); built != "" {
		return built
	}
	name := filepath.Join(t.TempDir(), "hathor")
	if said, err := exec.Command("go", "build", "-o", name, "../cmd/hathor").CombinedOutput(); err != nil {
		t.Fatal(fmt.Errorf("build the program: %w\n%s", err, said))
	}
	return name
}
