package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// scanBar shows a scan: a bar on a terminal, else a line now and then.
type scanBar struct {
	out  io.Writer
	bars *mpb.Progress
	bar  *mpb.Bar

	mu    sync.Mutex
	now   scanProgress
	looks int
}

// looksALine is how many looks at the progress make a line where there is no terminal: ten seconds.
const looksALine = int(10 * time.Second / looksEvery)

func newScanBar(i *invocation, asJSON bool) *scanBar {
	b := &scanBar{out: i.stderr}
	switch {
	case asJSON:
		b.out = io.Discard
	case terminal(i.stdout):
		b.bars = mpb.New(mpb.WithOutput(i.stdout), mpb.WithWidth(48))
		b.bar = b.bars.AddBar(0,
			mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return b.text() })),
			mpb.AppendDecorators(decor.Percentage()))
	}
	return b
}

func (b *scanBar) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now.text()
}

// text is the progress in one line.
func (p scanProgress) text() string {
	text := fmt.Sprintf("%d seen, %d of %d read, %d failed", p.Seen, p.Read, p.Total, p.Failed)
	if p.PerSecond != nil {
		text += fmt.Sprintf(", %.0f/s", *p.PerSecond)
	}
	if p.SecondsLeft != nil {
		text += ", " + (time.Duration(*p.SecondsLeft) * time.Second).String() + " left"
	}
	return text + " "
}

func (b *scanBar) at(now scanProgress) {
	b.mu.Lock()
	b.now = now
	b.looks++
	line := b.bars == nil && b.looks%looksALine == 0
	b.mu.Unlock()
	if line {
		_, _ = fmt.Fprintln(b.out, now.text())
	}
	if b.bar != nil && now.Total > 0 {
		b.bar.SetTotal(int64(now.Total), false)
		b.bar.SetCurrent(int64(now.Read))
	}
}

// end draws the bar for the last time.
func (b *scanBar) end() {
	if b.bars == nil {
		return
	}
	b.bar.SetTotal(-1, true)
	b.bars.Wait()
}
