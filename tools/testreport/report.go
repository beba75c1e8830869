package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// event is one line of "go test -json"; see "go doc test2json".
type event struct {
	Action     string
	Package    string
	ImportPath string // of a package that is being built
	Test       string
	Elapsed    float64
	Output     string
}

// key names a test, or a package when test is empty.
type key struct{ pkg, test string }

type report struct {
	out     io.Writer
	output  map[key]*strings.Builder
	builds  map[string]*strings.Builder
	skipped map[string][]string // reason -> tests
	tests   int
	failed  int
}

func newReport(out io.Writer) *report {
	return &report{
		out:     out,
		output:  map[key]*strings.Builder{},
		builds:  map[string]*strings.Builder{},
		skipped: map[string][]string{},
	}
}

func (r *report) passed() bool { return r.failed == 0 && r.tests > 0 }

// line takes one line of input; what is no event is printed as it stands.
func (r *report) line(text []byte) {
	var e event
	if err := json.Unmarshal(text, &e); err != nil || e.Action == "" {
		r.printf("%s\n", text)
		return
	}
	k := key{e.Package, e.Test}
	switch e.Action {
	case "output":
		builder(r.output, k).WriteString(e.Output)
	case "build-output":
		builder(r.builds, e.ImportPath).WriteString(e.Output)
	case "build-fail":
		r.failed++
		r.printf("%s", builder(r.builds, e.ImportPath))
	case "pass", "fail", "skip":
		r.end(k, e)
	}
}

func (r *report) end(k key, e event) {
	if k.test == "" {
		r.endPackage(k, e)
		return
	}
	r.tests++
	text := builder(r.output, k).String()
	delete(r.output, k)
	switch e.Action {
	case "fail":
		r.failed++
		r.printf("%s", text)
	case "skip":
		because := reason(text)
		r.skipped[because] = append(r.skipped[because], k.pkg+"."+k.test)
	}
}

func (r *report) endPackage(k key, e event) {
	switch e.Action {
	case "pass":
		r.printf("ok    %7.2fs  %s\n", e.Elapsed, k.pkg)
	case "fail":
		r.failed++
		r.printf("%sFAIL  %7.2fs  %s\n", r.leftovers(k.pkg), e.Elapsed, k.pkg)
	}
}

// leftovers is the output of the package and of tests that never ended, as after a panic or a race.
func (r *report) leftovers(pkg string) string {
	var all strings.Builder
	for k, text := range r.output {
		if k.pkg == pkg {
			all.WriteString(text.String())
		}
	}
	return all.String()
}

// logged matches what t.Skip prints: the place, then the reason.
var logged = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.*)$`)

// reason finds why a test was skipped in what it printed.
func reason(output string) string {
	all := logged.FindAllStringSubmatch(output, -1)
	if len(all) == 0 {
		return "no reason given"
	}
	return strings.TrimSpace(all[len(all)-1][1])
}

// reasons lists why tests were skipped, each reason once, with the number of tests.
func (r *report) reasons() []string {
	var all []string
	for _, because := range slices.Sorted(maps.Keys(r.skipped)) {
		tests := r.skipped[because]
		all = append(all, fmt.Sprintf("%s (%d Go tests, e.g. %s)", because, len(tests), tests[0]))
	}
	return all
}

func (r *report) summary() {
	skipped := 0
	for _, tests := range r.skipped {
		skipped += len(tests)
	}
	r.printf("%d Go tests, %d failures, %d skipped\n", r.tests, r.failed, skipped)
}

func (r *report) printf(format string, arguments ...any) {
	_, _ = fmt.Fprintf(r.out, format, arguments...)
}

// builder returns the builder at k, a new one when there is none.
func builder[K comparable](all map[K]*strings.Builder, k K) *strings.Builder {
	if all[k] == nil {
		all[k] = &strings.Builder{}
	}
	return all[k]
}
