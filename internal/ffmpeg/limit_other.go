//go:build !unix

package ffmpeg

import "os/exec"

// prepare leaves the child as it is: it is killed alone.
func prepare(*exec.Cmd) {}

// limit does nothing: this system has no such limits, and time and output are watched from outside.
func limit(int, Limits) error { return nil }
