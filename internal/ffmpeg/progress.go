package ffmpeg

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"time"
)

// progress parts what ffmpeg says of how far it is, in lines such as "out_time_us=1500000", from its other words.
type progress struct {
	words io.Writer
	made  *time.Duration
	line  []byte // not ended yet
}

// longestLine is how much of a line is waited for.
const longestLine = 1024

var progressLine = regexp.MustCompile(`^(frame|fps|stream_\w+|bitrate|total_size|out_time|out_time_us|out_time_ms|dup_frames|drop_frames|speed|progress)=`)

func (p *progress) Write(b []byte) (int, error) {
	p.line = append(p.line, b...)
	for {
		end := bytes.IndexByte(p.line, '\n')
		if end < 0 && len(p.line) < longestLine {
			return len(b), nil
		}
		if end < 0 {
			end = len(p.line) - 1
		}
		if err := p.take(p.line[:end+1]); err != nil {
			return 0, err
		}
		p.line = p.line[end+1:]
	}
}

func (p *progress) take(line []byte) error {
	if !progressLine.Match(line) {
		_, err := p.words.Write(line)
		return err
	}
	if number, ok := bytes.CutPrefix(line, []byte("out_time_us=")); ok {
		if micros, err := strconv.ParseInt(string(bytes.TrimSpace(number)), 10, 64); err == nil {
			*p.made = time.Duration(micros) * time.Microsecond
		}
	}
	return nil
}
