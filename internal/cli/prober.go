package cli

import (
	"context"
	"errors"
	"os"

	"hathor/internal/ffmpeg"
	"hathor/internal/library"
	"hathor/internal/media"
)

// prober asks ffprobe about the formats that have no reader here. The zero value has none.
type prober struct{ tool *ffmpeg.Tool }

// Probe implements media.Prober.
func (p prober) Probe(ctx context.Context, file *os.File, format library.Format) ([]byte, error) {
	if p.tool == nil {
		return nil, media.ErrNoProbe
	}
	out, err := p.tool.Probe(ctx, file, format)
	if errors.Is(err, ffmpeg.ErrAbsent) {
		return nil, errors.Join(media.ErrNoProbe, err)
	}
	return out, err
}
