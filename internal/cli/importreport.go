package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"hathor/internal/importer"
)

// importSummary is what an import comes to; its names are the JSON's.
type importSummary struct {
	Files      int           `json:"files"`
	Bytes      int64         `json:"bytes"`
	Added      int           `json:"added"`
	Duplicates int           `json:"duplicates"`
	Skipped    int           `json:"skipped"`
	Refused    []importFault `json:"refused"`
	Failed     []importFault `json:"failed"`
}

type importFault struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// importReport shows an import: a bar on a terminal, else a line for each file.
type importReport struct {
	mu      sync.Mutex
	sum     importSummary
	out     io.Writer // for lines while there may be a bar
	last    io.Writer // for the sum
	bars    *mpb.Progress
	bar     *mpb.Bar
	trouble time.Duration
}

func newImportReport(i *invocation, asJSON bool) *importReport {
	r := &importReport{out: reported(i, asJSON), last: reported(i, asJSON), sum: importSummary{Refused: []importFault{}, Failed: []importFault{}}}
	if !asJSON && terminal(i.stdout) {
		r.bars = mpb.New(mpb.WithOutput(i.stdout), mpb.WithWidth(60))
		r.bar = r.bars.AddBar(0,
			mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return r.counts() })),
			mpb.AppendDecorators(decor.CountersKibiByte("% .1f of % .1f"), decor.Name("  "), decor.AverageSpeed(decor.SizeB1024(0), "% .1f"),
				decor.Name("  "), decor.AverageETA(decor.ET_STYLE_GO)))
		r.out = r.bars
	}
	return r
}

func (r *importReport) counts() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	ended := r.sum.Added + r.sum.Duplicates + len(r.sum.Refused) + len(r.sum.Failed)
	return fmt.Sprintf("%d of %d files ", ended, r.sum.Files)
}

// Found tells of files that will be sent.
func (r *importReport) Found(files int, bytes int64) {
	r.mu.Lock()
	r.sum.Files += files
	r.sum.Bytes += bytes
	total := r.sum.Bytes
	r.mu.Unlock()
	if r.bar != nil {
		r.bar.SetTotal(total, false)
	}
}

// Sent moves the bar.
func (r *importReport) Sent(bytes int64) {
	if r.bar != nil {
		r.bar.IncrInt64(bytes)
	}
}

// Ended counts a file, and tells of it what a bar does not.
func (r *importReport) Ended(f importer.Result) {
	r.count(f)
	f.Path = visible(f.Path)
	switch {
	case f.Outcome == importer.Skipped:
	case f.Reason != "":
		r.say("%s: %s: %s\n", f.Outcome, f.Path, visible(f.Reason))
	case r.bar == nil:
		r.say("%s: %s\n", f.Outcome, f.Path)
	}
}

// visible is a name without what a terminal would obey, or would end the line.
func visible(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return unicode.ReplacementChar
		}
		return c
	}, name)
}

func (r *importReport) count(f importer.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trouble = 0
	switch f.Outcome {
	case importer.Added:
		r.sum.Added++
	case importer.Duplicate:
		r.sum.Duplicates++
	case importer.Skipped:
		r.sum.Skipped++
	case importer.Refused:
		r.sum.Refused = append(r.sum.Refused, importFault{f.Path, f.Reason})
	case importer.Failed:
		r.sum.Failed = append(r.sum.Failed, importFault{f.Path, f.Reason})
	}
}

// Trouble is told once for each longer pause: several files wait for the same server.
func (r *importReport) Trouble(reason string, again time.Duration) {
	r.mu.Lock()
	news := again > r.trouble
	r.trouble = max(r.trouble, again)
	r.mu.Unlock()
	if news {
		r.say("waiting: %s; trying again in %v\n", reason, again)
	}
}

// say writes a line, without the lock: the bar asks for the counts while it draws. A terminal that went away
// takes nothing from the import.
func (r *importReport) say(format string, args ...any) { _, _ = fmt.Fprintf(r.out, format, args...) }

// end takes the bar away and writes the sum.
func (r *importReport) end() {
	if r.bar != nil {
		r.bar.Abort(true)
		r.bars.Wait()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sum
	_, _ = fmt.Fprintf(r.last, "%d added, %d already there, %d refused, %d failed, %d skipped\n",
		s.Added, s.Duplicates, len(s.Refused), len(s.Failed), s.Skipped)
}

// verdict is the exit code: 1 for an import that is not done, 2 for one that is and was not wanted as a whole.
func (r *importReport) verdict(err error) error {
	switch {
	case err != nil:
		return nil
	case len(r.sum.Failed) > 0:
		return fmt.Errorf("%d of %d files could not be sent", len(r.sum.Failed), max(len(r.sum.Failed), r.sum.Files))
	case len(r.sum.Refused) > 0:
		return exitError{fmt.Errorf("%d of %d files were refused", len(r.sum.Refused), max(len(r.sum.Refused), r.sum.Files)), exitRefused}
	}
	return nil
}
