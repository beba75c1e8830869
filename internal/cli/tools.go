package cli

import (
	"context"
	"errors"
	"os"
	"sync"

	"hathor/internal/ffmpeg"
	"hathor/internal/library"
	"hathor/internal/media"
)

// prober looks for ffprobe when the first file needs it, so that no start waits for it.
type prober struct {
	find func(context.Context) (*ffmpeg.Tool, error)
	mu   sync.Mutex
	tool *ffmpeg.Tool
}

// Probe implements media.Prober. Where nothing is installed it looks again the next time.
func (p *prober) Probe(ctx context.Context, file *os.File, format library.Format) ([]byte, error) {
	tool, err := p.found(ctx)
	if err != nil {
		return nil, err
	}
	out, err := tool.Probe(ctx, file, format)
	if errors.Is(err, ffmpeg.ErrAbsent) {
		return nil, errors.Join(media.ErrNoProbe, err)
	}
	return out, err
}

func (p *prober) found(ctx context.Context) (*ffmpeg.Tool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tool != nil {
		return p.tool, nil
	}
	tool, err := p.find(ctx)
	if errors.Is(err, ffmpeg.ErrAbsent) {
		return nil, errors.Join(media.ErrNoProbe, err)
	}
	p.tool = tool
	return tool, err
}
