package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// probeLimits bound a look at one file. An answer is some kilobytes; texts of 64 KB may be in it.
var probeLimits = Limits{Time: 10 * time.Second, CPU: 2 * time.Second, Memory: 1 << 30, Output: 4 << 20}

// covers are the decoders of pictures in music, which ffprobe opens to tell their size; it ends where one is refused.
const covers = ",mjpeg,png"

// Probe answers what ffprobe says of the file's format and streams, as JSON. A file that ffprobe does not
// take is a fault of kind fault.Unsupported; ErrAbsent means that there is no ffprobe.
func (t *Tool) Probe(ctx context.Context, file *os.File, format library.Format) ([]byte, error) {
	if !t.Probes() {
		return nil, fmt.Errorf("%w: ffprobe is missing beside it", ErrAbsent)
	}
	how, err := readingOf(format, file)
	if err != nil {
		return nil, err
	}
	var answer bytes.Buffer
	err = t.over(ctx, t.ffprobe, nil, Job{
		Input: file, Format: format, Output: &answer, Limits: probeLimits,
		Before: []string{"-codec_whitelist", how.decoders + covers}, // the last one counts
		After:  []string{"-show_format", "-show_streams", "-print_format", "json"},
	})
	var failed *Failure
	if errors.As(err, &failed) || errors.Is(err, ErrTooMuch) {
		return nil, fmt.Errorf("%w (%w)", fault.New(fault.Unsupported, "broken_audio", "The file cannot be read"), err)
	}
	return answer.Bytes(), err
}
