package cli

import (
	"context"
	"errors"
	"os"

	"hathor/internal/ffmpeg"
	"hathor/internal/library"
	"hathor/internal/media"
)

// prober asks ffprobe about the formats that have no reader here. Where there was none at the start it looks each time:
// it may be installed while the server runs.
type prober struct {
	tool *ffmpeg.Tool // nil without
	path string       // the setting that says where ffmpeg is
}

// Probe implements media.Prober.
func (p prober) Probe(ctx context.Context, file *os.File, format library.Format) ([]byte, error) {
	tool := p.tool
	if tool == nil || !tool.Probes() {
		var err error
		if tool, err = ffmpeg.Find(ctx, ffmpeg.Settings{Path: p.path}); err != nil {
			return nil, errors.Join(media.ErrNoProbe, err)
		}
	}
	out, err := tool.Probe(ctx, file, format)
	if errors.Is(err, ffmpeg.ErrAbsent) {
		return nil, errors.Join(media.ErrNoProbe, err)
	}
	return out, err
}
