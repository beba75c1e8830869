package cli

import (
	"fmt"
	"io"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows a bar for each step on a terminal, and says nothing elsewhere.
type progress struct {
	bars *mpb.Progress
	bar  *mpb.Bar
}

func newProgress(to io.Writer) *progress {
	if !terminal(to) {
		return &progress{}
	}
	return &progress{bars: mpb.New(mpb.WithOutput(to), mpb.WithWidth(48))}
}

// Step begins a bar.
func (p *progress) Step(name string, total int64) {
	if p.bars == nil {
		return
	}
	p.finish()
	p.bar = p.bars.AddBar(total,
		mpb.PrependDecorators(decor.Name(fmt.Sprintf("%-8s", name)), decor.CountersKibiByte("% .1f / % .1f", decor.WCSyncWidth)),
		mpb.AppendDecorators(decor.Percentage(decor.WCSyncSpace), decor.AverageSpeed(decor.SizeB1024(0), " % .1f")))
}

// Add moves it.
func (p *progress) Add(n int64) {
	if p.bar != nil {
		p.bar.IncrInt64(n)
	}
}

// finish ends a bar, wherever it stands: the bytes of a step are an estimate.
func (p *progress) finish() {
	if p.bar != nil {
		p.bar.SetTotal(-1, true)
		p.bar = nil
	}
}

// end waits until the last bar is drawn.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	p.finish()
	p.bars.Wait()
}
