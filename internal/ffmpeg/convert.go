package ffmpeg

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"hathor/internal/stream"
)

// encoding is how ffmpeg makes a codec. Rates are constrained, so that a line that carries the rate carries the song.
type encoding struct {
	encoder string
	rates   int // Hz it can take at most
	args    []string
}

var encodings = map[stream.Codec]encoding{
	// Pages of 200 ms reach the listener sooner and cost 1 % more than those of a second.
	stream.OpusCodec: {"libopus", 0, []string{"-vbr", "constrained", "-page_duration", "200000", "-f", "ogg"}},
	stream.AACCodec:  {"aac", 48000, []string{"-f", "adts"}},
	// Without a head that tells the length, which cannot be known while writing, players go by the constant rate.
	stream.MP3Codec: {"libmp3lame", 48000, []string{"-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"}},
}

// Makes implements stream.Encoder.
func (t *Tool) Makes(codec stream.Codec) bool { return t.Encodes(encodings[codec].encoder) }

// errNoFile is a song that is no file of this machine: it cannot be handed to a child.
var errNoFile = errors.New("the song is not in a file")

// Convert implements stream.Encoder.
func (t *Tool) Convert(ctx context.Context, s stream.Source, w stream.Want, out io.Writer) (made time.Duration, err error) {
	input, ok := s.File.(*os.File)
	if !ok {
		return 0, errNoFile
	}
	err = t.Run(ctx, Job{
		Input: input, Format: s.Format, Before: seekTo(w.Start), After: convertArgs(s, w), Output: out, Made: &made,
		Limits: convertLimits(s, w),
	})
	return made, err
}

// seekTo stands before the input: ffmpeg then skips to a place shortly before and drops samples up to the exact one.
func seekTo(start time.Duration) []string {
	if start == 0 {
		return nil
	}
	return []string{"-ss", strconv.FormatFloat(start.Seconds(), 'f', 3, 64)}
}

func convertArgs(s stream.Source, w stream.Want) []string {
	e := encodings[w.Codec]
	args := []string{"-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "1", "-c:a", e.encoder,
		"-b:a", strconv.Itoa(w.BitRate) + "k", "-fflags", "+bitexact", "-flags:a", "+bitexact"}
	if s.Channels > 2 || s.Channels == 0 {
		args = append(args, "-ac", "2")
	}
	if e.rates > 0 && (s.SampleRate > e.rates || s.SampleRate == 0) {
		args = append(args, "-ar", strconv.Itoa(e.rates))
	}
	return append(append(args, e.args...), "-flush_packets", "1", "pipe:1")
}

const (
	encoderMemory = 1 << 30
	encoderNice   = 5
	shortestRun   = 10 * time.Minute
	longestRun    = 24 * time.Hour
)

// convertLimits leave a slow machine and a slow listener their time, and stop what goes on for ever.
func convertLimits(s stream.Source, w stream.Want) Limits {
	length := s.Duration
	if length == 0 {
		length = longestRun
	}
	return Limits{
		Time: min(max(4*length, shortestRun), longestRun), CPU: min(max(length, shortestRun), longestRun),
		Memory: encoderMemory, Output: 2*w.Estimate(length+w.Start) + 1<<20, Nice: encoderNice,
	}
}
