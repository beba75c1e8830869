package cli

import (
	"fmt"
	"io"
	"log/slog"
	"os"

	"hathor/internal/config"
	"hathor/internal/httpapi"
	"hathor/internal/logtail"
)

// newLogger writes to the log file when there is one, else to standard error. The returned file is nil
// or to be closed at the end.
func newLogger(c *config.Config, stderr io.Writer) (*slog.Logger, io.Closer, error) {
	out, closer := stderr, io.Closer(io.NopCloser(nil))
	if c.LogFile != "" {
		file, err := os.OpenFile(c.LogFile, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("open log file: %w", err)
		}
		out, closer = file, file
	}
	options := &slog.HandlerOptions{Level: slog.Level(c.LogLevel)}
	if c.LogFormat == config.LogText || c.LogFormat == config.LogAuto && terminal(out) {
		return slog.New(slog.NewTextHandler(out, options)), closer, nil
	}
	return slog.New(slog.NewJSONHandler(out, options)), closer, nil
}

// tailLines is how many lines of the log are kept in memory.
const tailLines = 2000

// tailed is the log with its last lines kept, but for those that only say that the log was read.
func tailed(log *slog.Logger) (*slog.Logger, *logtail.Tail) {
	tail := logtail.New(tailLines, httpapi.OwnLogLine)
	return slog.New(tail.Handler(log.Handler())), tail
}

// terminal tells whether a person may be reading along.
func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
