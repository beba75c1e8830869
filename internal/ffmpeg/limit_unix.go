//go:build unix && !linux

package ffmpeg

import (
	"os/exec"
	"syscall"
)

// prepare makes the child lead a process group of its own, which is killed as one.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limit steps the child back; memory and CPU of another process cannot be limited here.
func limit(pid int, l Limits) error {
	if l.Nice > 0 {
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, pid, l.Nice) // of one that is gone already
	}
	return nil
}
