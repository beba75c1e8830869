// Testreport reads the events of "go test -json" from standard input and prints what a person wants to
// see: one line for each package, everything about a failure, and at the end each test that was skipped,
// with its reason. It exits with 1 when a test failed or nothing ran.
//
//	go test -json ./... | testreport -unrun file
//
// The reasons are also appended to the file, one a line.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	unrun := flag.String("unrun", "", "`file` to append the reasons of skipped tests to")
	flag.Parse()
	ok, err := run(os.Stdin, os.Stdout, *unrun)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
	}
	if !ok || err != nil {
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, unrun string) (ok bool, err error) {
	r := newReport(out)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		r.line(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		return false, fmt.Errorf("read events: %w", err)
	}
	r.summary()
	return r.passed(), appendLines(unrun, r.reasons())
}

func appendLines(name string, lines []string) error {
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("open the list of what was not run: %w", err)
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(file, line); err != nil {
			return fmt.Errorf("write the list of what was not run: %w", err)
		}
	}
	return file.Close()
}
