// Package ffmpeg runs the ffmpeg and ffprobe of the machine as bounded child processes.
//
// What they are given is hostile until read: a demuxer is forced by the format the server itself found, only the
// decoders of that format may run, and the open file is handed down, so that no name of a file becomes an argument.
// A child has limits of time, memory and output, may write no file, and dies with its context and with the server.
package ffmpeg

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Settings say where the tools are.
type Settings struct {
	// Path is the ffmpeg to run; empty is the one of PATH, and "off" is none. ffprobe is looked for beside it, then in PATH.
	Path string
}

// off is the path that switches the tools off.
const off = "off"

// ErrAbsent is why there is no Tool: nothing is installed, or it is switched off.
var ErrAbsent = errors.New("ffmpeg is not installed")

// ErrOff is why there is no Tool though ffmpeg may be installed.
var ErrOff = fmt.Errorf("%w: switched off by the setting", ErrAbsent)

// askPatience is how long a tool may take to say what it is.
const askPatience = 20 * time.Second

// Tool is an ffmpeg. It is safe for concurrent use.
type Tool struct {
	ffmpeg, ffprobe string
	asked           func() (about, error)
}

// about is what an ffmpeg says of itself.
type about struct {
	version  string
	encoders map[string]bool
}

// Find looks for the tools. Without ffmpeg the error is ErrAbsent, or ErrOff where the setting says so. Whether it is
// of any use is asked when that is wanted for the first time, since it takes a tenth of a second.
func Find(ctx context.Context, s Settings) (*Tool, error) {
	if s.Path == off {
		return nil, ErrOff
	}
	path, err := absolute(orDefault(s.Path, "ffmpeg"))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	t := &Tool{ffmpeg: path}
	if t.ffprobe, err = absolute(filepath.Join(filepath.Dir(path), "ffprobe")); err != nil {
		t.ffprobe, _ = absolute("ffprobe")
	}
	ctx = context.WithoutCancel(ctx) // it is asked later
	t.asked = sync.OnceValues(func() (about, error) { return t.askAll(ctx) })
	return t, nil
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// absolute finds a program, so that a change of folder or PATH makes it no other one.
func absolute(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// Path is where ffmpeg is.
func (t *Tool) Path() string { return t.ffmpeg }

// Check returns why ffmpeg is of no use, nil when it is.
func (t *Tool) Check() error {
	_, err := t.asked()
	return err
}

// Version is what ffmpeg calls itself, such as "5.1.9-0+deb12u1"; empty where it is of no use.
func (t *Tool) Version() string {
	said, _ := t.asked()
	return said.version
}

// Encodes tells whether ffmpeg has the encoder, such as "libopus".
func (t *Tool) Encodes(encoder string) bool {
	said, _ := t.asked()
	return said.encoders[encoder]
}

// Probes tells whether there is an ffprobe as well.
func (t *Tool) Probes() bool { return t.ffprobe != "" }

// askLimits bound a question that reads no file.
var askLimits = Limits{Time: askPatience, Memory: 1 << 30, Output: 1 << 20}

func (t *Tool) askAll(ctx context.Context) (said about, err error) {
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	if said.version, err = t.askVersion(ctx); err != nil {
		return about{}, err
	}
	said.encoders, err = t.askEncoders(ctx)
	return said, err
}

func (t *Tool) askVersion(ctx context.Context) (string, error) {
	text, err := t.ask(ctx, "-version")
	if err != nil {
		return "", err
	}
	words := strings.Fields(text)
	if len(words) < 3 || words[0] != "ffmpeg" || words[1] != "version" {
		return "", fmt.Errorf("%s is no ffmpeg", t.ffmpeg)
	}
	return words[2], nil
}

// askEncoders reads lines such as " A....D libopus   libopus Opus (codec opus)".
func (t *Tool) askEncoders(ctx context.Context) (map[string]bool, error) {
	text, err := t.ask(ctx, "-encoders")
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) > 1 && strings.HasPrefix(words[0], "A") && words[1] != "=" {
			found[words[1]] = true
		}
	}
	return found, nil
}

func (t *Tool) ask(ctx context.Context, question string) (string, error) {
	var answer bytes.Buffer
	err := t.run(ctx, child{program: t.ffmpeg, args: []string{"-hide_banner", question}, output: &answer, limits: askLimits})
	if question == "-version" && err == nil && answer.Len() == 0 {
		err = errors.New("it says nothing")
	}
	if err != nil {
		return "", fmt.Errorf("ask %s: %w", t.ffmpeg, err)
	}
	return answer.String(), nil
}
