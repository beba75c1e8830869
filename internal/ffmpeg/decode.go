package ffmpeg

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"time"

	"hathor/internal/fault"
	"hathor/internal/sound"
)

var _ sound.Decoder = (*Tool)(nil)

// decodeLimits let a file of two days through, at the end of everybody's queue.
var decodeLimits = Limits{Time: 30 * time.Minute, Memory: 2 << 30, Nice: 19}

// densest is the highest rate that samples are given out at; what is denser is divided.
const densest = 192_000

// Decode implements sound.Decoder. take is called by the caller's own goroutine.
func (t *Tool) Decode(ctx context.Context, file *os.File, f sound.Frames, begin func(sound.Shape) error, take func([]float32) error) error {
	if _, err := readingOf(f.Format, file); err != nil {
		return errors.ErrUnsupported
	}
	shape := sound.Shape{Rate: f.SampleRate, Channels: f.Channels}
	for shape.Rate > densest {
		shape.Rate /= 2
	}
	if err := begin(shape); err != nil {
		return err
	}
	from, to := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := t.Run(ctx, Job{Input: file, Format: f.Format, Before: []string{"-threads", "1"}, After: samples(shape), Output: to, Limits: decodeLimits})
		_ = to.Close()
		ended <- err
	}()
	_ = from.CloseWithError(pour(from, shape.Channels, take))
	return blame(<-ended)
}

func samples(s sound.Shape) []string {
	return []string{
		"-map", "0:a:0", "-ac", strconv.Itoa(s.Channels), "-ar", strconv.Itoa(s.Rate), "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
	}
}

// pour gives out whole frames until the end of the pipe, which is no error, or an error of take.
func pour(from io.Reader, channels int, take func([]float32) error) error {
	raw := make([]byte, 1024*4*channels)
	block := make([]float32, 1024*channels)
	for {
		n, err := io.ReadFull(from, raw)
		out := block[:n/4/channels*channels]
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
		if len(out) > 0 {
			if err := take(out); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// blame tells a file that cannot be decoded from a child that somebody killed.
func blame(err error) error {
	failed, exit := new(Failure), new(exec.ExitError)
	if errors.As(err, &failed) && errors.As(failed.cause, &exit) && exit.ExitCode() > 0 {
		return fault.New(fault.Unsupported, "broken_audio", "The file cannot be decoded").Because(err)
	}
	return err
}
