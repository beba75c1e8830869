package ffmpeg

import (
	"errors"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// prepare makes the child lead a process group of its own and die with the thread that started it.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
}

// killGroup ends a child and whatever it started.
func killGroup(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }

// openFiles is more than a child with one input needs.
const openFiles = 64

// limit bounds a child that has just started. One that is gone already needs none.
func limit(pid int, l Limits) error {
	set := func(resource int, most uint64) error {
		return unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil)
	}
	all := []error{set(unix.RLIMIT_FSIZE, 0), set(unix.RLIMIT_CORE, 0), set(unix.RLIMIT_NOFILE, openFiles)}
	if l.Memory > 0 {
		all = append(all, set(unix.RLIMIT_AS, uint64(l.Memory)))
	}
	if l.CPU > 0 {
		all = append(all, set(unix.RLIMIT_CPU, uint64((l.CPU+time.Second-1)/time.Second)))
	}
	if l.Nice > 0 {
		all = append(all, unix.Setpriority(unix.PRIO_PROCESS, pid, l.Nice))
	}
	for _, err := range all {
		if err != nil && !errors.Is(err, unix.ESRCH) {
			return err
		}
	}
	return nil
}
