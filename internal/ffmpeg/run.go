package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"hathor/internal/library"
)

// Limits bound one child. Zero is no limit, but for Time.
type Limits struct {
	Time   time.Duration // on the clock; what takes longer is killed
	CPU    time.Duration // of all threads together, where the system can (Linux)
	Memory int64         // bytes of address space, where the system can (Linux)
	Output int64         // bytes of standard output
	Nice   int           // 0 to 19: how far to step back behind the server itself, where the system can
}

// Job is one run over one file.
type Job struct {
	// Input is read by the child alone until Run returns; its position is not kept. The caller closes it.
	Input  *os.File
	Format library.Format // as the server found it; it forces the demuxer
	Before []string       // options of the input, such as -ss
	After  []string       // all behind the input; standard output is "pipe:1"
	Output io.Writer      // gets standard output; an error of it ends the child
	Made   *time.Duration // if there is one, it gets the length of what was made, as far as ffmpeg tells
	Limits Limits
}

// ErrTooMuch is why a child was ended that wrote more than its limit.
var ErrTooMuch = errors.New("more output than allowed")

// Failure is a child that ended badly. Words are its last ones, for the log.
type Failure struct {
	Words string
	cause error
}

func (f *Failure) Error() string { return fmt.Sprintf("%v: %s", f.cause, f.Words) }

// Unwrap gives what the system said.
func (f *Failure) Unwrap() error { return f.cause }

// Run lets ffmpeg work on the file and waits. The arguments are of the caller's making: nothing from outside may
// stand in them. It returns the context's error when that ended it, an error of Output as it is, and *Failure otherwise.
func (t *Tool) Run(ctx context.Context, j Job) error {
	first := []string{"-nostdin"}
	if j.Made != nil {
		first = append(first, "-progress", "pipe:2")
	}
	return t.over(ctx, t.ffmpeg, first, j)
}

// over starts a program over the input of a job.
func (t *Tool) over(ctx context.Context, program string, first []string, j Job) error {
	how, err := readingOf(j.Format, j.Input)
	if err != nil {
		return err
	}
	c := child{program: program, output: j.Output, limits: j.Limits, input: j.Input, made: j.Made}
	c.args = append(c.args, "-hide_banner", "-loglevel", "error")
	c.args = append(c.args, first...)
	c.args = append(c.args, "-protocol_whitelist", "file,pipe", "-codec_whitelist", how.decoders, "-f", how.demuxer)
	c.args = append(c.args, j.Before...)
	c.args = append(c.args, "-i", inputPlace)
	c.args = append(c.args, j.After...)
	return t.run(ctx, c)
}

// inputPlace stands in the arguments where the name of the input belongs.
const inputPlace = "\x00input"

// child is a process to be.
type child struct {
	program string
	args    []string
	input   *os.File // nil without
	output  io.Writer
	limits  Limits
	made    *time.Duration
}

// lastBreath is how long a child that was killed may keep its pipes.
const lastBreath = time.Second

// run starts the child, limits it and waits. On Linux a child is killed with the thread that started it, so the
// thread is kept until then.
func (t *Tool) run(ctx context.Context, c child) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ctx, cancel := context.WithTimeout(ctx, c.limits.Time)
	defer cancel()
	output := &bounded{to: c.output, left: c.limits.Output, endless: c.limits.Output == 0, end: cancel}
	last := &tail{}
	cmd := exec.CommandContext(ctx, c.program)
	cmd.Dir, cmd.Env = os.TempDir(), environment()
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = output, last, lastBreath
	if c.made != nil {
		cmd.Stderr = &progress{words: last, made: c.made}
	}
	if err := c.handDown(cmd); err != nil {
		return err
	}
	prepare(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", c.program, err)
	}
	if err := limit(cmd.Process.Pid, c.limits); err != nil {
		cancel()
		return errors.Join(fmt.Errorf("limit %s: %w", c.program, err), cmd.Wait())
	}
	err := cmd.Wait()
	switch {
	case output.err != nil:
		return output.err
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return &Failure{Words: last.String(), cause: err}
	}
	return nil
}

// handDown sets the arguments, with the name under which the child finds the open file.
func (c child) handDown(cmd *exec.Cmd) error {
	name := ""
	if c.input != nil {
		if _, err := c.input.Seek(0, io.SeekStart); err != nil { // some systems share the position
			return fmt.Errorf("rewind input: %w", err)
		}
		name = lend(cmd, c.input)
	}
	for _, arg := range c.args {
		if arg == inputPlace {
			arg = name
		}
		cmd.Args = append(cmd.Args, arg)
	}
	return nil
}

// lend gives the child the file and tells the name it has there. Windows hands no descriptors down: its child opens
// the file anew. FreeBSD shows only the first three without an extra file system.
func lend(cmd *exec.Cmd, file *os.File) string {
	switch runtime.GOOS {
	case "windows":
		return "file:" + file.Name()
	case "freebsd":
		cmd.Stdin = file
		return "/dev/fd/0"
	}
	cmd.ExtraFiles = []*os.File{file}
	return "/dev/fd/3"
}

// environment is what a program needs to find its libraries, and nothing of the server's settings.
func environment() []string {
	kept := []string{"LC_ALL=C", "AV_LOG_FORCE_NOCOLOR=1"}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

// bounded ends the child when it writes too much, or when nobody takes what it writes.
type bounded struct {
	to      io.Writer
	left    int64
	endless bool
	end     func()
	err     error
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.err == nil && !b.endless && int64(len(p)) > b.left {
		b.err = ErrTooMuch
	}
	if b.err == nil {
		b.left -= int64(len(p))
		_, b.err = b.to.Write(p)
	}
	if b.err != nil {
		b.end()
		return 0, b.err
	}
	return len(p), nil
}

// lastWords is how much of what a child complains of is kept.
const lastWords = 2048

// tail keeps the end of what is written to it.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if extra := len(t.kept) - lastWords; extra > 0 {
		t.kept = append(t.kept[:0], t.kept[extra:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return strings.ToValidUTF8(string(bytes.TrimSpace(t.kept)), "?") }
